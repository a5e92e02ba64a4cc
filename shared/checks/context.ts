/**
 * What rules must know beside the text. The server gives it to the page with its answer, so that both look with the same
 * eyes. Data nobody keeps yet (opinions, talks, mutual criticism, links, tags) are left out; the rules that need them then ask
 * nothing.
 */
import { z } from 'zod';
import { conditionSchema } from '../template/template.ts';
import { resemblanceSchema } from './likeness.ts';

export const textKinds = ['outline', 'team'] as const;
export type TextKind = (typeof textKinds)[number];

/** A criticism of one member by another, or an opinion addressed to the author. */
const criticismSchema = z.object({ from: z.string(), to: z.string(), text: z.string() });

export const checkContextSchema = z.object({
  kind: z.enum(textKinds),
  /** Names that may look like placeholders and are none: the unit, the people, their duties. */
  ownNames: z.array(z.string()),
  /** The people of the meeting: a text that names one of them is concrete. */
  people: z.array(z.string()),
  theme: z.string(),
  /** The year the meeting is about. */
  year: z.int(),
  /** What the office has registered for this text: each must be spoken to. */
  conditions: z.array(conditionSchema),
  quota: z.tuple([z.int(), z.int()]),
  /** How many members read their outlines aloud. */
  speakers: z.int(),
  /** Mutual criticism (R04, R05, R25, N13). */
  criticism: z.array(criticismSchema).optional(),
  /** Ordered pairs who owe each other criticism (N13). */
  criticismPairs: z.array(z.object({ from: z.string(), to: z.string() })).optional(),
  /** Opinions addressed to the author; `answered`: linked to a passage, or a reason is given (N12). */
  opinions: z.array(z.object({ text: z.string(), answered: z.boolean() })).optional(),
  /** Talks that must be held (N14). */
  talks: z.array(z.object({ pair: z.string(), held: z.boolean() })).optional(),
  /** Measures linked to problems, by the problem's block id (N7, R19). */
  measureLinks: z.record(z.string(), z.int()).optional(),
  /** Which of 思想、政治、组织、作风、纪律 the problems have been tagged with (N10). */
  dimensions: z.array(z.string()).optional(),
  /** How many problems the author's approved texts of earlier years list (N16). */
  earlierProblems: z.array(z.object({ year: z.int(), count: z.int() })).optional(),
  /** What of the text resembles others (R20, R21). */
  likeness: z.array(resemblanceSchema).optional(),
});
export type CheckContext = z.infer<typeof checkContextSchema>;

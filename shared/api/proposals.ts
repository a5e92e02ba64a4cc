/**
 * Proposals (审改): a reviewer's own edited copy of a submitted version. Its difference from the version is a list of changes,
 * each with a reason of the reviewer's and a fate that the author gives it.
 */
import { z } from 'zod';
import { blockSchema, runSchema, sectionContentSchema } from '../document/content.ts';
import { blockKinds } from '../document/schema.ts';
import { documentId, proposalId, userId, versionId } from '../ids.ts';
import { changeFates, fateStepSchema } from './fates.ts';

/**
 * `open` is being written; `handed_over` went to the author with a return; `void` ended without one (withdrawn, approved)
 * and stays readable for its reviewer alone.
 */
export const proposalStates = ['open', 'handed_over', 'void'] as const;
export type ProposalState = (typeof proposalStates)[number];

const words = z.string().trim().max(2000);
const who = z.object({ id: userId, name: z.string() });

/** Offsets are UTF-16 offsets in the block's text as the version has it. */
const within = { blockId: z.string(), at: z.int().min(0) };
const common = { id: z.string(), sectionKey: z.string() };

/** One change, as a reader would name it. Ids are made of block id, kind and position, so they never depend on a count. */
export const changeSchema = z.discriminatedUnion('kind', [
  /** Words of a block: `before` stands at `at` in the version, `after` is proposed. */
  z.object({
    kind: z.literal('edited'),
    ...common,
    ...within,
    before: z.array(runSchema),
    after: z.array(runSchema),
    /** More than 60 % of the block is new: it is shown whole. */
    rewritten: z.boolean(),
  }),
  /** Bold put on or taken off words that stay. */
  z.object({ kind: z.literal('strong'), ...common, ...within, words: z.string(), strong: z.boolean() }),
  /** A paragraph that becomes a numbered item, or the other way round. */
  z.object({
    kind: z.literal('form'),
    ...common,
    blockId: z.string(),
    words: z.string(),
    from: z.enum(blockKinds),
    to: z.enum(blockKinds),
  }),
  z.object({ kind: z.literal('added'), ...common, block: blockSchema }),
  z.object({ kind: z.literal('removed'), ...common, block: blockSchema }),
  /** The block stands elsewhere: `sectionKey` is where it goes, `fromSection` where the version has it. */
  z.object({ kind: z.literal('moved'), ...common, fromSection: z.string(), block: blockSchema }),
]);
export type Change = z.infer<typeof changeSchema>;
export type ChangeOf<Kind extends Change['kind']> = Extract<Change, { kind: Kind }>;

export const proposalSchema = z.object({
  id: proposalId,
  documentId,
  round: z.int(),
  versionId,
  versionNumber: z.int(),
  by: who,
  state: z.enum(proposalStates),
  at: z.string(),
  /** When it reached the author. */
  handedAt: z.string().nullable(),
});
export type Proposal = z.infer<typeof proposalSchema>;
export const proposalAnswer = z.object({ proposal: proposalSchema });

/** My changes of a review the author withdrew from, which nobody received; offered while I have begun none in this round. */
export const unfinishedSchema = z.object({
  id: proposalId,
  round: z.int(),
  versionNumber: z.int(),
  changes: z.int(),
});
export type Unfinished = z.infer<typeof unfinishedSchema>;
export const proposalsAnswer = z.object({
  proposals: z.array(proposalSchema),
  unfinished: unfinishedSchema.nullable(),
});
export type ProposalsAnswer = z.infer<typeof proposalsAnswer>;

/** `carry` takes those over onto the version in review; it means nothing when there is a proposal in this round. */
export const proposeBody = z.object({ carry: proposalId.nullable().default(null) });

/** What the author's hands put into his text when he adopted: the letters of a clock range of one of his client ids. */
export const insertedSchema = z.object({
  sectionKey: z.string(),
  blockId: z.string(),
  clientId: z.int().min(0),
  from: z.int().min(0),
  to: z.int().min(1),
});
export type Inserted = z.infer<typeof insertedSchema>;

/** What has been said about a change; `key` is the id that `PUT /api/changes/:id/…` takes. */
export const changeNoteSchema = z.object({
  key: z.string(),
  reason: z.string(),
  fate: z.enum(changeFates),
  words: z.string(),
  by: who.nullable(),
  at: z.string().nullable(),
  /** The reviewer who agreed with the fate. */
  confirmedBy: who.nullable(),
  /** Everything done to the fate so far, the oldest first. */
  history: z.array(fateStepSchema),
});
export type ChangeNote = z.infer<typeof changeNoteSchema>;

export const changesAnswer = z.object({
  proposal: proposalSchema,
  /** The text the proposal started from, and the proposal's. */
  base: z.array(sectionContentSchema),
  text: z.array(sectionContentSchema),
  changes: z.array(z.object({ change: changeSchema, note: changeNoteSchema })),
  /** Of an earlier proposal that was taken over: what found no place in this version. For its reviewer while he writes. */
  left: z.array(changeSchema),
});
export type ChangesAnswer = z.infer<typeof changesAnswer>;

export const reasonBody = z.object({ reason: words });
/** `declined` and `explained` need words; `adopted` and `partly` say what was put in, where something was; `open` takes a fate back. */
export const changeFateBody = z.object({
  fate: z.enum(changeFates),
  words: words.default(''),
  inserted: z.array(insertedSchema).max(8).default([]),
});
export const changeNoteAnswer = z.object({ note: changeNoteSchema });

/** One explanation each, and one for all that remain open; a conscious 说明 before a submission. */
export const changeExplanationsBody = z.object({
  each: z
    .array(z.object({ key: z.string(), words }))
    .max(2_000)
    .default([]),
  rest: words.default(''),
});
export const changeExplanationsAnswer = z.object({ explained: z.int() });

/** `details` of `changes_open`: what has no fate yet. */
export const openChangesDetails = z.object({ changes: z.array(z.object({ key: z.string(), change: changeSchema })) });

/**
 * The report 亲笔: how the words that stand in a text came in. It states facts: numbers, times, lengths. It is made from the
 * text and the journal alone and is sealed into a version as it is, so its shape holds no names and no words of other texts.
 */
import { z } from 'zod';
import { blockKinds } from '../document/schema.ts';
import { userId } from '../ids.ts';

const characters = z.int().min(0);

/** Characters that stand, by how they came in. */
export const handCountsSchema = z.object({
  typed: characters,
  piece: characters,
  offline: characters,
  adopted: characters,
});
export type HandCounts = z.infer<typeof handCountsSchema>;

/** A user, or the server (nobody's words; production texts have none). */
const writer = z.union([userId, z.literal('server')]);

export const handReportSchema = z.object({
  characters,
  counts: handCountsSchema,
  sections: z.array(
    z.object({
      key: z.string(),
      counts: handCountsSchema,
      blocks: z.array(
        z.object({
          id: z.string(),
          kind: z.enum(blockKinds),
          /** Its first words, to know it by. */
          begins: z.string(),
          counts: handCountsSchema,
        }),
      ),
    }),
  ),
  writers: z.array(z.object({ id: writer, counts: handCountsSchema, ms: z.int().min(0) })),
  /** What came in one go and still stands, in the order of time; of very many the largest. */
  pieces: z.array(
    z.object({
      kind: z.enum(['piece', 'offline', 'adopted']),
      how: z.enum(['once', 'row']),
      by: writer,
      at: z.iso.datetime(),
      /** Later than `at` for a row of updates only. */
      until: z.iso.datetime(),
      /** When it came in, and of those what still stands. */
      characters,
      standing: characters,
    }),
  ),
  /** Pieces that stand and are not listed. */
  morePieces: z.int().min(0),
  /** Stretches of writing, in the order of time; of very many the last. */
  stretches: z.array(
    z.object({
      by: writer,
      from: z.iso.datetime(),
      until: z.iso.datetime(),
      written: characters,
      removed: characters,
    }),
  ),
  moreStretches: z.int().min(0),
  /** The time of all stretches; of several writers added up. */
  ms: z.int().min(0),
  /** The journal's position up to which this holds. */
  seq: z.int().min(0),
});
export type HandReport = z.infer<typeof handReportSchema>;

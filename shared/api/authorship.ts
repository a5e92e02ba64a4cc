/** 亲笔: how the words of a text came in, and the writing again. */
import { z } from 'zod';
import { replayBlockSchema, replayStepSchema } from '../hand/replay.ts';
import { handReportSchema } from '../hand/report.ts';
import { userId, versionId } from '../ids.ts';

/** `?version=N` asks for a frozen text by its number; without it the newest this reader may see, the live text for its writers. */
export const authorshipQuery = z.object({ version: z.coerce.number().int().min(1).optional() });

const named = z.object({ id: userId, name: z.string(), duty: z.string() });

const about = {
  /** Null for the text as it stands now. */
  version: z.object({ id: versionId, number: z.int(), at: z.string() }).nullable(),
  /** Names for the ids in it. */
  people: z.array(named),
};

export const authorshipAnswer = z.object({
  ...about,
  report: handReportSchema,
  /** The seal the version was given at its submission; null when there is none. `intact` false: what is stored is not what was sealed. */
  seal: z.object({ sha256: z.string(), intact: z.boolean() }).nullable(),
});
export type AuthorshipAnswer = z.infer<typeof authorshipAnswer>;

export const replayQuery = authorshipQuery.extend({ from: z.coerce.number().int().min(0).default(0) });
export const replayAnswer = z.object({
  ...about,
  blocks: z.array(replayBlockSchema),
  /** Steps from `from` on; `next` is where the following page begins. */
  steps: z.array(replayStepSchema),
  from: z.int(),
  total: z.int(),
  next: z.int().nullable(),
});
export type ReplayAnswer = z.infer<typeof replayAnswer>;

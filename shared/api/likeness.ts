/** 相近: passages of a text that resemble another. What is in an answer is what its reader may see, and no more. */
import { z } from 'zod';
import { documentId } from '../ids.ts';
import { severities, sourceKinds } from '../likeness/rules.ts';

/** Words with what stands beside them in their paragraph. */
const wordsSchema = z.object({ before: z.string(), quote: z.string(), after: z.string() });

export const passageSchema = wordsSchema.extend({
  sectionKey: z.string(),
  blockId: z.string(),
  /** UTF-16 offsets in the block's text. */
  from: z.int().min(0),
  to: z.int().min(1),
  kind: z.enum(sourceKinds),
  severity: z.enum(severities),
  /** What it resembles; null for a reader who is not shown it: then not even how many there are. */
  source: wordsSchema.extend({ title: z.string(), documentId: documentId.nullable() }).nullable(),
});
export type Passage = z.infer<typeof passageSchema>;

export const likenessAnswer = z.object({
  /** In the order of the text. */
  passages: z.array(passageSchema),
  /**
   * When a text that has changed is next compared with those its reader is not shown, UTC ISO; null when that has just been
   * done. Until then their passages are those of the earlier comparison that still stand in the text.
   */
  nextComparison: z.string().nullable(),
});
export type LikenessAnswer = z.infer<typeof likenessAnswer>;

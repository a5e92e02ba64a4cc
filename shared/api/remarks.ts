/** Remarks (批注): threads anchored to text, with replies and a fate. */
import { z } from 'zod';
import { documentId, remarkId, replyId, userId } from '../ids.ts';

export const fates = ['open', 'adopted', 'partly', 'explained'] as const;
export type Fate = (typeof fates)[number];

const words = z.string().trim().min(1).max(2000);
const who = z.object({ id: userId, name: z.string() });

/** Where in the text: `from` and `to` are UTF-16 offsets in the block's text. */
export const anchorBody = z.object({
  sectionKey: z.string(),
  blockId: z.string(),
  from: z.int().min(0),
  to: z.int().min(1),
  quote: z.string().min(1).max(2000),
});
export type AnchorBody = z.infer<typeof anchorBody>;

export const createRemarkBody = z.object({ anchor: anchorBody, words });

export const remarkSchema = z.object({
  id: remarkId,
  documentId,
  round: z.int(),
  sectionKey: z.string(),
  blockId: z.string(),
  quote: z.string(),
  before: z.string(),
  after: z.string(),
  words: z.string(),
  by: who,
  at: z.string(),
  fate: z.enum(fates),
  fateWords: z.string(),
  fateBy: who.nullable(),
  fateAt: z.string().nullable(),
  /** Whether the anchor still stands in the text; false is shown as 已脱离原文. */
  attached: z.boolean(),
  replies: z.array(z.object({ id: replyId, words: z.string(), by: who, at: z.string() })),
});
export type Remark = z.infer<typeof remarkSchema>;
export const remarksAnswer = z.object({ remarks: z.array(remarkSchema) });
export const remarkAnswer = z.object({ remark: remarkSchema });

export const replyBody = z.object({ words });
/** `explained` needs words; `open` takes the fate back. */
export const fateBody = z.object({ fate: z.enum(fates), words: z.string().trim().max(2000).default('') });

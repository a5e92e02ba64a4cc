/** Remarks (批注): threads anchored to text, with replies and a fate. */
import { z } from 'zod';
import { documentId, remarkId, replyId, userId } from '../ids.ts';
import { confirmationBody, fateStepSchema, fates } from './fates.ts';

/** 问题, 建议, 疑问, 表扬. */
export const remarkKinds = ['problem', 'suggestion', 'question', 'praise'] as const;
export type RemarkKind = (typeof remarkKinds)[number];

/** The opinion or rule a remark rests on: R06, 意见3. */
export const basisSchema = z.string().trim().max(60);

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

export const createRemarkBody = z.object({
  anchor: anchorBody,
  words,
  kind: z.enum(remarkKinds).default('suggestion'),
  basis: basisSchema.default(''),
});

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
  kind: z.enum(remarkKinds),
  basis: z.string(),
  /** The reviewer who agreed with the fate. */
  confirmedBy: who.nullable(),
  confirmedAt: z.string().nullable(),
  /** Everything done to the fate so far, the oldest first. */
  history: z.array(fateStepSchema),
  /** The words the anchor stands on now, and where; null when it stands nowhere. */
  standing: z.object({ sectionKey: z.string(), blockId: z.string(), words: z.string() }).nullable(),
  /** The quote was not to be found any more; the anchor stands on the likest words of its section. */
  likened: z.boolean(),
  /** Whether the anchor still stands in the text; false is shown as 已脱离原文. */
  attached: z.boolean(),
  replies: z.array(z.object({ id: replyId, words: z.string(), by: who, at: z.string() })),
});
export type Remark = z.infer<typeof remarkSchema>;
export const remarksAnswer = z.object({ remarks: z.array(remarkSchema) });
export const remarkAnswer = z.object({ remark: remarkSchema });

export const replyBody = z.object({ words });
/** Whether the author still owes it an answer. Praise needs none. */
export function isOpen({ fate, kind }: Pick<Remark, 'fate' | 'kind'>): boolean {
  return fate === 'open' && kind !== 'praise';
}

/** Who does not say which fate he has seen answers whatever stands; pages always say it. */
export const remarkConfirmationBody = confirmationBody.partial({ seen: true });

/** One explanation each, and one for all that remain open; a conscious 说明 before a submission. */
export const explanationsBody = z.object({
  each: z.array(z.object({ remarkId, words })).max(500).default([]),
  rest: z.string().trim().max(2000).default(''),
});

/** `details` of `remarks_open`: what has no fate yet. */
export const openRemarksDetails = z.object({
  remarks: z.array(z.object({ id: remarkId, quote: z.string(), words: z.string() })),
});

/** `explained` needs words; `open` takes the fate back. */
export const fateBody = z.object({ fate: z.enum(fates), words: z.string().trim().max(2000).default('') });

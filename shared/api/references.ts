/** The reference library of a meeting: official texts, sample texts and fixed phrases that materials are compared with. */
import { z } from 'zod';
import { referenceId } from '../ids.ts';

/**
 * `notice`, `speech`, `regulation` may be quoted; `sample` (范文) is what nobody should have copied from; `phrases` (规定表述)
 * are words everybody has to use alike, one on a line, and never count.
 */
export const referenceKinds = ['notice', 'speech', 'regulation', 'sample', 'phrases'] as const;
export type ReferenceKind = (typeof referenceKinds)[number];

/** For one meeting, or for all meetings of its unit. */
export const referenceScopes = ['meeting', 'unit'] as const;
export type ReferenceScope = (typeof referenceScopes)[number];

/** How long one text may be, in UTF-16 units; a request's body has to hold it in UTF-8. */
export const mostReferenceLength = 100_000;

const title = z.string().trim().min(1).max(120);
const text = z
  .string()
  .transform((words) => words.replace(/\r\n?/g, '\n').trim())
  .pipe(z.string().min(1).max(mostReferenceLength));

export const referenceSchema = z.object({
  id: referenceId,
  kind: z.enum(referenceKinds),
  scope: z.enum(referenceScopes),
  title: z.string(),
  characters: z.int(),
  addedBy: z.string(),
  at: z.string(),
});
export type Reference = z.infer<typeof referenceSchema>;

export const referencesAnswer = z.object({
  references: z.array(referenceSchema),
  /** Whether I may add, change and remove. */
  mayEdit: z.boolean(),
});
export type ReferencesAnswer = z.infer<typeof referencesAnswer>;

export const referenceWithTextSchema = referenceSchema.extend({ text: z.string() });
export const referenceAnswer = z.object({ reference: referenceWithTextSchema });
export type ReferenceWithText = z.infer<typeof referenceWithTextSchema>;

export const createReferenceBody = z.object({
  kind: z.enum(referenceKinds),
  scope: z.enum(referenceScopes).default('meeting'),
  title,
  text,
});
export type CreateReferenceBody = z.input<typeof createReferenceBody>;

export const changeReferenceBody = z
  .object({ kind: z.enum(referenceKinds), scope: z.enum(referenceScopes), title, text })
  .partial();
export type ChangeReferenceBody = z.input<typeof changeReferenceBody>;

export const removedAnswer = z.object({ removed: z.boolean() });

/** The checks of a text: what it is asked, what its author has dismissed, and what a meeting has set. */
import { z } from 'zod';
import { hitSchema } from '../checks/check.ts';
import { checklistLines } from '../checks/checklist.ts';
import { checkContextSchema } from '../checks/context.ts';
import { ruleIds } from '../checks/rule-ids.ts';
import { checkSettingsSchema } from '../checks/settings.ts';
import { versionId } from '../ids.ts';

const longestReason = 500;

/** Which question: all of one rule about the same unchanged words. */
const hitName = z.object({
  rule: z.enum(ruleIds),
  /** Null for a question about a section or the whole text. */
  blockId: z.string().max(40).nullable(),
  hash: z.string().regex(/^[0-9a-f]{32}$/),
});

/** A question the author has put aside. `confirmed`: at a submission; then there may be no reason. */
export const dismissalSchema = hitName.extend({
  reason: z.string(),
  confirmed: z.boolean(),
  by: z.string(),
  at: z.string(),
});
export type Dismissal = z.infer<typeof dismissalSchema>;

/** `author` sees everything; `reviewer` neither hints nor what was said to them. */
export const checksAnswer = z.object({
  standing: z.enum(['author', 'reviewer']),
  hits: z.array(hitSchema),
  dismissals: z.array(dismissalSchema),
  /** The lines of the checklist this reader has ticked for the version in review; nobody else is told. */
  ticked: z.array(z.literal(checklistLines)),
  /** The same for the same settings. */
  digest: z.string(),
  /** With these the page asks the same questions itself while the author types. */
  settings: checkSettingsSchema,
  context: checkContextSchema,
});
export type ChecksAnswer = z.infer<typeof checksAnswer>;

/** Puts a question aside with a reason; null takes that back. */
export const dismissalBody = hitName.extend({ reason: z.string().trim().min(1).max(longestReason).nullable() });
export type DismissalBody = z.input<typeof dismissalBody>;
export const dismissalsAnswer = z.object({ dismissals: z.array(dismissalSchema) });

/** Ticks a line of the checklist for the version in review, or takes the tick away. */
export const tickBody = z.object({ versionId, line: z.literal(checklistLines), on: z.boolean() });
export type TickBody = z.input<typeof tickBody>;
export const ticksAnswer = z.object({ ticked: z.array(z.literal(checklistLines)) });

/** What the author confirms while submitting. */
export const confirmationSchema = hitName.extend({ reason: z.string().trim().max(longestReason).default('') });
export type Confirmation = z.output<typeof confirmationSchema>;
/** No body confirms nothing. */
export const submitBody = z.object({ confirmed: z.array(confirmationSchema).max(200).default([]) });
export type SubmitBody = z.input<typeof submitBody>;

export const checkSettingsAnswer = z.object({ settings: checkSettingsSchema, digest: z.string() });
export const checkSettingsBody = checkSettingsSchema;
export type CheckSettingsBody = z.input<typeof checkSettingsBody>;

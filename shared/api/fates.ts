/**
 * Fates (处理结果): what becomes of a remark or of a proposed change, what is done to a fate, and how a reviewer answers one.
 * Every step is kept.
 */
import { z } from 'zod';
import { idSchema, userId } from '../ids.ts';

/** Of a remark. */
export const fates = ['open', 'adopted', 'partly', 'explained'] as const;
export type Fate = (typeof fates)[number];

/** Of a change. `explained` says why, before a submission, without settling the change for itself. */
export const changeFates = ['open', 'adopted', 'partly', 'declined', 'explained'] as const;
export type ChangeFate = (typeof changeFates)[number];

/** What is done to a fate: set by the author, confirmed or opened again by the reviewer. */
export const fateActs = ['set', 'confirm', 'reopen'] as const;
export type FateAct = (typeof fateActs)[number];

export const fateStepId = idSchema('fev');
export const fateStepSchema = z.object({
  id: fateStepId,
  act: z.enum(fateActs),
  /** The fate that was set, confirmed, or opened again. */
  fate: z.enum(changeFates),
  words: z.string(),
  round: z.int(),
  by: z.object({ id: userId, name: z.string() }),
  at: z.string(),
});
export type FateStep = z.infer<typeof fateStepSchema>;

/** The step by which the fate was set that stands, or stood last: what somebody who looks at it now has seen. */
export function lastSet<Step extends Pick<FateStep, 'act'>>(history: readonly Step[]): Step | undefined {
  return history.findLast(({ act }) => act === 'set');
}

/** The step that opened it again, when nobody has answered since. */
export function reopening<Step extends Pick<FateStep, 'act'>>(history: readonly Step[]): Step | undefined {
  const last = history.at(-1);
  return last?.act === 'reopen' ? last : undefined;
}

/**
 * The reviewer agrees with a fate, or opens it again with words of his own. `seen` is the step that set the fate he has
 * before his eyes: another one is neither confirmed nor opened again by it.
 */
export const confirmationBody = z.object({
  confirmed: z.boolean(),
  words: z.string().trim().max(2000).default(''),
  seen: fateStepId,
});

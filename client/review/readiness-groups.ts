/** The points found before a submission, as the dialog shows them: first what stops it, then what only asks. Pure. */
import type { ReadinessPoint } from '../../shared/api/documents.ts';

export type ReadinessGroups = {
  readonly blocking: readonly ReadinessPoint[];
  readonly questions: readonly ReadinessPoint[];
};

/** Keeps the order of the text within each group. */
export function groupReadiness(points: readonly ReadinessPoint[]): ReadinessGroups {
  return { blocking: points.filter(({ blocks }) => blocks), questions: points.filter(({ blocks }) => !blocks) };
}

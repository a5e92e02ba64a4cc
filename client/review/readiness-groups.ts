/** The points found before a submission, as the dialog shows them: first what stops it, then what only asks. Pure. */
import type { ReadinessAnswer, ReadinessPoint } from '../../shared/api/documents.ts';
import type { Hit } from '../../shared/checks/check.ts';

export type ReadinessGroups = {
  readonly blocking: readonly ReadinessPoint[];
  readonly questions: readonly ReadinessPoint[];
  /** What the author confirms with his submission. */
  readonly confirmations: readonly Hit[];
};

/** Keeps the order of the text within each group. An empty section that is to be confirmed is not asked about twice. */
export function groupReadiness({ points, unconfirmed }: ReadinessAnswer): ReadinessGroups {
  const empty = unconfirmed.flatMap(({ rule, facts, sectionKey }) =>
    rule === 'N1' ? String(facts['keys']).split(',') : rule === 'N11' ? [sectionKey] : [],
  );
  const twice = (point: ReadinessPoint) => point.kind === 'empty_section' && empty.includes(point.sectionKey);
  return {
    blocking: points.filter(({ blocks }) => blocks),
    questions: points.filter((point) => !point.blocks && !twice(point)),
    confirmations: unconfirmed,
  };
}

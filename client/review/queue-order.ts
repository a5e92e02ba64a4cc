/** The reviewer's queue: what waits for reading, the most urgent first. Pure. */
import type { WorkItem } from '../../shared/api/work.ts';

/** Texts to review: the nearest deadline first, then who has waited longest; texts without a deadline behind them. */
export function reviewQueue(items: readonly WorkItem[]): WorkItem[] {
  return items
    .filter(({ kind }) => kind === 'review')
    .sort(
      (a, b) =>
        compare(a.submitBy ?? '9999', b.submitBy ?? '9999') ||
        compare(a.since, b.since) ||
        compare(a.documentId, b.documentId),
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import { describe, expect, it } from 'vitest';
import { reviewQueue } from '../../../client/review/queue-order.ts';
import type { WorkItem } from '../../../shared/api/work.ts';
import type { DocumentId, MeetingId } from '../../../shared/ids.ts';

function item(n: number, facts: Partial<WorkItem>): WorkItem {
  return {
    // Ids made by hand: only their equality and order matter here.
    documentId: `doc_${String(n).padStart(26, '0')}` as DocumentId,
    meetingId: 'meet_00000000000000000000000000' as MeetingId,
    meetingTitle: '2021年度党史学习教育专题民主生活会',
    title: '个人发言提纲',
    ownerName: '李四',
    documentKind: 'outline',
    kind: 'review',
    state: 'in_review',
    round: 1,
    openRemarks: 0,
    openChanges: 0,
    characters: 1469,
    since: '2022-01-10T02:00:00.000Z',
    submitBy: null,
    words: '',
    ...facts,
  };
}
const order = (...items: WorkItem[]) => reviewQueue(items).map(({ documentId }) => Number(documentId.slice(4)));

describe('reviewQueue', () => {
  it('holds only what waits for reading', () => {
    expect(order(item(1, { kind: 'write' }), item(2, {}), item(3, { kind: 'waiting' }))).toEqual([2]);
  });

  it('puts the nearest deadline first and texts without one last', () => {
    expect(order(item(1, {}), item(2, { submitBy: '2022-01-18' }), item(3, { submitBy: '2022-01-12' }))).toEqual([
      3, 2, 1,
    ]);
  });

  it('puts who has waited longest first among equal deadlines', () => {
    const later = item(1, { since: '2022-01-11T02:00:00.000Z' });
    expect(order(later, item(2, { since: '2022-01-09T02:00:00.000Z' }))).toEqual([2, 1]);
  });
});

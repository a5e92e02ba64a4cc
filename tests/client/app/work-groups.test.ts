import { describe, expect, test } from 'vitest';
import { groupWork, hasDeadline, mergeNews, newsBetween } from '../../../client/app/work-groups.ts';
import { type WorkItem, workItemSchema } from '../../../shared/api/work.ts';

const ulid = (n: number) => String(n).padStart(26, '0');

function item(n: number, given: Partial<WorkItem>): WorkItem {
  return workItemSchema.parse({
    documentId: `doc_${ulid(n)}`,
    meetingId: `meet_${ulid(1)}`,
    meetingTitle: '2021年度民主生活会',
    title: '个人发言提纲',
    ownerName: '李四',
    documentKind: 'outline',
    kind: 'write',
    state: 'drafting',
    round: 0,
    openRemarks: 0,
    openChanges: 0,
    characters: 0,
    since: '2022-01-10T08:00:00.000Z',
    submitBy: '2022-01-17',
    words: '',
    ...given,
  });
}

const numbers = (items: readonly WorkItem[]) => items.map(({ documentId }) => Number(documentId.slice(4)));

describe('my work', () => {
  test('what I must do is mine, what others hold waits, what is approved is done', () => {
    const groups = groupWork([
      item(1, { kind: 'done', state: 'filed' }),
      item(2, { kind: 'waiting', state: 'in_review' }),
      item(3, { kind: 'file', state: 'approved' }),
      item(4, { kind: 'review', state: 'in_review' }),
    ]);
    expect(numbers(groups.mine)).toEqual([4, 3]);
    expect(numbers(groups.others)).toEqual([2]);
    expect(numbers(groups.done)).toEqual([1]);
  });

  test('the nearest deadline comes first and none comes last', () => {
    const items = [
      item(1, { submitBy: null }),
      item(2, { submitBy: '2022-01-20' }),
      item(3, { submitBy: '2022-01-12' }),
    ];
    expect(numbers(groupWork(items).mine)).toEqual([3, 2, 1]);
    expect(numbers(groupWork(items.toReversed()).mine)).toEqual([3, 2, 1]);
  });

  test('among equal deadlines a returned text comes before one to review, to write, to file', () => {
    const { mine } = groupWork([
      item(1, { kind: 'file', state: 'approved' }),
      item(2, { kind: 'write' }),
      item(3, { kind: 'review', state: 'in_review' }),
      item(4, { kind: 'revise', state: 'returned' }),
    ]);
    expect(numbers(mine)).toEqual([4, 3, 2, 1]);
  });

  test('who has waited longest stands first among what others hold', () => {
    const { others } = groupWork([
      item(1, { kind: 'waiting', since: '2022-01-11T08:00:00.000Z' }),
      item(2, { kind: 'waiting', since: '2022-01-09T08:00:00.000Z' }),
    ]);
    expect(numbers(others)).toEqual([2, 1]);
  });

  test('a deadline concerns only what has yet to be submitted', () => {
    expect(hasDeadline(item(1, { state: 'drafting' }))).toBe(true);
    expect(hasDeadline(item(1, { state: 'returned' }))).toBe(true);
    expect(hasDeadline(item(1, { state: 'in_review' }))).toBe(false);
    expect(hasDeadline(item(1, { state: 'drafting', submitBy: null }))).toBe(false);
  });
});

describe('news', () => {
  const mine = item(1, { kind: 'waiting', state: 'in_review', round: 1 });
  const kinds = (before: WorkItem[], now: WorkItem[]) => newsBetween(before, now, '李四').map(({ kind }) => kind);

  test('a text that was submitted to me is news', () => {
    expect(kinds([], [item(2, { kind: 'review', state: 'in_review', round: 1, ownerName: '王五' })])).toEqual([
      'review',
    ]);
  });

  test('a resubmission is news again', () => {
    const first = item(2, { kind: 'review', round: 1, ownerName: '王五' });
    expect(kinds([first], [{ ...first, round: 2 }])).toEqual(['review']);
    expect(kinds([first], [first])).toEqual([]);
  });

  test('my text coming back is news, and so is its approval', () => {
    expect(kinds([mine], [{ ...mine, kind: 'revise', state: 'returned' }])).toEqual(['revise']);
    expect(kinds([mine], [{ ...mine, kind: 'done', state: 'approved' }])).toEqual(['approved']);
  });

  test('the approval of somebody else’s text is no news to me', () => {
    const other = { ...mine, ownerName: '王五' };
    expect(kinds([other], [{ ...other, kind: 'done', state: 'approved' }])).toEqual([]);
  });

  test('new remarks beside my text are news, fewer are not', () => {
    expect(kinds([mine], [{ ...mine, openRemarks: 2 }])).toEqual(['remarks']);
    expect(kinds([{ ...mine, openRemarks: 2 }], [{ ...mine, openRemarks: 1 }])).toEqual([]);
  });

  test('[PP20] a change of mine that was opened again is news, one I settled is not', () => {
    expect(kinds([mine], [{ ...mine, openChanges: 1 }])).toEqual(['changes']);
    expect(kinds([{ ...mine, openChanges: 2 }], [{ ...mine, openChanges: 1 }])).toEqual([]);
    const other = { ...mine, ownerName: '王五' };
    expect(kinds([other], [{ ...other, openChanges: 2 }])).toEqual([]);
  });

  test('remarks I write beside somebody else’s text are no news to me', () => {
    const other = { ...mine, ownerName: '王五' };
    expect(kinds([other], [{ ...other, openRemarks: 2 }])).toEqual([]);
  });

  test('my own withdrawal brings no news', () => {
    expect(kinds([mine], [{ ...mine, kind: 'write', state: 'drafting' }])).toEqual([]);
  });

  test('a text newly given to me to write is news', () => {
    expect(kinds([], [item(5, { kind: 'write' })])).toEqual(['write']);
  });

  test('news that no longer holds goes away, newer news of a text replaces the older', () => {
    const review = item(2, { kind: 'review', round: 1 });
    const known = [{ kind: 'review', item: review } as const];
    expect(mergeNews(known, [], [{ ...review, kind: 'waiting' }])).toEqual([]);
    expect(mergeNews(known, [], [review])).toEqual(known);
    const fresh = [{ kind: 'review', item: { ...review, round: 2 } } as const];
    expect(mergeNews(known, fresh, [{ ...review, round: 2 }])).toEqual(fresh);
  });
});

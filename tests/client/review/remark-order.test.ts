import { describe, expect, it } from 'vitest';
import { countOpen, neighbour, orderRemarks } from '../../../client/review/remark-order.ts';
import type { Remark } from '../../../shared/api/remarks.ts';
import type { DocumentId, RemarkId, UserId } from '../../../shared/ids.ts';

// Ids made by hand: only their equality matters here.
const id = (n: number) => `rmk_${String(n).padStart(26, '0')}` as RemarkId;
const by = { id: 'user_00000000000000000000000000' as UserId, name: '张三' };

function remark(n: number, facts: Partial<Remark> = {}): Remark {
  return {
    id: id(n),
    documentId: 'doc_00000000000000000000000000' as DocumentId,
    round: 1,
    sectionKey: 'problems',
    blockId: 'block-0001',
    quote: '监理提了两次',
    before: '',
    after: '',
    words: '请写明当时的想法。',
    by,
    at: `2022-01-10T01:${String(n).padStart(2, '0')}:00.000Z`,
    fate: 'open',
    fateWords: '',
    fateBy: null,
    fateAt: null,
    kind: 'suggestion',
    basis: '',
    confirmedBy: null,
    confirmedAt: null,
    history: [],
    standing: null,
    likened: false,
    attached: true,
    replies: [],
    ...facts,
  };
}
const order = (...args: Parameters<typeof orderRemarks>) => orderRemarks(...args).map((found) => found.id);

describe('[RV5] orderRemarks', () => {
  it('puts remarks that lost their text first, the oldest of them first', () => {
    const remarks = [remark(1), remark(3, { attached: false }), remark(2, { attached: false })];
    expect(order(remarks, [id(1)], ['problems'])).toEqual([id(2), id(3), id(1)]);
  });

  it('follows the text, not the time', () => {
    const remarks = [remark(1), remark(2), remark(3)];
    expect(order(remarks, [id(3), id(1), id(2)], ['problems'])).toEqual([id(3), id(1), id(2)]);
  });

  it('follows the sections while the text is not drawn, and time within one', () => {
    const remarks = [
      remark(1, { sectionKey: 'measures' }),
      remark(3, { sectionKey: 'opening' }),
      remark(2, { sectionKey: 'opening' }),
    ];
    expect(order(remarks, [], ['opening', 'measures'])).toEqual([id(2), id(3), id(1)]);
  });

  it('keeps a remark of a section the document no longer has, at the end', () => {
    const remarks = [remark(1, { sectionKey: 'gone' }), remark(2)];
    expect(order(remarks, [], ['problems'])).toEqual([id(2), id(1)]);
  });
});

describe('countOpen', () => {
  it('counts what has no fate yet', () => {
    expect(countOpen([remark(1), remark(2, { fate: 'adopted' }), remark(3)])).toBe(2);
  });
});

describe('neighbour', () => {
  it('goes round at both ends and begins at the end it comes from', () => {
    const list = ['a', 'b', 'c'];
    expect(neighbour(list, null, 1)).toBe('a');
    expect(neighbour(list, null, -1)).toBe('c');
    expect(neighbour(list, 'c', 1)).toBe('a');
    expect(neighbour(list, 'a', -1)).toBe('c');
    expect(neighbour([], null, 1)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { countOpen, neighbour, orderRemarks } from '../../../client/review/remark-order.ts';
import { remark, remarkId } from '../../support/remark.ts';

const order = (...args: Parameters<typeof orderRemarks>) => orderRemarks(...args).map((found) => found.id);

describe('[RV5] orderRemarks', () => {
  it('puts remarks that lost their text first, the oldest of them first', () => {
    const remarks = [remark(1), remark(3, { attached: false }), remark(2, { attached: false })];
    expect(order(remarks, [remarkId(1)], ['problems'])).toEqual([remarkId(2), remarkId(3), remarkId(1)]);
  });

  it('follows the text, not the time', () => {
    const remarks = [remark(1), remark(2), remark(3)];
    expect(order(remarks, [remarkId(3), remarkId(1), remarkId(2)], ['problems'])).toEqual([
      remarkId(3),
      remarkId(1),
      remarkId(2),
    ]);
  });

  it('follows the sections while the text is not drawn, and time within one', () => {
    const remarks = [
      remark(1, { sectionKey: 'measures' }),
      remark(3, { sectionKey: 'opening' }),
      remark(2, { sectionKey: 'opening' }),
    ];
    expect(order(remarks, [], ['opening', 'measures'])).toEqual([remarkId(2), remarkId(3), remarkId(1)]);
  });

  it('keeps a remark of a section the document no longer has, at the end', () => {
    const remarks = [remark(1, { sectionKey: 'gone' }), remark(2)];
    expect(order(remarks, [], ['problems'])).toEqual([remarkId(2), remarkId(1)]);
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

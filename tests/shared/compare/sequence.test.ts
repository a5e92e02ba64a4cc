import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptRuns, longestRising } from '../../../shared/compare/sequence.ts';

/** The length of a longest common subsequence, by the textbook table. */
function commonLength(a: readonly number[], b: readonly number[]): number {
  let above = new Array<number>(b.length + 1).fill(0);
  for (const left of a) {
    const row = [0];
    b.forEach((right, j) => {
      row.push(left === right ? (above[j] ?? 0) + 1 : Math.max(above[j + 1] ?? 0, row[j] ?? 0));
    });
    above = row;
  }
  return above.at(-1) ?? 0;
}

const letters = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 40 });

describe('keptRuns', () => {
  it('keeps as much as any comparison can, in order, and only what is equal', () => {
    fc.assert(
      fc.property(letters, letters, (a, b) => {
        const runs = keptRuns(Int32Array.from(a), Int32Array.from(b), a.length + b.length) ?? [];
        let i = 0;
        let j = 0;
        let kept = 0;
        for (const { from, to, length } of runs) {
          expect(from >= i && to >= j && length > 0).toBe(true);
          expect(a.slice(from, from + length)).toEqual(b.slice(to, to + length));
          i = from + length;
          j = to + length;
          kept += length;
        }
        expect(kept).toBe(commonLength(a, b));
      }),
      { numRuns: 2000 },
    );
  });

  it('gives up when more than the limit would have to change', () => {
    const a = Int32Array.from({ length: 50 }, (_, index) => index);
    const b = Int32Array.from({ length: 50 }, (_, index) => index + 100);
    expect(keptRuns(a, b, 40)).toBeUndefined();
    expect(keptRuns(a, a, 0)).toEqual([{ from: 0, to: 0, length: 50 }]);
  });
});

describe('longestRising', () => {
  it('finds who kept the order when one moved to the front', () => {
    expect([...longestRising([3, 0, 1, 2])].sort()).toEqual([1, 2, 3]);
    expect(longestRising([]).size).toBe(0);
  });
});

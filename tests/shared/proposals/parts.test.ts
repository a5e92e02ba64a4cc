/** The parts of proposals by themselves: words found again, reasons kept with their changes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locate } from '../../../shared/proposals/locate.ts';
import { changeIdPattern, notedIds } from '../../../shared/proposals/notes.ts';

const text = fc
  .array(fc.constantFrom('学', '习', '的', '𠮷', '，', '一', '工', '程'), { maxLength: 24 })
  .map((a) => a.join(''));

describe('locate', () => {
  it('[PP5] what it calls kept stands there, letter for letter', () => {
    fc.assert(
      fc.property(text, text, fc.nat(20), fc.nat(8), (before, after, from, length) => {
        const letters = Array.from(before);
        const start = Math.min(from, letters.length);
        const range = {
          from: letters.slice(0, start).join('').length,
          to: letters.slice(0, start + length).join('').length,
        };
        const found = locate(before, after, range);
        const there = after.slice(found.range.from, found.range.to);
        if (found.kept) expect(there).toBe(before.slice(range.from, range.to));
        else {
          expect(found.before.from).toBeLessThanOrEqual(range.from);
          expect(found.before.to).toBeGreaterThanOrEqual(range.to);
          // The two readings fit into what both texts have around them.
          expect(after.isWellFormed() && there.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('[PP4] finds a long quote that has moved within its paragraph', () => {
    const quote = '有三份补充协议没有送审';
    const before = `我对合同管理抓得不细，${quote}。`;
    const after = `${quote}，说明我对合同管理抓得不细。`;
    const found = locate(before, after, { from: 11, to: 11 + quote.length });
    expect(found.kept && after.slice(found.range.from, found.range.to)).toBe(quote);
  });

  it('[PP6] does not take a letter that is alike by chance for the words', () => {
    const found = locate('对分包单位监管不严，返工。', '对分包单位失察失管，返工。', { from: 7, to: 9 });
    expect(found.kept).toBe(false);
  });
});

describe('notes', () => {
  it('[PP10] a reason stays with its change, or goes with the nearest one of its block', () => {
    const changes = [{ id: 'block001.e.4' }, { id: 'block001.e.20' }, { id: 'block002.r' }];
    expect([...notedIds(changes, ['block001.e.6'])]).toEqual([['block001.e.4', 'block001.e.6']]);
    expect([...notedIds(changes, ['block001.e.20', 'block001.e.19'])]).toEqual([
      ['block001.e.20', 'block001.e.20'],
      ['block001.e.4', 'block001.e.19'],
    ]);
    expect(notedIds(changes, ['block009.e.1']).size).toBe(0);
  });

  it('[PP3] an id says block, kind and place and nothing else', () => {
    expect(['block001.e.4', 'b-lock_01.r', 's-ABC.k'].every((id) => changeIdPattern.test(id))).toBe(true);
    expect(['', 'block001', 'block001.e.', '../x.e.1', 'block 1.r'].some((id) => changeIdPattern.test(id))).toBe(false);
  });
});

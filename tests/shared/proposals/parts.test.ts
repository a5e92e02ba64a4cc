/** The parts of proposals by themselves: words found again, reasons kept with their changes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareProposal, editsOf } from '../../../shared/proposals/changes.ts';
import { locate } from '../../../shared/proposals/locate.ts';
import { changeIdPattern, notedIds } from '../../../shared/proposals/notes.ts';
import { plain, section } from '../../support/proposed-texts.ts';

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

  it('[PP4] finds a quote of six letters and more that was put before a longer text, when it stands there once', () => {
    const rest = '我对合同管理抓得不细，对下级催得多帮得少';
    const moved = (quote: string, first = '') =>
      locate(`${rest}${quote}`, `${first}${quote}${rest}`, { from: rest.length, to: rest.length + quote.length });
    expect(moved('三份没有送审')).toEqual({ kept: true, range: { from: 0, to: 6 } });
    expect(moved('三份没有送').kept).toBe(false);
    expect(moved('三份没有送审', '三份没有送审，').kept).toBe(false);
    const twice = `三份没有送审。${rest}三份没有送审`;
    const found = locate(twice, `三份没有送审${rest}`, { from: twice.length - 6, to: twice.length });
    expect(found.kept).toBe(false);
  });

  it('[PP5] never parts a rare character, also when another begins with the same half', () => {
    const found = locate('学𠮷习', '学𠮸', { from: 3, to: 4 });
    expect(found).toEqual({ kept: false, before: { from: 1, to: 4 }, range: { from: 1, to: 3 } });
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
    // The nearest by its place, whatever comes first, and of the same kind before any other.
    const [far, near, bold] = [{ id: 'block001.e.90' }, { id: 'block001.e.4' }, { id: 'block001.s.6' }];
    expect([...notedIds([far, near], ['block001.e.6'])]).toEqual([['block001.e.4', 'block001.e.6']]);
    expect([...notedIds([bold, far], ['block001.e.6'])]).toEqual([['block001.e.90', 'block001.e.6']]);
  });

  it('[PP3] an id says block, kind and place and nothing else', () => {
    expect(['block001.e.4', 'b-lock_01.r', 's-ABC.k'].every((id) => changeIdPattern.test(id))).toBe(true);
    expect(['', 'block001', 'block001.e.', '../x.e.1', 'block 1.r'].some((id) => changeIdPattern.test(id))).toBe(false);
  });
});

describe('changes', () => {
  const kindsOf = (base: Parameters<typeof compareProposal>[0], text: Parameters<typeof compareProposal>[1]) =>
    compareProposal(base, text).changes.map(({ kind }) => kind);

  it('[PP3] an empty paragraph that was filled is not called rewritten', () => {
    expect(editsOf([], [{ text: '新写的一句。', strong: false }])).toMatchObject([
      { kind: 'edited', rewritten: false },
    ]);
  });

  it('[PP3] one stretch made bold is one change, however its letters were parted before', () => {
    const before = [
      { text: '质量', strong: false },
      { text: '意识', strong: false },
    ];
    expect(editsOf(before, [{ text: '质量意识', strong: true }])).toMatchObject([
      { kind: 'strong', words: '质量意识' },
    ]);
  });

  it('[PP3] of two paragraphs with one id the one with the same words is meant, and each is used once', () => {
    const [one, two] = [plain('same0001', '我抓工程质量有偏差。'), plain('same0001', '我改进会风不实。')];
    expect(kindsOf([section('problems', one, two)], [section('problems', two, one)])).toEqual(['moved']);
    const { changes } = compareProposal([section('problems', one)], [section('problems', one, one)]);
    expect(changes.map(({ kind }) => kind)).toEqual(['added']);
    // And the added one gets an id that no other has.
    expect(changes[0]).toMatchObject({ kind: 'added', id: expect.not.stringMatching(/^same0001\./) });
    expect(changes[0]?.kind === 'added' && changes[0].block.id).not.toBe('same0001');
  });

  it('[PP3] paragraphs without ids are paired by their words alone', () => {
    const base = [section('problems', plain('', '我分管的三个工程去年全部返工。'))];
    const text = [section('problems', plain('', '思想政治建设抓得不紧，理论武装跟不上形势。'))];
    expect(kindsOf(base, text).sort()).toEqual(['added', 'removed']);
  });
});

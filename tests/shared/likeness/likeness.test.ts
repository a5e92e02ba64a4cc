import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeComparable } from '../../../shared/likeness/comparable.ts';
import { compareCorpus, compareTexts, type Match } from '../../../shared/likeness/compare.ts';
import { FixedText } from '../../../shared/likeness/fixed-text.ts';
import { measureFor, severityOf } from '../../../shared/likeness/rules.ts';
import { alikeSentences, repeatedSentences } from '../../../shared/likeness/sentences.ts';
import { symbolsOf } from '../../../shared/likeness/symbols.ts';

const least = 20;
const runs = { run: least };
const spell = (text: string) => String.fromCodePoint(...symbolsOf(text));

function compare(mine: readonly string[], source: readonly string[], fixed: readonly string[] = []): Match[] {
  const known = new FixedText(fixed);
  return compareTexts(makeComparable(mine, known), makeComparable(source, known), runs);
}

const wordsAt = (blocks: readonly string[], { block, from, to }: Match['here']) =>
  (blocks[block] ?? '').slice(from, to);

/** Letters enough that long runs are rare by chance, few enough that short ones are not; marks that do not count. */
const letters = [...'党组会议学习不够群众监督责任年月日的我在了是问题整改𠮷𡈼ＡaＢ79０〇'];
const marks = [...'，。；、 　“”《》（）\n'];
const text = (most: number) =>
  fc
    .array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...letters) }, fc.constantFrom(...marks)), {
      maxLength: most,
    })
    .map((list) => list.join(''));
const blocks = fc.array(text(60), { maxLength: 6 });
/** Words without quotation marks, which would take them out, and with at least `least` letters that count. */
const passage = fc
  .array(fc.constantFrom(...letters), { minLength: least, maxLength: 45 })
  .chain((list) =>
    fc
      .array(fc.constantFrom('', '', '', '，', '。', ' '), { minLength: list.length, maxLength: list.length })
      .map((between) => list.map((letter, index) => letter + (between[index] ?? '')).join('')),
  );
const unquoted = (list: readonly string[]) => list.map((block) => block.replace(/[“”《》]/g, ''));

describe('runs', () => {
  test('[LK1] every reported run is the same in both texts and as long as is asked for', () => {
    fc.assert(
      fc.property(blocks, blocks, passage, (a, b, planted) => {
        const mine = unquoted([...a, planted]);
        const source = unquoted([planted, ...b]);
        for (const { here, there } of compare(mine, source)) {
          const words = spell(wordsAt(mine, here));
          expect(words).toBe(spell(wordsAt(source, there)));
          expect([...words].length).toBeGreaterThanOrEqual(least);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('[LK1] no reported run can be made longer at either end', () => {
    fc.assert(
      fc.property(blocks, blocks, passage, text(20), text(20), (a, b, planted, before, after) => {
        const mine = unquoted([...a, before + planted + after]);
        const source = unquoted([after + planted + before, ...b]);
        for (const { here, there } of compare(mine, source)) {
          const lastBefore = (list: readonly string[], place: Match['here']) =>
            symbolsOf((list[place.block] ?? '').slice(0, place.from)).at(-1);
          const firstAfter = (list: readonly string[], place: Match['here']) =>
            symbolsOf((list[place.block] ?? '').slice(place.to))[0];
          expect(lastBefore(mine, here) ?? -1).not.toBe(lastBefore(source, there) ?? -2);
          expect(firstAfter(mine, here) ?? -1).not.toBe(firstAfter(source, there) ?? -2);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('[LK2] a passage of twenty letters that stands in both is found, whatever stands around it', () => {
    fc.assert(
      fc.property(blocks, blocks, passage, text(30), text(30), text(30), text(30), (a, b, planted, p, q, r, s) => {
        const mine = unquoted([...a, p + planted + q]);
        const source = unquoted([...b, r + planted + s]);
        const from = unquoted([p]).join('').length;
        const covered = compare(mine, source).filter(
          ({ here }) => here.block === a.length && here.from <= from && here.to >= from + planted.trimEnd().length - 1,
        );
        expect(covered.length).toBeGreaterThan(0);
      }),
      { numRuns: 1500 },
    );
  });

  test('[LK2] other punctuation, other spaces, other width and case of letters hide nothing', () => {
    const mine = ['我在理论学习上满足于完成学时，2021年有6次边开着视频边批文件（含OA系统）。'];
    const source = ['大家都一样：我在理论学习上、满足于完成学时；２０２１年有６次 边开着视频，边批文件，含oa系统。'];
    const [match, ...more] = compare(mine, source);
    expect(more).toEqual([]);
    expect(match && wordsAt(mine, match.here)).toBe(
      '我在理论学习上满足于完成学时，2021年有6次边开着视频边批文件（含OA系统',
    );
    expect(match && wordsAt(source, match.there)).toBe(
      '我在理论学习上、满足于完成学时；２０２１年有６次 边开着视频，边批文件，含oa系统',
    );
  });

  test('[LK2] rare characters count once and are never torn', () => {
    const planted = '𠮷𡈼字头的名字在系统里也是一个字不是两个半字';
    const [match] = compare([`甲${planted}乙`], [`丙丁${planted}戊`]);
    expect(match?.here).toEqual({ block: 0, from: 1, to: 1 + planted.length });
    expect(match?.there).toEqual({ block: 0, from: 2, to: 2 + planted.length });
  });

  test('[LK1] a run does not go across the end of a paragraph', () => {
    const first = '我对分管的十四份工程合同没有逐份';
    const second = '复核签字时没有细看补充协议的条款';
    expect(compare([first, second], [first, second])).toEqual([]);
    expect(compare([first + second], [first + second])).toHaveLength(1);
  });

  test('[LK1] nineteen letters are no run, twenty are', () => {
    const nineteen = '我对分管的十四份工程合同没有逐份复核签';
    expect([...nineteen]).toHaveLength(19);
    expect(compare([nineteen], [nineteen])).toEqual([]);
    expect(compare([`${nineteen}字`], [`${nineteen}字`])).toHaveLength(1);
  });

  test('[LK1] what is asked for may be shorter or longer', () => {
    const words = ['我对分管合同没有复核'];
    const [mine, source] = [makeComparable(words), makeComparable(words)];
    expect(compareTexts(mine, source, { run: 10 })).toHaveLength(1);
    expect(compareTexts(mine, source, { run: 11 })).toEqual([]);
    expect(() => compareTexts(mine, source, { run: 5 })).toThrow('at least 6');
  });

  test('[LK3] a window of ten symbols that a source repeats is looked up at its first 64 places', () => {
    let last = 0x4e00;
    const fresh = (count: number) =>
      Array.from({ length: count }, () => {
        last += 1;
        return String.fromCodePoint(last);
      }).join('');
    const often = fresh(10);
    // Every eleventh window of a source is noted: here those at the beginning of a paragraph, and in its second half.
    const source = [fresh(9), ...Array.from({ length: 66 }, () => often + fresh(11))];
    const found = (nth: number) => compare([(source[nth] ?? '').slice(0, 20)], source).length;
    expect([found(1), found(64), found(65)]).toEqual([1, 1, 0]);
  });

  test('[LK3] a text that says one thing over and over is answered with what it repeats', () => {
    const said = ['的'.repeat(3000), ...Array.from({ length: 100 }, () => '我学习不够深入联系实际不够紧密。')];
    const matches = compareTexts(makeComparable(said), makeComparable(said), measureFor('colleague'));
    expect(matches.some(({ here }) => here.block === 0 && here.from === 0 && here.to === 3000)).toBe(true);
    expect(matches.length).toBeLessThan(500);
  });
});

describe('fixed text', () => {
  const theme = '大力弘扬伟大建党精神，坚持和发展党的百年奋斗历史经验，坚定历史自信，践行时代使命，厚植为民情怀';
  const phrases = [theme, '从严治党', '带头深刻感悟“两个确立”的决定性意义方面'];

  test('[LK4] a fixed phrase is never reported, whole, in part, or at the edge of a run', () => {
    fc.assert(
      fc.property(blocks, blocks, passage, fc.nat(40), fc.nat(40), (a, b, planted, start, length) => {
        const part = theme.slice(start, start + 12 + length);
        const mine = unquoted([...a, part + planted + theme, `${theme}${theme}`]);
        const source = unquoted([...b, part + planted + theme, `${theme}${theme}`]);
        for (const { here, there } of compare(mine, source, phrases)) {
          expect(spell(theme)).not.toContain(spell(wordsAt(mine, here)));
          const words = spell(wordsAt(mine, here));
          // Neither the first nor the last eight letters are the theme's: those would have been taken out.
          expect(spell(theme)).not.toContain(words.slice(0, 16));
          expect(spell(theme)).not.toContain(words.slice(-16));
          expect(there.to).toBeGreaterThan(there.from);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('[LK4] two texts that have nothing but the theme in common are not alike', () => {
    const mine = [`我对照“${theme}”检查，2021年没有进过一户居民家。`, `${theme}，我做得不够。`];
    const source = [`${theme}。合同管理抓得不细。`, `联系${theme}，查摆问题。`];
    expect(compare(mine, source)).not.toEqual([]);
    expect(compare(mine, source, phrases)).toEqual([]);
  });

  test('[LK4] a copy around a fixed phrase is still one copy, counted without the phrase', () => {
    const around = ['我在落实管党治党要求上抓得不紧', '方面会上讲得多会后查得少'];
    const words = around.join('全面从严治党');
    const [match] = compare([words], [words], phrases);
    expect(match && wordsAt([words], match.here)).toBe(words);
    const short = '我抓得不紧全面从严治党方面查得少';
    expect(compare([short], [short], phrases)).toEqual([]);
  });

  test('[LK4] quotations and titles of documents do not count', () => {
    const quoted = '有群众反映“局里的同志下站所车没熄火就走了，连值班室漏雨都没有看见，问题还是没有解决”';
    expect(compare([`${quoted}，这是实情。`], [`我也听说${quoted}。`])).toEqual([]);
    const title = '《中共中央关于党的百年奋斗重大成就和历史经验的决议》';
    expect(compare([`我精读了${title}。`], [`按要求学习${title}两遍。`])).toEqual([]);
  });
});

describe('the rules', () => {
  const between = (kind: Parameters<typeof measureFor>[0], a: string, b: string) =>
    compareTexts(makeComparable([a]), makeComparable([b]), measureFor(kind));

  test.each([
    [
      '对新形势下群众工作的特点和规律研究不够，习惯于用老办法解决新问题，与群众面对面交流少',
      '我对新形势下群众工作的特点和规律研究不够，习惯于用老办法解决新问题',
    ],
    [
      '没有真正做到带着问题学、联系实际学，学习的系统性和针对性不强',
      '在学习上没有真正做到带着问题学、联系实际学，学习的系统性不强',
    ],
  ])('[LK5] a colleague’s text is like %s', (a, b) => {
    expect(between('colleague', a, b)).toHaveLength(1);
    expect(between('colleague', b, a)).toHaveLength(1);
  });

  test.each([
    ['我安排施工考虑群众出行不周，朝阳路围挡没有留学生通道', '我批办群众来信有时一批了之，幸福里小区电梯停工两个月'],
    ['我接听群众电话不耐烦，让一位老人“看公告”', '我到站所车没熄火就走，没有听到值班室漏雨的意见'],
  ])('[LK5] a colleague’s text is not like %s', (a, b) => {
    expect(between('colleague', a, b)).toEqual([]);
  });

  test.each([
    [
      '我在理论学习上满足于一般性通读，系统学习不够，联系实际不紧',
      '我理论学习满足于一般性通读，系统学习不够，联系实际不够紧密',
      'hint',
    ],
    ['我抓班子带队伍失之于宽，对干部教育管理不严', '我抓班子、带队伍失之于宽，对干部的教育管理还不严', 'hint'],
    ['我抓班子带队伍失之于宽，对干部教育管理不严', '我抓班子、带队伍失之于宽，对干部教育管理不严', 'warn'],
  ])('[LK6] the same person’s earlier year: %s', (a, b, severity) => {
    const matches = between('earlier', a, b);
    expect(matches.map((match) => severityOf('earlier', match))).toEqual([severity]);
  });

  test.each([
    ['我到基层站所调研偏少', '2021年我到站所调研7次，有5次当天往返，“调研偏少”没有改到位，这次继续查摆'],
    ['我学习满足于完成学时', '我讲党课照着稿子念，课件大部分用的是宣传科的统稿'],
  ])('[LK6] going on with last year’s problem is not repeating it: %s', (a, b) => {
    expect(between('earlier', a, b)).toEqual([]);
  });

  test('[LK5] short formulas and greetings are nobody’s', () => {
    expect(between('colleague', '请同志们批评指正。', '请同志们批评指正。')).toEqual([]);
  });

  test('[LK5] a run within a sentence is told instead of it, one that only touches it beside it', () => {
    const common = '分管的十四份工程合同中有三份补充协议没有送审';
    const inside = between('colleague', `今年我${common}负有责任。`, `去年我${common}负责任。`);
    expect(inside).toMatchObject([{ by: 'run' }]);
    const source = `我在${common}。我以前对供热改革困难估计不足推进得太慢。`;
    const touching = between('colleague', `我对${common}。我对供热改革困难估计不足推进得太慢。`, source);
    expect(touching.map(({ by }) => by)).toEqual(['run', 'sentence']);
  });

  test('[LK5] a sentence within a run, or alike by both, is said once', () => {
    const words = '我到局属站所调研七次，有五次当天往返，没有进过一户居民家。我对这件事负有责任，也没有补课。';
    const matches = between('colleague', words, words);
    expect(matches).toHaveLength(1);
    expect(matches[0]).toMatchObject({ by: 'run', share: 1, here: { from: 0, to: words.length - 1 } });
  });
});

describe('sentences', () => {
  const measure = { gram: 3, share: 0.7, least: 5 };
  const gramsOf = (symbols: readonly number[]) =>
    new Set(symbols.slice(measure.gram - 1).map((_, at) => symbols.slice(at, at + measure.gram).join()));

  /** The share by a plain count. */
  function shareOf(a: readonly number[], b: readonly number[]): number {
    const [less = new Set(), more = new Set()] = [gramsOf(a), gramsOf(b)].sort((x, y) => x.size - y.size);
    return [...less].filter((gram) => more.has(gram)).length / less.size;
  }

  const few = [...'党组会议学习不够'];
  const sentence = fc.array(fc.constantFrom(...few), { minLength: 3, maxLength: 12 }).map((list) => list.join(''));
  const sentences = fc.array(sentence, { maxLength: 8 });

  test('[LK5] found are exactly the pairs that a plain count of their grams finds, with its share', () => {
    fc.assert(
      fc.property(fc.array(sentences, { minLength: 2, maxLength: 4 }), (texts) => {
        const all = texts.map((list) => makeComparable([list.join('。')]));
        const found = alikeSentences(all, measure).map(
          ({ text: t, sentence: s, otherText: u, otherSentence: v, share }) =>
            [t * 100 + s, u * 100 + v]
              .sort((a, b) => a - b)
              .concat(share)
              .join(' '),
        );
        const counted: string[] = [];
        texts.forEach((list, t) => {
          texts.forEach((others, u) => {
            if (t >= u) return;
            list.forEach((one, s) => {
              others.forEach((other, v) => {
                const share = shareOf(symbolsOf(one), symbolsOf(other));
                const long = Math.min(symbolsOf(one).length, symbolsOf(other).length) >= measure.least;
                if (long && share >= measure.share) counted.push([t * 100 + s, u * 100 + v, share].join(' '));
              });
            });
          });
        });
        expect(found.toSorted()).toEqual(counted.toSorted());
      }),
      { numRuns: 1000 },
    );
  });

  test('[LK12] repeated are the sentences that a plain count finds like an earlier one', () => {
    fc.assert(
      fc.property(sentences, (list) => {
        const found = repeatedSentences(makeComparable([list.join('。')]), measure);
        const long = (words: string) => symbolsOf(words).length >= measure.least;
        const counted = list.flatMap((one, number) => {
          const earlier = list.slice(0, number).filter(long);
          const like = earlier.some((other) => shareOf(symbolsOf(one), symbolsOf(other)) >= measure.share);
          return long(one) && like ? [number] : [];
        });
        expect([...found].toSorted((a, b) => a - b)).toEqual(counted);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a corpus', () => {
  const words = (list: readonly string[]) => list.map((each) => makeComparable([each]));

  test('[LK7] every text is compared with every other, and each is told the same from its side', () => {
    fc.assert(
      fc.property(fc.array(blocks, { minLength: 2, maxLength: 4 }), passage, (texts, planted) => {
        const all = texts.map((list) => makeComparable(unquoted([...list, planted])));
        const measure = measureFor('colleague');
        const together = compareCorpus(all, measure);
        all.forEach((mine, own) => {
          all.forEach((source, other) => {
            if (own === other) return;
            const alone = compareTexts(mine, source, measure);
            const seen = (together[own] ?? []).filter((match) => match.source === other);
            const covered = (list: readonly Match[]) => list.map(({ here, by }) => ({ here, by }));
            expect(covered(seen)).toEqual(covered(alone));
          });
        });
      }),
      { numRuns: 200 },
    );
  });

  test('[LK7] a text is never compared with itself', () => {
    const twice = '我到局属站所调研七次，有五次当天往返，没有进过一户居民家。';
    expect(compareCorpus(words([twice + twice, '别的']), measureFor('colleague'))).toEqual([[], []]);
  });
});

/** [RV7] Finding words again: the same ones by their context, rewritten ones by their likeness, and never the wrong ones. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findWords, leastLikeness, likestStretch, type RememberedPlace } from '../../../shared/compare/find-words.ts';
import type { SectionContent } from '../../../shared/document/content.ts';
import { Random } from '../../support/random.ts';

const section = (key: string, ...texts: string[]): SectionContent => ({
  key,
  blocks: texts.map((text, index) => ({
    id: `${key}-block-${index}`,
    kind: 'paragraph',
    runs: text === '' ? [] : [{ text, strong: false }],
  })),
});
const place = (quote: string, more: Partial<RememberedPlace> = {}): RememberedPlace => ({
  sectionKey: 'a',
  blockId: 'gone-block',
  quote,
  before: '',
  after: '',
  ...more,
});

describe('the same words', () => {
  test('are found wherever they stand in their section', () => {
    const found = findWords([section('a', '别的。', '我学习满足于完成学时。')], place('满足于完成学时'));
    expect(found).toEqual({
      sectionKey: 'a',
      blockId: 'a-block-1',
      from: 3,
      to: 10,
      quote: '满足于完成学时',
      found: 'quote',
    });
  });

  test('are told from others like them by what stands around them', () => {
    const content = [section('a', '学习上不深入，调研少。', '调研上不深入，听汇报多。')];
    const sought = place('不深入', { before: '调研上', after: '，听汇报多。' });
    expect(findWords(content, sought)).toMatchObject({ blockId: 'a-block-1', from: 3 });
  });

  test('are told by their block when all around them is the same', () => {
    const content = [section('a', '重要的话说三遍。', '重要的话说三遍。')];
    expect(findWords(content, place('重要的话说三遍'))).toBeUndefined();
    expect(findWords(content, place('重要的话说三遍', { blockId: 'a-block-1' }))).toMatchObject({
      blockId: 'a-block-1',
    });
  });

  test('count only when they and what agrees around them are long enough', () => {
    const content = [section('a', '我学习不深。')];
    expect(findWords(content, place('学习'))).toBeUndefined();
    expect(findWords(content, place('学习', { before: '我', after: '不深。' }))).toMatchObject({ from: 1, to: 3 });
  });

  test('count from six characters on, they and what agrees beside them; the edge of a block says as much as two', () => {
    const found = (text: string, quote: string, around: Partial<RememberedPlace> = {}) =>
      findWords([section('a', text)], place(quote, around)) !== undefined;
    const inside = '去年我学习不深，时间少，效果差。';
    expect(found(inside, '学习不深', { before: '们', after: '，时' })).toBe(true);
    expect(found(inside, '学习不深', { before: '们', after: '，日' })).toBe(false);
    expect(found(inside, '学习不深')).toBe(false);
    expect(found('学习不深，时间少。', '学习不深')).toBe(true);
    expect(found('学习浅，时间少。', '学习浅')).toBe(false);
    expect(found('去年我学习不深', '学习不深')).toBe(true);
    expect(found('去年学习浅', '学习浅')).toBe(false);
  });

  test('are told from others like them in the same paragraph, by what stands before or behind', () => {
    const content = [section('a', '学习上不深入不扎实，调研上不深入不扎实，走访上不深入不扎实，都要改。')];
    expect(findWords(content, place('不深入不扎实', { before: '调研上' }))?.from).toBe(13);
    expect(findWords(content, place('不深入不扎实', { after: '，都要改' }))?.from).toBe(23);
    expect(findWords(content, place('不深入不扎实', { before: '走访上', after: '，都要改' }))?.from).toBe(23);
  });

  test('are not told by their block alone where something around them says otherwise', () => {
    const content = [section('a', '学习上不深入不扎实，少。', '调研上不深入不扎实，少。')];
    const sought = place('不深入不扎实', { blockId: 'a-block-0', before: '调研上' });
    expect(findWords(content, sought)).toMatchObject({ blockId: 'a-block-1' });
  });

  test('are found in another section from ten characters on, and after those of their own', () => {
    const content = [section('a', '别的。'), section('b', '我去年只到过两个小区，群众的话听得少。')];
    expect(findWords(content, place('去年只到过两个小区，'))).toMatchObject({ sectionKey: 'b', found: 'quote' });
    expect(findWords(content, place('去年只到过两个小区', { before: '我', after: '，群众' }))).toBeUndefined();
    const both = [
      section('a', '我说去年只到过两个小区，也少。'),
      section('b', '我去年只到过两个小区，群众的话听得少。'),
    ];
    const sought = place('去年只到过两个小区，', { before: '我', after: '群众的话听得少。' });
    expect(findWords(both, sought)).toMatchObject({ sectionKey: 'a' });
  });

  test('of no length are nowhere', () => {
    expect(findWords([section('a', '学习。')], place('', { blockId: 'a-block-0', after: '学习。' }))).toBeUndefined();
  });

  test('are found in another section when they are long, and not when they are short', () => {
    const content = [section('a', '别的。'), section('b', '我去年只到过两个小区，群众的话听得少。')];
    expect(findWords(content, place('去年只到过两个小区，群众'))).toMatchObject({ sectionKey: 'b', found: 'quote' });
    expect(findWords(content, place('两个小区，群众'))).toBeUndefined();
  });
});

describe('rewritten words', () => {
  test.each([
    ['学习满足于完成学时，多数时候只签到', '我参加集中学习多数时候满足于完成学时、签个到就走，没有真学。'],
    ['监理提了两次，我没有当回事，也没有到现场', '监理先后两次提出，我都没当回事，更没有到过现场。'],
    ['两批物资都是我口头答应的，没有走程序', '后来查实，两批物资是我在电话里口头答应下来的，程序没有走。'],
  ])('“%s” is found in “%s”', (quote, rewritten) => {
    const found = findWords([section('a', '我的问题如下。', rewritten, '请同志们批评。')], place(quote));
    expect(found).toMatchObject({ blockId: 'a-block-1', found: 'likeness' });
    expect(rewritten.slice(found?.from, found?.to)).toBe(found?.quote);
  });

  test('that are short are found with what stood around them, and marked without it', () => {
    const sought = place('多数时候满足于完成学时', { before: '李四查摆如下：一年来理论学习抓得不紧，', after: '。' });
    const found = findWords(
      [section('a', '李四查摆如下：一年来理论学习抓得不紧，31次里有20次满足于完成学时。')],
      sought,
    );
    expect(found?.quote).toBe('满足于完成学时');
  });

  test('are not looked for in another section', () => {
    const quote = '监理提了两次，我没有当回事，也没有到现场';
    expect(findWords([section('b', '监理先后两次提出，我都没当回事，更没有到过现场。')], place(quote))).toBeUndefined();
  });

  test('must be like enough; dates, figures and punctuation are like everywhere and do not count', () => {
    expect(likestStretch('2021年3月12日至2021年8月30日，', '2021年3月12日，2021年8月')).toBeUndefined();
    expect(likestStretch('去年我只到过两个小区。', '廉政风险没有认真排查')).toBeUndefined();
    expect(likestStretch('我没有认真排查廉政风险点。', '廉政风险没有认真排查出来过')?.likeness ?? 0).toBeLessThan(1);
  });

  test('are like from one half on, twice what is kept over the lengths of both, and with eight characters kept', () => {
    const letters = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥东南西';
    const kept = (of: number, keeps: number) =>
      likestStretch(`前言${letters.slice(0, keeps)}后语`, letters.slice(0, of));
    expect(kept(24, 8)).toEqual({ from: 2, to: 10, likeness: 0.5 });
    expect(kept(25, 8)).toBeUndefined();
    expect(kept(10, 8)).toMatchObject({ from: 2, to: 10 });
    expect(kept(10, 7)).toBeUndefined();
  });

  test('of twelve telling characters and more are looked for by themselves, of fewer with what stood around them', () => {
    const before = '一年来抓班子带队伍不够';
    const content = (kept: string) => [section('a', `${before}，${kept}。`)];
    const quote = '谈心谈话走过场没有深入交';
    const found = (sought: string) => findWords(content(sought.slice(0, 7)), place(sought, { before: `${before}，` }));
    expect(found(quote.slice(0, 11))).toMatchObject({ quote: quote.slice(0, 7), found: 'likeness' });
    expect(found(quote)).toBeUndefined();
  });

  test('that are alike in two places are told by what stands around them, then by their block, and otherwise not', () => {
    const quote = '监理提了两次，我没有当回事，也没有到现场';
    const rewritten = '监理先后两次提出，我都没当回事，更没有到过现场';
    const twice = [section('a', `一标段${rewritten}。`, `二标段${rewritten}。`)];
    expect(findWords(twice, place(quote))).toBeUndefined();
    expect(findWords(twice, place(quote, { before: '二标段' }))).toMatchObject({ blockId: 'a-block-1' });
    expect(findWords(twice, place(quote, { blockId: 'a-block-1' }))).toMatchObject({ blockId: 'a-block-1' });
  });

  test('are not looked for in a section beyond all measure', () => {
    const quote = '监理提了两次，我没有当回事，也没有到现场';
    const content = (most: number) => [
      section('a', '监理先后两次提出，我都没当回事，更没有到过现场。', '工'.repeat(most)),
    ];
    expect(findWords(content(20_000), place(quote))).toMatchObject({ found: 'likeness' });
    expect(findWords(content(30_000), place(quote))).toBeUndefined();
  });

  test('never tear a rare character in two', () => {
    const text = '我与𠮷同志谈心谈话不够经常，听不进不同意见。';
    const found = findWords([section('a', text)], place('与𠮷田同志的谈心谈话不经常，不同意见听不进'));
    expect(found?.quote).toBe(text.slice(found?.from, found?.to));
    expect(found?.quote.isWellFormed()).toBe(true);
  });
});

/** Harder than life: the whole text counts as one section, so a problem may be taken for the measure against it. */
test('words that were taken out are taken for others in few cases: at most 8 of 100 in the texts of the demo unit', () => {
  const folder = join(import.meta.dirname, '../../../server/demo/texts');
  const texts = readdirSync(folder).map((name) =>
    readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .filter((line) => line.length > 20),
  );
  const random = new Random(4);
  const tries = 200;
  let wrong = 0;
  for (let n = 0; n < tries; n += 1) {
    const lines = random.pick(texts);
    const line = random.pick(lines);
    const length = Math.min(8 + random.below(22), line.length);
    const from = random.below(line.length - length + 1);
    const quote = line.slice(from, from + length);
    const content = [section('a', ...lines.filter((other) => other !== line))];
    const context = { before: line.slice(Math.max(0, from - 20), from), after: line.slice(from + length).slice(0, 20) };
    if (findWords(content, place(quote, context)) !== undefined) wrong += 1;
  }
  console.log(`found wrongly: ${wrong} of ${tries}, likeness from ${leastLikeness}`);
  expect(wrong / tries).toBeLessThanOrEqual(0.08);
});

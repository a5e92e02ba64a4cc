/** [CK] What a text is taken apart into. */
import { describe, expect, test } from 'vitest';
import { readText } from '../../../shared/checks/segment.ts';
import { hitsOf, textOf, type Written } from '../../support/checked-text.ts';

const partOf = (key: string, written: Written) => {
  const { sections, content } = textOf(written);
  const part = readText(sections, content).parts.find((each) => each.key === key);
  if (part === undefined) throw new Error(`no part ${key}`);
  return part;
};
const wordsOf = (passages: readonly { readonly whole: string }[]) => passages.map(({ whole }) => whole);

describe('[CK2] sentences', () => {
  test('end at 。；！？ and lose their numbers', () => {
    const { sentences } = partOf('problems.a1', {
      'problems.a1': ['1.我学得不深；体会少。一是计划松。（二）我没有补学！', '第三，我缺席5次。'],
    });
    expect(wordsOf(sentences)).toEqual(['我学得不深；', '体会少。', '计划松。', '我没有补学！', '我缺席5次。']);
  });

  test('do not end within quotation marks', () => {
    const { sentences } = partOf('opening', { opening: ['他说“不行。再议。”就走了。'] });
    expect(wordsOf(sentences)).toEqual(['他说“不行。再议。”就走了。']);
  });

  test('are not taken from a closing sentence', () => {
    expect(partOf('measures', { measures: ['以上检查，请同志们批评指正。'] }).sentences).toEqual([]);
    expect(partOf('measures', { measures: ['每月请群众代表批评1次。'] }).sentences).toHaveLength(1);
  });
});

describe('[CK2] items', () => {
  test('are numbered paragraphs with what belongs to them', () => {
    const { items } = partOf('problems.a1', {
      'problems.a1': ['具体有：', '#我学得不深。', '2021年缺席5次。', '#我讲得不实。'],
    });
    expect(wordsOf(items)).toEqual(['我学得不深。\n2021年缺席5次。', '我讲得不实。']);
  });

  test('run from one 「一是」 to the next', () => {
    const { items } = partOf('causes', { causes: ['主要有：一是放松了。二是怕得罪人。三是感情淡了。'] });
    expect(wordsOf(items)).toEqual(['放松了。', '怕得罪人。', '感情淡了。']);
  });

  test('stay whole where a numbered problem has its own 「一是」', () => {
    const { items } = partOf('problems.a1', { 'problems.a1': ['#我学得不深。一是少。二是浅。'] });
    expect(items).toHaveLength(1);
  });

  test('are the paragraphs where nothing is numbered', () => {
    expect(wordsOf(partOf('causes', { causes: ['我放松了。', '我怕得罪人。'] }).items)).toEqual([
      '我放松了。',
      '我怕得罪人。',
    ]);
  });
});

describe('[CK2] words in quotation marks', () => {
  test('are not looked at', () => {
    const hits = hitsOf({ 'problems.a1': ['#同志们说：“党组抓学习不够，有时还不太深。”'] });
    expect(hits.filter(({ rule }) => rule !== 'N1')).toEqual([]);
  });

  test('may speak in a sentence’s favour', () => {
    const rules = (line: string) => hitsOf({ 'problems.a1': [line] }).map(({ rule }) => rule);
    expect(rules('#我落实不够。')).toContain('R06');
    expect(rules('#我落实“2021年第3号通知”不够。')).not.toContain('R06');
  });
});

test('[CK2] a key the rules do not know is read from its heading', () => {
  const { sections, content } = textOf({ causes: ['受编制限制，力量薄弱。'] });
  const renamed = sections.map((section) => (section.key === 'causes' ? { ...section, key: 'x1' } : section));
  const [body] = content;
  const parts = readText(renamed, [{ key: 'x1', blocks: body?.blocks ?? [] }]).parts;
  expect(parts.find(({ key }) => key === 'x1')?.role).toBe('cause');
});

import { describe, expect, test } from 'vitest';
import { toOfficialText } from '../../../shared/official/official-text.ts';
import { paragraphText, toPlainText } from '../../../shared/official/plain-text.ts';
import { frozenOf, item, paragraph, section } from '../../support/frozen.ts';

const linesOf = (...args: Parameters<typeof toOfficialText>) => toOfficialText(...args).paragraphs.map(paragraphText);

describe('the official text', () => {
  test('numbers items through their section, whatever stands between them', () => {
    const text = frozenOf([item('甲'), paragraph('说明'), item('乙')]);
    expect(linesOf(text)).toEqual(['1.甲', '说明', '2.乙']);
  });

  test('numbers items in Chinese where the section says so, past 99 in Arabic digits', () => {
    const text = frozenOf(
      Array.from({ length: 100 }, () => item('条')),
      { sections: [section('body', { itemNumbering: 'chinese' })] },
    );
    const lines = linesOf(text);
    expect([lines[0], lines[10], lines[98], lines[99]]).toEqual([
      '（一）条',
      '（十一）条',
      '（九十九）条',
      '（100）条',
    ]);
  });

  test('begins numbering anew in each section', () => {
    const text = frozenOf([], {
      sections: [section('a'), section('b')],
      content: [
        { key: 'b', blocks: [item('乙')] },
        { key: 'a', blocks: [item('甲')] },
      ],
    });
    expect(linesOf(text)).toEqual(['1.甲', '1.乙']);
  });

  test('does not print blocks without a letter, and gives them no number', () => {
    expect(linesOf(frozenOf([item('甲'), item(''), item(' \t'), item('乙'), paragraph('\u3000'), item('')]))).toEqual([
      '1.甲',
      '2.乙',
    ]);
  });

  test('keeps the heading of a section nobody wrote', () => {
    const text = frozenOf([], {
      sections: [section('body', { level: 1, number: '一、', title: '存在的主要问题' }), section('closing')],
    });
    expect(toOfficialText(text).paragraphs).toEqual([
      { kind: 'heading', level: 1, runs: [{ text: '一、存在的主要问题', style: 'plain' }], opensPart: true },
    ]);
  });

  test('gives an item’s number the weight of its topic phrase', () => {
    const [first] = toOfficialText(frozenOf([item('**学习不够。**比如')])).paragraphs;
    expect(first?.runs).toEqual([
      { text: '1.学习不够。', style: 'strong' },
      { text: '比如', style: 'plain' },
    ]);
  });

  test('makes the topic phrase of a （一） item a heading that runs in, and only that', () => {
    const text = frozenOf([item('**补齐短板。**修订**预案**'), paragraph('**先看**后说'), item('没有短语')], {
      sections: [section('body', { itemNumbering: 'chinese' })],
    });
    expect(toOfficialText(text).paragraphs.map((p) => p.runs)).toEqual([
      [
        { text: '（一）补齐短板。', style: 'levelTwo' },
        { text: '修订', style: 'plain' },
        { text: '预案', style: 'strong' },
      ],
      [
        { text: '先看', style: 'strong' },
        { text: '后说', style: 'plain' },
      ],
      [{ text: '（二）没有短语', style: 'plain' }],
    ]);
  });

  test('bears the mark under its title when nobody approved it, and none otherwise', () => {
    const text = frozenOf([paragraph('正文')]);
    expect(toOfficialText(text).markLine).toBe('');
    expect(toPlainText(toOfficialText(text, '未审定'))).toBe('发言提纲\n〔未审定〕\n\n正文\n');
  });

  test('drops what cannot be printed and keeps every other character', () => {
    const nasty = ' a\u0000b\u000bc\td\r\ne\ud842f\ufffe\ufeff<&>"]]>#[]*_$`\\@~ 𠮷㛃 ';
    const marked = frozenOf([paragraph(nasty), paragraph(`**${nasty}**${nasty}`)]);
    const clean = 'ab c d  ef<&>"]]>#[]*_$`\\@~ 𠮷㛃';
    expect(linesOf(marked)).toEqual([clean, `${clean}  ${clean}`]);
  });

  test('keeps a character whose halves stand in one run', () => {
    expect(
      linesOf(
        frozenOf([
          {
            id: 'block-id',
            kind: 'paragraph',
            runs: [
              { text: '田𠮷', strong: false },
              { text: '𠮷', strong: true },
            ],
          },
        ]),
      ),
    ).toEqual(['田𠮷𠮷']);
  });
});

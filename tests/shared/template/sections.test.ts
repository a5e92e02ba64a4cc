import { describe, expect, test } from 'vitest';
import { chineseNumeral, heading, itemNumber, resolveSections } from '../../../shared/template/sections.ts';
import { templateOf } from '../../support/samples.ts';

const { outline, team, aspects } = templateOf(2021);

describe('sections of a document', () => {
  test('number only the headings that are there', () => {
    const numbersOf = (on: Parameters<typeof resolveSections>[2]) =>
      resolveSections(outline, aspects, on)
        .filter((section) => section.level === 1)
        .map(heading);
    expect(numbersOf([])).toEqual(['一、存在的主要问题', '二、原因分析', '三、整改措施']);
    expect(numbersOf(['complaints', 'case_analysis'])).toEqual([
      '一、存在的主要问题',
      '二、需要说明的情况',
      '三、典型案例剖析',
      '四、原因分析',
      '五、整改措施',
    ]);
  });

  test('the opening and the closing have a body and no heading', () => {
    const sections = resolveSections(outline, aspects, []);
    expect([sections.at(0), sections.at(-1)]).toMatchObject([
      { key: 'opening', level: 0, number: '', title: '', hasBody: true },
      { key: 'closing', level: 0, number: '', title: '', hasBody: true },
    ]);
  });

  test('the problems hold one body per aspect and none of their own', () => {
    const sections = resolveSections(outline, aspects, []);
    expect(sections.find((section) => section.key === 'problems')?.hasBody).toBe(false);
    expect(sections.filter((section) => section.level === 2).map((section) => [section.key, section.number])).toEqual([
      ['problems.a1', '（一）'],
      ['problems.a2', '（二）'],
      ['problems.a3', '（三）'],
      ['problems.a4', '（四）'],
      ['problems.a5', '（五）'],
    ]);
  });

  test('an aspect is guided by its long title, or by the section when it has none', () => {
    const [first] = aspects;
    if (first === undefined) throw new Error('the template has aspects');
    const guided = resolveSections(outline, [first, { ...first, key: 'a2', long: '' }], []);
    expect(guided.find((section) => section.key === 'problems.a1')?.guidance).toBe(first.long);
    expect(guided.find((section) => section.key === 'problems.a2')?.guidance).toBe(
      outline.sections.find((section) => section.key === 'problems')?.guidance,
    );
  });

  test('required parts follow the conditions', () => {
    const disclosures = resolveSections(outline, aspects, ['audit', 'inquiry']).find((s) => s.key === 'disclosures');
    expect(disclosures?.parts).toEqual(['经济责任审计指出的问题及整改情况', '约谈函询事项的说明']);
  });

  test('measures are numbered 1. in an outline and （一） in the team material', () => {
    const numberingOf = (kind: typeof outline) =>
      resolveSections(kind, aspects, []).find((section) => section.key === 'measures')?.itemNumbering;
    expect([numberingOf(outline), numberingOf(team)]).toEqual(['arabic', 'chinese']);
  });
});

describe('numbers', () => {
  test.each([
    [1, '一'],
    [9, '九'],
    [10, '十'],
    [11, '十一'],
    [19, '十九'],
    [20, '二十'],
    [21, '二十一'],
    [99, '九十九'],
  ])('%i is written %s', (n, words) => {
    expect(chineseNumeral(n)).toBe(words);
  });

  test.each([0, 100, 1.5, -1])('%d has no heading number', (n) => {
    expect(() => chineseNumeral(n)).toThrow(RangeError);
  });

  test('items go on past 99 with Arabic digits in the brackets', () => {
    expect([itemNumber('arabic', 3), itemNumber('chinese', 3), itemNumber('chinese', 99)]).toEqual([
      '3.',
      '（三）',
      '（九十九）',
    ]);
    expect(itemNumber('chinese', 100)).toBe('（100）');
  });
});

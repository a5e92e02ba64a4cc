import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breakTitle, printedWidth } from '../../../shared/official/title-lines.ts';

describe('a title', () => {
  test('that fits a line stays whole', () => {
    expect(breakTitle('2025年度民主生活会对照检查材料')).toEqual(['2025年度民主生活会对照检查材料']);
  });

  test.each([
    [['2021年度党史学习教育专题民主生活会', '个人发言提纲']],
    [['2021年度党史学习教育专题民主生活会', '对照检查材料']],
    [['XX市XX局领导班子2021年度党史学习教育', '专题民主生活会对照检查材料']],
    [['2023年度学习贯彻', '习近平新时代中国特色社会主义思想', '主题教育专题民主生活会个人发言提纲']],
    [['中共XX省XX市XX区住房和城乡建设局党组', '巡视整改专题民主生活会', '领导班子对照检查材料']],
    [['“不忘初心、牢记使命”', '专题民主生活会检视剖析材料']],
  ])('breaks at word sense: %j', (lines) => {
    expect(breakTitle(lines.join(''))).toEqual(lines);
  });

  test('is never changed by breaking, and no line is wider than the page', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (title) => {
        const lines = breakTitle(title);
        expect(lines.join('')).toBe(title);
        for (const line of lines) expect(printedWidth(line)).toBeLessThanOrEqual(19);
      }),
    );
  });

  test('never breaks inside a name of the field', () => {
    const names = [
      '民主生活会',
      '党史学习教育',
      '对照检查',
      '领导班子',
      '发言提纲',
      '习近平新时代中国特色社会主义思想',
      '2021年度',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...names, '中共', 'XX市', '关于', '专题', '和'), { minLength: 4, maxLength: 12 }),
        (parts) => {
          const title = parts.join('');
          const ends = new Set<number>();
          let at = 0;
          for (const line of breakTitle(title)) {
            at += line.length;
            ends.add(at);
          }
          let start = 0;
          for (const part of parts) {
            const inside = [...ends].filter((end) => end > start && end < start + part.length);
            if (names.includes(part)) expect(inside).toEqual([]);
            start += part.length;
          }
        },
      ),
    );
  });

  test('begins no line with a closing mark and ends none with an opening one', () => {
    const title = '关于在“学习贯彻”（2024年度）专题会议、民主生活会上的对照检查材料（班子成员）的说明';
    for (const line of breakTitle(title)) expect(line).not.toMatch(/^[”）、]|[“（]$/u);
  });
});

/** Title lines, author and date as printed, and what counts as a placeholder. */
import { describe, expect, test } from 'vitest';
import { dateLine, organ } from '../../../server/documents/frozen-text.ts';
import { textAnswer } from '../../../shared/api/documents.ts';
import { placeholders } from '../../../shared/checks/placeholders.ts';
import { OfficeWorld } from '../../support/office-world.ts';
import { sample } from '../../support/samples.ts';

describe('the title block', () => {
  test('of the team material names its organ first, and then does not say 领导班子 again', async () => {
    const world = await OfficeWorld.open();
    const meeting = await world.meet({ date: null });
    const id = await world.documentOf(meeting.id, 'team');
    const text = await world.get(textAnswer, 'zhangsan', `/api/documents/${id}/text`);
    expect([text.title, text.byline, text.dateLine]).toEqual([
      '中共XX市XX局党组\n2021年度党史学习教育专题民主生活会对照检查材料',
      '',
      '',
    ]);
    await world.close();
  });

  test.each([
    ['XX市XX局', '中共XX市XX局党组'],
    ['XX县委员会', '中共XX县委员会'],
    ['XX局党委', '中共XX局党委'],
    ['中共XX市XX局党组', '中共XX市XX局党组'],
  ])('the organ of %s is %s', (unit, expected) => {
    expect(organ(unit)).toBe(expected);
  });

  test('a date has no leading zeros; 待定 leaves the line empty', () => {
    expect(dateLine('2022-01-05')).toBe('（2022年1月5日）');
    expect(dateLine(null)).toBe('');
  });
});

describe('placeholders', () => {
  const own = ['XX市XX局', '张三', 'XX县XX镇党委书记'];

  test.each([
    ['我在XXX项目中存在监管不力的问题。', ['XXX']],
    ['对XX项目，××同志没有到场。', ['XX', '××']],
    ['（此处填写具体事例）我负有责任。', ['（此处填写具体事例）']],
    ['〔待补〕某某同志【填写单位】____年', ['〔待补〕', '某某', '【填写单位】', '____']],
    ['ＸＸ局', ['ＸＸ']],
    ['**重点**', ['**', '**']],
  ])('%s', (text, expected) => {
    expect(placeholders(text, own)).toEqual(expected);
  });

  test.each([
    '作为XX市XX局副局长，我对XX市城北二标段返修负有直接责任。',
    '我任XX镇党委书记期间作风不实。',
    '学习2021年11篇、3×4米展板、X党字〔2021〕1号。',
    '二○○八年参加工作，使用MAXX系统。',
    '1*2的规格',
  ])('none in: %s', (text) => {
    expect(placeholders(text, own)).toEqual([]);
  });

  test('the unit’s own name in one place does not excuse a placeholder in another', () => {
    expect(placeholders('XX市XX局的XX科', ['XX市XX局'])).toEqual(['XX']);
  });

  test('the demo unit’s texts have none', () => {
    for (const name of ['outline-lisi-2021', 'outline-zhangsan-2021', 'team-material-2021'] as const) {
      for (const { blocks } of sample(name).sections) {
        for (const { runs } of blocks) {
          expect(placeholders(runs.map((run) => run.text).join(''), ['XX市XX局'])).toEqual([]);
        }
      }
    }
  });
});

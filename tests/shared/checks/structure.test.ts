/** [CK1] The rules about structure and numbers, and those that wait for data. */
import { describe, expect, test } from 'vitest';
import { check } from '../../../shared/checks/check.ts';
import type { CheckContext } from '../../../shared/checks/context.ts';
import { ruleIds } from '../../../shared/checks/rule-ids.ts';
import { rules } from '../../../shared/checks/rules.ts';
import { defaultSettings } from '../../../shared/checks/settings.ts';
import { hitsOf, plainContext, sampleContext, sampleText, textOf, type Written } from '../../support/checked-text.ts';

const item = '#我对合同管理抓得不细，2021年分管的14份合同中有3份补充协议没有送审，签字时没有细看，造成返工。';
const measure = '#2022年3月底前由我逐份复核14份合同。';
const aspects = ['problems.a1', 'problems.a2', 'problems.a3', 'problems.a4', 'problems.a5'];
/** A text that is asked nothing. */
const good: Written = {
  opening: ['2020年度查摆的3个问题已整改2个。'],
  ...Object.fromEntries(aspects.map((key) => [key, [item, item]])),
  disclosures: ['个人有关事项已如实报告。'],
  causes: ['一是认为业务比学习要紧，思想上放松了要求。二是怕得罪施工单位，担当不够。三是同群众感情淡了。'],
  measures: [measure],
  closing: ['请同志们批评指正。'],
};
const asked = (change: Written, context: Partial<CheckContext> = {}) =>
  hitsOf({ ...good, ...change }, { conditions: ['personal_matters'], ...context });
const rulesOf = (...given: Parameters<typeof asked>) => [...new Set(asked(...given).map(({ rule }) => rule))];

test('[CK1] every number has its rule', () => {
  expect(rules.map(({ id }) => id)).toEqual([...ruleIds]);
});

test('[CK9] a text that has everything is asked nothing', () => {
  expect(asked({})).toEqual([]);
});

test('[CK1] an empty page is asked nothing', () => {
  expect(hitsOf({ opening: [''] }, { conditions: ['personal_matters'] })).toEqual([]);
});

describe('structure', () => {
  test('[CK1] N1 names the aspects without text, once', () => {
    const hits = asked({ 'problems.a2': [], 'problems.a4': [''] });
    expect(hits.map(({ rule, severity, sectionKey }) => [rule, severity, sectionKey])).toEqual([
      ['N1', 'confirm', 'problems.a2'],
    ]);
    expect(hits[0]?.facts['count']).toBe(2);
    expect(String(hits[0]?.facts['headings'])).toContain('（四）');
  });

  test('[CK1] shares and counts wait until every part is begun', () => {
    expect(hitsOf({ opening: ['2020年度查摆的3个问题已整改2个。'] }).map(({ rule }) => rule)).toEqual(['N1']);
  });

  test.each<[string, Written, Partial<CheckContext>]>([
    ['N2', { 'problems.a1': [item] }, {}],
    ['N3', { 'problems.a1': [item, '#我2021年只去过1次。'] }, {}],
    ['N3', { 'problems.a1': [item, item + item.slice(1).repeat(6)] }, {}],
    ['N4', { disclosures: [`个人有关事项已如实报告。${'已按规定说明。'.repeat(120)}`] }, {}],
    ['N5', { opening: [`2020年度查摆的3个问题已整改2个。${'认真学习了指定的篇目。'.repeat(20)}`] }, {}],
    ['N6', { causes: ['一是怕。二是懒。三是私心重。'] }, {}],
    ['N8', {}, { quota: [2000, 5000] }],
    ['N8', {}, { quota: [10, 100] }],
    ['N9', Object.fromEntries(aspects.map((key) => [key, [item.replaceAll('我', ''), item.replaceAll('我', '')]])), {}],
    ['N17', {}, { speakers: 200 }],
  ])('[CK1] %s asks', (rule, change, context) => {
    expect(rulesOf(change, context)).toContain(rule);
  });

  test('[CK1] R14 wants more causes where there are more aspects', () => {
    const { sections, content } = textOf(good);
    const more = [6, 7].map((n) => ({
      ...sections[3],
      key: `problems.a${n}`,
      hasBody: true,
    })) as unknown as typeof sections; // two more aspects like the third
    expect(
      check({ sections: [...sections, ...more], content }, defaultSettings, plainContext).map((hit) => hit.rule),
    ).toContain('R14');
  });
});

describe('[CK19] R07 the density of set phrases', () => {
  const filler = item.repeat(2).replaceAll('#', '');
  const dense = (phrases: string) =>
    asked({ 'problems.a1': [`#${phrases}${filler}`, item] }).filter(({ facts }) => facts['form'] === 'density');

  test('is asked of the whole, with its figures', () => {
    const [hit, ...more] = dense(
      '2021年我学习不够，调研不够；2021年我联系群众不够；2021年我工作标准不高；2021年我宗旨意识不强。',
    );
    expect(more).toEqual([]);
    expect(hit).toMatchObject({ rule: 'R07', sectionKey: null, facts: { count: 5, most: 6 } });
    expect(hit?.facts['per']).toBeGreaterThan(6);
  });

  test('is not asked of single phrases, nor of a text that is only begun', () => {
    expect(dense('2021年我学习不够，14次中有5次没有发言。')).toEqual([]);
    const begun = hitsOf({ 'problems.a1': ['#2021年我学习不够，调研不够，联系群众不够，工作标准不高。'] });
    expect(begun.filter(({ facts }) => facts['form'] === 'density')).toEqual([]);
  });
});

describe('what must be spoken to', () => {
  test('[CK1] N11 asks for registered matters in the section that is for them', () => {
    const hits = asked({}, { conditions: ['personal_matters', 'audit', 'inquiry'] });
    expect(hits.map(({ rule, sectionKey, facts }) => [rule, sectionKey, facts['matters']])).toEqual([
      ['N11', 'disclosures', 'audit,inquiry'],
    ]);
  });

  test('[CK1] N11 asks nothing where the template has no section for it', () => {
    const { sections, content } = textOf(good, { conditions: [] });
    const hits = check({ sections, content }, defaultSettings, { ...plainContext, conditions: ['personal_matters'] });
    expect(hits.filter(({ rule }) => rule === 'N11')).toEqual([]);
  });
});

describe('names', () => {
  test('[CK1] N15 asks about a theme that is quoted differently, and not about one that is not', () => {
    const theme = '大力弘扬伟大建党精神，坚定历史自信';
    expect(rulesOf({ opening: ['会议主题是“弘扬建党精神”，2020年度整改2个。'] }, { theme })).toContain('N15');
    expect(rulesOf({ opening: [`会议主题是“${theme}”，2020年度整改2个。`] }, { theme })).not.toContain('N15');
  });

  test('[CK1] N15 asks about a title that is nearly one on the list', () => {
    const hits = asked({ disclosures: ['我违反《关于新形势下党内政治生活若干准则》，个人有关事项已如实报告。'] });
    expect(hits.filter(({ rule }) => rule === 'N15').map(({ rule, facts }) => [rule, facts['right']])).toEqual([
      ['N15', '《关于新形势下党内政治生活的若干准则》'],
    ]);
    expect(rulesOf({ disclosures: ['按《决议》学习，个人有关事项已如实报告。'] })).not.toContain('N15');
  });

  test('[CK1] doubled letters that belong to two words are passed', () => {
    expect(rulesOf({ measures: ['#2022年3月底前参与与群众谈心3次，达到改进的目的的，由我报告。'] })).not.toContain(
      'R23',
    );
    expect(rulesOf({ measures: ['#2022年3月底前与与群众谈心3次。'] })).toContain('R23');
  });

  test('[CK1] R22 asks whoever speaks as a member of another organ, not whoever visits it', () => {
    expect(rulesOf({ opening: ['作为红河镇党委委员，我2020年度整改2个。'] })).toContain('R22');
    expect(rulesOf({ opening: ['我到红河镇党委调研3次，2020年度整改2个。'] })).not.toContain('R22');
  });
});

describe('[CK8] rules that wait for data', () => {
  test.each<[string, Partial<CheckContext>]>([
    ['N7', { measureLinks: { 'problems.a1-0': 1 } }],
    ['N10', { dimensions: ['思想', '政治'] }],
    ['N12', { opinions: [{ text: '车没熄火就走了', answered: false }] }],
    ['N13', { criticism: [], criticismPairs: [{ from: '王五', to: '李四' }] }],
    ['N14', { talks: [{ pair: '张三—李四', held: false }] }],
    ['N16', { earlierProblems: [{ year: 2020, count: 4 }] }],
  ])('%s asks when its data is there, and only then', (rule, context) => {
    const change = { opening: ['2020年度查摆3个问题，已整改2个。'] };
    expect(rulesOf(change)).not.toContain(rule);
    expect(rulesOf(change, context)).toContain(rule);
  });

  test.each<[string, Partial<CheckContext>]>([
    ['N10', { dimensions: ['思想', '政治', '组织', '作风', '纪律'] }],
    ['N12', { opinions: [{ text: '车没熄火就走了', answered: true }] }],
    [
      'N13',
      {
        criticism: [{ from: '王五', to: '李四', text: '李四同志问质量少，建议多到现场。' }],
        criticismPairs: [{ from: '王五', to: '李四' }],
      },
    ],
    ['N14', { talks: [{ pair: '张三—李四', held: true }] }],
    ['N16', { earlierProblems: [{ year: 2020, count: 3 }] }],
  ])('%s asks nothing when the data is in order', (rule, context) => {
    expect(rulesOf({ opening: ['2020年度查摆3个问题，已整改2个。'] }, context)).not.toContain(rule);
  });

  test('[CK1] R19 takes words of one field for the same subject', () => {
    const about = (problem: string, answer: string) =>
      asked({ 'problems.a1': [`#${problem}`, item], measures: [`#${answer}`] }).some(
        ({ rule, quote }) => rule === 'R19' && quote === problem,
      );
    const letters = '我批办来信有时一批了之。2021年5月，幸福里小区业主反映电梯停工，我签批后没有再过问，拖到7月。';
    expect(about(letters, '热线重复投诉件2022年3月底前由我办结14份。')).toBe(false);
    expect(about(letters, '每季度廉政教育1次，2022年3月底前核完14份合同。')).toBe(true);
    expect(
      about('我对“关键少数”监督偏软，2021年只谈过5人次，拖到出事之后才谈。', '每季度廉政教育1次，先讲采购14份。'),
    ).toBe(false);
  });

  test('R19 leaves it to links made by hand', () => {
    const change = { 'problems.a1': ['#我2021年没有带队夜查过一回泵房，值守松懈，设备停了很久也没有人发现。', item] };
    expect(rulesOf(change)).toContain('R19');
    expect(rulesOf(change, { measureLinks: {} })).not.toContain('R19');
  });
});

describe('[CK16] N16 the numbers of problems', () => {
  const n16 = (opening: string, context: Partial<CheckContext> = {}) =>
    asked({ opening: [`2020年度的问题整改2个。${opening}`] }, context).filter(({ rule }) => rule === 'N16');

  test('are counted in the text itself where it speaks of itself', () => {
    expect(n16('这次查摆问题11个。').map(({ facts }) => facts)).toEqual([
      { form: 'own', said: 11, recorded: 10, year: 2021 },
    ]);
    expect(n16('这次查摆问题10个。')).toEqual([]);
    expect(n16('去年查摆的4个问题还有1个没有改好，这次继续查摆。')).toEqual([]);
    expect(hitsOf({ opening: ['这次查摆问题11个，2020年度整改2个。'] }).map(({ rule }) => rule)).not.toContain('N16');
  });

  test('are those of the approved text of the year that is named', () => {
    const earlierProblems = [
      { year: 2020, count: 4 },
      { year: 2018, count: 6 },
    ];
    const said = n16('上年度查摆的3个问题已整改2个。2018年度查摆的6个问题都已整改。2019年度查摆7个。', {
      earlierProblems,
    });
    expect(said.map(({ quote, facts }) => [quote, facts])).toEqual([
      ['上年度查摆的3个问题已整改2个。', { form: 'earlier', said: 3, recorded: 4, year: 2020 }],
    ]);
  });

  test('ask nothing where two texts of one year are on record, or no year is named', () => {
    const twice = [
      { year: 2020, count: 4 },
      { year: 2020, count: 5 },
    ];
    expect(n16('去年查摆的3个问题已整改2个。', { earlierProblems: twice })).toEqual([]);
    expect(n16('查摆的3个问题已整改2个。', { earlierProblems: [{ year: 2020, count: 4 }] })).toEqual([]);
  });
});

describe('[CK17] R20 and R21 go with the words they are about', () => {
  const line = '我对合同管理抓得不细，2021年分管的14份合同中有3份补充协议没有送审，签字时没有细看，造成返工。';
  const passage = {
    kind: 'colleague',
    severity: 'warn',
    sectionKey: 'problems.a1',
    blockId: 'problems.a1-0',
    quote: '2021年分管的14份合同中有3份补充协议没有送审',
  } as const;
  const likeness = (...change: readonly Partial<NonNullable<CheckContext['likeness']>[number]>[]) =>
    asked({}, { likeness: change.map((each) => ({ ...passage, ...each })) })
      .filter(({ rule }) => rule === 'R20' || rule === 'R21')
      .map(({ rule, severity, from, quote }) => [rule, severity, from, quote]);

  test('where they stand, each place once, with the weight of the likeness', () => {
    const from = line.indexOf(passage.quote);
    expect(likeness({}, { kind: 'sample' })).toEqual([['R21', 'warn', from, passage.quote]]);
    expect(likeness({ kind: 'earlier', severity: 'hint' })).toEqual([['R20', 'hint', from, passage.quote]]);
    expect(likeness({ kind: 'earlier', severity: 'hint' }, { kind: 'earlier' })).toEqual([
      ['R20', 'warn', from, passage.quote],
    ]);
    expect(likeness({ kind: 'earlier' }, { kind: 'earlier', severity: 'hint' })).toEqual([
      ['R20', 'warn', from, passage.quote],
    ]);
  });

  test('and no longer where the words have changed, moved away or are quoted from an official text', () => {
    expect(likeness({ quote: '补充协议都已送审' })).toEqual([]);
    expect(likeness({ blockId: 'gone' })).toEqual([]);
    expect(likeness({ sectionKey: 'problems.a2' })).toEqual([]);
    expect(likeness({ kind: 'reference' })).toEqual([]);
  });
});

test('[CK1] the team material is asked what concerns it: who answers for a measure, not who “I” is', () => {
  const text = sampleText('team-material-2021');
  const content = text.content.map((body) =>
    body.key === 'measures'
      ? {
          ...body,
          blocks: body.blocks.map((block) => ({ ...block, runs: [{ text: '每季度专题研讨1次。', strong: false }] })),
        }
      : body,
  );
  const found = check({ ...text, content }, defaultSettings, sampleContext('team-material-2021'));
  expect(found.filter(({ rule }) => rule === 'N7').map(({ facts }) => facts['form'])).toEqual(
    Array.from({ length: 5 }, () => 'owner'),
  );
  expect(found.map(({ rule }) => rule)).not.toContain('N9');
});

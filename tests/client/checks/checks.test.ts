/** [CK] What the page makes of the questions: groups, words, the checklist, the settings as they are edited. */
import { describe, expect, test } from 'vitest';
import { checklist, speakingRules } from '../../../client/checks/checklist-lines.ts';
import { groupHits, listHits } from '../../../client/checks/hit-groups.ts';
import { questionKey } from '../../../client/checks/use-check-words.ts';
import { resources } from '../../../client/i18n/i18n.ts';
import {
  listTexts,
  offeredRules,
  thresholdsOf,
  weightOf,
  withTexts,
  withThreshold,
  withWeight,
  wrongLine,
} from '../../../client/meetings/check-settings.ts';
import { groupReadiness } from '../../../client/review/readiness-groups.ts';
import type { Dismissal } from '../../../shared/api/checks.ts';
import type { Hit } from '../../../shared/checks/check.ts';
import { checklistLines } from '../../../shared/checks/checklist.ts';
import { ruleIds, type Severity } from '../../../shared/checks/rule-ids.ts';
import { checkSettingsSchema, defaultSettings, thresholdNames } from '../../../shared/checks/settings.ts';
import { plainContext } from '../../support/checked-text.ts';

const hit = (change: Partial<Hit> = {}): Hit => ({
  rule: 'R11',
  severity: 'warn',
  sectionKey: 'problems.a1',
  blockId: 'block-1',
  from: 0,
  to: 2,
  quote: '有时',
  hash: 'a'.repeat(32),
  facts: {},
  ...change,
});
const dismissal = (change: Partial<Dismissal> = {}): Dismissal => ({
  rule: 'R11',
  blockId: 'block-1',
  hash: 'a'.repeat(32),
  reason: '如此',
  confirmed: false,
  by: '李四',
  at: '2022-01-10T01:00:00.000Z',
  ...change,
});

describe('groups', () => {
  test('[CK5] one question of a rule about the same words, with all its places', () => {
    const groups = groupHits([hit(), hit({ from: 9, to: 11 }), hit({ blockId: 'block-2' })], [dismissal()]);
    expect(groups.map(({ hits, dismissal: said }) => [hits.length, said?.reason])).toEqual([
      [2, '如此'],
      [1, undefined],
    ]);
  });

  test('[CK5] a dismissal of other words says nothing', () => {
    expect(groupHits([hit()], [dismissal({ hash: 'b'.repeat(32) })])[0]?.dismissal).toBeUndefined();
  });

  test('[CK6] what stops a submission is never put aside', () => {
    expect(listHits([hit({ severity: 'block' })], [dismissal()], false).count).toBe(1);
  });

  test('[CK7] a reviewer is shown no hints', () => {
    const hits = (['block', 'confirm', 'warn', 'hint'] as const).map((severity: Severity, index) =>
      hit({ severity, blockId: `block-${index + 5}` }),
    );
    expect(listHits(hits, [], true).open.map(({ severity }) => severity)).toEqual(['block', 'confirm', 'warn']);
    expect(listHits(hits, [], false).count).toBe(4);
  });

  test('[CK6] a section to be confirmed is not asked about twice before a submission', () => {
    const point = (sectionKey: string) => ({
      kind: 'empty_section' as const,
      blocks: false,
      sectionKey,
      heading: '',
      detail: '',
    });
    const groups = groupReadiness({
      points: [point('problems.a1'), point('problems.a2'), point('causes')],
      unconfirmed: [hit({ rule: 'N1', blockId: null, facts: { keys: 'problems.a1,problems.a2' } })],
    });
    expect(groups.questions.map(({ sectionKey }) => sectionKey)).toEqual(['causes']);
    expect(groups.confirmations).toHaveLength(1);
  });
});

describe('words', () => {
  /** The rules that find several kinds of things, each with a question of its own. */
  const forms: Readonly<Partial<Record<Hit['rule'], readonly (string | undefined)[]>>> = {
    R07: [undefined, 'density'],
    R22: ['placeholder', 'foreign'],
    R26: [undefined, 'mend'],
    N3: ['short', 'long'],
    N7: ['measure', 'owner'],
    N8: ['short', 'long'],
    N15: ['theme', 'document'],
    N16: ['own', 'earlier'],
  };

  test.each(['zh', 'en'] as const)('[CK10] every rule has a name, a source and a question in %s', (language) => {
    const words: Readonly<Record<string, string>> = resources[language].checks;
    const keys = ruleIds.flatMap((rule) => [
      `${rule}.name`,
      `${rule}.source`,
      ...(forms[rule] ?? [undefined]).map((form) => questionKey({ rule, facts: form === undefined ? {} : { form } })),
    ]);
    expect(keys.filter((key) => words[key] === undefined)).toEqual([]);
  });

  test.each(['zh', 'en'] as const)('[CK10] every question asks, in %s', (language) => {
    const said = Object.entries<string>(resources[language].checks).filter(([key]) => key.endsWith('.q'));
    const statements = said.filter(([, text]) => !/[？?]/.test(text)).map(([key]) => key);
    // A count of criticisms states what is there and what was asked for.
    expect(statements.filter((key) => key !== 'N13.q' && key !== 'R04.q')).toEqual([]);
    expect(said.length).toBe(ruleIds.length + 8);
  });

  test('[CK10] every threshold has its words', () => {
    for (const language of ['zh', 'en'] as const) {
      const words: Readonly<Record<string, string>> = resources[language].checks;
      expect(thresholdNames.filter((name) => words[`threshold.${name}`] === undefined)).toEqual([]);
    }
  });
});

describe('the checklist', () => {
  test('[CK12] has thirteen lines with rules and a reason', () => {
    expect(checklistLines).toHaveLength(13);
    expect(checklistLines.filter((line) => checklist[line].rules.length === 0)).toEqual([]);
  });

  test('[CK12] says so where no rule can tell: hints, rules that are off, rules without data', () => {
    expect(speakingRules(2, defaultSettings, plainContext)).toEqual([]);
    expect(speakingRules(11, defaultSettings, plainContext)).toEqual([]);
    expect(speakingRules(6, defaultSettings, plainContext)).toEqual([]);
    expect(speakingRules(11, defaultSettings, { ...plainContext, likeness: [] })).toEqual(['R20', 'R21']);
    expect(speakingRules(3, defaultSettings, plainContext)).toEqual(['R01']);
    expect(speakingRules(3, defaultSettings, { ...plainContext, kind: 'team' })).toEqual([]);
    expect(speakingRules(4, withWeight(defaultSettings, 'R06', 'off'), plainContext)).toEqual([]);
  });
});

describe('the settings of a meeting', () => {
  test('[CK4] keep only what differs from the defaults', () => {
    const off = withWeight(defaultSettings, 'R06', 'off');
    expect(weightOf(off, 'R06')).toBe('off');
    expect(withWeight(off, 'R06', 'warn')).toEqual(defaultSettings);
    expect(weightOf(withWeight(off, 'R06', 'block'), 'R06')).toBe('block');
    const longer = withThreshold(defaultSettings, 'N3.least', 60);
    expect(longer.thresholds).toEqual({ 'N3.least': 60 });
    expect(withThreshold(longer, 'N3.least', 40)).toEqual(defaultSettings);
    expect(withThreshold(longer, 'N3.least', null)).toEqual(defaultSettings);
    expect(withTexts(defaultSettings, listTexts(defaultSettings))).toEqual(defaultSettings);
  });

  test('[CK4] read word lists line by line', () => {
    const texts = {
      ...listTexts(defaultSettings),
      concrete: ' 南苑市场 \n\n朝阳路',
      replacements: '布属=部署\n厦行＝履行',
    };
    const settings = withTexts(defaultSettings, texts);
    expect(settings.words).toEqual({
      concrete: ['南苑市场', '朝阳路'],
      replacements: [
        { wrong: '布属', right: '部署' },
        { wrong: '厦行', right: '履行' },
      ],
    });
    expect(checkSettingsSchema.parse(settings)).toEqual(settings);
    expect(listTexts(settings).concrete).toBe('南苑市场\n朝阳路');
    expect(wrongLine('布属=部署\n厦行')).toBe(2);
    expect(wrongLine(texts.replacements)).toBeUndefined();
  });

  test('[CK8] do not offer rules whose data nobody keeps', () => {
    const missing = ruleIds.filter((id) => !offeredRules.includes(id));
    expect(missing).toEqual(['R04', 'R25', 'N10', 'N12', 'N13', 'N14']);
  });

  test('[CK4] show a threshold beside the rule it belongs to', () => {
    expect(ruleIds.flatMap(thresholdsOf).toSorted()).toEqual(thresholdNames.toSorted());
  });
});

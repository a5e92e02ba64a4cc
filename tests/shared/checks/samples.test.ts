/** [CK] The false-alarm budget: what the rules ask about texts that are good. */
import { expect, test } from 'vitest';
import { type SampleName, sampleNames } from '../../../server/demo/sample.ts';
import { check, checkInSteps } from '../../../shared/checks/check.ts';
import { ruleIds } from '../../../shared/checks/rule-ids.ts';
import { defaultSettings } from '../../../shared/checks/settings.ts';
import { sampleContext, sampleText } from '../../support/checked-text.ts';

const asked = (name: SampleName) => check(sampleText(name), defaultSettings, sampleContext(name));

/** Hints, for the author alone; see docs/spec/checks.md for what they are about. */
const hints: Readonly<Record<SampleName, readonly string[]>> = {
  'outline-zhangsan-2021': ['R19'],
  'outline-lisi-2021': [],
  'outline-zhaoliu-2021': ['N3', 'N3', 'N8'],
  'outline-qianqi-2021': ['N3', 'N3', 'N3', 'N8'],
  'team-material-2021': ['N3', 'N4'],
};

test.each(sampleNames)('[CK9] %s has nothing to confirm, nothing a reviewer is shown, and few hints', (name) => {
  const hits = asked(name);
  expect(hits.filter(({ severity }) => severity !== 'hint')).toEqual([]);
  expect(hits.map(({ rule }) => rule)).toEqual(hints[name]);
});

test('[CK9] the one question about a measure is true: nothing is said about the study meetings the author leads', () => {
  const asks = sampleNames.flatMap((name) => asked(name).filter(({ rule }) => rule === 'R19'));
  expect(asks.map(({ quote }) => quote.slice(0, 13))).toEqual(['我抓中心组学习研讨不严。2']);
});

test('[CK11] a check goes in as many steps as there are rules, with the same answer', () => {
  const name = 'outline-zhaoliu-2021';
  const steps = checkInSteps(sampleText(name), defaultSettings, sampleContext(name));
  let count = 0;
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) count += 1;
  expect(count).toBe(ruleIds.length);
  expect(step.value).toEqual(asked(name));
});

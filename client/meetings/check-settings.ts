/** The settings of a meeting's checks as the screen edits them. Pure. */
import { type RuleId, ruleIds, type Severity } from '../../shared/checks/rule-ids.ts';
import { ruleOf, waitingRules } from '../../shared/checks/rules.ts';
import {
  type CheckSettings,
  severityOf,
  type ThresholdName,
  thresholdNames,
  thresholds,
  type WordLists,
  wordList,
} from '../../shared/checks/settings.ts';

/** What a meeting can set: a rule whose data nobody keeps is not promised. */
export const offeredRules: readonly RuleId[] = ruleIds.filter((id) => !waitingRules.includes(id));

export type Weight = Severity | 'off';

export function weightOf(settings: CheckSettings, id: RuleId): Weight {
  return severityOf(settings, id, ruleOf(id).severity) ?? 'off';
}

/** A rule at its standard weight is not kept: it follows the defaults. */
export function withWeight(settings: CheckSettings, id: RuleId, weight: Weight): CheckSettings {
  const standard = ruleOf(id).severity;
  const rules = { ...settings.rules };
  delete rules[id];
  if (weight === 'off') rules[id] = { on: false, severity: standard };
  else if (weight !== standard) rules[id] = { on: true, severity: weight };
  return { ...settings, rules };
}

export function thresholdsOf(id: RuleId): ThresholdName[] {
  return thresholdNames.filter((name) => name.startsWith(`${id}.`));
}

/** Null, and the default itself, follow the default. */
export function withThreshold(settings: CheckSettings, name: ThresholdName, value: number | null): CheckSettings {
  const set = { ...settings.thresholds };
  if (value === null || value === thresholds[name].value) delete set[name];
  else set[name] = value;
  return { ...settings, thresholds: set };
}

export type PlainList = Exclude<keyof WordLists, 'replacements'>;
export const plainLists = ['ownNames', 'concrete', 'documents', 'fixed'] as const satisfies readonly PlainList[];

/** One entry a line, as it is written; what is empty is dropped when the settings are saved. */
export type ListTexts = Readonly<Record<keyof WordLists, string>>;

export function listTexts(settings: CheckSettings): ListTexts {
  const text = (name: PlainList) => wordList(settings, name).join('\n');
  return {
    ownNames: text('ownNames'),
    concrete: text('concrete'),
    documents: text('documents'),
    fixed: text('fixed'),
    replacements: wordList(settings, 'replacements')
      .map(({ wrong, right }) => `${wrong}=${right}`)
      .join('\n'),
  };
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const pair = /^([^=＝]+)[=＝]([^=＝]+)$/;

/** The first line that is no pair, counted from 1 among those that are not empty; undefined when all are. */
export function wrongLine(text: string): number | undefined {
  const index = linesOf(text).findIndex((line) => !pair.test(line));
  return index === -1 ? undefined : index + 1;
}

/** The settings with these lists; a list that was not changed follows the default. */
export function withTexts(settings: CheckSettings, texts: ListTexts): CheckSettings {
  const defaults = listTexts({ rules: {}, thresholds: {}, words: {} });
  const words: Partial<WordLists> = {};
  for (const name of plainLists) {
    const lines = linesOf(texts[name]);
    if (lines.join('\n') !== defaults[name]) words[name] = lines;
  }
  const replacements = linesOf(texts.replacements).flatMap((line) => {
    const [, wrong = '', right = ''] = pair.exec(line) ?? [];
    return wrong === '' ? [] : [{ wrong: wrong.trim(), right: right.trim() }];
  });
  if (replacements.length > 0) words.replacements = replacements;
  return { ...settings, words };
}

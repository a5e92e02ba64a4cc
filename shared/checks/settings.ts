/**
 * What a meeting may set: each rule on or off and its weight, the thresholds, the word lists. Only what differs from the
 * defaults is kept, so a meeting follows the defaults of a later release where it has not decided otherwise.
 */
import { digest } from 'lib0/hash/sha256';
import { encodeUtf8 } from 'lib0/string';
import { z } from 'zod';
import { type RuleId, ruleIds, severities } from './rule-ids.ts';

const ruleSettingSchema = z.object({ on: z.boolean(), severity: z.enum(severities) });
export type RuleSetting = z.infer<typeof ruleSettingSchema>;

/** Every threshold with its default and its bounds; the name begins with the rule it belongs to. */
export const thresholds = {
  'R07.heap': { value: 3, least: 2, most: 10 },
  'R07.density': { value: 6, least: 1, most: 50 },
  'R11.heap': { value: 2, least: 2, most: 10 },
  'R14.causes': { value: 3, least: 1, most: 12 },
  'R14.perAspect': { value: 60, least: 0, most: 200 },
  'R20.likeness': { value: 60, least: 20, most: 100 },
  'R21.run': { value: 20, least: 8, most: 100 },
  'N2.problems': { value: 2, least: 1, most: 10 },
  'N3.least': { value: 40, least: 0, most: 500 },
  'N3.most': { value: 250, least: 50, most: 2000 },
  'N4.share': { value: 50, least: 0, most: 100 },
  'N5.share': { value: 15, least: 0, most: 100 },
  'N6.share': { value: 8, least: 0, most: 100 },
  'N9.share': { value: 50, least: 0, most: 100 },
  'N13.criticisms': { value: 1, least: 1, most: 20 },
  'N17.perMinute': { value: 220, least: 50, most: 600 },
  'N17.minutes': { value: 240, least: 10, most: 960 },
} as const satisfies Readonly<Record<string, { value: number; least: number; most: number }>>;
export type ThresholdName = keyof typeof thresholds;
export const thresholdNames = Object.keys(thresholds) as ThresholdName[]; // its own keys

const word = z.string().trim().min(1).max(60);
const list = z.array(word).max(200);

/**
 * `ownNames` are no placeholders and no foreign units (R22); `concrete` make a text concrete (R06 and others); `documents`
 * are names of documents (N15); `replacements` are expressions with the right ones (R23); `fixed` is taken out before
 * texts are compared (R20, R21).
 */
const wordListsSchema = z.object({
  ownNames: list,
  concrete: list,
  documents: list,
  fixed: list,
  replacements: z.array(z.object({ wrong: word, right: word })).max(200),
});
export type WordLists = z.infer<typeof wordListsSchema>;

/** Settings as they are kept and sent: what differs from the defaults. */
export const checkSettingsSchema = z.object({
  rules: z.partialRecord(z.enum(ruleIds), ruleSettingSchema),
  thresholds: z
    .object(
      // Object.fromEntries forgets the names; they are the names of `thresholds`.
      Object.fromEntries(
        Object.entries(thresholds).map(([name, { least, most }]) => [name, z.int().min(least).max(most)]),
      ) as Record<ThresholdName, z.ZodInt>,
    )
    .partial(),
  words: wordListsSchema.partial(),
});
export type CheckSettings = z.infer<typeof checkSettingsSchema>;

export const defaultSettings: CheckSettings = { rules: {}, thresholds: {}, words: {} };

/** The names of regulations every text may cite; a meeting can replace the list. */
export const defaultWords: WordLists = {
  ownNames: [],
  concrete: [],
  documents: [
    '中国共产党章程',
    '关于新形势下党内政治生活的若干准则',
    '中国共产党党内监督条例',
    '中国共产党廉洁自律准则',
    '中国共产党纪律处分条例',
    '中国共产党问责条例',
    '县以上党和国家机关党员领导干部民主生活会若干规定',
    '中共中央关于党的百年奋斗重大成就和历史经验的决议',
  ],
  fixed: [],
  replacements: [],
};

export function threshold(settings: CheckSettings, name: ThresholdName): number {
  return settings.thresholds[name] ?? thresholds[name].value;
}

export function wordList<Name extends keyof WordLists>(settings: CheckSettings, name: Name): WordLists[Name] {
  // A partial object's value under `Name` is the whole object's value under `Name`, or missing.
  return (settings.words[name] ?? defaultWords[name]) as WordLists[Name];
}

/** How a rule stands in a meeting; undefined when it is off. */
export function severityOf(
  settings: CheckSettings,
  id: RuleId,
  standard: RuleSetting['severity'],
): RuleSetting['severity'] | undefined {
  const set = settings.rules[id];
  if (set === undefined) return standard;
  return set.on ? set.severity : undefined;
}

/** Short and the same for the same settings: a page sees from it that a meeting has set something else. */
export function settingsDigest(settings: CheckSettings): string {
  return shortHash(JSON.stringify(sorted(settings)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}

/** The first half of a SHA-256, as hex: what a dismissal is bound to. */
export function shortHash(text: string): string {
  const bytes = digest(encodeUtf8(text)).subarray(0, 16);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

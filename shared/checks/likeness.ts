/**
 * The same words as last year or as somebody else: R20, R21. The comparison is that of the list of rules, sentence by
 * sentence; fixed text (theme, headings, titles of documents, the meeting's fixed phrases) is taken out before.
 */
import type { CheckContext } from './context.ts';
import { partsOf, quote } from './passages.ts';
import { everyKind, type Finding, type Rule } from './rule.ts';
import type { CheckedText, Passage } from './segment.ts';
import { type CheckSettings, threshold, wordList } from './settings.ts';

/** Han, letters and digits: what is left when punctuation and spaces are dropped. */
export function norm(words: string): string {
  return words.replace(/[^\p{Script=Han}\p{L}\d]/gu, '');
}

function grams(words: string): Set<string> {
  const letters = [...words];
  return new Set(letters.slice(0, -2).map((_letter, index) => letters.slice(index, index + 3).join('')));
}

/** Common 3-grams over the 3-grams of the shorter text, from 0 to 1. */
export function sim(a: string, b: string): number {
  const [one, other] = [grams(norm(a)), grams(norm(b))];
  const shorter = Math.min(one.size, other.size);
  if (shorter === 0) return 0;
  return [...one].filter((gram) => other.has(gram)).length / shorter;
}

/** The length of the longest run both texts have. */
export function lcs(a: string, b: string): number {
  const [one, other] = [[...a], [...b]];
  let longest = 0;
  let before = new Array<number>(other.length + 1).fill(0);
  for (const letter of one) {
    const row = [0];
    other.forEach((each, index) => {
      const run = each === letter ? (before[index] ?? 0) + 1 : 0;
      row.push(run);
      if (run > longest) longest = run;
    });
    before = row;
  }
  return longest;
}

/** The words without what every text of the meeting has. */
export function withoutFixed(words: string, fixed: readonly string[]): string {
  return fixed.reduce((left, phrase) => left.split(phrase).join(' '), words.replace(/《[^》]*》/g, ' '));
}

function fixedOf(text: CheckedText, settings: CheckSettings, { theme }: CheckContext): string[] {
  const titles = text.parts.map(({ title }) => title.replace(/^（[^）]*）|^[一二三四五六七八九十]+、/, ''));
  return [theme, ...titles, ...wordList(settings, 'fixed')].filter((phrase) => phrase !== '');
}

function compare(
  text: CheckedText,
  settings: CheckSettings,
  context: CheckContext,
  others: readonly string[],
  same: (mine: string, other: string) => boolean,
): Finding[] {
  if (others.length === 0) return [];
  const fixed = fixedOf(text, settings, context);
  const theirs = others.map((words) => withoutFixed(words, fixed));
  const matches = ({ whole }: Passage) => {
    const mine = withoutFixed(whole, fixed);
    return theirs.some((other) => same(mine, other));
  };
  return partsOf(text, [])
    .flatMap(({ sentences }) => sentences)
    .filter(matches)
    .map((sentence) => quote(sentence));
}

export const likenessRules: readonly Rule[] = [
  {
    id: 'R20',
    severity: 'warn',
    kinds: everyKind,
    find: (text, settings, context) => {
      const least = threshold(settings, 'R20.likeness') / 100;
      return compare(text, settings, context, context.earlierYears ?? [], (mine, other) => sim(mine, other) >= least);
    },
  },
  {
    id: 'R21',
    severity: 'warn',
    kinds: everyKind,
    find: (text, settings, context) => {
      const least = threshold(settings, 'R21.run');
      return compare(
        text,
        settings,
        context,
        context.otherTexts ?? [],
        (mine, other) => lcs(norm(mine), norm(other)) >= least,
      );
    },
  },
];

/**
 * N16: how many problems the text says there are or were, and how many are listed: in this text, or in the author's approved text
 * of the year that is named. Where a year is not on record nothing is asked.
 */
import type { SectionContent } from '../document/content.ts';
import type { Section } from '../template/sections.ts';
import type { CheckContext } from './context.ts';
import { partsOf, perSentence } from './passages.ts';
import { everyKind, type Rule } from './rule.ts';
import { type CheckedText, readText } from './segment.ts';

/** 「2020年度民主生活会我查摆的4个问题」: which time is meant, and how many there were, in one clause. */
const counted =
  /(本次|这次|此次|今年|本年度|上一?年度|去年|20\d\d年度?)[^，。；]{0,20}?查摆(?:出|了|的)?(?:的)?(?:突出|主要)?(?:问题)?(\d+)个/;

function yearOf(when: string, { year }: CheckContext): number {
  if (/^20/.test(when)) return Number(when.slice(0, 4));
  return /上|去/.test(when) ? year - 1 : year;
}

function listed(text: CheckedText): number {
  return partsOf(text, ['problem']).reduce((sum, { items }) => sum + items.length, 0);
}

/** How many problems a text lists. */
export function countProblems(sections: readonly Section[], content: readonly SectionContent[]): number {
  return listed(readText(sections, content));
}

export const numberRules: readonly Rule[] = [
  {
    id: 'N16',
    severity: 'hint',
    kinds: everyKind,
    find: (text, settings, context) => {
      const own = text.complete ? listed(text) : undefined;
      return perSentence([], ({ spoken }) => {
        if (!spoken.includes('查摆')) return false;
        const [, when, number] = counted.exec(spoken) ?? [];
        if (when === undefined) return false;
        const [said, year] = [Number(number), yearOf(when, context)];
        const form = year === context.year ? 'own' : 'earlier';
        const of = context.earlierProblems?.filter((each) => each.year === year) ?? [];
        // Two meetings in one year: nobody knows which is meant.
        const recorded = form === 'own' ? own : of.length === 1 ? of[0]?.count : undefined;
        return recorded === undefined || recorded === said ? false : { form, said, recorded, year };
      })(text, settings, context);
    },
  },
];

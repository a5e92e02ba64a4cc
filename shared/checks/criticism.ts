/**
 * Criticism of one another: R04, R05, R25, N13. The criticism stands in no section yet; it comes through the context, and a
 * finding quotes it without a block. R05 is asked of a self-criticism too.
 */
import type { CheckContext } from './context.ts';
import { ADVICE, FAULT, HOPE } from './dictionaries.ts';
import { perSentence } from './passages.ts';
import { about, everyKind, type Finding, type Rule } from './rule.ts';
import { threshold } from './settings.ts';

const careNotCriticism =
  /(?:太|过于|过分)(?:拼|忙|辛苦|认真|要强|谦虚|操劳|追求完美)|不(?:太)?(?:注意|爱惜|顾)(?:休息|身体|家庭)|(?:注意|保重)(?:休息|身体|劳逸结合)|原则性太强|要求(?:太|过)(?:高|严)|陪(?:陪)?家人|做得多[，、]?说得少/;
const noOpinion = /同意(?:前面|以上|刚才|大家)|没有(?:什么)?(?:补充|别的意见|意见)|(?:和|与)[^，。]{1,8}(?:一样|相同)/;

function perCriticism({ criticism = [] }: CheckContext, asks: (words: string) => boolean): Finding[] {
  return criticism
    .filter(({ text }) => asks(text))
    .map(({ from, to, text }) => ({ ...about(null, `${from}|${to}|${text}`, { from, to }), quote: text }));
}

export const criticismRules: readonly Rule[] = [
  {
    id: 'R04',
    severity: 'confirm',
    kinds: everyKind,
    find: (_text, _settings, context) => perCriticism(context, (words) => HOPE.test(words) && !FAULT.test(words)),
  },
  {
    id: 'R05',
    severity: 'confirm',
    kinds: everyKind,
    find: (text, settings, context) => [
      ...perSentence(['problem'], ({ spoken }) => careNotCriticism.test(spoken))(text, settings, context),
      ...perCriticism(context, (words) => careNotCriticism.test(words)),
    ],
  },
  {
    id: 'R25',
    severity: 'warn',
    kinds: everyKind,
    find: (_text, _settings, context) =>
      perCriticism(context, (words) => (FAULT.test(words) && !ADVICE.test(words)) || noOpinion.test(words)),
  },
  {
    id: 'N13',
    severity: 'warn',
    kinds: everyKind,
    find: (_text, settings, { criticism = [], criticismPairs = [] }) => {
      const wanted = threshold(settings, 'N13.criticisms');
      return criticismPairs.flatMap(({ from, to }) => {
        const count = criticism.filter((each) => each.from === from && each.to === to).length;
        return count >= wanted ? [] : [about(null, `${from}|${to}|${count}`, { from, to, count, wanted })];
      });
    },
  },
];

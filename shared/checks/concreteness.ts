/** People, things, times and numbers instead of set phrases: R06, R07, R11. */
import { isConcrete, PROBLEM } from './dictionaries.ts';
import { partsOf, perItem, perSentence } from './passages.ts';
import { about, everyKind, type Finding, type Rule } from './rule.ts';
import type { CheckedText } from './segment.ts';
import { threshold } from './settings.ts';

const boilerplate =
  /(?:理论)?学习(?:还)?(?:不够|不深|抓得不紧)|联系群众(?:还)?不够|(?:服务|宗旨|创新|担当|廉洁|大局|责任)意识(?:还)?(?:不强|不够|有所淡化|有待)|调(?:查)?研(?:究)?(?:还)?不够|工作(?:作风|标准|方法)(?:还)?(?:不够|不高|简单)|(?:思想|政治)站位(?:还)?不高|先锋模范作用(?:发挥)?不/g;
const vague =
  /有时候?|偶尔|个别时候|(?:在)?一定程度上|或多或少|某种程度|不太|还不(?:够|太)|有待(?:进一步)?(?:提高|加强|提升)|相对(?:较)?(?:少|弱)|有同志认为|有人说/g;

/** Set phrases and bare 「不够」, each place once. */
const phrase = new RegExp(`${boilerplate.source}|不够`, 'g');

function count(words: string, expression: RegExp): number {
  return words.match(expression)?.length ?? 0;
}

/**
 * The density of set phrases and 「不够」 in the problems, per thousand characters; asked of a text whose parts have all been
 * begun. The number is a common one and no standard's: the sample outlines have none, texts made of such phrases ten and more.
 */
function dense(text: CheckedText, most: number): Finding[] {
  const parts = partsOf(text, ['problem']);
  const characters = parts.reduce((sum, part) => sum + part.characters, 0);
  if (!text.complete || characters === 0) return [];
  const found = parts.flatMap(({ sentences }) => sentences).reduce((sum, { spoken }) => sum + count(spoken, phrase), 0);
  const per = Math.round((1000 * found) / characters);
  return per <= most ? [] : [about(null, `${found}`, { form: 'density', count: found, per, most })];
}

export const concretenessRules: readonly Rule[] = [
  {
    id: 'R06',
    severity: 'warn',
    kinds: everyKind,
    find: perItem(['problem'], ({ spoken, whole }, { names }) => PROBLEM.test(spoken) && !isConcrete(whole, names)),
  },
  {
    id: 'R07',
    severity: 'hint',
    kinds: everyKind,
    find: (text, settings, context) => [
      ...perSentence(['problem'], ({ spoken, whole }, { names }) => {
        const phrases = count(spoken, boilerplate);
        const heaped = count(spoken, /不够/g) >= threshold(settings, 'R07.heap');
        return heaped || phrases >= 2 || (phrases === 1 && !isConcrete(whole, names));
      })(text, settings, context),
      ...dense(text, threshold(settings, 'R07.density')),
    ],
  },
  {
    id: 'R11',
    severity: 'hint',
    kinds: everyKind,
    find: perSentence(['problem'], ({ spoken, whole }, { names, settings }) => {
      const qualifiers = count(spoken, vague);
      return qualifiers >= threshold(settings, 'R11.heap') || (qualifiers >= 1 && !isConcrete(whole, names));
    }),
  },
];

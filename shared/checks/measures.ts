/** Measures: R15 deadline and result, R19 and N7 whether they answer the problems. */
import { DEADLINE, VERIF } from './dictionaries.ts';
import { partsOf, perItem, quote } from './passages.ts';
import { everyKind, type Rule } from './rule.ts';
import type { Passage } from './segment.ts';

const owner = /责任人|牵头|负责|由我|本人/;

/** Letters and marks at which a word ends, and pairs of letters that say nothing about a subject. */
const breaks = new Set(Array.from('，。、“”0123456789我的了在和不\uFFFC \n\t\u3000', (each) => each.codePointAt(0)));
const emptyPairs: ReadonlySet<number> = new Set(
  ['同志', '工作', '问题', '没有', '进一', '一步', '加强', '提高', '年底'].flatMap((pair) => [...pairsOf(pair)]),
);

/**
 * The pairs of neighbouring letters of a text, as the list of rules makes them, each as one number: thousands of short strings
 * would cost the first check of a page more than all other rules.
 */
function* pairsOf(words: string): Generator<number> {
  let before = 0;
  for (let at = 0; at < words.length; at += 1) {
    const letter = words.codePointAt(at) ?? 0;
    if (letter > 0xffff) at += 1;
    const ends = breaks.has(letter);
    if (!ends && before !== 0) yield before * 0x20_0000 + letter;
    before = ends ? 0 : letter;
  }
}

/**
 * Subjects that problems and measures name in different words: what people bring before the unit, and clean hands and oversight.
 * Study is none of them: whoever speaks of it says 学习 in both.
 */
const subjects = [
  /群众|居民|业主|来信|来访|来电|信访|热线|投诉|举报/,
  /监督|管党治党|从严治党|廉政|廉洁|违规|违纪|供货|宴请|提醒谈话/,
] as const;

/** What all measures speak of: the pairs of letters that stand in any of them, and the subjects. */
function readMeasures(measures: readonly Passage[]) {
  const pairs = new Set<number>();
  for (const { whole } of measures) {
    for (const pair of pairsOf(whole)) if (!emptyPairs.has(pair)) pairs.add(pair);
  }
  return { pairs, subjects: subjects.filter((subject) => measures.some(({ whole }) => subject.test(whole))) };
}

/** Whether a measure speaks of the same subject: a pair of letters stands in both, or words of one field. */
function isAnswered({ whole }: Passage, measures: ReturnType<typeof readMeasures>): boolean {
  for (const pair of pairsOf(whole)) if (measures.pairs.has(pair)) return true;
  return measures.subjects.some((subject) => subject.test(whole));
}

export const measureRules: readonly Rule[] = [
  {
    id: 'R15',
    severity: 'warn',
    kinds: everyKind,
    find: perItem(['measure'], ({ whole }) => !DEADLINE.test(whole) || !VERIF.test(whole)),
  },
  {
    id: 'R19',
    severity: 'hint',
    kinds: everyKind,
    find: (text, _settings, { measureLinks }) => {
      const measures = partsOf(text, ['measure']).flatMap(({ items }) => items);
      // Where problems and measures are linked by hand, the links say more than words in common (N7).
      if (measures.length === 0 || measureLinks !== undefined) return [];
      const said = readMeasures(measures);
      return partsOf(text, ['problem'])
        .flatMap(({ items }) => items)
        .filter((item) => !isAnswered(item, said))
        .map((item) => quote(item));
    },
  },
  {
    id: 'N7',
    severity: 'hint',
    kinds: everyKind,
    find: (text, _settings, { kind, measureLinks }) => {
      const unlinked =
        measureLinks === undefined
          ? []
          : partsOf(text, ['problem'])
              .flatMap(({ items }) => items)
              .filter(({ line }) => (measureLinks[line.blockId] ?? 0) === 0)
              .map((item) => quote(item, { form: 'measure' }));
      // The team material's measures are a list for the whole unit: each says who answers for it.
      const unowned =
        kind === 'team'
          ? partsOf(text, ['measure'])
              .flatMap(({ items }) => items)
              .filter(({ whole }) => !owner.test(whole))
              .map((item) => quote(item, { form: 'owner' }))
          : [];
      return [...unlinked, ...unowned];
    },
  },
];

/** Measures: R15 deadline and result, R19 and N7 whether they answer the problems. */
import { DEADLINE, VERIF } from './dictionaries.ts';
import { partsOf, perItem, quote } from './passages.ts';
import { everyKind, type Rule } from './rule.ts';
import type { Passage } from './segment.ts';

const owner = /责任人|牵头|负责|由我|本人/;

/** Pairs of letters that say nothing about a subject. */
const empty = new Set(['同志', '工作', '问题', '没有', '进一', '一步', '加强', '提高', '年底']);

/** The pairs of neighbouring letters of a text, as the list of rules makes them. */
function pairs(words: string): Set<string> {
  const pieces = words.replace(/[，。、“”\d我的了在和不\uFFFC\n]/g, ' ').split(/\s+/);
  return new Set(
    pieces.flatMap((piece) => {
      const letters = [...piece];
      return letters.slice(0, -1).map((letter, index) => letter + (letters[index + 1] ?? ''));
    }),
  );
}

/**
 * Subjects that problems and measures name in different words: what people bring before the unit, and clean hands and oversight.
 * Study is none of them: whoever speaks of it says 学习 in both.
 */
const subjects = [
  /群众|居民|业主|来信|来访|来电|信访|热线|投诉|举报/,
  /监督|管党治党|从严治党|廉政|廉洁|违规|违纪|供货|宴请|提醒谈话/,
] as const;

type Said = { readonly pairs: ReadonlySet<string>; readonly subjects: readonly RegExp[] };

function saidIn({ whole }: Passage): Said {
  return { pairs: pairs(whole), subjects: subjects.filter((subject) => subject.test(whole)) };
}

/** Whether two texts speak of the same subject: a pair of letters stands in both, or words of one field. */
function related(a: Said, b: Said): boolean {
  if (a.subjects.some((subject) => b.subjects.includes(subject))) return true;
  for (const pair of a.pairs) if (b.pairs.has(pair) && !empty.has(pair)) return true;
  return false;
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
      const measures = partsOf(text, ['measure']).flatMap(({ items }) => items.map(saidIn));
      // Where problems and measures are linked by hand, the links say more than words in common (N7).
      if (measures.length === 0 || measureLinks !== undefined) return [];
      return partsOf(text, ['problem'])
        .flatMap(({ items }) => items)
        .filter((item) => {
          const problem = saidIn(item);
          return !measures.some((measure) => related(problem, measure));
        })
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

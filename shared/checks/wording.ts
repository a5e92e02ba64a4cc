/** Expressions, residues and names: R23, R24, N15. */
import { perMatch, stretch } from './passages.ts';
import { everyKind, type Finding, type Rule } from './rule.ts';
import type { CheckedText, Line } from './segment.ts';
import { wordList } from './settings.ts';

/** Expressions that are wrong or out of date, with what they may have to be. A doubled letter may belong to two words. */
const expressions: readonly (readonly [RegExp, string])[] = [
  [/习总书记/g, '习近平总书记'],
  [/两个坚决维护/g, '两个维护'],
  [/党中央国务院/g, '党中央、国务院'],
  [/党内监督条例（试行）/g, '中国共产党党内监督条例'],
  [/廉洁从政若干准则/g, '中国共产党廉洁自律准则'],
  [/厦职/g, '履职'],
  [/疫情方控/g, '疫情防控'],
  [/不折不担/g, '不折不扣'],
  [/学史増信/g, '学史增信'],
  [/布署/g, '部署'],
  [/(?<!目)的的/g, '的'],
  [/(?<!参)与与/g, '与'],
  [/领导班于/g, '领导班子'],
  [/团结一批评/g, '团结—批评'],
  // The year as it is written, with the bracket it lacks.
  [/〔\d{4}(?!〕)/g, '$&〕'],
];

function anyOf(all: readonly (readonly [RegExp, string])[]): RegExp {
  return new RegExp(all.map(([{ source }]) => source).join('|'));
}
const anyExpression = anyOf(expressions);

const residue =
  /https?:\/\/|www\.|(?:范文|文秘|公文|文库)(?:网|库|大全)|作为(?:一[个名])?(?:AI|人工智能)|以下是(?:为您|根据|一[份篇])|第[一二三四五六七八九十\d]+篇[:：]|(?:点击|扫码|关注)[^。]{0,6}(?:下载|公众号)|\*\*|^#{1,4}\s|\u200b|\u00a0/g;

/** How alike a title must be to one on the list to be taken for it, in pairs of letters both have. */
const alike = 0.8;

function pairsOf(words: string): string[] {
  const letters = [...words];
  return letters.slice(0, -1).map((letter, index) => letter + (letters[index + 1] ?? ''));
}

/** Twice the common pairs over all pairs: 1 for the same title, 0 for nothing in common. */
function likeness(a: string, b: string): number {
  const [one, other] = [new Set(pairsOf(a)), new Set(pairsOf(b))];
  const common = [...one].filter((pair) => other.has(pair)).length;
  return one.size + other.size === 0 ? 0 : (2 * common) / (one.size + other.size);
}

function inexactTitles(line: Line, documents: readonly string[]): Finding[] {
  if (!line.text.includes('《')) return [];
  return [...line.text.matchAll(/《([^》]+)》/g)].flatMap((match) => {
    const title = match[1] ?? '';
    if (documents.includes(title)) return [];
    const meant = documents.find((name) => likeness(name, title) >= alike);
    return meant === undefined
      ? []
      : [stretch(line, match.index, match.index + match[0].length, { form: 'document', right: `《${meant}》` })];
  });
}

/** A theme that is quoted as the theme and is not the meeting's. */
function inexactTheme(line: Line, theme: string): Finding[] {
  if (theme === '' || !line.text.includes('主题')) return [];
  const quoted = [...line.text.matchAll(/主题(?:是|为)?[：:]?“([^”]+)”|以“([^”]+)”为主题/g)];
  return quoted.flatMap((match) => {
    const words = match[1] ?? match[2] ?? '';
    if (bare(words) === bare(theme)) return [];
    const from = match.index + match[0].indexOf('“');
    return [stretch(line, from, from + words.length + 2, { form: 'theme', right: theme })];
  });
}

function bare(words: string): string {
  return words.replace(/[。\s]/g, '');
}

function perLine(text: CheckedText, find: (line: Line) => Finding[]): Finding[] {
  return text.parts.flatMap(({ lines }) => lines.flatMap(find));
}

export const wordingRules: readonly Rule[] = [
  {
    id: 'R23',
    severity: 'warn',
    kinds: everyKind,
    find: (text, settings, context) => {
      const own = wordList(settings, 'replacements').map(
        ({ wrong, right }) => [new RegExp(escaped(wrong), 'g'), right] as const,
      );
      const all = [...expressions, ...own];
      // One look tells that a text has none of them, as nearly every text has.
      const any = own.length === 0 ? anyExpression : anyOf(all);
      if (!text.parts.some(({ lines }) => lines.some(({ spoken }) => any.test(spoken)))) return [];
      return all.flatMap(([wrong, right]) =>
        perMatch(wrong, (word) => ({ word, right: right.replace('$&', word) }))(text, settings, context),
      );
    },
  },
  { id: 'R24', severity: 'confirm', kinds: everyKind, find: perMatch(residue) },
  {
    id: 'N15',
    severity: 'warn',
    kinds: everyKind,
    find: (text, settings, { theme }) => {
      const documents = wordList(settings, 'documents');
      return perLine(text, (line) => [...inexactTitles(line, documents), ...inexactTheme(line, theme)]);
    },
  },
];

function escaped(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Where a long title breaks: at word sense, never inside a name of the field, into as few lines as fit and a shape the
 * eye accepts (GB/T 9704 7.3.1: 词意完整，排列对称，长短适宜，间距恰当).
 */
import { grid, sizePt } from './format.ts';

/** Full-width characters of 二号 that fit a line, less one so that the longest line does not touch both edges. */
const lineWidth = Math.floor((grid.characters * grid.characterPitchPt) / sizePt.title) - 1;

/** Names a line never breaks inside, longest first. */
const unbreakable = [
  '习近平新时代中国特色社会主义思想',
  '“不忘初心、牢记使命”',
  '党史学习教育',
  '学习教育',
  '主题教育',
  '专题民主生活会',
  '年度民主生活会',
  '民主生活会',
  '专题组织生活会',
  '组织生活会',
  '领导班子',
  '班子成员',
  '对照检查',
  '检视剖析',
  '发言提纲',
  '发言材料',
  '党支部',
  '委员会',
  '常务委员',
].sort((a, b) => b.length - a.length);

/** After these a title may breathe: the organ has been named, or the meeting, and what follows is the kind of text. */
const senseEnd =
  /(?:民主生活会|组织生活会|专题会|党组|党委|党工委|支部|委员会|领导班子|政府|局|厅|院|公司|中心|同志|关于)$/u;

/** Characters that begin or end no line. */
const notFirst = /^[，。、；：？！）》〉”’〕」』—…·]/u;
const notLast = /[（《〈“‘〔「『]$/u;

/** Width in full characters: what is narrow in print counts half. */
export function printedWidth(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u0020-\u00ff]/u.test(character) ? 0.5 : 1;
  return width;
}

/** The lines a title is set in; joined, they are the title again. */
export function breakTitle(title: string, width: number = lineWidth): string[] {
  if (printedWidth(title) <= width) return [title];
  const pieces = splitWide(words(title), width);
  for (let count = Math.ceil(printedWidth(title) / width); count <= pieces.length; count += 1) {
    const best = bestBreak(pieces, count, width);
    if (best !== undefined) return best;
  }
  return pieces;
}

/** The title in pieces that stay whole. */
function words(title: string): string[] {
  const pieces: string[] = [];
  for (const { segment } of new Intl.Segmenter('zh-CN', { granularity: 'word' }).segment(title)) pieces.push(segment);
  return joinClinging(joinNames(pieces, title));
}

/** Names of the field, numbers with what they count, and an organ's 党组 with the organ. */
const names = new RegExp(
  [
    String.raw`\d+年(?:度(?:民主生活会)?)?`,
    String.raw`第?[\d一二三四五六七八九十]+[次届季]`,
    '[局厅委院会司心府]党(?:组|委|工委)',
    ...unbreakable,
  ].join('|'),
  'gu',
);

/** Joins the segments that one name covers. */
function joinNames(pieces: readonly string[], title: string): string[] {
  const whole = new Set<number>();
  for (const match of title.matchAll(names)) {
    for (let at = match.index + 1; at < match.index + match[0].length; at += 1) whole.add(at);
  }
  const joined: string[] = [];
  let start = 0;
  for (const piece of pieces) {
    if (joined.length > 0 && whole.has(start)) joined[joined.length - 1] += piece;
    else joined.push(piece);
    start += piece.length;
  }
  return joined;
}

/** Joins what may not begin or end a line to its neighbour. */
function joinClinging(pieces: readonly string[]): string[] {
  const joined: string[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last !== undefined && (notFirst.test(piece) || notLast.test(last))) joined[joined.length - 1] = last + piece;
    else joined.push(piece);
  }
  return joined;
}

/** A piece wider than a line cannot stay whole. */
function splitWide(pieces: readonly string[], width: number): string[] {
  return pieces.flatMap((piece) => (printedWidth(piece) > width ? Array.from(piece) : [piece]));
}

/** The break into `count` lines that reads best, or undefined when none fits. */
function bestBreak(pieces: readonly string[], count: number, width: number): string[] | undefined {
  const mean = printedWidth(pieces.join('')) / count;
  /** best[k]: the cheapest way to set the pieces before k in the lines so far. */
  let best = new Map<number, { readonly cost: number; readonly lines: string[] }>([[0, { cost: 0, lines: [] }]]);
  for (let line = 1; line <= count; line += 1) {
    const next: typeof best = new Map();
    for (const [from, before] of best) {
      for (let to = from + 1; to <= pieces.length; to += 1) {
        const text = pieces.slice(from, to).join('');
        if (printedWidth(text) > width) break;
        const cost = before.cost + lineCost(text, mean, to === pieces.length);
        const known = next.get(to);
        if (known === undefined || cost < known.cost) next.set(to, { cost, lines: [...before.lines, text] });
      }
    }
    best = next;
  }
  return best.get(pieces.length)?.lines;
}

/** Uneven lines cost the square of what they differ, a break that is not at a sense end as much as eight characters. */
function lineCost(line: string, mean: number, last: boolean): number {
  return (printedWidth(line) - mean) ** 2 + (last || senseEnd.test(line) ? 0 : 64);
}

/**
 * Finds the words of a remark again after their mark is gone: as they were, told from others like them by what stood around
 * them, or, when they were rewritten, the likest words of the section. Pure: it sees a text and what is remembered of a
 * place, never who remarked what.
 *
 * Nothing is better than something wrong: words too short to be told apart, and two places that fit alike, are not found.
 */
import { blockText, type SectionContent } from '../document/content.ts';

/** What is remembered of a place: its words and what stood around them in the same block. */
export type RememberedPlace = {
  readonly sectionKey: string;
  readonly blockId: string;
  readonly quote: string;
  readonly before: string;
  readonly after: string;
};

export type FoundWords = {
  readonly sectionKey: string;
  readonly blockId: string;
  readonly from: number;
  readonly to: number;
  readonly quote: string;
  /** `quote`: the same words; `likeness`: other words that are like them. */
  readonly found: 'quote' | 'likeness';
};

/** How much of the text around the quote a remark keeps, on each side. */
export const contextCharacters = 20;

/** The same words count when they and the context that agrees have so many characters together. */
export const leastExact = 6;
/** In another section only words of this length are the same words. */
export const leastElsewhere = 10;
/**
 * From this share on (twice the characters kept in order, over both lengths) other words are the remark's, rewritten. Only
 * telling characters count: dates, figures and punctuation are alike everywhere.
 */
export const leastLikeness = 0.5;
/** With fewer telling characters kept nothing is found by likeness. */
export const leastKept = 8;
/** A quote with fewer telling characters is looked for together with what stood around it. */
export const leastAlone = 12;
/** Beyond so many comparisons a quote is not looked for by likeness: a list of remarks must stay quick. */
const mostCells = 600_000;
/** A block's edge that agrees says as much as so many characters. */
const edgeWorth = 2;
/** What the same block is worth among places that are alike. */
const sameBlockWorth = 0.05;

type Line = { readonly sectionKey: string; readonly blockId: string; readonly text: string };

export function findWords(content: readonly SectionContent[], place: RememberedPlace): FoundWords | undefined {
  if (place.quote === '') return undefined;
  const lines = content.flatMap(({ key, blocks }): Line[] =>
    blocks.map((block) => ({ sectionKey: key, blockId: block.id, text: blockText(block) })),
  );
  const here = lines.filter(({ sectionKey }) => sectionKey === place.sectionKey);
  const elsewhere = lines.filter(({ sectionKey }) => sectionKey !== place.sectionKey);
  return (
    findSame(here, place, leastExact) ??
    (place.quote.length >= leastElsewhere ? findSame(elsewhere, place, leastElsewhere) : undefined) ??
    findLikest(here, place)
  );
}

type Candidate = { readonly line: Line; readonly from: number; readonly to: number; readonly worth: number };

function findSame(lines: readonly Line[], place: RememberedPlace, least: number): FoundWords | undefined {
  const candidates: Candidate[] = [];
  for (const line of lines) {
    for (let from = line.text.indexOf(place.quote); from >= 0; from = line.text.indexOf(place.quote, from + 1)) {
      const to = from + place.quote.length;
      const agreement = agreementAt(line.text, from, to, place);
      if (place.quote.length + agreement < least) continue;
      candidates.push({ line, from, to, worth: agreement + (line.blockId === place.blockId ? 0.5 : 0) });
    }
  }
  const best = onlyBest(candidates);
  return best === undefined ? undefined : foundAt(best, 'quote');
}

/** How many characters around a stretch are those that stood around the quote. */
function agreementAt(text: string, from: number, to: number, { before, after }: RememberedPlace): number {
  let left = 0;
  while (left < before.length && text[from - 1 - left] === before[before.length - 1 - left]) left += 1;
  let right = 0;
  while (right < after.length && text[to + right] === after[right]) right += 1;
  const begins = left === before.length && [...before].length < contextCharacters && from === left;
  const ends = right === after.length && [...after].length < contextCharacters && to + right === text.length;
  return left + right + (begins ? edgeWorth : 0) + (ends ? edgeWorth : 0);
}

/** The best of them; none when two are equally good. */
function onlyBest(candidates: readonly Candidate[]): Candidate | undefined {
  const [best, next] = [...candidates].sort((a, b) => b.worth - a.worth);
  return best !== undefined && next?.worth !== best.worth ? best : undefined;
}

function findLikest(lines: readonly Line[], place: RememberedPlace): FoundWords | undefined {
  const { quote, before, after } = place;
  const sought = telling(quote).letters.length < leastAlone ? before + quote + after : quote;
  const cells = lines.reduce((sum, { text }) => sum + text.length * sought.length, 0);
  if (cells > mostCells) return undefined;
  const candidates = lines.flatMap((line): Candidate[] => {
    const stretch = likestStretch(line.text, sought);
    if (stretch === undefined) return [];
    const own = sought === quote ? stretch : narrowed(line.text, stretch, quote);
    const { from, to } = wholeCharacters(line.text, own.from, own.to);
    const agreement = Math.min(1, agreementAt(line.text, from, to, place) / (2 * contextCharacters));
    const worth = stretch.likeness + agreement / 10 + (line.blockId === place.blockId ? sameBlockWorth : 0);
    return [{ line, from, to, worth }];
  });
  const best = onlyBest(candidates);
  return best === undefined ? undefined : foundAt(best, 'likeness');
}

type Stretch = { readonly from: number; readonly to: number };

/** Found with what stood around them, the words themselves: the likest within, when half of them are kept; else all of it. */
function narrowed(text: string, { from, to }: Stretch, quote: string): Stretch {
  const own = likestStretch(text.slice(from, to), quote, Math.ceil(telling(quote).letters.length / 2));
  return own === undefined ? { from, to } : { from: from + own.from, to: from + own.to };
}

/**
 * The stretch of `text` that is likest to `quote`, when it is like enough. With k characters kept in order the likeness of a
 * stretch of w characters is 2k / (q + w); it reaches the least exactly when 2k − least·w reaches least·q, so the stretch
 * with the greatest 2k − least·w decides. It is found by one pass that may begin anywhere.
 */
export function likestStretch(
  text: string,
  quote: string,
  least = leastKept,
): (Stretch & { readonly likeness: number }) | undefined {
  const told = telling(text);
  const found = likestRun(told.letters, telling(quote).letters, least);
  const first = told.places[found?.from ?? -1];
  const last = told.places[(found?.to ?? 0) - 1];
  if (found === undefined || first === undefined || last === undefined) return undefined;
  return { from: first, to: last + 1, likeness: found.likeness };
}

const untold = /[\p{P}\p{S}\p{Z}\p{N}年月日]/u;

/** The telling characters of a text, and where each stands. */
function telling(text: string): { readonly letters: string; readonly places: readonly number[] } {
  const places: number[] = [];
  let letters = '';
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charAt(at);
    if (untold.test(letter)) continue;
    letters += letter;
    places.push(at);
  }
  return { letters, places };
}

function likestRun(text: string, quote: string, least: number): (Stretch & { readonly likeness: number }) | undefined {
  const width = text.length + 1;
  let above = fresh(width);
  let row = fresh(width);
  for (let i = 1; i <= quote.length; i += 1) {
    for (let j = 1; j < width; j += 1) step(above, row, j, text[j - 1] === quote[i - 1]);
    [above, row] = [row, above];
  }
  let end = 0;
  for (let j = 1; j < width; j += 1) if ((above.worth[j] ?? 0) > (above.worth[end] ?? 0)) end = j;
  const from = above.start[end] ?? 0;
  const kept = above.kept[end] ?? 0;
  const likeness = (2 * kept) / (quote.length + end - from);
  return kept >= least && likeness >= leastLikeness ? { from, to: end, likeness } : undefined;
}

/** For each end of a stretch: what the best one there is worth, where it begins, how many characters it keeps. */
type Cells = { readonly worth: Float64Array; readonly start: Int32Array; readonly kept: Int32Array };

function fresh(width: number): Cells {
  return {
    worth: new Float64Array(width),
    start: Int32Array.from({ length: width }, (_, index) => index),
    kept: new Int32Array(width),
  };
}

function step(above: Cells, row: Cells, j: number, same: boolean): void {
  let worth = 0;
  let start = j;
  let kept = 0;
  const take = (from: Cells, at: number, gain: number, more: number): void => {
    const candidate = (from.worth[at] ?? 0) + gain;
    if (candidate <= worth) return;
    worth = candidate;
    start = from.start[at] ?? 0;
    kept = (from.kept[at] ?? 0) + more;
  };
  take(above, j, 0, 0);
  take(row, j - 1, -leastLikeness, 0);
  if (same) take(above, j - 1, 2 - leastLikeness, 1);
  row.worth[j] = worth;
  row.start[j] = start;
  row.kept[j] = kept;
}

/** Widens a stretch that would tear a rare character in two. */
function wholeCharacters(text: string, from: number, to: number): { readonly from: number; readonly to: number } {
  const torn = (at: number) => {
    const code = text.charCodeAt(at);
    return code >= 0xdc00 && code <= 0xdfff;
  };
  return { from: torn(from) ? from - 1 : from, to: torn(to) ? to + 1 : to };
}

function foundAt({ line, from, to }: Candidate, found: FoundWords['found']): FoundWords {
  const { sectionKey, blockId, text } = line;
  return { sectionKey, blockId, from, to, quote: text.slice(from, to), found };
}

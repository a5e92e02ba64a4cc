/**
 * Where words of one text stand in another that was edited meanwhile: letter by letter, and by quote where the letters alone do
 * not say. Offsets are UTF-16 units; a rare character is never cut. Pure.
 */
import { type Kept, keptRuns } from '../compare/sequence.ts';

export type Range = { readonly from: number; readonly to: number };
/** `kept`: the words stand there untouched. Otherwise `range` is what stands now in the place of `before`, which holds them. */
export type Located =
  | { readonly kept: true; readonly range: Range }
  | { readonly kept: false; readonly range: Range; readonly before: Range };

/** A stretch this long, or with so much left beside it, is no chance. */
const enough = 4;
const beside = 2;
/** Quotes this long are looked for anywhere in the block. */
const shortestQuote = 6;

/** Where `range` of `before` stands in `after`. */
export function locate(before: string, after: string, range: Range): Located {
  if (before === after) return { kept: true, range };
  const [a, b] = [new Letters(before), new Letters(after)];
  const [from, to] = [a.nth(range.from), a.nth(range.to)];
  const runs = keptRuns(a.codes, b.codes, a.codes.length + b.codes.length) ?? [];
  const ends = { a: a.codes.length, b: b.codes.length };
  for (const run of runs) {
    const [start, end] = [run.from, run.from + run.length];
    // Words that stay lie inside one stretch; a place between letters needs both of them, or the block's edge.
    const opens = start < from || (start <= from && (from < to || (run.from === 0 && run.to === 0)));
    const closes = end > to || (end >= to && (from < to || (end === ends.a && run.to + run.length === ends.b)));
    if (!opens || !closes || !isFirm({ start, end, from, to }, run.to, ends)) continue;
    const shift = run.to - run.from;
    return { kept: true, range: { from: b.offset(from + shift), to: b.offset(to + shift) } };
  }
  if (ends.a === 0 && ends.b === 0) return { kept: true, range };
  const quoted = byQuote(before, after, range);
  if (quoted !== undefined) return { kept: true, range: quoted };
  return { kept: false, ...gapAround({ from, to }, runs, a, b) };
}

/** What lies between the last letters that stayed before the words and the first behind them, in both texts. */
function gapAround({ from, to }: Range, runs: readonly Kept[], a: Letters, b: Letters) {
  let start = { a: 0, b: 0 };
  let end = { a: a.codes.length, b: b.codes.length };
  for (const run of runs) {
    // A letter or two that are alike by chance part nothing.
    const edge = (run.from === 0 && run.to === 0) || isEnd(run, a, b);
    if (run.length < beside && !edge) continue;
    if (run.from < from) {
      const length = Math.min(run.length, from - run.from);
      start = { a: run.from + length, b: run.to + length };
    }
    if (run.from + run.length > to && end.a === a.codes.length) {
      const skipped = Math.max(0, to - run.from);
      end = { a: run.from + skipped, b: run.to + skipped };
    }
  }
  return {
    before: { from: a.offset(start.a), to: a.offset(end.a) },
    range: { from: b.offset(start.b), to: b.offset(Math.max(start.b, end.b)) },
  };
}

function isEnd(run: Kept, a: Letters, b: Letters): boolean {
  return run.from + run.length === a.codes.length && run.to + run.length === b.codes.length;
}

type Stretch = { readonly start: number; readonly end: number; readonly from: number; readonly to: number };

/** Whether what is left around the words says that they are those words, and not a few letters that are alike by chance. */
function isFirm(
  { start, end, from, to }: Stretch,
  at: number,
  ends: { readonly a: number; readonly b: number },
): boolean {
  if (end - start >= enough || to - from >= enough) return true;
  const atStart = start === 0 && at === 0;
  const atEnd = end === ends.a && at + (end - start) === ends.b;
  return from - start >= beside || end - to >= beside || atStart || atEnd;
}

function byQuote(before: string, after: string, { from, to }: Range): Range | undefined {
  const quote = before.slice(from, to);
  if (quote.length < shortestQuote) return undefined;
  const at = after.indexOf(quote);
  const alone = at !== -1 && after.indexOf(quote, at + 1) === -1 && before.indexOf(quote) === before.lastIndexOf(quote);
  return alone ? { from: at, to: at + quote.length } : undefined;
}

/** A text by code points, with the way from units to code points and back. */
class Letters {
  readonly codes: Int32Array;
  readonly #offsets: number[];

  constructor(text: string) {
    const letters = Array.from(text);
    this.codes = Int32Array.from(letters, (letter) => letter.codePointAt(0) ?? 0);
    let offset = 0;
    this.#offsets = letters.map((letter) => {
      const at = offset;
      offset += letter.length;
      return at;
    });
    this.#offsets.push(offset);
  }

  /** The number of code points before a unit offset. */
  nth(offset: number): number {
    const found = this.#offsets.findIndex((at) => at >= offset);
    return found === -1 ? this.codes.length : found;
  }

  offset(nth: number): number {
    return this.#offsets[nth] ?? this.#offsets.at(-1) ?? 0;
  }
}

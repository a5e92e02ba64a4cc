/**
 * Runs: stretches of symbols that two texts have in common, from a least length on, each as long as it can be.
 *
 * Every run of the least length holds, in the source, a short window that begins at a multiple of the step. So it is enough
 * to note those windows of the sources and to look up every window of the text; what is found grows to both sides.
 */
import type { Comparable } from './comparable.ts';
import { GramTable, sameWindow, windowHashes } from './grams.ts';
import { gap } from './symbols.ts';

/** `length` symbols from `from` on in the text, and from `there` on in the source. */
export type Run = { readonly source: number; readonly from: number; readonly there: number; readonly length: number };

export const shortestLeast = 6;
/** A window that one source repeats more often is looked up at this many places of it: work stays bounded. */
const mostRepeats = 64;

export class RunIndex {
  readonly #texts: readonly Comparable[];
  readonly #least: number;
  readonly #seed: number;
  readonly #step: number;
  readonly #table: GramTable;
  /** Source and position of each noted window. */
  readonly #sourceOf: Int32Array;
  readonly #positionOf: Int32Array;

  constructor(texts: readonly Comparable[], least: number) {
    if (least < shortestLeast) throw new RangeError(`runs have at least ${shortestLeast} symbols`);
    this.#texts = texts;
    this.#least = least;
    this.#seed = Math.ceil(least / 2);
    this.#step = least - this.#seed + 1;
    const most = texts.reduce((sum, { codes }) => sum + Math.ceil(codes.length / this.#step), 0);
    this.#table = new GramTable(most);
    this.#sourceOf = new Int32Array(most);
    this.#positionOf = new Int32Array(most);
    let count = 0;
    texts.forEach(({ codes }, source) => {
      const hashes = windowHashes(codes, this.#seed);
      for (let at = 0; at < hashes.length; at += this.#step) {
        const hash = hashes[at] ?? 0;
        if (hash === 0 || this.#repeats(hash, source)) continue;
        this.#sourceOf[count] = source;
        this.#positionOf[count] = at;
        this.#table.add(hash, count);
        count += 1;
      }
    });
  }

  /** Whether this source has the window often enough already; its entries come first, being the newest. */
  #repeats(hash: number, source: number): boolean {
    let seen = 0;
    for (let entry = this.#table.first(hash); entry !== 0; entry = this.#table.next(entry)) {
      if (this.#sourceOf[this.#table.value(entry)] !== source) return false;
      seen += 1;
      if (seen === mostRepeats) return true;
    }
    return false;
  }

  /** The runs a text has in common with each source but `except`; none lies within another with the same source. */
  runsOf(text: Comparable, except = -1): Run[] {
    const found: Run[] = [];
    const hashes = windowHashes(text.codes, this.#seed);
    hashes.forEach((hash, at) => {
      if (hash === 0) return;
      for (let entry = this.#table.first(hash); entry !== 0; entry = this.#table.next(entry)) {
        const noted = this.#table.value(entry);
        const source = this.#sourceOf[noted] ?? 0;
        const run = source === except ? undefined : this.#grow(text.codes, at, source, this.#positionOf[noted] ?? 0);
        if (run !== undefined) found.push(run);
      }
    });
    return withoutContained(found);
  }

  /** The run around equal windows; undefined when it is too short, or was found from an earlier window of it. */
  #grow(here: Int32Array, at: number, source: number, position: number): Run | undefined {
    const there = this.#texts[source]?.codes ?? new Int32Array();
    if (!sameWindow(here, at, there, position, this.#seed)) return undefined;
    let left = 0;
    while (left < this.#step && same(here, at - left - 1, there, position - left - 1)) left += 1;
    if (left === this.#step) return undefined;
    let right = this.#seed;
    while (same(here, at + right, there, position + right)) right += 1;
    const length = left + right;
    return length < this.#least ? undefined : { source, from: at - left, there: position - left, length };
  }
}

function same(here: Int32Array, a: number, there: Int32Array, b: number): boolean {
  const code = here[a] ?? gap;
  return code !== gap && code === there[b];
}

/** Drops what lies, in the text, within another run with the same source: the longest tells all. */
function withoutContained(runs: Run[]): Run[] {
  runs.sort((a, b) => a.source - b.source || a.from - b.from || b.length - a.length);
  const kept: Run[] = [];
  let source = -1;
  let end = -1;
  for (const run of runs) {
    if (run.source !== source) {
      source = run.source;
      end = -1;
    }
    if (run.from + run.length <= end) continue;
    end = run.from + run.length;
    kept.push(run);
  }
  return kept;
}

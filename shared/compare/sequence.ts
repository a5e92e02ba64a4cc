/**
 * Shortest edit scripts between two sequences of numbers, and the longest rising run of one. Pure algorithms: they know
 * nothing of words or blocks. The edit script is Myers' in linear space, so a long paragraph costs memory in proportion to
 * its length.
 */

/** A run kept by both sequences: `length` elements at `from` in the one and `to` in the other. */
export type Kept = { readonly from: number; readonly to: number; readonly length: number };

/** What both sequences keep, in order, or undefined when more than `limit` elements would have to change. */
export function keptRuns(a: Int32Array, b: Int32Array, limit: number): Kept[] | undefined {
  const runs: Kept[] = [];
  return walk(a, b, { a0: 0, a1: a.length, b0: 0, b1: b.length }, limit, runs) ? runs : undefined;
}

type Box = { readonly a0: number; readonly a1: number; readonly b0: number; readonly b1: number };

function walk(a: Int32Array, b: Int32Array, box: Box, limit: number, runs: Kept[]): boolean {
  let { a0, a1, b0, b1 } = box;
  const start = { a: a0, b: b0 };
  while (a0 < a1 && b0 < b1 && a[a0] === b[b0]) {
    a0 += 1;
    b0 += 1;
  }
  keep(runs, start.a, start.b, a0 - start.a);
  const end = a1;
  while (a1 > a0 && b1 > b0 && a[a1 - 1] === b[b1 - 1]) {
    a1 -= 1;
    b1 -= 1;
  }
  if (a0 < a1 && b0 < b1) {
    const middle = middleSnake(a, b, { a0, a1, b0, b1 }, limit);
    if (middle === undefined) return false;
    walk(a, b, { a0, a1: middle.a0, b0, b1: middle.b0 }, limit, runs);
    keep(runs, middle.a0, middle.b0, middle.a1 - middle.a0);
    walk(a, b, { a0: middle.a1, a1, b0: middle.b1, b1 }, limit, runs);
  } else if (a1 - a0 + (b1 - b0) > limit) {
    return false;
  }
  keep(runs, a1, b1, end - a1);
  return true;
}

function keep(runs: Kept[], from: number, to: number, length: number): void {
  if (length === 0) return;
  const last = runs.at(-1);
  if (last !== undefined && last.from + last.length === from && last.to + last.length === to) {
    runs[runs.length - 1] = { from: last.from, to: last.to, length: last.length + length };
  } else runs.push({ from, to, length });
}

/**
 * The snake in the middle of a shortest path through the box, found from both corners at once; undefined when the path
 * has more than `limit` edits. The box is not empty on either side and its ends differ.
 */
function middleSnake(a: Int32Array, b: Int32Array, box: Box, limit: number): Box | undefined {
  const n = box.a1 - box.a0;
  const m = box.b1 - box.b0;
  const delta = n - m;
  const odd = delta % 2 !== 0;
  const reach = Math.min(Math.ceil((n + m) / 2), Math.ceil(limit / 2));
  const forward = new Frontier(reach, n, m);
  const backward = new Frontier(reach, n, m);
  for (let d = 0; d <= reach; d += 1) {
    for (let k = -d; k <= d; k += 2) {
      const x0 = forward.step(d, k);
      let x = x0;
      while (x >= 0 && x < n && x - k < m && a[box.a0 + x] === b[box.b0 + x - k]) x += 1;
      forward.put(k, x);
      const other = delta - k;
      if (odd && Math.abs(other) <= d - 1 && x + backward.at(other) >= n) return snake(box, x0, x, k);
    }
    for (let k = -d; k <= d; k += 2) {
      const x0 = backward.step(d, k);
      let x = x0;
      while (x >= 0 && x < n && x - k < m && a[box.a1 - 1 - x] === b[box.b1 - 1 - x + k]) x += 1;
      backward.put(k, x);
      const other = delta - k;
      if (!odd && Math.abs(other) <= d && x + forward.at(other) >= n) return snake(box, n - x, n - x0, other);
    }
  }
  return undefined;
}

/** How far a search has come on each diagonal; a diagonal that left the box stays far below zero. */
class Frontier {
  readonly #columns: Int32Array;
  readonly #zero: number;
  readonly #n: number;
  readonly #m: number;

  constructor(reach: number, n: number, m: number) {
    this.#columns = new Int32Array(2 * reach + 3);
    this.#zero = reach + 1;
    this.#n = n;
    this.#m = m;
  }

  at(k: number): number {
    return this.#columns[this.#zero + k] ?? outside;
  }

  put(k: number, column: number): void {
    this.#columns[this.#zero + k] = column;
  }

  /** The furthest column on diagonal k after one more edit, the dth. */
  step(d: number, k: number): number {
    const down = k < d || d === 0 ? this.at(k + 1) : outside;
    const right = k > -d ? this.at(k - 1) + 1 : outside;
    const fromDown = down >= 0 && down - k <= this.#m ? down : outside;
    const fromRight = right > 0 && right <= this.#n ? right : outside;
    return Math.max(fromDown, fromRight);
  }
}
const outside = -0x4000_0000;

/** The run from column x0 to x1 on diagonal k of the box, in the sequences' own indexes. */
function snake(box: Box, x0: number, x1: number, k: number): Box {
  return { a0: box.a0 + x0, a1: box.a0 + x1, b0: box.b0 + x0 - k, b1: box.b0 + x1 - k };
}

/** The indexes of one longest strictly rising subsequence: who kept the order. */
export function longestRising(values: readonly number[]): Set<number> {
  const tails: number[] = [];
  const before: number[] = [];
  values.forEach((value, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  });
  const rising = new Set<number>();
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) rising.add(index);
  return rising;
}

/**
 * Short windows of symbols by number: a rolling hash for every window of a text, and a table from hashes to whatever stands
 * there. Equal windows have equal hashes, different ones nearly always different ones: who needs certainty looks again.
 */
import { gap } from './symbols.ts';

const base = 0x01000193;

/** For each position the hash of the window of `length` symbols that begins there; 0 where a gap lies within it. */
export function windowHashes(codes: Int32Array, length: number): Int32Array {
  const hashes = new Int32Array(codes.length);
  let leaving = 1;
  for (let n = 1; n < length; n += 1) leaving = Math.imul(leaving, base);
  let hash = 0;
  let filled = 0;
  for (let end = 0; end < codes.length; end += 1) {
    const code = codes[end] ?? gap;
    if (code === gap) {
      hash = 0;
      filled = 0;
      continue;
    }
    if (filled === length) hash = (hash - Math.imul(codes[end - length] ?? gap, leaving)) | 0;
    else filled += 1;
    hash = (Math.imul(hash, base) + code) | 0;
    if (filled === length) hashes[end - length + 1] = hash === 0 ? 1 : hash;
  }
  return hashes;
}

/** Whether the windows of `length` symbols at `a` and `b`, one of which is known to have no gap, are the same. */
export function sameWindow(here: Int32Array, a: number, there: Int32Array, b: number, length: number): boolean {
  for (let n = 0; n < length; n += 1) if (here[a + n] !== there[b + n]) return false;
  return true;
}

/**
 * Numbers under hashes, several under one. It does not grow: the number of entries is said beforehand. Entries are counted
 * from 1, in the order in which they came.
 */
export class GramTable {
  /** Of each slot its hash and its newest entry, side by side: what is read together lies together. */
  readonly #slots: Int32Array;
  readonly #next: Int32Array;
  readonly #values: Int32Array;
  readonly #mask: number;
  #count = 0;

  constructor(entries: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(8, entries * 1.5)));
    this.#slots = new Int32Array(slots * 2);
    this.#next = new Int32Array(entries + 1);
    this.#values = new Int32Array(entries + 1);
    this.#mask = slots - 1;
  }

  get count(): number {
    return this.#count;
  }

  /** Puts a value before those that are under this hash already; its entry. */
  add(hash: number, value: number): number {
    const slot = this.#slot(hash);
    this.#count += 1;
    this.#slots[slot] = hash;
    this.#next[this.#count] = this.#slots[slot + 1] ?? 0;
    this.#slots[slot + 1] = this.#count;
    this.#values[this.#count] = value;
    return this.#count;
  }

  /** The newest entry under a hash; 0 when there is none. */
  first(hash: number): number {
    return this.#slots[this.#slot(hash) + 1] ?? 0;
  }

  /** The entry that was there before this one; 0 at the end. */
  next(entry: number): number {
    return this.#next[entry] ?? 0;
  }

  value(entry: number): number {
    return this.#values[entry] ?? 0;
  }

  #slot(hash: number): number {
    let slot = (hash ^ (hash >>> 15)) & this.#mask;
    while (this.#slots[2 * slot + 1] !== 0 && this.#slots[2 * slot] !== hash) slot = (slot + 1) & this.#mask;
    return 2 * slot;
  }
}

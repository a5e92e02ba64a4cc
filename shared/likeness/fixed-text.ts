/**
 * Fixed text (规定表述): the theme, the aspects, names of documents, phrases everybody has to use alike. It is taken out of
 * every text before texts are compared; otherwise every two outlines of a meeting look alike.
 *
 * A short phrase is taken out where it stands whole. Of a long one, people write parts: every stretch of eight symbols of it
 * is taken out.
 */
import { GramTable, sameWindow, windowHashes } from './grams.ts';
import { gap, symbolsOf } from './symbols.ts';

/** Phrases of fewer symbols are words of the language, and fixed for nobody. */
export const shortestPhrase = 4;
const longStretch = 8;

type Stretches = { readonly length: number; readonly codes: Int32Array; readonly table: GramTable };

export class FixedText {
  readonly #stretches: readonly Stretches[];

  constructor(phrases: Iterable<string>) {
    const byLength = new Map<number, number[]>();
    for (const phrase of new Set(phrases)) {
      const symbols = symbolsOf(phrase);
      if (symbols.length < shortestPhrase) continue;
      const length = Math.min(symbols.length, longStretch);
      const codes = byLength.get(length) ?? [gap];
      codes.push(...symbols, gap);
      byLength.set(length, codes);
    }
    this.#stretches = Array.from(byLength, ([length, codes]) => stretchesOf(Int32Array.from(codes), length));
  }

  /** Sets 1 in `marks` where a symbol belongs to fixed text. */
  mark(codes: Int32Array, marks: Uint8Array): void {
    for (const { length, codes: fixed, table } of this.#stretches) {
      const hashes = windowHashes(codes, length);
      hashes.forEach((hash, at) => {
        if (hash === 0) return;
        for (let entry = table.first(hash); entry !== 0; entry = table.next(entry)) {
          if (!sameWindow(codes, at, fixed, table.value(entry), length)) continue;
          marks.fill(1, at, at + length);
          return;
        }
      });
    }
  }
}

function stretchesOf(codes: Int32Array, length: number): Stretches {
  const table = new GramTable(codes.length);
  windowHashes(codes, length).forEach((hash, at) => {
    if (hash !== 0) table.add(hash, at);
  });
  return { length, codes, table };
}

export const noFixedText = new FixedText([]);

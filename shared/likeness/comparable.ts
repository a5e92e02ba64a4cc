/** A text made ready to be compared: its symbols without quotations and fixed text, and the way back to blocks and offsets. */
import { type FixedText, noFixedText } from './fixed-text.ts';
import { gap, readSymbols, widthOf } from './symbols.ts';

/** A stretch of one block, in UTF-16 units of its text. */
export type Place = { readonly block: number; readonly from: number; readonly to: number };

export type Comparable = {
  readonly codes: Int32Array;
  readonly blockOf: Int32Array;
  readonly offsets: Int32Array;
  /** Where sentences begin and end among the symbols: from, to, from, to … */
  readonly sentences: Int32Array;
};

/** What is taken out joins what stands around it: a copy around a fixed phrase is still one copy. */
export function makeComparable(blocks: readonly string[], fixed: FixedText = noFixedText): Comparable {
  const { codes, blockOf, offsets, sentenceOf, quoted } = readSymbols(blocks);
  const out = Uint8Array.from(quoted);
  fixed.mark(codes, out);
  const sentences: number[] = [];
  let count = 0;
  let sentence = -1;
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? gap;
    if (code !== gap) {
      if (out[at] === 1) continue;
      if (sentenceOf[at] !== sentence) {
        sentences.push(count, count);
        sentence = sentenceOf[at] ?? -1;
      }
      sentences[sentences.length - 1] = count + 1;
    }
    // Written over what has been read: nothing moves to the right.
    codes[count] = code;
    blockOf[count] = blockOf[at] ?? 0;
    offsets[count] = offsets[at] ?? 0;
    count += 1;
  }
  return {
    codes: codes.slice(0, count),
    blockOf: blockOf.slice(0, count),
    offsets: offsets.slice(0, count),
    sentences: Int32Array.from(sentences),
  };
}

/** Where the symbols from `from` to before `to`, which lie in one block, stand in the text. */
export function placeOf({ codes, blockOf, offsets }: Comparable, from: number, to: number): Place {
  const last = to - 1;
  return {
    block: blockOf[from] ?? 0,
    from: offsets[from] ?? 0,
    to: (offsets[last] ?? 0) + widthOf(codes[last] ?? gap),
  };
}

/**
 * Letters that count when texts are compared, and where they stand: Han, other letters, digits, alike in both cases and
 * widths. Punctuation and white space do not count, so a copy with other commas is still a copy.
 */

/** What parts two blocks: no run and no sentence goes across it. */
export const gap = 0;

/** A text as numbers: a gap at the beginning, after each block, and so at the end. */
export type Symbols = {
  readonly codes: Int32Array;
  /** The block each symbol stands in. */
  readonly blockOf: Int32Array;
  /** Where in its block's text, in UTF-16 units. */
  readonly offsets: Int32Array;
  /** Which sentence of the text each symbol belongs to. */
  readonly sentenceOf: Int32Array;
  /** 1 where the words are quoted, or the title of a document. */
  readonly quoted: Uint8Array;
};

const counts = /[\p{Script=Han}\p{L}\p{N}]/u;
/** The Basic Multilingual Plane, filled as its characters are met: a test by expression costs more than all the rest. */
const known = new Int32Array(0x1_0000).fill(-1);

/** The symbol a character counts as; `gap` when it does not count. */
function symbolOf(code: number): number {
  if (code >= known.length) return fold(code);
  const before = known[code] ?? -1;
  if (before !== -1) return before;
  const symbol = fold(code);
  known[code] = symbol;
  return symbol;
}

function fold(code: number): number {
  const narrow = code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code;
  const character = String.fromCodePoint(narrow);
  if (!counts.test(character)) return gap;
  const small = character.toLowerCase();
  const folded = small.codePointAt(0) ?? narrow;
  return String.fromCodePoint(folded) === small ? folded : narrow;
}

/** How many UTF-16 units a symbol takes in its text; folding never leads to another plane. */
export function widthOf(symbol: number): number {
  return symbol > 0xffff ? 2 : 1;
}

/** The symbols of a single phrase. */
export function symbolsOf(text: string): number[] {
  return Array.from(text, (character) => symbolOf(character.codePointAt(0) ?? 0)).filter((symbol) => symbol !== gap);
}

const sentenceEnds: ReadonlySet<number> = new Set(Array.from('。；！？;!?', (mark) => mark.charCodeAt(0)));

export function readSymbols(blocks: readonly string[]): Symbols {
  const size = blocks.reduce((sum, text) => sum + text.length + 1, 1);
  const symbols = {
    codes: new Int32Array(size),
    blockOf: new Int32Array(size),
    offsets: new Int32Array(size),
    sentenceOf: new Int32Array(size),
    quoted: new Uint8Array(size),
  };
  let count = 1;
  let sentence = 0;
  blocks.forEach((text, block) => {
    const marks = quotations(text);
    let mark = 0;
    for (let at = 0; at < text.length; ) {
      const code = text.codePointAt(at) ?? 0;
      const symbol = symbolOf(code);
      if (symbol !== gap) {
        while ((marks[mark]?.to ?? Number.POSITIVE_INFINITY) <= at) mark += 1;
        symbols.codes[count] = symbol;
        symbols.blockOf[count] = block;
        symbols.offsets[count] = at;
        symbols.sentenceOf[count] = sentence;
        symbols.quoted[count] = (marks[mark]?.from ?? Number.POSITIVE_INFINITY) <= at ? 1 : 0;
        count += 1;
      } else if (sentenceEnds.has(code)) sentence += 1;
      at += code > 0xffff ? 2 : 1;
    }
    count += 1; // the gap behind the block
    sentence += 1;
  });
  return {
    codes: symbols.codes.subarray(0, count),
    blockOf: symbols.blockOf.subarray(0, count),
    offsets: symbols.offsets.subarray(0, count),
    sentenceOf: symbols.sentenceOf.subarray(0, count),
    quoted: symbols.quoted.subarray(0, count),
  };
}

/** What stands between “ and ”, and titles with their 《》: others' words by their own account. */
function quotations(text: string): { readonly from: number; readonly to: number }[] {
  return Array.from(text.matchAll(/“[^“”]+”|《[^《》]+》/gu), ({ index, 0: quoted }) => ({
    from: index,
    to: index + quoted.length,
  }));
}

/**
 * Sentences that are alike without being the same: the share of common grams (short windows) in the grams of the shorter
 * one, each counted once. Two sentences can only reach the share when one of the shorter one's rarest grams is in the other,
 * so only those pairs are counted.
 */
import type { Comparable } from './comparable.ts';
import { GramTable, sameWindow, windowHashes } from './grams.ts';
import { Lists } from './lists.ts';

export type SentenceMeasure = {
  /** How many symbols make a gram. */
  readonly gram: number;
  /** From which share on two sentences are alike. */
  readonly share: number;
  /** Sentences with fewer symbols are not compared: a greeting is everybody's. */
  readonly least: number;
};

/** Two sentences of different texts, each as the text and the number of the sentence in it. */
export type SentencePair = {
  readonly text: number;
  readonly sentence: number;
  readonly otherText: number;
  readonly otherSentence: number;
  readonly share: number;
};

/** Beyond so many pairs nobody reads on: a text that says one thing a thousand times must not keep anybody waiting. */
const mostPairs = 10_000;

/** The pairs of sentences of different texts that are alike; each pair once, in no particular order. */
export function alikeSentences(texts: readonly Comparable[], measure: SentenceMeasure): SentencePair[] {
  const noted = note(texts, measure);
  const pairs: SentencePair[] = [];
  // The text and the sentence a gram, and a sentence, was last met with: numbers of sentences, from 1.
  const present = new Int32Array(noted.known);
  const met = new Int32Array(noted.grams.length);
  noted.grams.forEach((grams, shorter) => {
    const now = shorter + 1;
    for (const gram of grams) present[gram] = now;
    for (const gram of rarest(grams, noted.having, measure.share)) {
      noted.having.forEach(gram, (longer) => {
        if (met[longer] === now || noted.textOf[longer] === noted.textOf[shorter]) return;
        if (pairs.length === mostPairs) return;
        met[longer] = now;
        const others = noted.grams[longer] ?? none;
        // Of two equally long ones the first is the shorter.
        if (others.length < grams.length || (others.length === grams.length && longer < shorter)) return;
        const share = countPresent(others, present, now) / grams.length;
        if (share < measure.share) return;
        pairs.push({
          text: noted.textOf[shorter] ?? 0,
          sentence: noted.numberOf[shorter] ?? 0,
          otherText: noted.textOf[longer] ?? 0,
          otherSentence: noted.numberOf[longer] ?? 0,
          share,
        });
      });
    }
  });
  return pairs;
}

/** The sentences of a text that resemble another that comes before them in it, by number. */
export function repeatedSentences(text: Comparable, measure: SentenceMeasure): Set<number> {
  const noted = note([text], measure);
  const present = new Int32Array(noted.known);
  const repeated = new Set<number>();
  noted.grams.forEach((grams, shorter) => {
    const now = shorter + 1;
    for (const gram of grams) present[gram] = now;
    for (const gram of rarest(grams, noted.having, measure.share)) {
      noted.having.forEach(gram, (longer) => {
        const later = Math.max(shorter, longer);
        const others = noted.grams[longer] ?? none;
        if (longer === shorter || others.length < grams.length || repeated.has(noted.numberOf[later] ?? 0)) return;
        if (countPresent(others, present, now) / grams.length < measure.share) return;
        repeated.add(noted.numberOf[later] ?? 0);
      });
    }
  });
  return repeated;
}

type Noted = {
  /** Of each sentence that is long enough: its text, its number there, its grams by number, each once. */
  readonly textOf: readonly number[];
  readonly numberOf: readonly number[];
  readonly grams: readonly Int32Array[];
  /** How many different grams there are. */
  readonly known: number;
  /** For each gram the sentences that have it. */
  readonly having: Lists;
};

const none = new Int32Array();

function note(texts: readonly Comparable[], { gram, least }: SentenceMeasure): Noted {
  const numbers = new Grams(texts, gram);
  const textOf: number[] = [];
  const numberOf: number[] = [];
  const grams: Int32Array[] = [];
  // The sentence, from 1, a gram was last met in; and the grams of the sentence at hand.
  const met = new Int32Array(numbers.most);
  const own = new Int32Array(texts.reduce((most, { codes }) => Math.max(most, codes.length), 0));
  texts.forEach(({ sentences }, text) => {
    const start = numbers.starts[text] ?? 0;
    for (let number = 0; 2 * number < sentences.length; number += 1) {
      const from = start + (sentences[2 * number] ?? 0);
      const to = start + (sentences[2 * number + 1] ?? 0);
      if (to - from < Math.max(least, gram)) continue;
      let count = 0;
      for (let at = from; at + gram <= to; at += 1) {
        const each = numbers.numberAt(at);
        if (met[each] === grams.length + 1) continue;
        met[each] = grams.length + 1;
        own[count] = each;
        count += 1;
      }
      textOf.push(text);
      numberOf.push(number);
      grams.push(own.slice(0, count));
    }
  });
  return { textOf, numberOf, grams, known: numbers.known, having: new Lists(numbers.known, grams) };
}

/** Gives every gram of some texts a number: the same to the same symbols, and only to them. */
class Grams {
  /** Where each text begins among all symbols. */
  readonly starts: readonly number[];
  readonly #codes: Int32Array;
  readonly #hashes: Int32Array;
  readonly #gram: number;
  readonly #table: GramTable;

  constructor(texts: readonly Comparable[], gram: number) {
    const starts: number[] = [];
    let size = 0;
    for (const { codes } of texts) {
      starts.push(size);
      size += codes.length;
    }
    this.starts = starts;
    this.#codes = new Int32Array(size);
    texts.forEach(({ codes }, text) => {
      this.#codes.set(codes, starts[text]);
    });
    this.#gram = gram;
    this.#hashes = windowHashes(this.#codes, gram);
    this.#table = new GramTable(size);
  }

  /** How many different grams there can be, and how many there are so far. */
  get most(): number {
    return this.#codes.length;
  }

  get known(): number {
    return this.#table.count;
  }

  /** The number of the gram at a place among all symbols. */
  numberAt(at: number): number {
    const hash = this.#hashes[at] ?? 0;
    for (let entry = this.#table.first(hash); entry !== 0; entry = this.#table.next(entry)) {
      if (sameWindow(this.#codes, at, this.#codes, this.#table.value(entry), this.#gram)) return entry - 1;
    }
    return this.#table.add(hash, at) - 1;
  }
}

/** From so many sentences on a gram is common, and no longer told apart from commoner ones. */
const common = 63;

/** So many of the rarest grams that no sentence without one of them can reach the share. */
function rarest(grams: Int32Array, having: Lists, share: number): Int32Array {
  const needed = grams.length - Math.ceil(share * grams.length) + 1;
  const counts = new Int32Array(common + 1);
  for (const gram of grams) {
    const count = Math.min(common, having.length(gram));
    counts[count] = (counts[count] ?? 0) + 1;
  }
  let bound = 0;
  for (let sum = 0; bound < common; bound += 1) {
    sum += counts[bound] ?? 0;
    if (sum >= needed) break;
  }
  // Everything rarer than the bound, and of those at the bound as many as are still needed.
  const chosen = new Int32Array(needed);
  let size = 0;
  for (const gram of grams) {
    if (having.length(gram) >= bound || size === needed) continue;
    chosen[size] = gram;
    size += 1;
  }
  for (const gram of grams) {
    if (Math.min(common, having.length(gram)) !== bound || size === needed) continue;
    chosen[size] = gram;
    size += 1;
  }
  return chosen;
}

function countPresent(grams: Int32Array, present: Int32Array, now: number): number {
  let count = 0;
  for (const gram of grams) if (present[gram] === now) count += 1;
  return count;
}

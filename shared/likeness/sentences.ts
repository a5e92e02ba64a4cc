/**
 * Sentences that are alike without being the same: the share of common grams (short windows) in the grams of the shorter
 * one, each counted once. Two sentences can only reach the share when one of the shorter one's rarest grams is in the other,
 * so only those pairs are counted.
 */
import type { Comparable } from './comparable.ts';
import { GramTable, windowHashes } from './grams.ts';
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
        if (countPresent(others, present, now) < measure.share * grams.length) return;
        const pair = certain(texts, noted, shorter, longer, measure);
        if (pair !== undefined) pairs.push(pair);
      });
    }
  });
  return pairs;
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
  const numbers = new GramTable(texts.reduce((sum, { codes }) => sum + codes.length, 0));
  const textOf: number[] = [];
  const numberOf: number[] = [];
  const grams: Int32Array[] = [];
  let known = 0;
  const numberFor = (hash: number): number => {
    const entry = numbers.first(hash);
    if (entry !== 0) return numbers.value(entry);
    numbers.add(hash, known);
    known += 1;
    return known - 1;
  };
  texts.forEach(({ codes, sentences }, text) => {
    const hashes = windowHashes(codes, gram);
    for (let number = 0; 2 * number < sentences.length; number += 1) {
      const from = sentences[2 * number] ?? 0;
      const to = sentences[2 * number + 1] ?? 0;
      if (to - from < Math.max(least, gram)) continue;
      textOf.push(text);
      numberOf.push(number);
      grams.push(eachOnce(hashes.slice(from, to - gram + 1)).map(numberFor));
    }
  });
  return { textOf, numberOf, grams, known, having: new Lists(known, grams) };
}

function eachOnce(values: Int32Array): Int32Array {
  values.sort();
  let count = 0;
  for (let n = 0; n < values.length; n += 1) {
    const value = values[n] ?? 0;
    if (count > 0 && value === values[count - 1]) continue;
    values[count] = value;
    count += 1;
  }
  return values.subarray(0, count);
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

/** Hashes may say too much: what is reported is counted by the symbols themselves. */
function certain(
  texts: readonly Comparable[],
  { textOf, numberOf }: Noted,
  a: number,
  b: number,
  { gram, share: least }: SentenceMeasure,
): SentencePair | undefined {
  const [text = 0, otherText = 0] = [textOf[a], textOf[b]];
  const [sentence = 0, otherSentence = 0] = [numberOf[a], numberOf[b]];
  const share = containment(symbolsOf(texts[text], sentence), symbolsOf(texts[otherText], otherSentence), gram);
  return share < least ? undefined : { text, sentence, otherText, otherSentence, share };
}

function symbolsOf(text: Comparable | undefined, sentence: number): number[] {
  if (text === undefined) return [];
  return [...text.codes.subarray(text.sentences[2 * sentence] ?? 0, text.sentences[2 * sentence + 1] ?? 0)];
}

/** The share of common grams in the grams of the shorter of two lists of symbols; 0 when it has none. */
export function containment(a: readonly number[], b: readonly number[], gram: number): number {
  const [ofA, ofB] = [gramsOf(a, gram), gramsOf(b, gram)];
  const [less, more] = ofA.size <= ofB.size ? [ofA, ofB] : [ofB, ofA];
  if (less.size === 0) return 0;
  let shared = 0;
  for (const each of less) if (more.has(each)) shared += 1;
  return shared / less.size;
}

function gramsOf(symbols: readonly number[], gram: number): Set<string> {
  const found = new Set<string>();
  for (let at = 0; at + gram <= symbols.length; at += 1) found.add(symbols.slice(at, at + gram).join());
  return found;
}

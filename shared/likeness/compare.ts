/**
 * What texts have in common: runs word for word, and sentences that are alike. Pure: it knows neither people nor rights, and
 * says of each match where it stands in both texts.
 */
import { type Comparable, type Place, placeOf } from './comparable.ts';
import { type Run, RunIndex } from './runs.ts';
import { alikeSentences, repeatedSentences, type SentenceMeasure, type SentencePair } from './sentences.ts';

/** What counts as alike; a part that is not given is not looked for. */
export type Measure = {
  /** The least length of a run, in symbols. */
  readonly run?: number;
  readonly sentence?: SentenceMeasure;
};

export type Match = {
  /** `run`: the same symbols one after the other; `sentence`: a sentence much of which is the same. */
  readonly by: 'run' | 'sentence';
  readonly here: Place;
  readonly there: Place;
  /** How much of the shorter sentence is in the other; 1 for a run. */
  readonly share: number;
};

export type CorpusMatch = Match & {
  /** The place of the other text in the corpus. */
  readonly source: number;
};

/** What `text` has in common with `source`, in the order of the text. */
export function compareTexts(text: Comparable, source: Comparable, measure: Measure): Match[] {
  const texts = [source, text];
  const own = 1;
  const found: Found[] = [];
  if (measure.run !== undefined) found.push(...new RunIndex([source], measure.run).runsOf(text).map(ofRun));
  if (measure.sentence !== undefined) {
    for (const pair of alikeSentences(texts, measure.sentence)) {
      found.push(...bothWays(texts, pair).flatMap((each) => (each.own === own ? [each.found] : [])));
    }
  }
  return distinct(found).map(({ by, here, there, share }) => ({
    by,
    here: placeOf(text, ...here),
    there: placeOf(source, ...there),
    share,
  }));
}

/** Every text of a corpus against every other: for each text its matches, by source and then in the order of the text. */
export function compareCorpus(texts: readonly Comparable[], { run, sentence }: Measure): CorpusMatch[][] {
  const found: Found[][] = texts.map(() => []);
  if (run !== undefined) {
    const index = new RunIndex(texts, run);
    texts.forEach((text, own) => {
      found[own]?.push(...index.runsOf(text, own).map(ofRun));
    });
  }
  if (sentence !== undefined) {
    for (const pair of alikeSentences(texts, sentence)) {
      for (const each of bothWays(texts, pair)) found[each.own]?.push(each.found);
    }
  }
  return texts.map((text, own) =>
    distinct(found[own] ?? []).flatMap(({ by, source, here, there, share }) => {
      const other = texts[source];
      if (other === undefined) return [];
      return [{ by, source, here: placeOf(text, ...here), there: placeOf(other, ...there), share }];
    }),
  );
}

/** Where a text says nearly the same again: its sentences that resemble an earlier one of it. */
export function repeatedPlaces(text: Comparable, measure: SentenceMeasure): Place[] {
  return Array.from(repeatedSentences(text, measure), (sentence) => placeOf(text, ...boundsOf(text, sentence)));
}

/** From the first symbol to before the last. */
type Bounds = readonly [from: number, to: number];

/** A match before its places are known. */
type Found = {
  readonly by: Match['by'];
  readonly source: number;
  readonly here: Bounds;
  readonly there: Bounds;
  readonly share: number;
};

function ofRun({ source, from, there, length }: Run): Found {
  return { by: 'run', source, here: [from, from + length], there: [there, there + length], share: 1 };
}

/** A pair of sentences as each of the two texts sees it. */
function bothWays(
  texts: readonly Comparable[],
  { text, sentence, otherText, otherSentence, share }: SentencePair,
): { readonly own: number; readonly found: Found }[] {
  const one = boundsOf(texts[text], sentence);
  const other = boundsOf(texts[otherText], otherSentence);
  return [
    { own: text, found: { by: 'sentence', source: otherText, here: one, there: other, share } },
    { own: otherText, found: { by: 'sentence', source: text, here: other, there: one, share } },
  ];
}

function boundsOf(text: Comparable | undefined, sentence: number): Bounds {
  return [text?.sentences[2 * sentence] ?? 0, text?.sentences[2 * sentence + 1] ?? 0];
}

/**
 * Of sentences those are told in which no run with the same source is: the run says exactly what is common. A sentence that is
 * like several of one source is told with the one it is most like.
 */
function distinct(found: readonly Found[]): Found[] {
  const runs = new Map<number, Found[]>();
  for (const match of found) {
    if (match.by === 'run') runs.set(match.source, [...(runs.get(match.source) ?? []), match]);
  }
  const told = new Set<string>();
  const sentences = found
    .filter(({ by }) => by === 'sentence')
    .sort((a, b) => b.share - a.share)
    .filter((match) => {
      const key = `${match.source} ${match.here[0]}`;
      if (told.has(key) || runs.get(match.source)?.some((run) => tells(run.here, match.here)) === true) return false;
      told.add(key);
      return true;
    });
  return [...runs.values(), sentences].flat().sort((a, b) => a.source - b.source || a.here[0] - b.here[0]);
}

/** Whether a run lies in a sentence, or holds a good part of it; touching its edge says nothing about it. */
function tells(run: Bounds, sentence: Bounds): boolean {
  const common = Math.min(run[1], sentence[1]) - Math.max(run[0], sentence[0]);
  return common === run[1] - run[0] || common * 3 >= sentence[1] - sentence[0];
}

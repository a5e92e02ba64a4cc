/**
 * What counts as likeness, by the kind of source (quality rules R20 and R21): other people's texts by runs of twenty symbols
 * and sentences seven tenths of which are the same; one's own earlier years by sentences, with a hint before the warning;
 * what everybody may quote by runs alone.
 */
import type { Match, Measure } from './compare.ts';
import type { SentenceMeasure } from './sentences.ts';

export const sourceKinds = ['colleague', 'team', 'earlier', 'sample', 'reference'] as const;
/**
 * Whose text it resembles: another person's of the same meeting, the team material, the author's own of earlier years, a
 * sample text (范文) or an official text (通知、讲话、法规) of the reference library.
 */
export type SourceKind = (typeof sourceKinds)[number];

export const severities = ['hint', 'warn'] as const;
export type Severity = (typeof severities)[number];

const run = 20;
/** A sentence this short is formula; the rules' own examples of likeness have eighteen symbols and more. */
const least = 12;
const sentence: SentenceMeasure = { gram: 3, share: 0.7, least };
const alike: Measure = { run, sentence };

const measures: Readonly<Record<SourceKind, Measure>> = {
  colleague: alike,
  team: alike,
  sample: alike,
  earlier: { sentence: { gram: 5, share: 0.6, least } },
  reference: { run },
};

export function measureFor(kind: SourceKind): Measure {
  return measures[kind];
}

/** The measure for a source that is not shown to who asks: nothing shorter than a run is answered. */
export function guardedMeasureFor(kind: SourceKind): Measure {
  const measure = measures[kind];
  return measure.sentence === undefined ? measure : { ...measure, sentence: { ...measure.sentence, least: run } };
}

/** When two sentences of one text say the same: so that a list of guesses counts as one. */
export const repetition: SentenceMeasure = { ...sentence, share: 0.5 };

const warnFrom = 0.8;

/** How much weight a match has: official texts may be quoted, and one's own last year is only serious when it is the same. */
export function severityOf(kind: SourceKind, { share }: Pick<Match, 'share'>): Severity {
  if (kind === 'reference') return 'hint';
  return kind === 'earlier' && share < warnFrom ? 'hint' : 'warn';
}

/**
 * What counts as likeness, by the kind of source (quality rules R20 and R21): other people's texts by runs of twenty symbols
 * and sentences seven tenths of which are the same; one's own earlier years by sentences, with a hint before the warning;
 * what everybody may quote by runs alone. A meeting can set the length of a run and the share of an earlier sentence.
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

/** What a meeting can set: the least length of a run in symbols, and from which share on an earlier year's sentence is told. */
export type Limits = { readonly run: number; readonly earlierShare: number };
export const defaultLimits: Limits = { run: 20, earlierShare: 0.6 };

/** A sentence this short is formula; the rules' own examples of likeness have eighteen symbols and more. */
const least = 12;
const sentence: SentenceMeasure = { gram: 3, share: 0.7, least };

export function measureFor(kind: SourceKind, { run, earlierShare }: Limits = defaultLimits): Measure {
  switch (kind) {
    case 'colleague':
    case 'team':
    case 'sample':
      return { run, sentence };
    case 'earlier':
      return { sentence: { gram: 5, share: earlierShare, least } };
    case 'reference':
      return { run };
  }
}

/**
 * The measure for a source that is not shown to who asks: nothing shorter than twenty symbols is answered, whatever a meeting
 * has set.
 */
export function guardedMeasureFor(kind: SourceKind, limits: Limits = defaultLimits): Measure {
  const shortest = defaultLimits.run;
  const measure = measureFor(kind, { ...limits, run: Math.max(shortest, limits.run) });
  return measure.sentence === undefined ? measure : { ...measure, sentence: { ...measure.sentence, least: shortest } };
}

/** When two sentences of one text say the same: so that a list of guesses counts as one. */
export const repetition: SentenceMeasure = { ...sentence, share: 0.5 };

const warnFrom = 0.8;

/** How much weight a match has: official texts may be quoted, and one's own last year is only serious when it is the same. */
export function severityOf(kind: SourceKind, { share }: Pick<Match, 'share'>): Severity {
  if (kind === 'reference') return 'hint';
  return kind === 'earlier' && share < warnFrom ? 'hint' : 'warn';
}

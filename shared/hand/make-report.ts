/** From the standing text, letter by letter with the batch it came with, to the report. Pure. */
import { countCharacters } from '../document/content.ts';
import type { BlockKind } from '../document/schema.ts';
import type { Batch, Ledger, Piece } from './ledger.ts';
import type { HandCounts, HandReport } from './report.ts';
import { durationOf, type Stretch } from './stretches.ts';

/** A part of a block that came with one batch. */
export type StandingPart = { readonly text: string; readonly batch: number };
export type StandingBlock = { readonly id: string; readonly kind: BlockKind; readonly parts: readonly StandingPart[] };
export type StandingSection = { readonly key: string; readonly blocks: readonly StandingBlock[] };

const begins = 24;
/** So many are listed: a text of many hands has some dozens. */
const listed = 200;

export function makeReport(
  sections: readonly StandingSection[],
  ledger: Ledger,
  stretches: readonly Stretch[],
  seq: number,
): HandReport {
  const total = noCounts();
  const byWriter = new Map<string, HandCounts>();
  const standing = new Map<Piece, number>();
  const count = (text: string, batch: Batch | undefined, into: readonly HandCounts[]) => {
    const characters = countCharacters(text);
    const kind = batch?.piece?.kind ?? 'typed';
    for (const counts of into) counts[kind] += characters;
    if (batch?.piece !== undefined) standing.set(batch.piece, (standing.get(batch.piece) ?? 0) + characters);
  };
  const shown = sections.map(({ key, blocks }) => {
    const counts = noCounts();
    const inside = blocks.map(({ id, kind, parts }) => {
      const own = noCounts();
      for (const { text, batch } of parts) {
        const found = ledger.batches[batch];
        count(text, found, [own, counts, total, countsOf(byWriter, found?.writer ?? 'server')]);
      }
      return { id, kind, begins: beginOf(parts), counts: own };
    });
    return { key, counts, blocks: inside.filter((block) => sumOf(block.counts) > 0) };
  });
  for (const { writer } of stretches) countsOf(byWriter, writer);
  const writers = [...byWriter].map(([id, counts]) => {
    return {
      id: id as HandReport['writers'][number]['id'],
      counts,
      ms: durationOf(stretches.filter((s) => s.writer === id)),
    };
  });
  return {
    characters: sumOf(total),
    counts: total,
    sections: shown,
    writers,
    ...listPieces(standing),
    ...listStretches(stretches),
    ms: writers.reduce((sum, { ms }) => sum + ms, 0),
    seq,
  };
}

function listPieces(standing: ReadonlyMap<Piece, number>): Pick<HandReport, 'pieces' | 'morePieces'> {
  const found = [...standing].filter(([, characters]) => characters > 0);
  const largest = found.sort(([, a], [, b]) => b - a).slice(0, listed);
  const pieces = largest
    .sort(([a], [b]) => a.at - b.at)
    .map(([{ kind, how, writer, at, until, characters }, stands]) => ({
      kind,
      how,
      by: writer as HandReport['pieces'][number]['by'],
      at: instantOf(at),
      until: instantOf(until),
      characters,
      standing: stands,
    }));
  return { pieces, morePieces: found.length - pieces.length };
}

function listStretches(all: readonly Stretch[]): Pick<HandReport, 'stretches' | 'moreStretches'> {
  const last = [...all].sort((a, b) => a.from - b.from).slice(-listed);
  const stretches = last.map(({ writer, from, until, written, removed }) => {
    // Writers come from the journal, whose rows are parsed: user ids, or the server.
    const by = writer as HandReport['stretches'][number]['by'];
    return { by, from: instantOf(from), until: instantOf(until), written, removed };
  });
  return { stretches, moreStretches: all.length - stretches.length };
}

export function noCounts(): HandCounts {
  return { typed: 0, piece: 0, offline: 0, adopted: 0 };
}

export function sumOf({ typed, piece, offline, adopted }: HandCounts): number {
  return typed + piece + offline + adopted;
}

function countsOf(all: Map<string, HandCounts>, writer: string): HandCounts {
  const known = all.get(writer);
  if (known !== undefined) return known;
  const counts = noCounts();
  all.set(writer, counts);
  return counts;
}

function beginOf(parts: readonly StandingPart[]): string {
  const text = parts
    .slice(0, begins)
    .map((part) => part.text)
    .join('');
  return [...text].slice(0, begins).join('');
}

function instantOf(ms: number): string {
  return new Date(ms).toISOString();
}

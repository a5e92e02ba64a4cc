/**
 * The writing again, step by step: which of the words that stand came when, and how many were taken out in between. Words
 * that do not stand are in no step. Pure.
 */
import { z } from 'zod';
import { blockKinds } from '../document/schema.ts';
import { userId } from '../ids.ts';
import { handKinds, type Ledger } from './ledger.ts';
import type { StandingSection } from './make-report.ts';

export const replayBlockSchema = z.object({ section: z.string(), id: z.string(), kind: z.enum(blockKinds) });
export type ReplayBlock = z.infer<typeof replayBlockSchema>;

export const replayStepSchema = z.object({
  at: z.iso.datetime(),
  by: z.union([userId, z.literal('server')]),
  kind: z.enum(handKinds),
  /** Words that came: in which block, and at which place of it as it stands in the end (UTF-16 units). */
  parts: z.array(z.object({ block: z.int().min(0), from: z.int().min(0), text: z.string() })),
  /** Characters taken out since the step before. */
  removed: z.int().min(0),
});
export type ReplayStep = z.infer<typeof replayStepSchema>;

export type Replay = { readonly blocks: readonly ReplayBlock[]; readonly steps: readonly ReplayStep[] };

/** Characters taken out at a time. */
export type Removed = { readonly at: number; readonly characters: number };

export function makeReplay(sections: readonly StandingSection[], ledger: Ledger, removals: readonly Removed[]): Replay {
  const blocks: ReplayBlock[] = [];
  const partsOf = new Map<number, ReplayStep['parts']>();
  for (const { key, blocks: inside } of sections) {
    for (const { id, kind, parts } of inside) {
      const block = blocks.push({ section: key, id, kind }) - 1;
      let from = 0;
      for (const { text, batch } of parts) {
        const known = partsOf.get(batch);
        if (known === undefined) partsOf.set(batch, [{ block, from, text }]);
        else known.push({ block, from, text });
        from += text.length;
      }
    }
  }
  return { blocks, steps: inTime(partsOf, ledger, removals) };
}

function inTime(
  partsOf: ReadonlyMap<number, ReplayStep['parts']>,
  ledger: Ledger,
  removals: readonly Removed[],
): ReplayStep[] {
  const order = [...partsOf.keys()].sort(
    (a, b) => (ledger.batches[a]?.at ?? 0) - (ledger.batches[b]?.at ?? 0) || a - b,
  );
  let next = 0;
  return order.map((batch) => {
    const { at = 0, writer = 'server' } = ledger.batches[batch] ?? {};
    let removed = 0;
    for (; next < removals.length && (removals[next]?.at ?? 0) <= at; next += 1)
      removed += removals[next]?.characters ?? 0;
    return {
      at: new Date(at).toISOString(),
      // Writers come from the journal, whose rows are parsed: user ids, or the server.
      by: writer as ReplayStep['by'],
      kind: ledger.kindOf(batch),
      parts: partsOf.get(batch) ?? [],
      removed,
    };
  });
}

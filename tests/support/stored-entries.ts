/** A journal as it lies in the file of a running server, read beside it. */
import type { DatabaseSync } from 'node:sqlite';
import { decodePack, type Packed } from '../../server/storage/sqlite/pack.ts';

/** The entries of one document in order, whichever of the two tables they are in. */
export function storedEntries(database: DatabaseSync, documentId: string): Packed[] {
  const packs = database
    .prepare(`select entries from journal where documentId = ? union all select entries from tail`)
    .all(documentId);
  const found = new Map<number, Packed>();
  for (const { entries } of packs) {
    for (const entry of decodePack(entries as Uint8Array))
      if (entry.documentId === documentId) found.set(entry.seq, entry);
  }
  return [...found.values()].sort((a, b) => a.seq - b.seq);
}

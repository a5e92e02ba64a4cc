/**
 * Whether this page holds another text than the server (RM16). To be asked only when everything typed here is acknowledged
 * and everything the server sent has been applied: then both must hold the same, insertion by insertion and word by word.
 */
import * as Y from 'yjs';
import { textHash } from '../../shared/document/text-hash.ts';
import type { AtRestFrame } from '../../shared/protocol/frames.ts';

export function hasDiverged(doc: Y.Doc, atRest: Pick<AtRestFrame, 'stateVector' | 'textHash'>): boolean {
  // What waits for something that never came shows that it was lost on the way.
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return true;
  if (!sameVector(Y.encodeStateVector(doc), atRest.stateVector)) return true;
  return !sameBytes(textHash(doc), atRest.textHash);
}

function sameVector(ours: Uint8Array, theirs: Uint8Array): boolean {
  const mine = Y.decodeStateVector(ours);
  const other = Y.decodeStateVector(theirs);
  return mine.size === other.size && [...mine].every(([client, clock]) => other.get(client) === clock);
}

function sameBytes(ours: Uint8Array, theirs: Uint8Array): boolean {
  return ours.length === theirs.length && ours.every((byte, index) => byte === theirs[index]);
}

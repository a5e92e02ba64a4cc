/**
 * Whether this page holds another text than the server (RM16). To be asked only when everything typed here is acknowledged
 * and everything the server sent has been applied: then both must hold the same, insertion by insertion and word by word.
 * What waits here for something that never came is in no state vector, so a lost update shows as well.
 */
import * as Y from 'yjs';
import { textHash } from '../../shared/document/text-hash.ts';
import type { AtRestFrame } from '../../shared/protocol/frames.ts';

export function hasDiverged(doc: Y.Doc, atRest: Pick<AtRestFrame, 'stateVector' | 'textHash'>): boolean {
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

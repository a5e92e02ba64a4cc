/** The policy table folded for a room: none, read or write. */
import type { RoomAccess } from '../protocol/frames.ts';
import { type Actor, can, type DocumentFacts } from './can.ts';

export function roomAccess(actor: Actor, document: DocumentFacts): RoomAccess {
  if (can(actor, 'write', document)) return 'write';
  return can(actor, 'read', document) ? 'read' : 'none';
}

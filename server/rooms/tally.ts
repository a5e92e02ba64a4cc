/**
 * What rooms let others count: reasons, durations and ids, never a word of a text. Who listens must not throw and must
 * not take long: it is called between a commit and what is published.
 */
import type { RoomId, UserId } from '../../shared/ids.ts';
import type { UpdateRefusal } from '../../shared/protocol/frames.ts';

export interface Tally {
  /** An update was refused whole, and its author was told. */
  refused(code: UpdateRefusal, documentId: RoomId, userId: UserId): void;
  /** One transaction with so many updates is durable. */
  committed(ms: number, updates: number): void;
}

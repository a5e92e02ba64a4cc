/**
 * "Look again": who reads a resource is told that it changed, never what. Rooms pass it on as frame 103, the event stream
 * (`GET /api/events`) to pages without a room.
 */
import type { ChangeEvent } from '../shared/api/work.ts';
import type { DocumentId, MeetingId } from '../shared/ids.ts';

export type Change = ChangeEvent & {
  /** Whose participants may hear of it; undefined for changes that concern accounts. */
  readonly meetingId: MeetingId | undefined;
  readonly documentId: DocumentId | undefined;
};

export class Changes {
  readonly #listeners = new Set<(change: Change) => void>();

  publish(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  /** Hears every change until the returned function is called. */
  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get listeners(): number {
    return this.#listeners.size;
  }
}

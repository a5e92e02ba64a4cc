/** What has arrived in a room and waits for a tick, with its bounds: no connection may let it grow without end (RM14). */
import { encodeSync, type UpdateRefusal } from '../../shared/protocol/frames.ts';
import type { EntryCause } from '../storage/storage.ts';
import type { Connection } from './connection.ts';

export type Incoming = {
  readonly from: Connection;
  readonly update: Uint8Array;
  readonly cause: EntryCause;
  /** The message it came in. */
  readonly frame: Uint8Array;
};

/** One update may have this many bytes; a pasted book chapter is far below. */
export const maxUpdateBytes = 2 * 1024 * 1024;
/** Updates of one connection that may wait for a tick, and their bytes. */
const maxWaiting = 5_000;
const maxWaitingBytes = 16 * 1024 * 1024;

export class Inbox {
  #waiting: Incoming[] = [];

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  get waiting(): readonly Incoming[] {
    return this.#waiting;
  }

  /** Puts an update behind the others, or says why not. */
  put(incoming: Incoming): { readonly code: UpdateRefusal; readonly detail: string } | undefined {
    const { from, update } = incoming;
    if (update.length > maxUpdateBytes) return { code: 'too_large', detail: `${update.length} bytes` };
    if (from.updatesWaiting >= maxWaiting || from.bytesWaiting > maxWaitingBytes) {
      return { code: 'too_fast', detail: `${from.updatesWaiting} updates waiting` };
    }
    from.updatesWaiting += 1;
    from.bytesWaiting += update.length;
    this.#waiting.push(incoming);
    return undefined;
  }

  /** The first `count` have been dealt with. */
  drop(count: number): void {
    for (const done of this.#waiting.splice(0, count)) this.#forget(done);
  }

  /** One of them will not be dealt with. */
  remove(incoming: Incoming): void {
    this.#waiting = this.#waiting.filter((other) => other !== incoming);
    this.#forget(incoming);
  }

  clear(): void {
    this.drop(this.#waiting.length);
  }

  #forget({ from, update }: Incoming): void {
    from.updatesWaiting -= 1;
    from.bytesWaiting -= update.length;
  }
}

/** What was `taken` of it, as the others get it: a whole message `update` goes on as it came, the rest becomes one. */
export function frameFor({ cause, frame, update }: Incoming, taken: Uint8Array): Uint8Array {
  return cause === 'edit' && taken === update ? frame : encodeSync('update', taken);
}

/** A program in a room instead of a page: it has no text, answers the server's step 1 with nothing, and writes what it is told. */
import * as decoding from 'lib0/decoding';
import type { Seat } from '../../server/rooms/seat.ts';
import type { UserId } from '../../shared/ids.ts';
import { encodeSync, messageTypes, readRefused } from '../../shared/protocol/frames.ts';
import type { RoomWorld } from './room-world.ts';

const emptyUpdate = new Uint8Array([0, 0]);

export class RawVisitor {
  readonly userId: UserId;
  readonly #world: RoomWorld;
  #seat: Seat | undefined;
  /** What became of the last update: `saved`, `refused <code>`, `closed <code>`, or `unanswered`. */
  verdict = 'unanswered';

  constructor(world: RoomWorld, userId: UserId) {
    this.#world = world;
    this.userId = userId;
  }

  /** Comes in, again when it was refused or closed. */
  async comeIn(): Promise<void> {
    if (this.#seat !== undefined && this.verdict === 'saved') return;
    this.#seat?.leave();
    const visitor = { userId: this.userId, name: 'visitor', session: 'session' };
    const seat = await this.#world.registry.enter(this.#world.documentId, visitor, {
      send: (frames) => {
        for (const frame of frames) this.#hear(frame);
      },
      close: (code) => {
        this.verdict = `closed ${code}`;
      },
      bufferedAmount: 0,
    });
    if (typeof seat === 'string') throw new Error(`not let in: ${seat}`);
    this.#seat = seat;
    seat.receive(encodeSync('step2', emptyUpdate));
    await this.#world.registry.idle();
  }

  write(update: Uint8Array): void {
    this.verdict = 'unanswered';
    this.#seat?.receive(encodeSync('update', update));
  }

  #hear(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === messageTypes.refused) this.verdict = `refused ${readRefused(decoder).code}`;
    if (type === messageTypes.saved) this.verdict = 'saved';
  }
}

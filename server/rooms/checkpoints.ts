/**
 * When a room's text is laid down as a whole, so that it opens without replaying its journal. A checkpoint is a shortcut:
 * what fails here is reported and nothing is lost, the journal has it all.
 */
import { type Clock, instant } from '../clock.ts';
import type { Journal } from '../storage/storage.ts';
import type { Room } from './room.ts';

export type CheckpointsDeps = {
  readonly journal: Pick<Journal, 'writeCheckpoint'>;
  readonly clock: Clock;
  readonly onTrouble: (what: string, error: unknown) => void;
};

/** While people are in a room it is checkpointed when it is this far behind; when they have left, in any case. */
const behind = 200;

export class Checkpoints {
  readonly #deps: CheckpointsDeps;
  readonly #writing = new Set<Room>();

  constructor(deps: CheckpointsDeps) {
    this.#deps = deps;
  }

  /** While people are there: a text that has come far since its last checkpoint would take long to open after a crash. */
  ifDue(room: Room): void {
    if (room.uncheckpointed < behind || this.#writing.has(room)) return;
    this.#writing.add(room);
    void this.attempt(room).finally(() => this.#writing.delete(room));
  }

  /** Writes one if it can; resolves in any case. */
  async attempt(room: Room): Promise<void> {
    try {
      if (!room.isBroken) await this.write(room);
    } catch (error) {
      this.#deps.onTrouble('checkpoint', error);
    }
  }

  /** Call only when nothing is uncommitted. Rejects when the store does not take it. */
  async write(room: Room): Promise<void> {
    if (room.uncheckpointed === 0) return;
    const { seq, documentId } = room;
    const at = instant(this.#deps.clock);
    await this.#deps.journal.writeCheckpoint({ documentId, seq, state: room.encodeState(), at });
    room.checkpointed(seq);
  }
}

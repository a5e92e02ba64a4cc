/**
 * Saving (RM3, RM4): one tick for all rooms. What arrived in them is committed in one transaction, then published. While the
 * store fails, what is accepted stays in its room and is tried again with growing pauses. It knows no document and no socket.
 */
import type { Clock } from '../clock.ts';
import type { Journal } from '../storage/storage.ts';
import type { Batch } from './batch.ts';
import { CommitTimes } from './commit-times.ts';
import type { Room } from './room.ts';
import type { Tally } from './tally.ts';

export type SaverDeps = {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly rooms: () => Iterable<Room>;
  /** Hears of every failed save; a failed save is never only logged. */
  readonly onTrouble: (what: string, error: unknown) => void;
  readonly tally?: Tally;
};

const firstRetryMs = 100;
const longestRetryMs = 5_000;
/** One room may take so long for validating and applying in one tick; what is left waits for the next. */
const roomBudgetMs = 10;
/** So long a tick may wait for what is just coming in. */
const longestGatheringMs = 1;

export class Saver {
  readonly #deps: SaverDeps;
  readonly #times = new CommitTimes();
  /** Rooms where something may have to be done. */
  #stirred = new Set<Room>();
  #arrivals = 0;
  #ticking = false;
  #scheduled = false;
  #lastError: unknown;
  #retryMs = 0;
  #cancelRetry: (() => void) | undefined;
  readonly #tickWaiters: (() => void)[] = [];
  readonly #idleWaiters: (() => void)[] = [];

  constructor(deps: SaverDeps) {
    this.#deps = deps;
  }

  /** Whether the last save failed. */
  get failing(): boolean {
    return this.#lastError !== undefined;
  }

  get commitMs(): ReturnType<CommitTimes['summary']> {
    return this.#times.summary();
  }

  /** Resolves when nothing waits for a tick or a commit. */
  async idle(): Promise<void> {
    if (this.#isIdle()) return;
    await new Promise<void>((resolve) => this.#idleWaiters.push(resolve));
  }

  /** No more retries: the process ends. */
  stop(): void {
    this.#cancelRetry?.();
  }

  /** Commits the server's own edit of a held room; when that fails the room goes back to what is stored. */
  async saveNow(room: Room, batch: Batch): Promise<void> {
    try {
      const seqs = await this.#deps.journal.commit(batch.entries);
      room.committed(seqs.at(-1) ?? room.seq);
    } catch (error) {
      room.discard();
      this.#deps.onTrouble('commit', error);
      await this.#restore(room);
      throw error;
    }
  }

  /** Everything that has arrived so far is committed, then the room is held. Throws while the store does not take it. */
  async settle(room: Room): Promise<void> {
    room.hold();
    try {
      while (this.#ticking) await this.#tickDone();
      if (room.batch !== undefined) await this.#commit([room]);
      do {
        if (room.isBroken) await this.#restore(room);
        if (room.collect(Number.POSITIVE_INFINITY) !== undefined) await this.#commit([room]);
      } while (room.isBroken);
    } catch (error) {
      room.release();
      this.#stirred.add(room);
      this.#planRetry();
      throw error;
    }
  }

  #tickDone(): Promise<void> {
    return new Promise((resolve) => this.#tickWaiters.push(resolve));
  }

  /** Asks for a tick, because something has arrived in a room. */
  wake(room: Room): void {
    this.#stirred.add(room);
    this.#arrivals += 1;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#ticking || this.#cancelRetry !== undefined) return;
    this.#scheduled = true;
    this.#tickWhenAllIsIn(performance.now() + longestGatheringMs);
  }

  /** While every turn of the event loop brings more, it goes on gathering: one commit and one write each for all of it. */
  #tickWhenAllIsIn(deadline: number): void {
    const before = this.#arrivals;
    setImmediate(() => {
      if (this.#arrivals > before && performance.now() < deadline) {
        this.#tickWhenAllIsIn(deadline);
        return;
      }
      this.#scheduled = false;
      void this.#tick();
    });
  }

  /** One turn: collect from every stirred room, commit once, publish. While the store fails, only the retry timer ticks. */
  async #tick(): Promise<void> {
    if (this.#ticking) return;
    this.#ticking = true;
    const rooms = [...this.#stirred];
    this.#stirred.clear();
    try {
      for (const room of rooms) if (room.hasWork) room.collect(roomBudgetMs);
      const waiting = rooms.filter((room) => room.batch !== undefined && !room.isHeld);
      if (waiting.length > 0) await this.#commit(waiting);
      for (const room of rooms) if (room.isBroken && !room.isHeld) await this.#restore(room);
    } catch {
      // `#commit` and `#restore` have reported it and kept what is unsaved; the retry is planned below.
      this.#planRetry();
    } finally {
      this.#ticking = false;
      for (const resolve of this.#tickWaiters.splice(0)) resolve();
    }
    for (const room of rooms) if (room.hasWork || !room.isStored) this.#stirred.add(room);
    if (this.#stirred.size > 0) this.#schedule();
    else this.announceIdle();
  }

  /** Lets go who waits for `idle`, if it is. */
  announceIdle(): void {
    if (this.#idleWaiters.length === 0 || !this.#isIdle()) return;
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }

  /** After a failed common commit each room is tried by itself, so that one bad room cannot hold up the others. */
  async #commit(rooms: readonly Room[]): Promise<void> {
    const together = this.#lastError === undefined;
    const groups = together ? [rooms] : rooms.map((room) => [room]);
    let failure: unknown;
    for (const group of groups) {
      try {
        await this.#commitTogether(group);
      } catch (error) {
        failure = error;
      }
    }
    this.#lastError = failure;
    if (failure !== undefined) {
      this.#deps.onTrouble('commit', failure);
      throw failure;
    }
    this.#retryMs = 0;
  }

  async #commitTogether(rooms: readonly Room[]): Promise<void> {
    const batches = rooms.map((room) => room.batch?.entries ?? []);
    const started = performance.now();
    const seqs = await this.#deps.journal.commit(batches.flat());
    const ms = performance.now() - started;
    this.#times.add(ms);
    this.#deps.tally?.committed(ms, seqs.length);
    let end = 0;
    for (const [index, room] of rooms.entries()) {
      end += batches[index]?.length ?? 0;
      room.committed(seqs[end - 1] ?? room.seq);
    }
  }

  #planRetry(): void {
    if (this.#cancelRetry !== undefined) return;
    this.#retryMs = Math.min(this.#retryMs === 0 ? firstRetryMs : this.#retryMs * 2, longestRetryMs);
    this.#cancelRetry = this.#deps.clock.after(this.#retryMs, () => {
      this.#cancelRetry = undefined;
      void this.#tick();
    });
  }

  async #restore(room: Room): Promise<void> {
    try {
      room.restore(await this.#deps.journal.load(room.documentId));
      room.restored();
    } catch (error) {
      this.#deps.onTrouble('restore', error);
      throw error;
    }
  }

  #isIdle(): boolean {
    if (this.#ticking || this.#scheduled) return false;
    return [...this.#deps.rooms()].every((room) => room.isAtRest && !room.isBroken);
  }
}

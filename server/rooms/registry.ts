/**
 * The only map of rooms. A slot is `loading | open | closing`, so at most one room has a name (RM1): who comes while the
 * last save is pending waits and sees what was saved. It also owns the tick: what arrived in all rooms is committed in one
 * transaction, then published.
 */
import * as Y from 'yjs';
import { readContent } from '../../shared/document/content.ts';
import { blockIdAttribute, rootOf } from '../../shared/document/schema.ts';
import type { DocumentId, UserId } from '../../shared/ids.ts';
import { type ChangedTopic, encodeChanged } from '../../shared/protocol/frames.ts';
import { type Clock, instant } from '../clock.ts';
import type { Journal } from '../storage/storage.ts';
import { CommitTimes } from './commit-times.ts';
import { Connection, type Socket, type Visitor } from './connection.ts';
import { openText, Room } from './room.ts';
import type { LoadRoomFacts, Rooms, TextAtRest } from './rooms.ts';

export type RegistryDeps = {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly facts: LoadRoomFacts;
  /** Hears of every failed save; a failed save is never only logged. */
  readonly onTrouble: (what: string, error: unknown) => void;
};

type Slot =
  | { readonly phase: 'loading'; readonly opened: Promise<Room | undefined> }
  | {
      readonly phase: 'open';
      readonly room: Room;
      leases: number;
      queue: Promise<unknown>;
      cancelEviction?: () => void;
    }
  | { readonly phase: 'closing'; readonly closed: Promise<void> };
type OpenSlot = Extract<Slot, { phase: 'open' }>;

export const evictionMs = 30_000;
const firstRetryMs = 100;
const longestRetryMs = 5_000;
/** A room this far behind its checkpoint is checkpointed when it is opened or left. */
const checkpointEvery = 1;

export type RegistryStatus = {
  readonly rooms: number;
  readonly connections: number;
  /** Rooms with accepted updates that are not in the database. */
  readonly unsaved: number;
  readonly failing: boolean;
  readonly commitMs: ReturnType<CommitTimes['summary']>;
};

/** One visitor's way in: what the socket edge gets. */
export type Seat = {
  readonly receive: (bytes: Uint8Array) => void;
  readonly leave: () => void;
};

export class Registry implements Rooms {
  readonly #deps: RegistryDeps;
  readonly #slots = new Map<DocumentId, Slot>();
  readonly #times = new CommitTimes();
  #ticking = false;
  #scheduled = false;
  #lastError: unknown;
  #retryMs = 0;
  #cancelRetry: (() => void) | undefined;
  #closing = false;
  #idle: (() => void)[] = [];

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
  }

  /** Seats a visitor. `no_such_room`, `no_access` and `restarting` are expected; a failed load throws (RM2). */
  async enter(
    documentId: DocumentId,
    visitor: Visitor,
    socket: Socket,
  ): Promise<Seat | 'no_such_room' | 'no_access' | 'restarting'> {
    if (this.#closing) return 'restarting';
    const slot = await this.#open(documentId);
    if (slot === undefined) return 'no_such_room';
    if (slot.room.facts.accessOf(visitor.userId) === 'none') {
      this.#considerEviction(documentId, slot);
      return 'no_access';
    }
    const connection = new Connection(visitor, socket);
    slot.cancelEviction?.();
    slot.cancelEviction = undefined;
    slot.room.join(connection);
    return {
      receive: (bytes) => slot.room.receive(connection, bytes),
      leave: () => {
        slot.room.leave(connection);
        this.#considerEviction(documentId, slot);
      },
    };
  }

  async create(documentId: DocumentId, bodyKeys: readonly string[]): Promise<void> {
    const doc = new Y.Doc();
    doc.transact(() => {
      for (const key of bodyKeys) {
        const paragraph = new Y.XmlElement('paragraph');
        paragraph.setAttribute(blockIdAttribute, seedBlockId(documentId, key));
        doc.getXmlFragment(rootOf(key)).insert(0, [paragraph]);
      }
    });
    await this.#deps.journal.commit([
      {
        documentId,
        update: Y.encodeStateAsUpdate(doc),
        writer: 'server',
        session: '',
        cause: 'seed',
        at: instant(this.#deps.clock),
        claims: [doc.clientID],
      },
    ]);
    doc.destroy();
  }

  async read(documentId: DocumentId, bodyKeys: readonly string[]): Promise<TextAtRest> {
    const slot = this.#slots.get(documentId);
    if (slot?.phase === 'open' && slot.room.isStored) return slot.room.text(bodyKeys);
    return this.#readStored(documentId, bodyKeys, (doc, seq) => ({ content: readContent(doc, bodyKeys), seq }));
  }

  async look<T>(documentId: DocumentId, bodyKeys: readonly string[], see: (doc: Y.Doc) => T): Promise<T> {
    const slot = this.#slots.get(documentId);
    if (slot?.phase === 'open' && slot.room.isStored) return slot.room.look(see);
    return this.#readStored(documentId, bodyKeys, see);
  }

  /** Without a room: the text is opened from the store, read and let go. */
  async #readStored<T>(
    documentId: DocumentId,
    bodyKeys: readonly string[],
    see: (doc: Y.Doc, seq: number) => T,
  ): Promise<T> {
    const loaded = await this.#deps.journal.load(documentId);
    const doc = openText(loaded, bodyKeys);
    try {
      return see(doc, loaded.seq);
    } finally {
      doc.destroy();
    }
  }

  async freeze<T>(
    documentId: DocumentId,
    bodyKeys: readonly string[],
    reason: string,
    work: (text: TextAtRest) => Promise<T>,
  ): Promise<T> {
    return this.#alone(documentId, async (room) => {
      const result = await work(room.text(bodyKeys));
      await this.#relearn(documentId, room, reason);
      return result;
    });
  }

  async writeAsServer<T>(documentId: DocumentId, change: (doc: Y.Doc) => T): Promise<T> {
    return this.#alone(documentId, async (room) => {
      const facts = await this.#deps.facts(documentId);
      if (facts !== undefined) room.learn(facts, 'remark');
      const { value, batch } = room.editAsServer(change);
      if (batch === undefined) return value;
      try {
        const seqs = await this.#deps.journal.commit(batch.entries);
        room.committed(seqs.at(-1) ?? room.seq);
      } catch (error) {
        room.discard();
        this.#deps.onTrouble('commit', error);
        await this.#restore(documentId, room);
        throw error;
      }
      return value;
    });
  }

  async refresh(documentId: DocumentId, reason: string): Promise<void> {
    if (!this.#slots.has(documentId)) return;
    await this.#alone(documentId, (room) => this.#relearn(documentId, room, reason));
  }

  /** When the facts cannot be read nobody may go on under the old ones: all are sent away to come back (1013). */
  async #relearn(documentId: DocumentId, room: Room, reason: string): Promise<void> {
    try {
      const facts = await this.#deps.facts(documentId);
      if (facts === undefined) this.#expel(documentId, room, 4404, 'the document is gone');
      else room.learn(facts, reason);
    } catch (error) {
      this.#deps.onTrouble('facts', error);
      this.#expel(documentId, room, 1013, 'try again');
    }
  }

  /** Ends a room whose facts no longer hold: nobody stays, and who comes next is judged anew. */
  #expel(documentId: DocumentId, room: Room, code: 1013 | 4404, reason: string): void {
    for (const connection of room.connections) connection.close(code, reason);
    this.#slots.delete(documentId);
    room.close();
  }

  announce(documentId: DocumentId, topic: ChangedTopic, id: string): void {
    const slot = this.#slots.get(documentId);
    if (slot?.phase !== 'open') return;
    const frame = encodeChanged({ topic, id });
    for (const connection of slot.room.connections) connection.send([frame]);
  }

  dismiss(userId: UserId, code: 4401 | 4403, session?: string): void {
    for (const room of this.#rooms()) {
      for (const connection of room.connections) {
        const { visitor } = connection;
        if (visitor.userId !== userId || (session !== undefined && visitor.session !== session)) continue;
        connection.close(code, code === 4401 ? 'signed out' : 'access ended');
      }
    }
  }

  status(): RegistryStatus {
    const rooms = [...this.#rooms()];
    return {
      rooms: this.#slots.size,
      connections: rooms.reduce((count, room) => count + room.connections.size, 0),
      unsaved: rooms.filter((room) => room.batch !== undefined).length,
      failing: this.#lastError !== undefined,
      commitMs: this.#times.summary(),
    };
  }

  /** Resolves when nothing waits for a tick or a commit. */
  async idle(): Promise<void> {
    if (this.#isIdle()) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /**
   * Sends everybody away (1012), saves what was accepted and checkpoints. Resolves to the number of rooms that could not be
   * saved within `graceMs`: anything but zero must end the process with a failure (RM4).
   */
  async close(graceMs = 10_000): Promise<number> {
    this.#closing = true;
    for (const room of this.#rooms()) for (const connection of room.connections) connection.close(1012, 'restarting');
    const timedOut = new Promise<void>((resolve) => this.#deps.clock.after(graceMs, resolve));
    await Promise.race([this.idle(), timedOut]);
    this.#cancelRetry?.();
    let unsaved = 0;
    for (const [documentId, slot] of [...this.#slots]) {
      if (slot.phase !== 'open') continue;
      slot.cancelEviction?.();
      if (slot.room.batch === undefined) await this.#checkpoint(documentId, slot.room).catch(() => undefined);
      else unsaved += 1;
      slot.room.close();
      this.#slots.delete(documentId);
    }
    return unsaved;
  }

  *#rooms(): Iterable<Room> {
    for (const slot of this.#slots.values()) if (slot.phase === 'open') yield slot.room;
  }

  async #open(documentId: DocumentId): Promise<OpenSlot | undefined> {
    for (;;) {
      const slot = this.#slots.get(documentId);
      if (slot?.phase === 'open') return slot;
      if (slot?.phase === 'loading') await slot.opened;
      else if (slot?.phase === 'closing') await slot.closed;
      else if ((await this.#load(documentId)) === undefined) return undefined;
      const loaded = this.#slots.get(documentId);
      if (slot?.phase === 'loading' && loaded === undefined) return undefined;
    }
  }

  /** A failed load leaves no slot behind and reaches everybody who waited for it (RM2). */
  async #load(documentId: DocumentId): Promise<Room | undefined> {
    const load = async (): Promise<Room | undefined> => {
      const facts = await this.#deps.facts(documentId);
      if (facts === undefined) return undefined;
      const loaded = await this.#deps.journal.load(documentId);
      return new Room(documentId, facts, loaded, { clock: this.#deps.clock, wake: () => this.#wake() });
    };
    const opened = load();
    this.#slots.set(documentId, { phase: 'loading', opened });
    try {
      const room = await opened;
      if (room === undefined) this.#slots.delete(documentId);
      else this.#slots.set(documentId, { phase: 'open', room, leases: 0, queue: Promise.resolve() });
      return room;
    } catch (error) {
      this.#slots.delete(documentId);
      throw error;
    }
  }

  /** Runs `work` with the room at rest and nobody else in it; what arrives meanwhile waits. */
  async #alone<T>(documentId: DocumentId, work: (room: Room) => Promise<T>): Promise<T> {
    const slot = await this.#open(documentId);
    if (slot === undefined) throw new Error(`no such document: ${documentId}`);
    slot.leases += 1;
    slot.cancelEviction?.();
    slot.cancelEviction = undefined;
    const before = slot.queue;
    const mine = before.then(async () => {
      await this.#settle(documentId, slot.room);
      try {
        return await work(slot.room);
      } finally {
        slot.room.release();
      }
    });
    slot.queue = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      slot.leases -= 1;
      this.#considerEviction(documentId, slot);
      this.#announceIdle();
    }
  }

  /** Everything that has arrived so far is committed, then the room is held. Throws while the store does not take it. */
  async #settle(documentId: DocumentId, room: Room): Promise<void> {
    room.hold();
    try {
      while (this.#ticking) await this.#tickDone();
      if (room.batch !== undefined) await this.#commit([room]);
      if (room.isBroken) await this.#restore(documentId, room);
      if (room.collect() !== undefined) await this.#commit([room]);
      if (room.isBroken) await this.#restore(documentId, room);
    } catch (error) {
      room.release();
      this.#planRetry();
      throw error;
    }
  }

  #tickWaiters: (() => void)[] = [];

  #tickDone(): Promise<void> {
    return new Promise((resolve) => this.#tickWaiters.push(resolve));
  }

  #wake(): void {
    if (this.#scheduled || this.#ticking || this.#cancelRetry !== undefined) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      void this.#tick();
    });
  }

  /** One turn: collect from every room, commit once, publish. While the store fails, only the retry timer ticks. */
  async #tick(): Promise<void> {
    if (this.#ticking) return;
    this.#ticking = true;
    try {
      for (const room of this.#rooms()) if (room.hasWork) room.collect();
      const waiting = [...this.#rooms()].filter((room) => room.batch !== undefined && !room.isHeld);
      if (waiting.length > 0) await this.#commit(waiting);
      for (const room of this.#rooms()) if (room.isBroken && !room.isHeld) await this.#restore(room.documentId, room);
    } catch {
      // `#commit` and `#restore` have reported it and kept what is unsaved; the retry is planned below.
      this.#planRetry();
    } finally {
      this.#ticking = false;
      for (const resolve of this.#tickWaiters.splice(0)) resolve();
    }
    if ([...this.#rooms()].some((room) => room.hasWork)) this.#wake();
    else this.#announceIdle();
  }

  #announceIdle(): void {
    if (this.#isIdle()) for (const resolve of this.#idle.splice(0)) resolve();
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
    this.#times.add(performance.now() - started);
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

  async #restore(documentId: DocumentId, room: Room): Promise<void> {
    try {
      room.restore(await this.#deps.journal.load(documentId));
      room.restored();
    } catch (error) {
      this.#deps.onTrouble('restore', error);
      throw error;
    }
  }

  #isIdle(): boolean {
    if (this.#ticking || this.#scheduled) return false;
    return [...this.#rooms()].every((room) => room.isAtRest && !room.isBroken);
  }

  #considerEviction(documentId: DocumentId, slot: OpenSlot): void {
    if (slot.room.connections.size > 0 || slot.leases > 0 || this.#closing) return;
    slot.cancelEviction?.();
    slot.cancelEviction = this.#deps.clock.after(evictionMs, () => {
      slot.cancelEviction = undefined;
      this.#evict(documentId, slot);
    });
  }

  #evict(documentId: DocumentId, slot: OpenSlot): void {
    if (this.#slots.get(documentId) !== slot || slot.room.connections.size > 0 || slot.leases > 0) return;
    if (!slot.room.isAtRest || slot.room.isBroken) {
      this.#considerEviction(documentId, slot);
      return;
    }
    const closed = this.#checkpoint(documentId, slot.room).then(
      () => {
        slot.room.close();
        this.#slots.delete(documentId);
      },
      (error: unknown) => {
        // Nothing is lost, the journal has it all; the room stays open and tries again.
        this.#deps.onTrouble('checkpoint', error);
        this.#slots.set(documentId, slot);
        this.#considerEviction(documentId, slot);
      },
    );
    this.#slots.set(documentId, { phase: 'closing', closed });
  }

  async #checkpoint(documentId: DocumentId, room: Room): Promise<void> {
    if (room.uncheckpointed < checkpointEvery) return;
    const { seq } = room;
    const at = instant(this.#deps.clock);
    await this.#deps.journal.writeCheckpoint({ documentId, seq, state: room.encodeState(), at });
    room.checkpointed(seq);
  }
}

/** A seeded block's id: the document's own random part and the section, so it is unique and needs no chance. */
function seedBlockId(documentId: DocumentId, key: string): string {
  return `s-${documentId.slice(-10)}-${key.replaceAll(/[^A-Za-z0-9_-]/g, '-')}`.slice(0, 40);
}

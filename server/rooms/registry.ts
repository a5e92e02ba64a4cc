/**
 * The only map of rooms. A slot is `loading | open | closing`, so at most one room has a name (RM1): who comes while the
 * last save is pending waits and sees what was saved. When and how rooms are saved is the saver's
 * business.
 */
import * as Y from 'yjs';
import { readContent } from '../../shared/document/content.ts';
import { blockIdAttribute, rootOf } from '../../shared/document/schema.ts';
import type { RoomId, UserId } from '../../shared/ids.ts';
import { type ChangedTopic, encodeChanged } from '../../shared/protocol/frames.ts';
import { type Clock, instant } from '../clock.ts';
import type { Journal } from '../storage/storage.ts';
import { Checkpoints } from './checkpoints.ts';
import type { CommitTimes } from './commit-times.ts';
import { Connection, type Socket, type Visitor } from './connection.ts';
import { openText } from './live-text.ts';
import { Room } from './room.ts';
import type { LoadRoomFacts, Rooms, TextAtRest } from './rooms.ts';
import { Saver } from './saver.ts';
import { type House, Seat } from './seat.ts';
import type { Tally } from './tally.ts';

export type RegistryDeps = {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly facts: LoadRoomFacts;
  /** Hears of every failed save; a failed save is never only logged. */
  readonly onTrouble: (what: string, error: unknown) => void;
  readonly tally?: Tally;
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
/** An ending server writes checkpoints for so long; rooms it does not come to are opened from the journal. */
const closingCheckpointsMs = 1_500;

export type RegistryStatus = {
  readonly rooms: number;
  readonly connections: number;
  /** Rooms with accepted updates that are not in the database. */
  readonly unsaved: number;
  /** What has arrived and is not durable yet. */
  readonly waiting: { readonly updates: number; readonly bytes: number };
  readonly failing: boolean;
  readonly commitMs: ReturnType<CommitTimes['summary']>;
};

export class Registry implements Rooms {
  readonly #deps: RegistryDeps;
  readonly #slots = new Map<RoomId, Slot>();
  readonly #saver: Saver;
  readonly #checkpoints: Checkpoints;
  readonly #house: House = {
    isClosing: () => this.#closing,
    left: (room) => {
      const slot = this.#slots.get(room.documentId);
      if (slot?.phase === 'open' && slot.room === room) this.#considerEviction(room.documentId, slot);
    },
  };
  #closing = false;

  constructor(deps: RegistryDeps) {
    this.#deps = deps;
    this.#checkpoints = new Checkpoints(deps);
    this.#saver = new Saver({ ...deps, rooms: () => this.#rooms() });
  }

  /** Seats a visitor. `no_such_room`, `no_access` and `restarting` are expected; a failed load throws (RM2). */
  async enter(
    documentId: RoomId,
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
    if (this.#closing) return 'restarting';
    const connection = new Connection(visitor, socket);
    slot.cancelEviction?.();
    slot.cancelEviction = undefined;
    slot.room.join(connection);
    return new Seat(this.#house, slot.room, connection);
  }

  async create(documentId: RoomId, bodyKeys: readonly string[]): Promise<void> {
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

  async read(documentId: RoomId, bodyKeys: readonly string[]): Promise<TextAtRest> {
    const slot = this.#slots.get(documentId);
    if (slot?.phase === 'open' && slot.room.isStored) return slot.room.text(bodyKeys);
    return this.#readStored(documentId, bodyKeys, (doc, seq) => ({ content: readContent(doc, bodyKeys), seq }));
  }

  async look<T>(documentId: RoomId, bodyKeys: readonly string[], see: (doc: Y.Doc) => T): Promise<T> {
    const slot = this.#slots.get(documentId);
    if (slot?.phase === 'open' && slot.room.isStored) return slot.room.look(see);
    return this.#readStored(documentId, bodyKeys, see);
  }

  /** Without a room: the text is opened from the store, read and let go. */
  async #readStored<T>(
    documentId: RoomId,
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
    documentId: RoomId,
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

  async writeAsServer<T>(documentId: RoomId, change: (doc: Y.Doc) => T): Promise<T> {
    return this.#alone(documentId, async (room) => {
      const facts = await this.#deps.facts(documentId);
      if (facts !== undefined) room.learn(facts, 'remark');
      const { value, batch } = room.editAsServer(change);
      if (batch === undefined) return value;
      await this.#saver.saveNow(room, batch);
      return value;
    });
  }

  async refresh(documentId: RoomId, reason: string): Promise<void> {
    if (!this.#slots.has(documentId)) return;
    await this.#alone(documentId, (room) => this.#relearn(documentId, room, reason));
  }

  /** When the facts cannot be read nobody may go on under the old ones: all are sent away to come back (1013). */
  async #relearn(documentId: RoomId, room: Room, reason: string): Promise<void> {
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
  #expel(documentId: RoomId, room: Room, code: 1013 | 4404, reason: string): void {
    for (const connection of room.connections) connection.close(code, reason);
    this.#slots.delete(documentId);
    room.close();
  }

  announce(documentId: RoomId, topic: ChangedTopic, id: string): void {
    const slot = this.#slots.get(documentId);
    if (slot?.phase !== 'open') return;
    const frame = encodeChanged({ topic, id });
    for (const connection of slot.room.connections) connection.send([frame]);
  }

  isCalm(documentId: RoomId): boolean {
    const slot = this.#slots.get(documentId);
    if (slot === undefined) return true;
    return slot.phase === 'open' && slot.room.isCalm;
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
    const waiting = rooms.map((room) => room.waiting);
    return {
      rooms: this.#slots.size,
      connections: rooms.reduce((count, room) => count + room.connections.size, 0),
      unsaved: rooms.filter((room) => room.batch !== undefined).length,
      waiting: {
        updates: waiting.reduce((total, { updates }) => total + updates, 0),
        bytes: waiting.reduce((total, { bytes }) => total + bytes, 0),
      },
      failing: this.#saver.failing,
      commitMs: this.#saver.commitMs,
    };
  }

  /** Resolves when nothing waits for a tick or a commit. */
  async idle(): Promise<void> {
    await this.#saver.idle();
  }

  /** Lets nobody in any more and takes no more frames; what has arrived goes on being saved and acknowledged. */
  stopTaking(): void {
    this.#closing = true;
  }

  /**
   * Takes nothing more, saves and acknowledges what has arrived, sends everybody away (1012) and checkpoints. Resolves to the
   * number of rooms that could not be saved within `graceMs`: anything but zero must end the process with a failure (RM4).
   * Checkpoints are written while `leftMs` says that there is time.
   */
  async close(graceMs = 10_000, leftMs: () => number = () => closingCheckpointsMs): Promise<number> {
    this.stopTaking();
    const timedOut = new Promise<void>((resolve) => this.#deps.clock.after(graceMs, resolve));
    await Promise.race([this.#saver.idle(), timedOut]);
    this.#saver.stop();
    for (const room of this.#rooms()) for (const connection of room.connections) connection.close(1012, 'restarting');
    const lastCheckpointAt = this.#deps.clock.now() + Math.min(closingCheckpointsMs, leftMs());
    let unsaved = 0;
    for (const [documentId, slot] of [...this.#slots]) {
      if (slot.phase !== 'open') continue;
      slot.cancelEviction?.();
      if (slot.room.waiting.updates > 0) unsaved += 1;
      else if (this.#deps.clock.now() < lastCheckpointAt) await this.#checkpoints.attempt(slot.room);
      slot.room.close();
      this.#slots.delete(documentId);
    }
    return unsaved;
  }

  *#rooms(): Iterable<Room> {
    for (const slot of this.#slots.values()) if (slot.phase === 'open') yield slot.room;
  }

  async #open(documentId: RoomId): Promise<OpenSlot | undefined> {
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
  async #load(documentId: RoomId): Promise<Room | undefined> {
    const load = async (): Promise<Room | undefined> => {
      const facts = await this.#deps.facts(documentId);
      if (facts === undefined) return undefined;
      const loaded = await this.#deps.journal.load(documentId);
      return new Room(documentId, facts, loaded, {
        clock: this.#deps.clock,
        wake: (room) => this.#saver.wake(room),
        mayCheckpoint: (room) => this.#checkpoints.ifDue(room),
        tally: this.#deps.tally,
      });
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
  async #alone<T>(documentId: RoomId, work: (room: Room) => Promise<T>): Promise<T> {
    for (;;) {
      const slot = await this.#open(documentId);
      if (slot === undefined) throw new Error(`no such document: ${documentId}`);
      const done = await this.#inTurn(documentId, slot, work);
      if (done !== undefined) return done.value;
    }
  }

  /** Waits for its turn in a room; undefined when the room has ended before that. */
  async #inTurn<T>(
    documentId: RoomId,
    slot: OpenSlot,
    work: (room: Room) => Promise<T>,
  ): Promise<{ readonly value: T } | undefined> {
    slot.leases += 1;
    slot.cancelEviction?.();
    slot.cancelEviction = undefined;
    const mine = slot.queue.then(async () => {
      if (this.#slots.get(documentId) !== slot) return undefined;
      await this.#saver.settle(slot.room);
      try {
        return { value: await work(slot.room) };
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
      this.#saver.announceIdle();
    }
  }

  #considerEviction(documentId: RoomId, slot: OpenSlot): void {
    if (slot.room.connections.size > 0 || slot.leases > 0 || this.#closing) return;
    if (this.#slots.get(documentId) !== slot) return;
    slot.cancelEviction?.();
    slot.cancelEviction = this.#deps.clock.after(evictionMs, () => {
      slot.cancelEviction = undefined;
      this.#evict(documentId, slot);
    });
  }

  #evict(documentId: RoomId, slot: OpenSlot): void {
    if (this.#slots.get(documentId) !== slot || slot.room.connections.size > 0 || slot.leases > 0) return;
    if (!slot.room.isAtRest || slot.room.isBroken) {
      this.#considerEviction(documentId, slot);
      return;
    }
    const closed = this.#checkpoints.write(slot.room).then(
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
}

/** A seeded block's id: the document's own random part and the section, so it is unique and needs no chance. */
function seedBlockId(documentId: RoomId, key: string): string {
  return `s-${documentId.slice(-10)}-${key.replaceAll(/[^A-Za-z0-9_-]/g, '-')}`.slice(0, 40);
}

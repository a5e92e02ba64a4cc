/** A page's room against the server's real rooms: sockets handed over by hand, a machine that remembers across reloads. */

import * as Y from 'yjs';
import type { Socket } from '../../../client/room/connection.ts';
import type { LocalCopy, OpenLocalCopy } from '../../../client/room/local-copy.ts';
import { Room } from '../../../client/room/room.ts';
import type { Timers } from '../../../client/room/timers.ts';
import type { KeyValueStore } from '../../../client/room/unsaved.ts';
import { handedOver } from '../../../server/rooms/connection.ts';
import type { Seat } from '../../../server/rooms/seat.ts';
import { readContent } from '../../../shared/document/content.ts';
import { textHash } from '../../../shared/document/text-hash.ts';
import type { UserId } from '../../../shared/ids.ts';
import { encodeAtRest } from '../../../shared/protocol/frames.ts';
import { bodyKeys, type RoomWorld, textOf } from '../../support/room-world.ts';
import { Editing } from '../editor/editing.ts';

/** Local storage and the kept texts of one machine. */
export class Machine {
  readonly #values = new Map<string, string>();
  readonly texts = new Map<string, Uint8Array[]>();
  full = false;

  readonly store: KeyValueStore = {
    getItem: (key) => this.#values.get(key) ?? null,
    setItem: (key, value) => {
      if (this.full && !key.startsWith('duizhao.unsaved:')) throw new Error('QuotaExceededError');
      this.#values.set(key, value);
    },
    removeItem: (key) => void this.#values.delete(key),
    key: (index) => [...this.#values.keys()][index] ?? null,
    length: 0,
  };

  constructor() {
    Object.defineProperty(this.store, 'length', { get: () => this.#values.size });
  }

  readonly open: OpenLocalCopy = (userId, documentId, doc): LocalCopy => {
    const name = `${userId}:${documentId}`;
    const kept = this.texts.get(name) ?? [];
    this.texts.set(name, kept);
    const keep = (update: Uint8Array, origin: unknown) => {
      if (origin !== this) kept.push(update);
    };
    let keeps = true;
    const stop = () => {
      keeps = false;
      doc.off('update', keep);
    };
    const loaded = Promise.resolve().then(() => {
      // As the real copy does: what the text holds already is kept, then all is applied in one go, under its own origin.
      if (doc.store.clients.size > 0) kept.push(Y.encodeStateAsUpdate(doc));
      if (kept.length > 0) Y.applyUpdate(doc, Y.mergeUpdates(kept), this);
      doc.on('update', keep);
      return kept.length > 0;
    });
    return {
      loaded,
      get keeps() {
        return keeps;
      },
      close: async () => stop(),
      clear: async () => {
        stop();
        // What another window has open is emptied, not put aside.
        kept.length = 0;
      },
    };
  };
}

/** The way between a page and the server, which can be cut. */
export class Wire {
  readonly #world: RoomWorld;
  readonly #userId: UserId;
  cut = false;
  /** Nothing gets through in either direction, and nobody is told. */
  mute = false;
  /** Frames of the server that are lost on the way. */
  loses: (frame: Uint8Array) => boolean = () => false;
  /** Bytes that the network has not taken yet. */
  bufferedAmount = 0;
  /** The server answers every attempt with this close code. */
  refusesWith: number | undefined;
  sent: Uint8Array[] = [];
  opened = 0;
  #close: ((code: number) => void) | undefined;
  #hear: ((frame: Uint8Array) => void) | undefined;
  #deafen: (() => void) | undefined;

  constructor(world: RoomWorld, userId: UserId) {
    this.#world = world;
    this.#userId = userId;
  }

  readonly open = (): Socket => {
    const wire = this;
    this.opened += 1;
    let seat: Seat | undefined;
    let gone = false;
    let deaf = false;
    this.#deafen = () => {
      deaf = true;
    };
    const close = (code: number) => {
      if (gone) return;
      gone = true;
      seat?.leave();
      queueMicrotask(() => socket.onclose?.({ code }));
    };
    const socket: Socket = {
      binaryType: '',
      onopen: null,
      onmessage: null,
      onclose: null,
      onerror: null,
      send: (bytes) => {
        this.sent.push(bytes);
        if (!gone && !deaf && !this.mute) seat?.receive(bytes.slice());
      },
      close: () => {
        gone = true;
        seat?.leave();
      },
    };
    this.#close = close;
    queueMicrotask(async () => {
      if (this.cut) return close(1006);
      if (this.refusesWith !== undefined) return close(this.refusesWith);
      const early: Uint8Array[] = [];
      let ready = false;
      const hear = (frame: Uint8Array) => {
        if (!gone && !deaf && !this.mute && !this.loses(frame)) socket.onmessage?.({ data: frame.slice().buffer });
      };
      this.#hear = hear;
      const entered = await this.#world.registry.enter(
        this.#world.documentId,
        { userId: this.#userId, name: '', session: 's' },
        {
          send: (...turn) => (ready ? handedOver(...turn).forEach(hear) : early.push(...handedOver(...turn))),
          close: (code) => close(code),
          get bufferedAmount() {
            return wire.bufferedAmount;
          },
        },
      );
      if (typeof entered === 'string') {
        return close(entered === 'no_access' ? 4403 : entered === 'no_such_room' ? 4404 : 1012);
      }
      seat = entered;
      if (gone) return seat.leave();
      // An open socket speaks first, then hears.
      (socket.onopen as (() => void) | null)?.();
      ready = true;
      early.forEach(hear);
    });
    return socket;
  };

  /** The present socket dies without a word; the next one works. */
  silence(): void {
    this.#deafen?.();
  }

  /** A frame reaches the page that the server never sent. */
  forge(frame: Uint8Array): void {
    this.#hear?.(frame);
  }

  /** The line breaks with this code; `cut` says whether it stays broken. */
  break(code = 1006): void {
    this.#close?.(code);
  }
}

export class Page {
  readonly world: RoomWorld;
  readonly machine: Machine;
  readonly wire: Wire;
  readonly room: Room;
  readonly announced: string[] = [];
  signedOut = 0;
  #editing: Editing | undefined;
  #asleep = false;
  #due: (() => void)[] = [];

  constructor(world: RoomWorld, userId: UserId, machine = new Machine(), level: 'read' | 'write' = 'write') {
    this.world = world;
    this.machine = machine;
    this.wire = new Wire(world, userId);
    const timers: Timers = {
      now: () => world.clock.now(),
      after: (ms, work) => world.clock.after(ms, () => (this.#asleep ? void this.#due.push(work) : work())),
      random: () => 0.5,
    };
    this.room = new Room(
      { url: 'ws://server/sync', documentId: world.documentId, userId, keys: bodyKeys, level },
      { openSocket: this.wire.open, openCopy: machine.open, store: machine.store, timers },
      {
        announced: ({ topic }) => this.announced.push(topic),
        access: () => undefined,
        signedOut: () => {
          this.signedOut += 1;
        },
      },
    );
  }

  async open(): Promise<this> {
    await this.room.open();
    await this.world.settle();
    return this;
  }

  /** Types at the end of a section, as its editor would. */
  type(text: string, key = 'opening'): void {
    const { doc } = this.room.view;
    if (this.#editing === undefined || this.#editing.doc !== doc) {
      this.#editing?.binding.detach();
      this.#editing = new Editing(doc, key);
    }
    const block = this.#editing.state.doc.childCount - 1;
    this.#editing.caret(block, this.#editing.state.doc.child(block).content.size).type(text);
  }

  /** Types many letters in one update. */
  paste(text: string): void {
    this.type('');
    this.#editing?.dispatch(this.#editing.state.tr.insertText(text, 1));
  }

  erase(): void {
    this.type('');
    if (this.#editing !== undefined) this.#editing.erase(1, this.#editing.state.doc.child(0).content.size + 1);
  }

  /** The machine sleeps: time goes on, and nothing runs in the page. */
  sleep(): void {
    this.#asleep = true;
  }

  /** What was due meanwhile runs now. */
  awake(): void {
    this.#asleep = false;
    for (const work of this.#due.splice(0)) work();
  }

  /** The server says what it holds while nobody writes; lets that arrive. */
  async rest(): Promise<void> {
    this.wire.forge(await atRest(this.world));
    await this.settle();
  }

  get save() {
    return this.room.view.save;
  }

  get text(): string {
    return textOf(readContent(this.room.view.doc, bodyKeys));
  }

  /** Lets everything under way arrive, time standing still. */
  async settle(): Promise<void> {
    await this.world.settle();
  }

  async wait(ms: number): Promise<void> {
    this.world.clock.advance(ms);
    await this.world.settle();
  }
}

/** What the server says of a text at rest, from what is in its database. */
export async function atRest(world: RoomWorld): Promise<Uint8Array> {
  const loaded = await world.journal.load(world.documentId);
  if (loaded === undefined) throw new Error('the document is gone');
  const doc = new Y.Doc();
  if (loaded.checkpoint !== undefined) Y.applyUpdate(doc, loaded.checkpoint.state);
  for (const { update } of loaded.entries) Y.applyUpdate(doc, update);
  return encodeAtRest({ seq: loaded.seq, stateVector: Y.encodeStateVector(doc), textHash: textHash(doc) });
}

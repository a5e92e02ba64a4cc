/**
 * A small world of real parts: a registry over a real journal, people with real documents, sockets whose frames are handed
 * over by hand. Nothing moves until `settle` is called, so every order of events can be told.
 */
import * as decoding from 'lib0/decoding';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { createIds } from '../../server/ids.ts';
import { handedOver } from '../../server/rooms/connection.ts';
import { Registry } from '../../server/rooms/registry.ts';
import type { RoomFacts } from '../../server/rooms/rooms.ts';
import type { Seat } from '../../server/rooms/seat.ts';
import { openSqliteStorage } from '../../server/storage/sqlite/storage.ts';
import type { Journal } from '../../server/storage/storage.ts';
import { readContent } from '../../shared/document/content.ts';
import { rootOf } from '../../shared/document/schema.ts';
import type { DocumentId, UserId } from '../../shared/ids.ts';
import {
  type AccessFrame,
  type AtRestFrame,
  type ChangedFrame,
  encodeAwareness,
  encodeSync,
  messageTypes,
  type RefusedFrame,
  type RoomAccess,
  readAccess,
  readAtRest,
  readChanged,
  readRefused,
  readSaved,
  type SavedFrame,
  syncSteps,
} from '../../shared/protocol/frames.ts';
import { FakeClock } from './fake-clock.ts';

/** A journal that can be told to fail, or to wait, around a real one. */
export class TestJournal implements Journal {
  readonly #inner: Journal;
  failing = false;
  failingLoads = false;
  commits = 0;
  /** Runs when a checkpoint is written: a slow one moves the clock. */
  onCheckpoint: () => void = () => undefined;
  #gate: Promise<void> = Promise.resolve();

  constructor(inner: Journal) {
    this.#inner = inner;
  }

  /** Commits wait until the returned function is called. */
  pause(): () => void {
    let open: () => void = () => undefined;
    this.#gate = new Promise((resolve) => {
      open = resolve;
    });
    return open;
  }

  async load(documentId: DocumentId) {
    if (this.failingLoads) throw new Error('the disk does not answer');
    return this.#inner.load(documentId);
  }

  async commit(entries: Parameters<Journal['commit']>[0]) {
    await this.#gate;
    if (this.failing) throw new Error('the disk is full');
    this.commits += 1;
    return this.#inner.commit(entries);
  }

  async writeCheckpoint(checkpoint: Parameters<Journal['writeCheckpoint']>[0]) {
    if (this.failing) throw new Error('the disk is full');
    this.onCheckpoint();
    return this.#inner.writeCheckpoint(checkpoint);
  }

  async entries(documentId: DocumentId, after: number, limit: number) {
    return this.#inner.entries(documentId, after, limit);
  }
}

export const bodyKeys = ['opening', 'problems.a1', 'measures'];

export class RoomWorld {
  readonly clock = new FakeClock();
  readonly newId = createIds(this.clock);
  readonly documentId: DocumentId = this.newId('doc');
  readonly journal: TestJournal;
  registry: Registry;
  readonly troubles: string[] = [];
  readonly levels = new Map<UserId, RoomAccess>();
  readonly remarkIds = new Set<string>();
  readonly close: () => Promise<void>;
  epoch = 1;
  gone = false;
  failingFacts = false;

  private constructor(journal: Journal, close: () => Promise<void>) {
    this.journal = new TestJournal(journal);
    this.close = close;
    this.registry = this.newRegistry();
  }

  /** With the document the server makes, or with a first update made elsewhere under `client`. */
  static async open(first?: { readonly client: number; readonly update: Uint8Array }): Promise<RoomWorld> {
    const clock = new FakeClock();
    const storage = await openSqliteStorage({ path: ':memory:', clock });
    const world = new RoomWorld(storage.journal, () => storage.close());
    const { documentId } = world;
    if (first === undefined) await world.registry.create(documentId, bodyKeys);
    else {
      const { client, update } = first;
      const at = new Date(clock.now()).toISOString();
      const seed = { documentId, update, writer: 'server', session: '', cause: 'seed', at, claims: [client] } as const;
      await storage.journal.commit([seed]);
    }
    return world;
  }

  /** Another registry over the same journal: the server after a restart. */
  newRegistry(): Registry {
    return new Registry({
      journal: this.journal,
      clock: this.clock,
      facts: async () => this.#facts(),
      onTrouble: (what) => this.troubles.push(what),
    });
  }

  /** The process dies without a word and starts again: only the journal is left. */
  restart(people: readonly Person[]): void {
    for (const person of people) person.seat = undefined;
    this.registry = this.newRegistry();
  }

  #facts(): RoomFacts | undefined {
    if (this.failingFacts) throw new Error('the facts cannot be read');
    if (this.gone) return undefined;
    const levels = new Map(this.levels);
    return {
      epoch: this.epoch,
      bodyKeys,
      remarkIds: new Set(this.remarkIds),
      accessOf: (userId) => levels.get(userId) ?? 'none',
    };
  }

  person(name: string, level: RoomAccess = 'write'): Person {
    const userId = this.newId('user');
    this.levels.set(userId, level);
    return new Person(this, userId, name);
  }

  /** Somebody who comes to the meeting later: the room learns of him before he joins. */
  async newcomer(name: string, level: RoomAccess = 'write'): Promise<Person> {
    const person = this.person(name, level);
    await this.registry.refresh(this.documentId, '');
    return person;
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < 3; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      await this.registry.idle();
    }
  }

  /** Like `settle` while the store fails: only lets what is under way run. */
  async turn(): Promise<void> {
    for (let turn = 0; turn < 6; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  }

  async stored(): Promise<string> {
    return textOf((await this.registry.read(this.documentId, bodyKeys)).content);
  }
}

export function textOf(content: ReturnType<typeof readContent>): string {
  return content
    .map((section) => section.blocks.map((block) => block.runs.map((run) => run.text).join('')).join('\n'))
    .join('|');
}

/** A person at a page: a document, a socket, and what the server said. */
export class Person {
  readonly world: RoomWorld;
  readonly userId: UserId;
  readonly name: string;
  doc = new Y.Doc();
  awareness = new Awareness(this.doc);
  seat: Seat | undefined;
  entered: string | undefined;
  closedWith: number | undefined;
  bufferedAmount = 0;
  saved: SavedFrame[] = [];
  access: AccessFrame[] = [];
  refused: RefusedFrame[] = [];
  changed: ChangedFrame[] = [];
  atRest: AtRestFrame[] = [];
  /** Frame types in the order they came. */
  heard: number[] = [];
  writes = 0;
  #sending = true;

  constructor(world: RoomWorld, userId: UserId, name: string) {
    this.world = world;
    this.userId = userId;
    this.name = name;
    this.#listen();
  }

  #listen(): void {
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server' && this.#sending) this.send(encodeSync('update', update));
    });
  }

  /** Another page of the same person, with an empty document. */
  anotherPage(): Person {
    return new Person(this.world, this.userId, this.name);
  }

  async join(registry: Registry = this.world.registry): Promise<this> {
    this.#outbox = [];
    const unsent = () => this.bufferedAmount;
    const entered = await registry.enter(
      this.world.documentId,
      { userId: this.userId, name: this.name, session: 'session' },
      {
        send: (...turn) => {
          this.writes += 1;
          for (const frame of handedOver(...turn)) this.#hear(frame);
        },
        close: (code) => {
          this.closedWith = code;
          queueMicrotask(() => this.seat?.leave());
        },
        get bufferedAmount() {
          return unsent();
        },
      },
    );
    if (typeof entered === 'string') {
      this.entered = entered;
      this.#outbox = undefined;
      return this;
    }
    this.seat = entered;
    this.closedWith = undefined;
    if (this.#speaksFirst) this.askForText();
    for (const frame of this.#outbox) this.send(frame);
    this.#outbox = undefined;
    return this;
  }

  leave(): void {
    this.seat?.leave();
    this.seat = undefined;
  }

  /** What is said while the door is still opening goes out right behind it. */
  #outbox: Uint8Array[] | undefined;

  send(frame: Uint8Array): void {
    if (this.seat === undefined) this.#outbox?.push(frame);
    else this.seat.receive(frame);
  }

  /** Types without a line to the server. */
  offline(work: () => void): void {
    this.#sending = false;
    work();
    this.#sending = true;
  }

  #answersStep1 = true;

  /** Leaves the server's step 1 unanswered. */
  stayMute(): this {
    this.#answersStep1 = false;
    return this;
  }

  #speaksFirst = true;

  /** Waits for the server's step 1 before it asks for anything. */
  staySilent(): this {
    this.#speaksFirst = false;
    return this;
  }

  /** Sends a step 1. */
  askForText(): void {
    this.send(encodeSync('step1', Y.encodeStateVector(this.doc)));
  }

  /** Whether the server's step 1 has come. */
  greeted = false;

  /** Answers the server's step 1 now. */
  answer(): void {
    this.send(encodeSync('step2', Y.encodeStateAsUpdate(this.doc, this.#serverVector)));
  }

  #serverVector: Uint8Array = new Uint8Array([0]);

  #hear(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    this.heard.push(type);
    if (type === messageTypes.sync) this.#hearSync(decoder);
    else if (type === messageTypes.awareness) {
      applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), 'server');
    } else if (type === messageTypes.atRest) this.atRest.push(readAtRest(decoder));
    else if (type === messageTypes.saved) this.saved.push(readSaved(decoder));
    else if (type === messageTypes.access) this.access.push(readAccess(decoder));
    else if (type === messageTypes.refused) this.refused.push(readRefused(decoder));
    else if (type === messageTypes.changed) this.changed.push(readChanged(decoder));
  }

  #hearSync(decoder: decoding.Decoder): void {
    const step = decoding.readVarUint(decoder);
    const bytes = decoding.readVarUint8Array(decoder);
    if (step === syncSteps.step1) {
      this.#serverVector = bytes;
      this.greeted = true;
      if (this.#answersStep1) this.answer();
    } else Y.applyUpdate(this.doc, bytes, 'server');
  }

  block(key: string, index = 0): Y.XmlElement {
    const block = this.doc.getXmlFragment(rootOf(key)).get(index);
    if (!(block instanceof Y.XmlElement)) throw new Error(`no block ${index} in ${key}`);
    return block;
  }

  /** Types at the end of a block. */
  type(text: string, key = 'opening', index = 0): void {
    this.doc.transact(() => {
      const block = this.block(key, index);
      let inside = block.get(0);
      if (!(inside instanceof Y.XmlText)) {
        inside = new Y.XmlText();
        block.insert(0, [inside]);
      }
      if (inside instanceof Y.XmlText) inside.insert(inside.length, text);
    });
  }

  text(key = 'opening', index = 0): Y.XmlText {
    const inside = this.block(key, index).get(0);
    if (!(inside instanceof Y.XmlText)) throw new Error('the block is empty');
    return inside;
  }

  say(state: Record<string, unknown>): void {
    this.awareness.setLocalState(state);
    this.send(encodeAwareness(encodeAwarenessUpdate(this.awareness, [this.doc.clientID])));
  }

  seen(): string {
    return textOf(readContent(this.doc, bodyKeys));
  }

  lastSaved(): SavedFrame | undefined {
    return this.saved.at(-1);
  }

  /** Back to the server's text, as a page does after a refusal. */
  startAfresh(): void {
    this.leave();
    this.destroy();
    this.doc = new Y.Doc();
    this.awareness = new Awareness(this.doc);
    this.refused = [];
    this.#listen();
  }

  destroy(): void {
    this.awareness.destroy();
    this.doc.destroy();
  }
}

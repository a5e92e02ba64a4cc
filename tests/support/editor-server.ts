/**
 * The server of an editing story: real rooms over a real journal, one process after the other. Whatever anybody was shown or
 * told is written down, to be looked for in the store.
 */
import * as Y from 'yjs';
import { createIds } from '../../server/ids.ts';
import { openText } from '../../server/rooms/live-text.ts';
import { Registry } from '../../server/rooms/registry.ts';
import type { TextAtRest } from '../../server/rooms/rooms.ts';
import { openSqliteStorage } from '../../server/storage/sqlite/storage.ts';
import type { Journal, LoadedDocument, Storage } from '../../server/storage/storage.ts';
import type { DocumentId, UserId } from '../../shared/ids.ts';
import type { RoomAccess } from '../../shared/protocol/frames.ts';
import { FakeClock } from './fake-clock.ts';
import { TestJournal } from './room-world.ts';

/** A process's way to the store: after its death nothing of it gets through, and it never hears of it. */
class Process implements Journal {
  readonly #inner: Journal;
  dead = false;

  constructor(inner: Journal) {
    this.#inner = inner;
  }

  async #living<T>(work: () => Promise<T>): Promise<T> {
    if (this.dead) return new Promise<T>(() => undefined);
    const done = await work();
    return this.dead ? new Promise<T>(() => undefined) : done;
  }

  load(documentId: DocumentId) {
    return this.#living(() => this.#inner.load(documentId));
  }

  commit(entries: Parameters<Journal['commit']>[0]) {
    return this.#living(() => this.#inner.commit(entries));
  }

  writeCheckpoint(checkpoint: Parameters<Journal['writeCheckpoint']>[0]) {
    return this.#living(() => this.#inner.writeCheckpoint(checkpoint));
  }

  entries(documentId: DocumentId, after: number, limit: number) {
    return this.#living(() => this.#inner.entries(documentId, after, limit));
  }
}

export class EditorServer {
  readonly clock: FakeClock;
  readonly newId: ReturnType<typeof createIds>;
  readonly documentId: DocumentId;
  readonly keys: readonly string[];
  readonly levels = new Map<UserId, RoomAccess>();
  readonly remarkIds = new Set<string>();
  readonly troubles: string[] = [];
  readonly #storage: Storage;
  #process: Process;
  journal: TestJournal;
  registry: Registry;
  epoch = 1;
  /** How many processes have been started. */
  starts = 0;
  #witnessed: Uint8Array[] = [];

  private constructor(storage: Storage, clock: FakeClock, keys: readonly string[]) {
    this.#storage = storage;
    this.clock = clock;
    this.newId = createIds(clock);
    this.documentId = this.newId('doc');
    this.keys = keys;
    this.#process = new Process(storage.journal);
    this.journal = new TestJournal(this.#process);
    this.registry = this.#start();
  }

  static async open(keys: readonly string[]): Promise<EditorServer> {
    const clock = new FakeClock();
    const storage = await openSqliteStorage({ path: ':memory:', clock });
    const server = new EditorServer(storage, clock, keys);
    await server.registry.create(server.documentId, keys);
    return server;
  }

  #start(): Registry {
    this.starts += 1;
    return new Registry({
      journal: this.journal,
      clock: this.clock,
      facts: async () => {
        const levels = new Map(this.levels);
        return {
          epoch: this.epoch,
          bodyKeys: this.keys,
          remarkIds: new Set(this.remarkIds),
          accessOf: (userId) => levels.get(userId) ?? 'none',
        };
      },
      onTrouble: (what) => this.troubles.push(what),
    });
  }

  #restart(): void {
    this.#process.dead = true;
    this.#process = new Process(this.#storage.journal);
    this.journal = new TestJournal(this.#process);
    this.registry = this.#start();
  }

  /** Dies without a word; what its store is writing gets there or not, as `landing` says. */
  async crash(landing: boolean): Promise<void> {
    if (landing) await turns(2);
    this.#restart();
    await this.proveWitnessed();
  }

  /** Stops as it is asked to and starts again; the number of rooms it could not save. */
  async stop(graceMs: number): Promise<number> {
    const closing = this.registry.close(graceMs);
    await turns(4);
    this.clock.advance(graceMs);
    const unsaved = await closing;
    this.#restart();
    await this.proveWitnessed();
    return unsaved;
  }

  /** What a process begins and has not finished at its death never goes on. */
  async unlessDead(start: number): Promise<void> {
    if (this.starts !== start) await new Promise<never>(() => undefined);
  }

  /** Somebody was shown these changes, or told that they are stored. */
  witness(update: Uint8Array): void {
    this.#witnessed.push(update);
  }

  /** All that anybody was shown or told is in the store. */
  async proveWitnessed(): Promise<void> {
    if (this.#witnessed.length === 0) return;
    const doc = openText(await this.#storage.journal.load(this.documentId), this.keys);
    let missing = 0;
    doc.on('update', () => {
      missing += 1;
    });
    for (const update of this.#witnessed.splice(0)) {
      Y.applyUpdate(doc, update);
      if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) missing += 1;
      if (missing > 0) throw new Error('somebody was shown or told what is not in the store');
    }
    doc.destroy();
  }

  /** The text as the journal alone tells it, from the first entry, and the shortcut over the checkpoint. */
  async replay(): Promise<{ readonly whole: Y.Doc; readonly short: Y.Doc }> {
    const entries = await this.#storage.journal.entries(this.documentId, 0, Number.MAX_SAFE_INTEGER);
    const seq = entries.at(-1)?.seq ?? 0;
    const all: LoadedDocument = { checkpoint: undefined, entries, seq, writers: new Map() };
    const loaded = await this.#storage.journal.load(this.documentId);
    return { whole: openText(all, this.keys), short: openText(loaded, this.keys) };
  }

  read(): Promise<TextAtRest> {
    return this.registry.read(this.documentId, this.keys);
  }

  close(): Promise<void> {
    this.#process.dead = true;
    return this.#storage.close();
  }
}

/** Lets what is under way run, time standing still. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

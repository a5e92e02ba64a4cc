/** The journal in memory: arrays per document, appended only after the whole commit has been judged. */
import type { RoomId } from '../../../shared/ids.ts';
import {
  type Checkpoint,
  Conflict,
  type Entry,
  type Journal,
  type LoadedDocument,
  type NewEntry,
  type Writer,
} from '../storage.ts';
import type { MemoryDatabase, StoredJournal } from './database.ts';

export class MemoryJournal implements Journal {
  readonly #database: MemoryDatabase;
  readonly #ready: () => void;

  constructor(database: MemoryDatabase, ready: () => void) {
    this.#database = database;
    this.#ready = ready;
  }

  load(id: RoomId): Promise<LoadedDocument> {
    return this.#exclusive(() => {
      const { entries, writers, checkpoint } = this.#of(id);
      return {
        checkpoint: checkpoint === undefined ? undefined : structuredClone(checkpoint),
        entries: structuredClone(entries.slice(checkpoint?.seq ?? 0).map(({ seq, update }) => ({ seq, update }))),
        seq: entries.length,
        writers: new Map(writers),
      };
    });
  }

  commit(entries: readonly NewEntry[]): Promise<number[]> {
    return this.#exclusive(() => {
      this.#checkClaims(entries);
      return entries.map(({ claims, ...entry }) => {
        const journal = this.#of(entry.documentId);
        const seq = journal.entries.length + 1;
        journal.entries.push(structuredClone({ ...entry, seq }));
        for (const clientId of claims) journal.writers.set(clientId, entry.writer);
        return seq;
      });
    });
  }

  writeCheckpoint(checkpoint: Checkpoint): Promise<void> {
    return this.#exclusive(() => {
      const journal = this.#of(checkpoint.documentId);
      const head = journal.entries.length;
      if (checkpoint.seq > head)
        throw new Error(`a checkpoint at ${checkpoint.seq} is ahead of its journal at ${head}`);
      if (checkpoint.seq >= (journal.checkpoint?.seq ?? 0)) journal.checkpoint = structuredClone(checkpoint);
    });
  }

  entries(id: RoomId, after: number, limit: number): Promise<Entry[]> {
    return this.#exclusive(() => structuredClone(this.#of(id).entries.slice(after, after + limit)));
  }

  #exclusive<T>(work: () => T): Promise<T> {
    return this.#database.exclusive(() => {
      this.#ready();
      return work();
    });
  }

  #of(id: RoomId): StoredJournal {
    const found = this.#database.journals.get(id);
    if (found !== undefined) return found;
    const born: StoredJournal = { entries: [], writers: new Map(), checkpoint: undefined };
    this.#database.journals.set(id, born);
    return born;
  }

  #checkClaims(entries: readonly NewEntry[]): void {
    const claimed = new Map<string, Writer>();
    for (const { documentId, writer, claims } of entries) {
      for (const clientId of claims) {
        const key = `${documentId} ${clientId}`;
        const owner = claimed.get(key) ?? this.#of(documentId).writers.get(clientId) ?? writer;
        if (owner !== writer) throw new Conflict(`client ${clientId} of ${documentId} belongs to another writer`);
        claimed.set(key, writer);
      }
    }
  }
}

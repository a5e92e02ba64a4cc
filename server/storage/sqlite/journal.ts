/**
 * The journal in SQLite. Its hot path, `commit`, takes the one connection through the same lock as everybody and then runs
 * prepared statements in one transaction without giving the event loop away in between. Entries are written in packs, to the
 * tail first; who reads sees both parts as one.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type RoomId, roomId, userId } from '../../../shared/ids.ts';
import {
  type Checkpoint,
  Conflict,
  type Entry,
  type Journal,
  type LoadedDocument,
  type NewEntry,
  type Writer,
} from '../storage.ts';
import { asEntry, decodePack, type Packed } from './pack.ts';
import { Tail } from './tail.ts';

const writerSchema = z.union([z.literal('server'), userId]);
const checkpointRow = z.object({ documentId: roomId, seq: z.int(), state: z.instanceof(Uint8Array), at: z.string() });
const claimRow = z.object({ clientId: z.int(), writer: writerSchema });

/** Runs synchronous work while holding the connection. */
export type WithConnection = <T>(work: () => T) => Promise<T>;

export class SqliteJournal implements Journal {
  readonly #database: DatabaseSync;
  readonly #withConnection: WithConnection;
  readonly #statements: Statements;
  readonly #tail: Tail;

  /** The tail of the database must be settled. */
  constructor(database: DatabaseSync, withConnection: WithConnection) {
    this.#database = database;
    this.#withConnection = withConnection;
    this.#statements = prepare(database);
    this.#tail = new Tail(database);
  }

  load(id: RoomId): Promise<LoadedDocument> {
    return this.#transaction('begin', () => {
      const found = this.#statements.checkpoint.get(id);
      const checkpoint = found === undefined ? undefined : checkpointRow.parse(found);
      const after = checkpoint?.seq ?? 0;
      const entries = inOrder(id, after, [...this.#kept(id, after), ...this.#tail.entriesAfter(id, after)]);
      const claims = this.#statements.claims.all(id).map((row) => claimRow.parse(row));
      return {
        checkpoint,
        entries,
        seq: entries.at(-1)?.seq ?? after,
        writers: new Map(claims.map((claim) => [claim.clientId, claim.writer])),
      };
    });
  }

  commit(entries: readonly NewEntry[]): Promise<number[]> {
    return this.#withConnection(() => {
      const { seqs, committed } = this.#inTransaction('begin immediate', () => {
        for (const { documentId, claims, writer } of entries) {
          for (const clientId of claims) this.#claim(documentId, clientId, writer);
        }
        return this.#tail.write(entries);
      });
      committed();
      return seqs;
    });
  }

  /** What waits of the document is moved along: it will be read as little as what lies behind a checkpoint. */
  writeCheckpoint({ documentId: id, seq, state, at }: Checkpoint): Promise<void> {
    return this.#withConnection(() => {
      const { committed } = this.#inTransaction('begin immediate', () => {
        const head = this.#tail.head(id);
        if (seq > head) throw new Error(`a checkpoint at ${seq} is ahead of its journal at ${head}`);
        this.#statements.writeCheckpoint.run(id, seq, state, at);
        return this.#tail.moveAll(id);
      });
      committed();
    });
  }

  entries(id: RoomId, after: number, limit: number): Promise<Entry[]> {
    return this.#transaction('begin', () => {
      const found: Entry[] = [];
      for (const kept of this.#kept(id, after)) {
        if (found.length >= limit) return found;
        found.push(asEntry(kept));
      }
      const waiting = this.#tail.entriesAfter(id, after).slice(0, Math.max(0, limit - found.length));
      return [...found, ...waiting.map(asEntry)];
    });
  }

  /** What the table `journal` has of a document behind a position, row by row. */
  *#kept(id: RoomId, after: number): Iterable<Packed> {
    for (const row of this.#statements.entries.iterate(id, after)) {
      for (const entry of decodePack(row['entries'] as Uint8Array)) if (entry.seq > after) yield entry;
    }
  }

  #claim(id: RoomId, clientId: number, writer: Writer): void {
    this.#statements.claim.run(id, clientId, writer);
    const owner = claimRow.parse(this.#statements.owner.get(id, clientId)).writer;
    if (owner !== writer) throw new Conflict(`client ${clientId} of ${id} belongs to another writer`);
  }

  #transaction<T>(begin: Begin, work: () => T): Promise<T> {
    return this.#withConnection(() => this.#inTransaction(begin, work));
  }

  #inTransaction<T>(begin: Begin, work: () => T): T {
    this.#statements[begin].run();
    try {
      const value = work();
      this.#statements.commit.run();
      return value;
    } catch (error) {
      // A full disk ends the transaction by itself.
      if (this.#database.isTransaction) this.#database.exec('rollback');
      throw error;
    }
  }
}

type Begin = 'begin' | 'begin immediate';

/**
 * Checks that positions follow each other (ST9): a text with a hole would be a wrong text. By hand, because a long tail
 * parsed by a schema takes longer than reading it. The bytes are handed out as they lie in their row, which is nobody else's.
 */
function inOrder(id: RoomId, after: number, entries: readonly Packed[]): LoadedDocument['entries'] {
  return entries.map(({ seq, update }, index) => {
    if (seq !== after + index + 1) {
      throw new Error(`the journal of ${id} is damaged: entry ${after + index + 1} is missing`);
    }
    return { seq, update };
  });
}

type Statements = ReturnType<typeof prepare>;

function prepare(database: DatabaseSync) {
  return {
    begin: database.prepare('begin'),
    'begin immediate': database.prepare('begin immediate'),
    commit: database.prepare('commit'),
    entries: database.prepare('select entries from journal where documentId = ? and last > ? order by last'),
    checkpoint: database.prepare('select * from checkpoint where documentId = ?'),
    claims: database.prepare('select clientId, writer from writer where documentId = ?'),
    claim: database.prepare(
      'insert into writer (documentId, clientId, writer) values (?, ?, ?) on conflict do nothing',
    ),
    owner: database.prepare('select clientId, writer from writer where documentId = ? and clientId = ?'),
    writeCheckpoint: database.prepare(
      `insert into checkpoint (documentId, seq, state, at) values (?, ?, ?, ?)
       on conflict do update set seq = excluded.seq, state = excluded.state, at = excluded.at
       where excluded.seq >= checkpoint.seq`,
    ),
  };
}

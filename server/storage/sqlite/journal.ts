/**
 * The journal in SQLite. Its hot path, `commit`, takes the one connection through the same lock as everybody and then runs
 * prepared statements in one transaction without giving the event loop away in between.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { type DocumentId, documentId, userId } from '../../../shared/ids.ts';
import {
  type Checkpoint,
  Conflict,
  type Entry,
  entryCauses,
  type Journal,
  type LoadedDocument,
  type NewEntry,
  type Writer,
} from '../storage.ts';

const writerSchema = z.union([z.literal('server'), userId]);
const bytes = z.instanceof(Uint8Array);
const entryRow = z.object({
  documentId,
  seq: z.int(),
  update: bytes,
  writer: writerSchema,
  session: z.string(),
  cause: z.enum(entryCauses),
  at: z.string(),
});
const checkpointRow = z.object({ documentId, seq: z.int(), state: bytes, at: z.string() });
const claimRow = z.object({ clientId: z.int(), writer: writerSchema });
const headRow = z.object({ seq: z.int() });

/** Runs synchronous work while holding the connection. */
export type WithConnection = <T>(work: () => T) => Promise<T>;

export class SqliteJournal implements Journal {
  readonly #database: DatabaseSync;
  readonly #withConnection: WithConnection;
  readonly #statements: Statements;

  constructor(database: DatabaseSync, withConnection: WithConnection) {
    this.#database = database;
    this.#withConnection = withConnection;
    this.#statements = prepare(database);
  }

  load(id: DocumentId): Promise<LoadedDocument> {
    return this.#transaction('begin', () => {
      const found = this.#statements.checkpoint.get(id);
      const checkpoint = found === undefined ? undefined : checkpointRow.parse(found);
      const entries = this.#statements.entries.all(id, checkpoint?.seq ?? 0, -1).map((row) => entryRow.parse(row));
      const claims = this.#statements.claims.all(id).map((row) => claimRow.parse(row));
      return {
        checkpoint,
        entries,
        seq: this.#head(id),
        writers: new Map(claims.map((claim) => [claim.clientId, claim.writer])),
      };
    });
  }

  commit(entries: readonly NewEntry[]): Promise<number[]> {
    return this.#transaction('begin immediate', () => {
      const heads = new Map<DocumentId, number>();
      return entries.map((entry) => {
        const seq = (heads.get(entry.documentId) ?? this.#head(entry.documentId)) + 1;
        heads.set(entry.documentId, seq);
        this.#append(entry, seq);
        for (const clientId of entry.claims) this.#claim(entry.documentId, clientId, entry.writer);
        return seq;
      });
    });
  }

  writeCheckpoint(checkpoint: Checkpoint): Promise<void> {
    return this.#transaction('begin immediate', () => {
      const head = this.#head(checkpoint.documentId);
      if (checkpoint.seq > head)
        throw new Error(`a checkpoint at ${checkpoint.seq} is ahead of its journal at ${head}`);
      this.#statements.writeCheckpoint.run(checkpoint.documentId, checkpoint.seq, checkpoint.state, checkpoint.at);
    });
  }

  entries(id: DocumentId, after: number, limit: number): Promise<Entry[]> {
    return this.#withConnection(() => this.#statements.entries.all(id, after, limit).map((row) => entryRow.parse(row)));
  }

  #head(id: DocumentId): number {
    return headRow.parse(this.#statements.head.get(id)).seq;
  }

  #append(entry: NewEntry, seq: number): void {
    const { documentId, update, writer, session, cause, at } = entry;
    this.#statements.append.run(documentId, seq, update, writer, session, cause, at);
  }

  #claim(id: DocumentId, clientId: number, writer: Writer): void {
    this.#statements.claim.run(id, clientId, writer);
    const owner = claimRow.parse(this.#statements.owner.get(id, clientId)).writer;
    if (owner !== writer) throw new Conflict(`client ${clientId} of ${id} belongs to another writer`);
  }

  #transaction<T>(begin: 'begin' | 'begin immediate', work: () => T): Promise<T> {
    return this.#withConnection(() => {
      this.#database.exec(begin);
      try {
        const value = work();
        this.#database.exec('commit');
        return value;
      } catch (error) {
        // A full disk ends the transaction by itself.
        if (this.#database.isTransaction) this.#database.exec('rollback');
        throw error;
      }
    });
  }
}

type Statements = Readonly<
  Record<'head' | 'entries' | 'checkpoint' | 'claims' | 'append' | 'claim' | 'owner' | 'writeCheckpoint', StatementSync>
>;

function prepare(database: DatabaseSync): Statements {
  return {
    head: database.prepare('select coalesce(max(seq), 0) as seq from journal where documentId = ?'),
    entries: database.prepare('select * from journal where documentId = ? and seq > ? order by seq limit ?'),
    checkpoint: database.prepare('select * from checkpoint where documentId = ?'),
    claims: database.prepare('select clientId, writer from writer where documentId = ?'),
    append: database.prepare(
      'insert into journal (documentId, seq, "update", writer, session, cause, at) values (?, ?, ?, ?, ?, ?, ?)',
    ),
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

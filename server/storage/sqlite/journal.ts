/**
 * The journal in SQLite. Its hot path, `commit`, takes the one connection through the same lock as everybody and then runs
 * prepared statements in one transaction without giving the event loop away in between. Entries are appended to the tail
 * first; who reads sees both parts as one.
 */
import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { type RoomId, roomId, userId } from '../../../shared/ids.ts';
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
import { type Appended, type Plan, Tail } from './tail.ts';

const writerSchema = z.union([z.literal('server'), userId]);
const bytes = z.instanceof(Uint8Array);
const entryRow = z.object({
  documentId: roomId,
  seq: z.int(),
  update: bytes,
  writer: writerSchema,
  session: z.string(),
  cause: z.enum(entryCauses),
  at: z.string(),
});
const checkpointRow = z.object({ documentId: roomId, seq: z.int(), state: bytes, at: z.string() });
const claimRow = z.object({ clientId: z.int(), writer: writerSchema });
const headRow = z.object({ seq: z.int() });

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
      const rows = this.#statements.updates.all(id, after);
      for (const tailId of this.#tail.idsAfter(id, after)) rows.push(this.#statements.tailUpdate.get(tailId) ?? {});
      const entries = inOrder(id, after, rows);
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
      const plan = this.#tail.plan(entries);
      const { appended, cleared } = this.#inTransaction('begin immediate', () => {
        this.#tail.settle(plan);
        return { cleared: this.#tail.clear(), appended: this.#appendAll(entries, plan) };
      });
      this.#tail.committed(plan, cleared, appended);
      return appended.map(({ seq }) => seq);
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

  entries(id: RoomId, after: number, limit: number): Promise<Entry[]> {
    return this.#transaction('begin', () => {
      const rows = this.#statements.entries.all(id, after, limit);
      const ids = this.#tail.idsAfter(id, after).slice(0, limit - rows.length);
      for (const tailId of ids) rows.push(this.#statements.tailEntry.get(tailId) ?? {});
      return rows.map((row) => entryRow.parse(row));
    });
  }

  #head(id: RoomId): number {
    return this.#tail.head(id) ?? headRow.parse(this.#statements.head.get(id)).seq;
  }

  #appendAll(entries: readonly NewEntry[], plan: Plan): Appended[] {
    const heads = new Map<RoomId, number>();
    return entries.map((entry) => {
      const { documentId, update, writer, claims } = entry;
      const seq = (heads.get(documentId) ?? this.#head(documentId)) + 1;
      heads.set(documentId, seq);
      const id = this.#tail.append(entry, seq, plan);
      for (const clientId of claims) this.#claim(documentId, clientId, writer);
      return { documentId, seq, id, size: update.length };
    });
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
 * parsed by a schema takes longer than reading it.
 */
function inOrder(id: RoomId, after: number, rows: readonly object[]): LoadedDocument['entries'] {
  // The columns of both statements; a row that is not there any more is `{}`.
  const entries = rows as { readonly seq?: number; readonly update?: Uint8Array }[];
  return entries.map(({ seq, update }, index) => {
    if (seq !== after + index + 1 || update === undefined) {
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
    head: database.prepare('select coalesce(max(seq), 0) as seq from journal where documentId = ?'),
    updates: database.prepare('select seq, "update" from journal where documentId = ? and seq > ? order by seq'),
    tailUpdate: database.prepare('select seq, "update" from tail where id = ?'),
    entries: database.prepare('select * from journal where documentId = ? and seq > ? order by seq limit ?'),
    tailEntry: database.prepare('select documentId, seq, "update", writer, session, cause, at from tail where id = ?'),
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

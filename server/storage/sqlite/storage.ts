/**
 * The store in one SQLite file, held by one process: one connection, one lock. `db` is the same connection for better-auth,
 * whose queries join a transaction when they are made inside its work.
 */
import type { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { type Clock, instant } from '../../clock.ts';
import { reachedPast } from '../rows.ts';
import type { Records, Storage } from '../storage.ts';
import { Checkpointer, logPages } from './checkpointer.ts';
import { openDatabase, openReadOnly } from './database.ts';
import { createHeld, type Holding, NodeSqliteDialect } from './dialect.ts';
import { SqliteJournal, type WithConnection } from './journal.ts';
import { holdDatabase } from './lock.ts';
import { reserveLog } from './log-space.ts';
import { type Migration, migrate, migrations, type OnMigrated } from './migrations.ts';
import { createRecords, type Database } from './records.ts';
import { settleTail } from './tail.ts';

export interface SqliteStorage extends Storage {
  readonly db: Database;
}

export type SqliteOptions = {
  /** The file, or `:memory:` for a store that lives as long as the process. */
  readonly path: string;
  readonly clock: Clock;
  readonly migrations?: readonly Migration[];
  /** Hears of every step that was taken, with the version it led to. */
  readonly onMigrated?: OnMigrated;
  /** Whether commits will come for as long as an office works: then what the log will need is made ready at once. */
  readonly busy?: boolean;
  /** Hears what goes wrong beside the writes, before it costs anybody anything. */
  readonly onTrouble?: (what: string, error: unknown) => void;
};

/**
 * Opens the store, keeps every other process out of it, and brings it to this release's shape. Throws `CannotOpen` with one
 * sentence for the operator, `InUse` when another process has it open.
 */
export async function openSqliteStorage({
  path,
  clock,
  migrations: steps,
  onMigrated,
  busy = false,
  onTrouble = () => undefined,
}: SqliteOptions): Promise<SqliteStorage> {
  const letGo = path === ':memory:' ? () => undefined : holdDatabase(path);
  let database: DatabaseSync | undefined;
  try {
    database = openDatabase(path);
    migrate(database, path, clock, steps ?? migrations, onMigrated);
    settleTail(database);
  } catch (error) {
    database?.close();
    letGo();
    throw error;
  }
  const checkpointer = path === ':memory:' ? undefined : new Checkpointer({ database, path, onTrouble });
  if (busy) {
    reserveLog(database, logPages.finish);
    checkpointer?.prepare();
  }
  return createStorage(database, clock, checkpointer, letGo);
}

/** The tables of an existing file, for looking only; the file may belong to a running server. Throws `CannotOpen`. */
export function openForReading(path: string): { readonly records: Records; close(): Promise<void> } {
  const database = openReadOnly(path);
  const db: Database = new Kysely<unknown>({ dialect: new NodeSqliteDialect(database, createHeld()) });
  return {
    records: createRecords(db, () => undefined),
    close: async () => database.close(),
  };
}

/** `letGo` runs once the last write is done and the database is closed. */
function createStorage(
  database: DatabaseSync,
  clock: Clock,
  checkpointer: Checkpointer | undefined,
  letGo: () => void,
): SqliteStorage {
  const held = createHeld();
  const dialect = new NodeSqliteDialect(database, held);
  const db: Database = new Kysely<unknown>({ dialect });
  const outside = () => {
    if (held.getStore()?.open === true) throw reachedPast();
  };
  const withConnection: WithConnection = async (work) => {
    outside();
    const use = () => {
      const value = work();
      checkpointer?.used();
      return value;
    };
    return dialect.isFree ? use() : db.connection().execute(async () => use());
  };
  const probe = database.prepare(
    'insert into setting (id, value) values (?, ?) on conflict do update set value = excluded.value',
  );
  let closed: Promise<void> | undefined;
  const close = async () => {
    outside();
    await db.connection().execute(async () => {
      await checkpointer?.close();
      database.close();
      letGo();
    });
  };

  return {
    db,
    records: createRecords(db, outside),
    journal: new SqliteJournal(database, withConnection),
    transact: async (work) => {
      outside();
      return db.connection().execute(async (connection) => {
        const holding: Holding = { open: true };
        const inside = () => {
          if (!holding.open) throw new Error('these records belong to a transaction that has ended');
          if (!database.isTransaction) throw new Error('the transaction was rolled back by an earlier failure');
        };
        const value = await transaction(database, holding, inside, () =>
          held.run(holding, () => work(createRecords(connection, inside))),
        );
        checkpointer?.used();
        return value;
      });
    },
    probe: () => withConnection(() => void probe.run('probe', instant(clock))),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

async function transaction<T>(
  database: DatabaseSync,
  holding: Holding,
  inside: () => void,
  work: () => Promise<T>,
): Promise<T> {
  database.exec('begin immediate');
  try {
    const value = await work();
    inside();
    database.exec('commit');
    return value;
  } catch (error) {
    // A full disk ends the transaction by itself.
    if (database.isTransaction) database.exec('rollback');
    throw error;
  } finally {
    holding.open = false;
  }
}

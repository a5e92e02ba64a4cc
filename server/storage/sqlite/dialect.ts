/**
 * kysely over `node:sqlite`, and the one lock of the store. Every query takes the single connection through kysely's
 * mutex; only queries made inside `transact` (by better-auth, which knows nothing of our transactions) join the
 * connection that is already held, so that a person and his password are written together or not at all.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
} from 'kysely';

/** Whether the code that runs now was called by the work of an open transaction. */
export type Holding = { open: boolean };
export type Held = AsyncLocalStorage<Holding>;

export function createHeld(): Held {
  return new AsyncLocalStorage<Holding>();
}

/** What kysely needs of a database, from what Node has. */
function asSqliteDatabase(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare: (sql) => {
      const statement = database.prepare(sql);
      // kysely hands over what its callers gave as values; node:sqlite itself refuses a value it cannot store.
      const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => statement.run(...values(parameters)),
        iterate: (parameters) => statement.iterate(...values(parameters)),
      };
    },
  };
}

/** The held connection as a joiner sees it: the same queries, but nothing to release. */
class Joined implements DatabaseConnection {
  readonly #held: DatabaseConnection;
  readonly #database: DatabaseSync;

  constructor(held: DatabaseConnection, database: DatabaseSync) {
    this.#held = held;
    this.#database = database;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (!this.#database.isTransaction) throw new Error('the transaction was rolled back by an earlier failure');
    return this.#held.executeQuery(query);
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.#held.streamQuery(query, chunkSize);
  }
}

class JoiningDriver extends SqliteDriver {
  readonly #database: DatabaseSync;
  readonly #held: Held;
  #connection: DatabaseConnection | undefined;
  /** Who has the connection or waits for it. */
  #users = 0;

  constructor(adapted: SqliteDatabase, database: DatabaseSync, held: Held) {
    super({ database: adapted });
    this.#database = database;
    this.#held = held;
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#held.getStore()?.open === true && this.#connection !== undefined) {
      return new Joined(this.#connection, this.#database);
    }
    this.#users += 1;
    try {
      this.#connection = await super.acquireConnection();
    } catch (error) {
      this.#users -= 1;
      throw error;
    }
    return this.#connection;
  }

  /** Whether nobody has the connection and nobody waits for it. */
  get isFree(): boolean {
    return this.#users === 0;
  }

  /** kysely's driver ignores which connection it gets; a joiner's must not open the lock. */
  async release(connection: DatabaseConnection): Promise<void> {
    if (connection instanceof Joined) return;
    this.#users -= 1;
    await super.releaseConnection();
  }
}

export class NodeSqliteDialect extends SqliteDialect {
  readonly #adapted: SqliteDatabase;
  readonly #database: DatabaseSync;
  readonly #held: Held;
  #driver: JoiningDriver | undefined;

  constructor(database: DatabaseSync, held: Held) {
    const adapted = asSqliteDatabase(database);
    super({ database: adapted });
    this.#adapted = adapted;
    this.#database = database;
    this.#held = held;
  }

  /**
   * Whether nobody has the connection and nobody waits for it: then synchronous work may use it at once, because nobody can
   * come in between.
   */
  get isFree(): boolean {
    return this.#driver?.isFree ?? true;
  }

  override createDriver(): Driver {
    const driver = new JoiningDriver(this.#adapted, this.#database, this.#held);
    this.#driver = driver;
    return {
      init: () => driver.init(),
      acquireConnection: () => driver.acquireConnection(),
      beginTransaction: (connection) => driver.beginTransaction(connection),
      commitTransaction: (connection) => driver.commitTransaction(connection),
      rollbackTransaction: (connection) => driver.rollbackTransaction(connection),
      releaseConnection: (connection) => driver.release(connection),
      destroy: () => driver.destroy(),
    };
  }
}

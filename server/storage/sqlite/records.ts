/** The relational tables in SQLite: rows in and out, JSON columns encoded, booleans as 0 and 1. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { isJsonColumn, parseChanges, parseRow, readFilter } from '../rows.ts';
import { Conflict, type Order, type Records, type Table } from '../storage.ts';
import { type Row, type TableName, tableNames, tables } from '../tables.ts';
import { isUniqueViolation } from './database.ts';

/** The tables are reached by name through SQL fragments, so kysely needs no types of its own for them. */
export type Database = Kysely<unknown>;

/** Records over a connection; `ready` throws when it may not be used now. */
export function createRecords(db: Database, ready: () => void): Records {
  const entries = tableNames.map((name) => [name, new SqliteTable(name, db, ready)]);
  // Every table name stands in `entries` once, with the table of that name.
  return Object.fromEntries(entries) as Records;
}

class SqliteTable<Name extends TableName> implements Table<Name> {
  readonly #name: Name;
  readonly #db: Database;
  readonly #ready: () => void;

  constructor(name: Name, db: Database, ready: () => void) {
    this.#name = name;
    this.#db = db;
    this.#ready = ready;
  }

  async get(id: Row<Name>['id']): Promise<Row<Name> | undefined> {
    const rows = await this.#query(sql`select * from ${sql.table(this.#name)} where id = ${id}`);
    return rows[0] === undefined ? undefined : this.#decode(rows[0]);
  }

  async find(where: Partial<Row<Name>>, order?: Order<Name>): Promise<Row<Name>[]> {
    const conditions = readFilter(this.#name, where).map(([column, value]) =>
      value === null ? sql`${sql.ref(column)} is null` : sql`${sql.ref(column)} = ${encodeScalar(value)}`,
    );
    if (order?.after !== undefined) {
      const behind = order.descending === true ? sql`<` : sql`>`;
      conditions.push(sql`${sql.ref(order.by)} ${behind} ${order.after}`);
    }
    const rows = await this.#query(
      sql`select * from ${sql.table(this.#name)} ${whereClause(conditions)} ${orderClause(order)}`,
    );
    return rows.map((row) => this.#decode(row));
  }

  async insert(row: Row<Name>): Promise<void> {
    const values = this.#encode(parseRow(this.#name, row));
    const columns = values.map(([column]) => sql.ref(column));
    const given = values.map(([, value]) => sql`${value}`);
    await this.#change(sql`insert into ${sql.table(this.#name)} (${sql.join(columns)}) values (${sql.join(given)})`);
  }

  async update(id: Row<Name>['id'], changes: Partial<Row<Name>>): Promise<boolean> {
    const values = this.#encode(parseChanges(this.#name, changes));
    if (values.length === 0) return (await this.get(id)) !== undefined;
    const set = values.map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
    return (await this.#change(sql`update ${sql.table(this.#name)} set ${sql.join(set)} where id = ${id}`)) > 0n;
  }

  async remove(id: Row<Name>['id']): Promise<boolean> {
    return (await this.#change(sql`delete from ${sql.table(this.#name)} where id = ${id}`)) > 0n;
  }

  async #query(query: RawBuilder<unknown>): Promise<readonly unknown[]> {
    this.#ready();
    return (await query.execute(this.#db)).rows;
  }

  async #change(query: RawBuilder<unknown>): Promise<bigint> {
    this.#ready();
    try {
      return (await query.execute(this.#db)).numAffectedRows ?? 0n;
    } catch (error) {
      if (isUniqueViolation(error)) throw new Conflict(`such a ${this.#name} exists already`, { cause: error });
      throw error;
    }
  }

  #encode(row: Partial<Row<Name>>): [column: string, value: string | number | null][] {
    return Object.entries(row).map(([column, value]) => [
      column,
      isJsonColumn(this.#name, column) ? JSON.stringify(value) : encodeScalar(value),
    ]);
  }

  #decode(stored: unknown): Row<Name> {
    const shape: Readonly<Record<string, unknown>> = tables[this.#name].row.shape;
    const row: Record<string, unknown> = {};
    for (const [column, value] of Object.entries(stored as object)) {
      if (isJsonColumn(this.#name, column) && typeof value === 'string') row[column] = JSON.parse(value);
      else row[column] = isBoolean(shape[column]) ? value === 1 : value;
    }
    return parseRow(this.#name, row);
  }
}

function whereClause(conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`` : sql`where ${sql.join([...conditions], sql` and `)}`;
}

/** Rows that sort alike, and rows without an order, come as they were inserted. */
function orderClause(order: { by: string; descending?: boolean; limit?: number } | undefined): RawBuilder<unknown> {
  if (order === undefined) return sql`order by rowid`;
  const direction = order.descending === true ? sql`desc` : sql`asc`;
  const limit = order.limit === undefined ? sql`` : sql`limit ${order.limit}`;
  return sql`order by ${sql.ref(order.by)} ${direction}, rowid ${limit}`;
}

function isBoolean(schema: unknown): boolean {
  return typeof schema === 'object' && schema !== null && 'type' in schema && schema.type === 'boolean';
}

function encodeScalar(value: unknown): string | number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' || typeof value === 'number' || value === null) return value;
  throw new Error(`cannot store ${typeof value} in a plain column`);
}

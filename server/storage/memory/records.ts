/** The relational tables in memory: the same answers as SQLite, by plain loops. */
import { parseChanges, parseRow, readFilter } from '../rows.ts';
import { Conflict, type Order, type Records, type Table } from '../storage.ts';
import { type Row, type TableName, tableNames, tables } from '../tables.ts';
import type { StoredRow, StoredTables } from './database.ts';

/** Runs work on the tables that are current for these records. */
export type OnTables = <T>(work: (tables: StoredTables) => T) => Promise<T>;

export function createRecords(onTables: OnTables): Records {
  const entries = tableNames.map((name) => [name, new MemoryTable(name, onTables)]);
  // Every table name stands in `entries` once, with the table of that name.
  return Object.fromEntries(entries) as Records;
}

class MemoryTable<Name extends TableName> implements Table<Name> {
  readonly #name: Name;
  readonly #onTables: OnTables;

  constructor(name: Name, onTables: OnTables) {
    this.#name = name;
    this.#onTables = onTables;
  }

  async get(id: Row<Name>['id']): Promise<Row<Name> | undefined> {
    const row = await this.#onRows((rows) => rows.get(id));
    return row === undefined ? undefined : parseRow(this.#name, structuredClone(row));
  }

  async find(where: Partial<Row<Name>>, order?: Order<Name>): Promise<Row<Name>[]> {
    const filter = readFilter(this.#name, where);
    const found = await this.#onRows((rows) =>
      [...rows.values()].filter((row) => filter.every(([column, value]) => row[column] === value)),
    );
    return arrange(found, order).map((row) => parseRow(this.#name, structuredClone(row)));
  }

  async insert(row: Row<Name>): Promise<void> {
    const parsed = stored(parseRow(this.#name, row));
    await this.#onRows((rows) => {
      const id = String(parsed['id']);
      if (rows.has(id)) throw this.#conflict();
      this.#checkUnique(rows, id, parsed);
      rows.set(id, parsed);
    });
  }

  async update(id: Row<Name>['id'], changes: Partial<Row<Name>>): Promise<boolean> {
    const parsed = stored(parseChanges(this.#name, changes));
    return this.#onRows((rows) => {
      const row = rows.get(id);
      if (row === undefined) return false;
      const next = { ...row, ...parsed };
      this.#checkUnique(rows, id, next);
      rows.set(id, next);
      return true;
    });
  }

  async remove(id: Row<Name>['id']): Promise<boolean> {
    return this.#onRows((rows) => rows.delete(id));
  }

  #onRows<T>(work: (rows: Map<string, StoredRow>) => T): Promise<T> {
    return this.#onTables((all) => {
      const rows = all.get(this.#name);
      if (rows === undefined) throw new Error(`no table ${this.#name}`);
      return work(rows);
    });
  }

  #checkUnique(rows: ReadonlyMap<string, StoredRow>, id: string, row: StoredRow): void {
    const combinations: readonly (readonly string[])[] = tables[this.#name].unique;
    for (const columns of combinations) {
      for (const [otherId, other] of rows) {
        if (otherId !== id && columns.every((column) => other[column] === row[column])) throw this.#conflict();
      }
    }
  }

  #conflict(): Conflict {
    return new Conflict(`such a ${this.#name} exists already`);
  }
}

/** A copy that its giver cannot change any more. */
function stored(row: object): StoredRow {
  return Object.fromEntries(Object.entries(structuredClone(row)));
}

type AnyOrder = { by: string; descending?: boolean; limit?: number; after?: string | number };

/** Sorts stably, so rows that sort alike come as they were inserted. */
function arrange(rows: StoredRow[], order: AnyOrder | undefined): StoredRow[] {
  if (order === undefined) return rows;
  const sign = order.descending === true ? -1 : 1;
  const { by, after } = order;
  const behind =
    after === undefined ? rows : rows.filter((row) => row[by] !== null && sign * compare(row[by], after) > 0);
  return behind.sort((a, b) => sign * compare(a[by], b[by])).slice(0, order.limit);
}

/** SQLite's order: null, then numbers (booleans are 0 and 1), then texts by their bytes. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  const rank = (value: unknown) => (value === null ? 0 : typeof value === 'string' ? 2 : 1);
  return rank(a) === rank(b) ? Number(a) - Number(b) : rank(a) - rank(b);
}

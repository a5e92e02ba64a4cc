/**
 * What both adapters must say alike about rows: which values fit a table, which filters mean something, and how values
 * sort. Nothing here knows a database.
 */
import { type Row, type TableName, tables } from './tables.ts';

/** A row parsed by its table's schema; a row that does not fit is a bug and throws. */
export function parseRow<Name extends TableName>(name: Name, row: unknown): Row<Name> {
  // TypeScript cannot follow that the schema found under `name` is the schema of `Row<Name>`.
  return tables[name].row.parse(row) as Row<Name>;
}

/** The given columns of a row, parsed; columns left undefined stay as they are. */
export function parseChanges<Name extends TableName>(name: Name, changes: Partial<Row<Name>>): Partial<Row<Name>> {
  if (changes.id !== undefined) throw new Error(`a ${name}'s id cannot be changed`);
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  // As above: the schema under `name` is the schema of `Row<Name>`.
  return tables[name].row.partial().strict().parse(given) as Partial<Row<Name>>;
}

export type Filter = readonly [column: string, value: string | number | boolean | null];

/** The equalities of a filter. Undefined would quietly mean "all", and JSON has no equality: both throw. */
export function readFilter<Name extends TableName>(name: Name, where: Partial<Row<Name>>): Filter[] {
  return Object.entries(where).map(([column, value]) => {
    if (!(column in tables[name].row.shape)) throw new Error(`${name} has no column ${column}`);
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null) {
      return [column, value] as const;
    }
    throw new Error(`${name}.${column} cannot be filtered by ${value === undefined ? 'undefined' : 'JSON'}`);
  });
}

/** Whether a table keeps this column as JSON. */
export function isJsonColumn(name: TableName, column: string): boolean {
  return (tables[name].json as readonly string[]).includes(column);
}

/** A transaction's work reached past the records it was given: with one lock that would wait for itself for ever. */
export function reachedPast(): Error {
  return new Error('inside transact only the records it hands out may be used');
}

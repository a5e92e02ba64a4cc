/** The store in memory, for tests and trials: the laws of the port without a disk. */
import type { Storage } from '../storage.ts';
import { MemoryDatabase } from './database.ts';
import { MemoryJournal } from './journal.ts';
import { createRecords } from './records.ts';

export interface MemoryStorage extends Storage {
  /** What survives `close`; `createMemoryStorage(database)` opens it again. */
  readonly database: MemoryDatabase;
}

export function createMemoryStorage(database: MemoryDatabase = new MemoryDatabase()): MemoryStorage {
  let open = true;
  const ready = () => {
    if (!open) throw new Error('the store is closed');
  };
  return {
    database,
    records: createRecords((work) =>
      database.exclusive(() => {
        ready();
        return work(database.tables);
      }),
    ),
    journal: new MemoryJournal(database, ready),
    transact: (work) =>
      database.transaction(async (tables, inside) => {
        ready();
        return work(
          createRecords(async (onTables) => {
            inside();
            return onTables(tables);
          }),
        );
      }),
    probe: () => database.exclusive(ready),
    close: () =>
      database.exclusive(() => {
        open = false;
      }),
  };
}

/**
 * What a memory store holds, and its lock. Several storages can be opened over the same database one after the other, as
 * processes do over a file.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { RoomId } from '../../../shared/ids.ts';
import { reachedPast } from '../rows.ts';
import type { Checkpoint, Entry, Writer } from '../storage.ts';
import { type TableName, tableNames } from '../tables.ts';

export type StoredRow = Readonly<Record<string, unknown>>;
export type StoredTables = Map<TableName, Map<string, StoredRow>>;

export type StoredJournal = {
  entries: Entry[];
  writers: Map<number, Writer>;
  checkpoint: Checkpoint | undefined;
};

type Holding = { open: boolean };

export class MemoryDatabase {
  /** Rows are never changed in place, so a copy of the maps is a copy of the tables. */
  tables: StoredTables = new Map(tableNames.map((name) => [name, new Map()]));
  readonly journals = new Map<RoomId, StoredJournal>();
  readonly #held = new AsyncLocalStorage<Holding>();
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when everything before it has ended. Throws at once inside the work of a transaction. */
  async exclusive<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.#held.getStore()?.open === true) throw reachedPast();
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }

  /** Runs `work` on copies of the tables, which become the tables when it succeeds. */
  transaction<T>(work: (tables: StoredTables, ready: () => void) => Promise<T>): Promise<T> {
    return this.exclusive(async () => {
      const copies: StoredTables = new Map([...this.tables].map(([name, rows]) => [name, new Map(rows)]));
      const holding: Holding = { open: true };
      const ready = () => {
        if (!holding.open) throw new Error('these records belong to a transaction that has ended');
      };
      try {
        const value = await this.#held.run(holding, () => work(copies, ready));
        this.tables = copies;
        return value;
      } finally {
        holding.open = false;
      }
    });
  }
}

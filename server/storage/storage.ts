/**
 * The storage port. Adapters (`memory/`, `sqlite/`) keep these laws, and one contract suite checks them on each.
 *
 * ST1  What a resolved write wrote is durable: it is there after the process was killed and started again (memory: after
 *      `reopen` of the same store).
 * ST2  `transact` is all or nothing, and transactions do not overlap: no reader sees half of one.
 * ST3  A journal's positions are 1, 2, 3 … per document, without gaps; entries never change.
 * ST4  `commit` writes the entries of all rooms in one transaction, or none of them.
 * ST5  A checkpoint is a shortcut, never the only copy: entries up to its position stay in the journal.
 * ST6  A client id belongs to one user in one document for ever; claiming another's is refused by the whole commit.
 * ST7  A failed write throws and leaves the store as it was; the store stays usable, and the same write can be tried again.
 * ST8  One process at a time has the store open for writing. The hold ends with the process, however it ends; readers are free.
 * ST9  What is loaded is one consistent view: the newest checkpoint and every entry behind it, in order. A journal with a hole
 *      throws; it never yields a text with a hole.
 * ST10 What goes in is the store's own copy, what comes out the caller's: what either does to his changes nothing for the other.
 * ST11 A row fits its table or is not stored. Its id, and every unique combination of its table, exists once (`Conflict`).
 * ST12 A filter is equalities of plain columns, all of which hold; anything else throws instead of meaning everything. Rows come
 *      in the asked order, without one as they were inserted.
 * ST13 Order is the store's, never the clock's: times may repeat and go backwards.
 * ST14 Closing waits for what was begun; a closed store throws.
 * ST15 `probe` throws exactly when a write would.
 */
import type { RoomId, UserId } from '../../shared/ids.ts';
import type { Row, TableName } from './tables.ts';

export type Order<Name extends TableName> = {
  readonly by: keyof Row<Name> & string;
  readonly descending?: boolean;
  readonly limit?: number;
  /** Only rows behind this value in the order's direction: the next page. */
  readonly after?: string | number;
};

/** One relational table. Filters are equalities, all of which must hold. */
export interface Table<Name extends TableName> {
  get(id: Row<Name>['id']): Promise<Row<Name> | undefined>;
  find(where: Partial<Row<Name>>, order?: Order<Name>): Promise<Row<Name>[]>;
  /** Throws `Conflict` when the id or a unique combination exists. */
  insert(row: Row<Name>): Promise<void>;
  /** False when there is no such row. Throws `Conflict` like `insert`. */
  update(id: Row<Name>['id'], changes: Partial<Row<Name>>): Promise<boolean>;
  remove(id: Row<Name>['id']): Promise<boolean>;
}

export type Records = { readonly [Name in TableName]: Table<Name> };

export class Conflict extends Error {
  override readonly name = 'Conflict';
}

/** Who wrote an entry: a person, or the server itself (seeding, remark anchors). */
export type Writer = UserId | 'server';

export const entryCauses = ['edit', 'sync', 'seed', 'anchor'] as const;
/** `edit` was typed live, `sync` arrived as one piece after offline work, `seed` and `anchor` are the server's. */
export type EntryCause = (typeof entryCauses)[number];

export type NewEntry = {
  readonly documentId: RoomId;
  readonly update: Uint8Array;
  readonly writer: Writer;
  /** The sign-in session, empty for the server. */
  readonly session: string;
  readonly cause: EntryCause;
  /** UTC ISO. */
  readonly at: string;
  /** Client ids this entry uses for the first time in the document; they become the writer's. */
  readonly claims: readonly number[];
};

export type Entry = Omit<NewEntry, 'claims'> & { readonly seq: number };

export type Checkpoint = {
  readonly documentId: RoomId;
  readonly seq: number;
  readonly state: Uint8Array;
  readonly at: string;
};

/** What opening a room needs, read as one consistent view. */
export type LoadedDocument = {
  readonly checkpoint: Checkpoint | undefined;
  /** Entries behind the checkpoint, in order: of each only what opens a text. */
  readonly entries: readonly Pick<Entry, 'seq' | 'update'>[];
  /** The position of the last entry, 0 when there is none. */
  readonly seq: number;
  readonly writers: ReadonlyMap<number, Writer>;
};

export interface Journal {
  load(documentId: RoomId): Promise<LoadedDocument>;
  /** Appends in the given order; the result holds each entry's position, in the same order. */
  commit(entries: readonly NewEntry[]): Promise<number[]>;
  writeCheckpoint(checkpoint: Checkpoint): Promise<void>;
  /** Entries `after < seq`, for replay, authorship and audit. */
  entries(documentId: RoomId, after: number, limit: number): Promise<Entry[]>;
}

export interface Storage {
  readonly records: Records;
  readonly journal: Journal;
  /** `work` must use the records it is given, not `storage.records`. A throw rolls everything back. */
  transact<T>(work: (records: Records) => Promise<T>): Promise<T>;
  /** Throws when the store cannot write now (locked, full, read-only). */
  probe(): Promise<void>;
  close(): Promise<void>;
}

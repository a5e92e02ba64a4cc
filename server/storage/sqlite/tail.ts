/**
 * The journal's tail. The journal keeps the entries of a document side by side, many in a row, which reads fast but writes
 * some page for each room in a commit; a thousand rooms typing would cost a thousand pages a tick. So a commit appends to
 * `tail` and what waits there is moved later: with a document's checkpoint, or, once much waits, with the commits that come.
 * What brings pages of its own goes straight on.
 *
 * Documents are dealt out to groups by their ids. A row of the tail has what a commit brought of one group, and a group is
 * moved as a whole: each row is read once and then gone, and there is much of each document to be laid side by side.
 * Where what waits lies is known in memory, because nobody else writes here; opening the store moves what was left.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RoomId } from '../../../shared/ids.ts';
import type { NewEntry } from '../storage.ts';
import { decodePack, encodePack, type Packed } from './pack.ts';

/**
 * How much may wait: more would make a start after a crash slow, less would move too few of a document at once. Of one group so many
 * rows: while it is moved, some 20 ms, nobody is served.
 */
export const tailBounds = { entries: 32_768, bytes: 8 * 1024 * 1024, rowsOfGroup: 1_024 };
const groupCount = 32;
/** So much of one document in one commit goes straight to the journal. */
const straightBytes = 4_096;
/** A row of the journal takes at most so much, or one entry. */
const rowBytes = 128 * 1024;

/** The rows of the tail in which entries of a document wait, and the position of its last. */
type Waiting = { readonly rows: number[]; last: number };
type Group = { readonly rows: number[]; readonly documents: Set<RoomId>; entries: number; bytes: number };

const newGroup = (): Group => ({ rows: [], documents: new Set(), entries: 0, bytes: 0 });

/** What one commit does besides writing its entries. */
type Plan = { readonly moves: ReadonlySet<number>; readonly straight: ReadonlySet<string> };

const nothingBesides: Plan = { moves: new Set(), straight: new Set() };

/** What a write or a move has changed, to be made known when its transaction has been committed; otherwise it changed nothing. */
export type Written = { readonly committed: () => void };

/** Moves everything a process has left in the tail: at opening, before anything is read. */
export function settleTail(database: DatabaseSync): void {
  const rows = database.prepare('select entries from tail order by id').all();
  if (rows.length === 0) return;
  const keep = new Keeping(database);
  database.exec('begin immediate');
  try {
    for (const entries of byDocument(rows.map(({ entries }) => entries as Uint8Array))) keep.write(entries);
    database.exec('delete from tail; commit');
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}

/** Rows of the table `journal`: each holds entries of one document that follow each other. */
export class Keeping {
  readonly #insert: StatementSync;
  readonly #head: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare('insert into journal (documentId, last, entries) values (?, ?, ?)');
    this.#head = database.prepare('select max(last) as head from journal where documentId = ?');
  }

  /** The position of the last entry that is kept; 0 without one. */
  head(documentId: string): number {
    return Number(this.#head.get(documentId)?.['head'] ?? 0);
  }

  /** Entries of one document, in order, in as few rows as their size allows. */
  write(entries: readonly Packed[]): void {
    let start = 0;
    let bytes = 0;
    for (const [index, { update }] of entries.entries()) {
      if (index > start && bytes + update.length > rowBytes) {
        this.#row(entries.slice(start, index));
        start = index;
        bytes = 0;
      }
      bytes += update.length;
    }
    this.#row(entries.slice(start));
  }

  #row(entries: readonly Packed[]): void {
    const last = entries.at(-1);
    if (last !== undefined) this.#insert.run(last.documentId, last.seq, encodePack(entries));
  }
}

export class Tail {
  readonly #keep: Keeping;
  readonly #append: StatementSync;
  readonly #read: StatementSync;
  readonly #remove: StatementSync;
  readonly #waiting = new Map<RoomId, Waiting>();
  readonly #groups = Array.from({ length: groupCount }, newGroup);
  readonly #total = { entries: 0, bytes: 0 };

  /** The tail of the database must be settled. */
  constructor(database: DatabaseSync) {
    this.#keep = new Keeping(database);
    this.#append = database.prepare('insert into tail (entries) values (?)');
    this.#read = database.prepare('select entries from tail where id = ?');
    this.#remove = database.prepare('delete from tail where id = ?');
  }

  /** The position of a document's last entry; 0 without one. */
  head(documentId: RoomId): number {
    return this.#waiting.get(documentId)?.last ?? this.#keep.head(documentId);
  }

  /** A document's waiting entries behind a position, in order. */
  entriesAfter(documentId: RoomId, seq: number): Packed[] {
    const rows = this.#waiting.get(documentId)?.rows ?? [];
    return rows
      .flatMap((row) => decodePack(this.#row(row)))
      .filter((entry) => entry.documentId === documentId && entry.seq > seq);
  }

  #row(id: number): Uint8Array {
    const entries = this.#read.get(id)?.['entries'];
    if (!(entries instanceof Uint8Array)) throw new Error('the journal is damaged: a row of its tail is missing');
    return entries;
  }

  /** Inside a transaction: writes entries; `seqs` are their positions. */
  write(entries: readonly NewEntry[]): Written & { readonly seqs: number[] } {
    const packed = this.#numbered(entries);
    const { moves, straight } = this.#plan(packed);
    for (const group of moves) this.#move(group);
    for (const documentId of straight) this.#keep.write(packed.filter((entry) => entry.documentId === documentId));
    const appended = inGroups(packed, straight).map((group) => ({
      entries: group,
      row: Number(this.#append.run(encodePack(group)).lastInsertRowid),
    }));
    return {
      seqs: packed.map(({ seq }) => seq),
      committed: () => {
        for (const group of moves) this.#forget(group);
        for (const { row, entries: of } of appended) this.#note(row, of);
      },
    };
  }

  /** Inside a transaction: moves what waits of a document, and of its whole group. */
  moveAll(documentId: RoomId): Written {
    if (!this.#waiting.has(documentId)) return { committed: () => undefined };
    const group = groupOf(documentId);
    this.#move(group);
    return { committed: () => this.#forget(group) };
  }

  #numbered(entries: readonly NewEntry[]): Packed[] {
    const heads = new Map<RoomId, number>();
    return entries.map(({ documentId, update, writer, session, cause, at }) => {
      const seq = (heads.get(documentId) ?? this.head(documentId)) + 1;
      heads.set(documentId, seq);
      return { documentId, seq, update, writer, session, cause, at };
    });
  }

  #plan(entries: readonly Packed[]): Plan {
    const full = this.#fullGroup();
    const bytes = entries.reduce((total, { update }) => total + update.length, 0);
    if (full === undefined && bytes < straightBytes) return nothingBesides;
    const straight = straightOf(entries);
    const moves = new Set([...straight].filter((id) => this.#waiting.has(id as RoomId)).map(groupOf));
    if (full !== undefined) moves.add(full);
    return { moves, straight };
  }

  /** The group that is to be moved, if one is: it has too many rows, or the most of a tail that is full. */
  #fullGroup(): number | undefined {
    if (this.#total.entries > tailBounds.entries || this.#total.bytes > tailBounds.bytes) return this.#fullest();
    const long = this.#groups.findIndex(({ rows }) => rows.length > tailBounds.rowsOfGroup);
    return long < 0 ? undefined : long;
  }

  #fullest(): number {
    const share = ({ entries, bytes }: Group) => Math.max(entries / tailBounds.entries, bytes / tailBounds.bytes);
    const shares = this.#groups.map(share);
    return shares.indexOf(Math.max(...shares));
  }

  #move(group: number): void {
    const rows = this.#groups[group]?.rows ?? [];
    for (const entries of byDocument(rows.map((row) => this.#row(row)))) this.#keep.write(entries);
    for (const row of rows) this.#remove.run(row);
  }

  #forget(group: number): void {
    const { documents, entries, bytes } = this.#groups[group] ?? newGroup();
    for (const documentId of documents) this.#waiting.delete(documentId);
    this.#total.entries -= entries;
    this.#total.bytes -= bytes;
    this.#groups[group] = newGroup();
  }

  /** A row of entries of one group. */
  #note(row: number, entries: readonly Packed[]): void {
    const group = this.#groups[groupOf(entries[0]?.documentId ?? '')];
    if (group === undefined) return;
    group.rows.push(row);
    for (const { documentId, seq, update } of entries) {
      const id = documentId as RoomId; // As the caller gave it.
      group.documents.add(id);
      const waiting = this.#waiting.get(id) ?? { rows: [], last: seq };
      this.#waiting.set(id, waiting);
      if (waiting.rows.at(-1) !== row) waiting.rows.push(row);
      waiting.last = seq;
      for (const sum of [group, this.#total]) {
        sum.entries += 1;
        sum.bytes += update.length;
      }
    }
  }
}

/** Ids end with their random part. */
function groupOf(documentId: string): number {
  return documentId.charCodeAt(documentId.length - 1) % groupCount;
}

/** Entries but those of some documents, by group. */
function inGroups(entries: readonly Packed[], without: ReadonlySet<string>): Packed[][] {
  const groups = new Map<number, Packed[]>();
  for (const entry of entries) {
    if (without.has(entry.documentId)) continue;
    const group = groupOf(entry.documentId);
    const own = groups.get(group);
    if (own === undefined) groups.set(group, [entry]);
    else own.push(entry);
  }
  return [...groups.values()];
}

/** The entries of each document, in the order of the packs. */
function byDocument(packs: readonly Uint8Array[]): Iterable<readonly Packed[]> {
  const documents = new Map<string, Packed[]>();
  for (const entry of packs.flatMap(decodePack)) {
    const own = documents.get(entry.documentId);
    if (own === undefined) documents.set(entry.documentId, [entry]);
    else own.push(entry);
  }
  return documents.values();
}

function straightOf(entries: readonly Packed[]): ReadonlySet<string> {
  const bytes = new Map<string, number>();
  for (const { documentId, update } of entries) bytes.set(documentId, (bytes.get(documentId) ?? 0) + update.length);
  return new Set([...bytes].filter(([, size]) => size >= straightBytes).map(([documentId]) => documentId));
}

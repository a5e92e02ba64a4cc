/**
 * The journal's tail. Entries are kept by document (table `journal`), which reads fast but writes one page for each room in
 * a commit; a thousand rooms typing would cost a thousand pages a tick. So a commit appends to `tail`, one after the other
 * whatever room they are of, and later commits move some of the oldest into `journal`, many of one document at a time.
 * Who brings many entries of one document fills pages of his own and goes to `journal` at once.
 * An entry in `tail` at or below its document's last position in `journal` has been moved and waits to be cleared away.
 * What waits to be moved is known in memory, because nobody else writes here; opening the store moves what was left.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RoomId } from '../../../shared/ids.ts';
import type { NewEntry } from '../storage.ts';

/** How much may wait: more would make a start after a crash slow, less would move too few of a document at once. */
export const tailBounds = { rows: 16_384, bytes: 4 * 1024 * 1024 };
/** What a commit moves besides as much as it brings, once a bound is reached. */
const extra = { rows: 64, bytes: 256 * 1024 };
const clearedAtOnce = 1_024;
/** So much of one document in a commit needs no tail, unless far more of it waits there. */
const straight = { rows: 8, bytes: 4_096, movingAtMost: 4 };

const columns = 'documentId, seq, "update", writer, session, cause, at';

/** Entries of one document in the tail, from the oldest to the one at position `last`. */
type Waiting = { readonly ids: number[]; readonly sizes: number[]; last: number };

/** The oldest waiting entries of a document, which a commit moves. */
type Move = { readonly documentId: RoomId; readonly count: number };

/** How one commit goes about it. */
export type Plan = {
  readonly moves: readonly Move[];
  /** Documents whose entries go to `journal` at once; nothing of them waits after the moves. */
  readonly straight: ReadonlySet<RoomId>;
};

/** An entry that a commit has appended; without a row in the tail when it went straight to `journal`. */
export type Appended = {
  readonly documentId: RoomId;
  readonly seq: number;
  readonly id: number | undefined;
  readonly size: number;
};

/** Moves everything a process has left in the tail: at opening, before anything is read. */
export function settleTail(database: DatabaseSync): void {
  if (database.prepare('select 1 from tail limit 1').get() === undefined) return;
  database.exec('begin immediate');
  try {
    database.exec(`
      insert into journal (${columns}) select ${columns} from tail where true order by documentId, seq
      on conflict do nothing;
      delete from tail;`);
    database.exec('commit');
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}

export class Tail {
  readonly #append: StatementSync;
  readonly #keep: StatementSync;
  readonly #move: StatementSync;
  readonly #clear: StatementSync;
  readonly #lowest: StatementSync;
  /** In the order in which the documents began to wait. */
  readonly #waiting = new Map<RoomId, Waiting>();
  readonly #total = { rows: 0, bytes: 0 };
  /** Moved entries that are still in the table. */
  #moved = 0;

  constructor(database: DatabaseSync) {
    this.#append = database.prepare(`insert into tail (${columns}) values (?, ?, ?, ?, ?, ?, ?)`);
    this.#keep = database.prepare(`insert into journal (${columns}) values (?, ?, ?, ?, ?, ?, ?)`);
    this.#move = database.prepare(`insert into journal (${columns}) select ${columns} from tail where id = ?`);
    this.#clear = database.prepare('delete from tail where id < ?');
    this.#lowest = database.prepare('select min(id) as id from tail');
  }

  /** The position of a document's last entry, when that is in the tail. */
  head(documentId: RoomId): number | undefined {
    return this.#waiting.get(documentId)?.last;
  }

  /** The rows of a document's waiting entries behind a position, in order. */
  idsAfter(documentId: RoomId, seq: number): readonly number[] {
    const waiting = this.#waiting.get(documentId);
    if (waiting === undefined) return [];
    const first = waiting.last - waiting.ids.length + 1;
    return waiting.ids.slice(Math.max(0, seq + 1 - first));
  }

  /** What the next commit does besides appending `entries`: nothing while little waits and little comes. */
  plan(entries: readonly NewEntry[]): Plan {
    const moves: Move[] = [];
    const direct = new Set<RoomId>();
    for (const [documentId, { rows, bytes }] of measure(entries)) {
      // How many times enough it is.
      const times = Math.max(rows / straight.rows, bytes / straight.bytes);
      const waiting = this.#waiting.get(documentId)?.ids.length ?? 0;
      if (times < 1 || waiting > times * straight.rows * straight.movingAtMost) continue;
      direct.add(documentId);
      if (waiting > 0) moves.push({ documentId, count: waiting });
    }
    if (this.#total.rows > tailBounds.rows || this.#total.bytes > tailBounds.bytes) {
      moves.push(...this.#oldest(entries, direct));
    }
    return { moves, straight: direct };
  }

  #oldest(entries: readonly NewEntry[], besides: ReadonlySet<RoomId>): Move[] {
    let rows = entries.length + extra.rows;
    let bytes = entries.reduce((total, { update }) => total + update.length, extra.bytes);
    const moves: Move[] = [];
    for (const [documentId, { sizes }] of this.#waiting) {
      if (rows <= 0 || bytes <= 0) break;
      if (besides.has(documentId)) continue;
      let count = 0;
      for (; count < sizes.length && rows > 0 && bytes > 0; count += 1) {
        rows -= 1;
        bytes -= sizes[count] ?? 0;
      }
      moves.push({ documentId, count });
    }
    return moves;
  }

  /** Inside the commit: moves what is due. */
  settle({ moves }: Plan): void {
    for (const { documentId, count } of moves) {
      for (const id of this.#waiting.get(documentId)?.ids.slice(0, count) ?? []) this.#move.run(id);
    }
  }

  /** Inside the commit: clears away entries that earlier commits moved, once they are many; returns how many. */
  clear(): number {
    if (this.#moved < clearedAtOnce) return 0;
    const lowest = Number(this.#lowest.get()?.['id'] ?? 0);
    let oldest = lowest + clearedAtOnce;
    for (const { ids } of this.#waiting.values()) oldest = Math.min(oldest, ids[0] ?? oldest);
    return Number(this.#clear.run(oldest).changes);
  }

  /** Inside the commit: writes an entry and returns its row in the tail, if it has one. */
  append(entry: NewEntry, seq: number, plan: Plan): number | undefined {
    const { documentId, update, writer, session, cause, at } = entry;
    const values = [documentId, seq, update, writer, session, cause, at] as const;
    if (!plan.straight.has(documentId)) return Number(this.#append.run(...values).lastInsertRowid);
    this.#keep.run(...values);
    return undefined;
  }

  /** After the commit: what it has changed. */
  committed({ moves }: Plan, cleared: number, appended: readonly Appended[]): void {
    this.#moved -= cleared;
    for (const { documentId, count } of moves) this.#forget(documentId, count);
    for (const { documentId, seq, id, size } of appended) {
      if (id === undefined) continue;
      let waiting = this.#waiting.get(documentId);
      if (waiting === undefined) {
        waiting = { ids: [], sizes: [], last: seq };
        this.#waiting.set(documentId, waiting);
      }
      waiting.ids.push(id);
      waiting.sizes.push(size);
      waiting.last = seq;
      this.#total.rows += 1;
      this.#total.bytes += size;
    }
  }

  #forget(documentId: RoomId, count: number): void {
    const waiting = this.#waiting.get(documentId);
    if (waiting === undefined) return;
    waiting.ids.splice(0, count);
    for (const size of waiting.sizes.splice(0, count)) this.#total.bytes -= size;
    this.#total.rows -= count;
    this.#moved += count;
    if (waiting.ids.length === 0) this.#waiting.delete(documentId);
  }
}

/** How much a commit brings of each document. */
function measure(entries: readonly NewEntry[]): Map<RoomId, { rows: number; bytes: number }> {
  const totals = new Map<RoomId, { rows: number; bytes: number }>();
  for (const { documentId, update } of entries) {
    const total = totals.get(documentId);
    if (total === undefined) totals.set(documentId, { rows: 1, bytes: update.length });
    else {
      total.rows += 1;
      total.bytes += update.length;
    }
  }
  return totals;
}

/**
 * Gives the write-ahead log its full length before the first commit. A commit that lengthens the file makes the disk record the
 * new length as well; one that writes over what is there needs half the time and less than half the processor time.
 */
import type { DatabaseSync } from 'node:sqlite';

/** What the connection keeps in memory of a transaction before it writes it into the log (SQLite's default, `cache_size`). */
const keptBytes = 2_048_000;
const pageBytes = 4_096;
/** A page in the log, with the head of its frame. */
const framedBytes = pageBytes + 24;
/** What the connection writes out early differs by a few dozen pages. */
const sparePages = 200;

/** How long the log may stay when it is begun anew: all it was given, or the disk would be told of its length once more. */
export function reservedBytes(pages: number): number {
  return (pages + sparePages) * framedBytes;
}

/**
 * Writes `pages` pages into the log and takes them back; the file stays as long as it was made. Call it outside a
 * transaction, with the tables in place. A disk that is too full for it is no trouble: commits will lengthen the log as
 * they come.
 */
export function reserveLog(database: DatabaseSync, pages: number): void {
  database.exec('begin immediate');
  try {
    database.prepare('insert into tail (entries) values (zeroblob(?))').run(keptBytes + pages * pageBytes);
  } catch {
    // Said above.
  } finally {
    // A full disk ends the transaction by itself.
    if (database.isTransaction) database.exec('rollback');
  }
}

/**
 * One process per database: rooms and transactions rely on nobody else writing. While a store is open, a second, empty file
 * beside it is held under SQLite's exclusive lock. That lock is the operating system's and ends with the process however
 * that ends, so there is nothing to clear away after a crash; the database itself stays open to readers and backups.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CannotOpen, isBusy, reasonOf } from './database.ts';

/** A process that is ending may still save its last words when the next one starts. */
const patienceMs = 2_000;

/** Another process holds this database. */
export class InUse extends CannotOpen {
  override readonly name = 'InUse';
}

/**
 * Holds the database at `path`, whose directory it makes when there is none; the returned function lets it go. Throws `InUse`
 * or `CannotOpen`.
 */
export function holdDatabase(path: string): () => void {
  const lockPath = `${path}.lock`;
  let lock: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Nothing but SQLite may open this file: closing it anywhere in the process would end the lock.
    lock = new DatabaseSync(lockPath, { timeout: patienceMs });
    chmodSync(lockPath, 0o600);
    // Without a journal file: nothing is ever written here.
    lock.exec('pragma journal_mode = memory; begin exclusive;');
  } catch (error) {
    lock?.close();
    if (isBusy(error)) throw new InUse(`another process uses the database ${path}`, { cause: error });
    throw new CannotOpen(`cannot open the database ${path}: ${reasonOf(error)}`, { cause: error });
  }
  const held = lock;
  return () => held.close();
}

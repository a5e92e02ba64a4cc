/**
 * Opens the database file with the settings everything else relies on, and says in one sentence why it cannot.
 * WAL and synchronous=FULL: what a commit wrote survives a killed process and a lost power supply. The busy timeout is
 * short because node:sqlite waits on the event loop; who finds the file locked tries again later.
 */
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

export const busyTimeoutMs = 250;

/** The store cannot be opened; the message is one sentence for the person who started the server. */
export class CannotOpen extends Error {
  override readonly name: string = 'CannotOpen';
}

/** Opens or creates the file in an existing directory, readable by its owner only. Throws `CannotOpen`. */
export function openDatabase(path: string): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    if (path !== ':memory:') closeSync(openSync(path, 'a', 0o600));
    database = new DatabaseSync(path, { timeout: busyTimeoutMs, enableForeignKeyConstraints: true });
    database.exec('pragma journal_mode = wal; pragma synchronous = full;');
    checkStructure(database);
    return database;
  } catch (error) {
    if (database?.isOpen === true) database.close();
    throw new CannotOpen(`cannot open the database ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

/** A page that is not what it should be is found now and not under somebody's text. Some seconds for a gigabyte. */
function checkStructure(database: DatabaseSync): void {
  const result = database.prepare('pragma quick_check(1)').get()?.['quick_check'];
  if (result !== 'ok') throw new Error(`it is damaged (${String(result).replaceAll(/\s+/g, ' ')}); restore a backup`);
}

/** Opens an existing file without the right to change it, for checks beside a running server. Throws `CannotOpen`. */
export function openReadOnly(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: busyTimeoutMs, readOnly: true });
  } catch (error) {
    throw new CannotOpen(`cannot read the database ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const uniqueViolations: readonly number[] = [1555, 2067];

/** Whether SQLite refused a row because its primary key or a unique combination exists. */
export function isUniqueViolation(error: unknown): boolean {
  return uniqueViolations.includes(codeOf(error));
}

/** Whether SQLite found the file locked by somebody else. */
export function isBusy(error: unknown): boolean {
  // The low byte of an extended code is the primary one.
  return (codeOf(error) & 0xff) === 5;
}

/** SQLite's extended result code; 0, which is none, for anything else. */
function codeOf(error: unknown): number {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : 0;
}

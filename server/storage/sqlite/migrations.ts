/**
 * The database's shape, step by step; what each step does is in `steps/`. Forward only: a step that has been released never
 * changes, a new shape is a new step. They run at start; a file that already holds data is copied beside itself first. The
 * number of the last step done is kept in the file (`user_version`), in the same transaction as the step.
 */
import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { type Clock, instant } from '../../clock.ts';
import { CannotOpen, reasonOf } from './database.ts';
import { checklist, checks } from './steps/checks.ts';
import { foundation } from './steps/foundation.ts';
import { packJournal, packs, tail } from './steps/journal.ts';
import { carried, confirmations, keepFirstSteps, proposals, review } from './steps/review.ts';
import { hand, likeness } from './steps/texts.ts';

/** A step is SQL, then, where SQL is not enough, work in the same transaction. */
export type Migration = {
  readonly name: string;
  readonly sql: string;
  readonly work?: (database: DatabaseSync) => void;
};
export type OnMigrated = (name: string, version: number) => void;

export const migrations: readonly Migration[] = [
  { name: 'foundation', sql: foundation },
  { name: 'tail', sql: tail },
  { name: 'packs', sql: packs, work: packJournal },
  { name: 'proposals', sql: proposals },
  { name: 'checks', sql: checks },
  { name: 'hand', sql: hand },
  { name: 'likeness', sql: likeness },
  { name: 'review', sql: review },
  { name: 'carried', sql: carried },
  { name: 'checklist', sql: checklist },
  { name: 'confirmations', sql: confirmations, work: keepFirstSteps },
];

/** Brings the database to the last step. Throws `CannotOpen`, with the database as it was before the failing step. */
export function migrate(
  database: DatabaseSync,
  path: string,
  clock: Clock,
  steps = migrations,
  onMigrated?: OnMigrated,
): void {
  const done = versionOf(database);
  if (done > steps.length) {
    throw new CannotOpen(
      `the database ${path} was written by a newer release (version ${done}, this one knows ${steps.length})`,
    );
  }
  if (done > 0 && done < steps.length) backUp(database, path, done, clock);
  steps.slice(done).forEach((step, index) => {
    apply(database, path, step, done + index + 1);
    onMigrated?.(step.name, done + index + 1);
  });
}

/** The number of the last step done; 0 for an empty file. */
export function versionOf(database: DatabaseSync): number {
  const row = database.prepare('pragma user_version').get();
  return Number(row?.['user_version'] ?? 0);
}

function apply(database: DatabaseSync, path: string, step: Migration, version: number): void {
  try {
    database.exec('begin immediate');
    database.exec(step.sql);
    step.work?.(database);
    database.exec(`pragma user_version = ${version}`);
    database.exec('commit');
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    throw new CannotOpen(`cannot bring the database ${path} to version ${version} (${step.name}): ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** Copies the file as it stands to `<path>.v<version>-<time>.backup`. */
function backUp(database: DatabaseSync, path: string, version: number, clock: Clock): void {
  if (path === ':memory:') return;
  const stamp = instant(clock)
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
  const target = freeName(`${path}.v${version}-${stamp}`);
  try {
    database.prepare('vacuum into ?').run(target);
  } catch (error) {
    throw new CannotOpen(`cannot back up the database ${path} before its migration: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

function freeName(base: string): string {
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? `${base}.backup` : `${base}-${n}.backup`;
    if (!existsSync(name)) return name;
  }
}

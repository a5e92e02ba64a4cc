/**
 * A snapshot: the whole database as one file, taken beside the process that writes it. It carries a seal, a table of its own
 * that says what was in it: which tables with how many rows and which digest. So a byte that changed anywhere in a row is
 * found out, which SQLite's own check of its structure would not see.
 */
import { createHash, type Hash } from 'node:crypto';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { CannotOpen, openReadOnly, reasonOf } from './database.ts';
import { versionOf } from './migrations.ts';

export type Digest = { readonly rows: number; readonly sha256: string };

const sealTable = 'backup_seal';
const sealRow = z.object({ manifest: z.string(), digests: z.string(), sha256: z.string() });
const digestsSchema = z.record(z.string(), z.object({ rows: z.int(), sha256: z.string() }));

/** The file is no snapshot, or not as it was written; the message says what is wrong with it. */
export class Damaged extends Error {
  override readonly name = 'Damaged';
}

/**
 * Copies what is committed in `source` into the empty file `target`: one reading transaction, which keeps nobody from writing.
 * Throws `CannotOpen`.
 */
export function takeSnapshot(source: string, target: string): void {
  const database = openReadOnly(source);
  try {
    database.prepare('vacuum into ?').run(target);
  } catch (error) {
    throw new CannotOpen(`cannot copy the database ${source}: ${reasonOf(error)}`, { cause: error });
  } finally {
    database.close();
  }
}

/** The version of a snapshot's tables. */
export function snapshotVersion(path: string): number {
  return withDatabase(path, versionOf);
}

/** Writes the seal into a snapshot: `manifest` is the caller's. */
export function sealSnapshot(path: string, manifest: string): void {
  withDatabase(path, (database) => {
    const digests = JSON.stringify(digestsOf(database));
    database.exec('begin immediate');
    database.exec(
      `create table ${sealTable} (manifest text not null, digests text not null, sha256 text not null) strict`,
    );
    database.prepare(`insert into ${sealTable} values (?, ?, ?)`).run(manifest, digests, sealOf(manifest, digests));
    database.exec('commit');
  });
}

/** Checks a snapshot against its seal; the result is its manifest and the version of its tables. Throws `Damaged`. */
export function checkSnapshot(path: string): { readonly manifest: string; readonly version: number } {
  try {
    return withDatabase(path, (database) => {
      const result = database.prepare('pragma integrity_check').get()?.['integrity_check'];
      if (result !== 'ok') throw new Damaged(`its structure is damaged: ${String(result)}`);
      const { manifest, digests, sha256 } = readSeal(database);
      if (sealOf(manifest, digests) !== sha256) throw new Damaged('its seal is damaged');
      compare(digestsSchema.parse(JSON.parse(digests)), digestsOf(database));
      return { manifest, version: versionOf(database) };
    });
  } catch (error) {
    if (error instanceof Damaged) throw error;
    throw new Damaged(reasonOf(error), { cause: error });
  }
}

/** Takes the seal off: what is left is the database as it was. */
export function unsealSnapshot(path: string): void {
  withDatabase(path, (database) => database.exec(`drop table ${sealTable}`));
}

function readSeal(database: DatabaseSync): z.infer<typeof sealRow> {
  const [table] = database.prepare(`select 1 from sqlite_schema where name = '${sealTable}'`).all();
  if (table === undefined) throw new Damaged('it has no seal: it is no finished backup');
  return sealRow.parse(database.prepare(`select manifest, digests, sha256 from ${sealTable}`).get());
}

function compare(sealed: Readonly<Record<string, Digest>>, found: Readonly<Record<string, Digest>>): void {
  for (const name of new Set([...Object.keys(sealed), ...Object.keys(found)])) {
    if (sealed[name]?.sha256 !== found[name]?.sha256) throw new Damaged(`the table ${name} is not as it was written`);
  }
}

function sealOf(manifest: string, digests: string): string {
  return createHash('sha256')
    .update(JSON.stringify([manifest, digests]))
    .digest('hex');
}

function digestsOf(database: DatabaseSync): Readonly<Record<string, Digest>> {
  const names = database
    .prepare(
      "select name from sqlite_schema where type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name",
    )
    .all()
    .map(({ name }) => String(name))
    .filter((name) => name !== sealTable);
  return Object.fromEntries(names.map((name) => [name, digestOf(database, name)]));
}

/** Every value of every row, in the order in which the file has them. */
function digestOf(database: DatabaseSync, table: string): Digest {
  const hash = createHash('sha256');
  const statement = database.prepare(`select * from "${table}"`);
  statement.setReadBigInts(true);
  hash.update(JSON.stringify(statement.columns().map(({ name }) => name)));
  let rows = 0;
  for (const row of statement.iterate()) {
    rows += 1;
    for (const value of Object.values(row)) addValue(hash, value);
  }
  return { rows, sha256: hash.digest('hex') };
}

/** With kind and length, so that no two rows can look alike. */
function addValue(hash: Hash, value: SQLOutputValue): void {
  const bytes = value instanceof Uint8Array ? value : Buffer.from(String(value));
  hash.update(`${value === null ? 'null' : typeof value}:${bytes.length}:`);
  hash.update(bytes);
}

/** A snapshot is nobody's yet: it is opened without a write-ahead log, and leaves no other file behind. */
function withDatabase<T>(path: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(path);
  try {
    database.exec('pragma journal_mode = delete; pragma synchronous = full;');
    return work(database);
  } finally {
    database.close();
  }
}

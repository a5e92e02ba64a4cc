/**
 * `npm run backup -- FILE`: the database of `DATA_DIR` as one file, beside a running server or without one. Without FILE it
 * goes to `BACKUP_DIR` under the time's name, and the oldest there make room. The file is complete or not there; a copy of
 * it has been opened and read before it gets its name. The secret of the sessions is left out: who restores signs in again.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Clock, instant, systemClock } from '../clock.ts';
import { type Config, configFromProcess } from '../config.ts';
import { CannotOpen, reasonOf } from '../storage/sqlite/database.ts';
import { Damaged, sealSnapshot, snapshotVersion, takeSnapshot } from '../storage/sqlite/snapshot.ts';
import { examine } from './examine.ts';
import { createEmpty, force, publish } from './files.ts';
import type { Manifest } from './manifest.ts';

export type Backup = { readonly path: string; readonly manifest: Manifest };

/** Writes a backup of the database at `source`. Throws `CannotOpen`, `Damaged` or the operating system's error. */
export async function writeBackup(source: string, path: string, clock: Clock): Promise<Backup> {
  const directory = mkdtempSync(join(dirname(path), '.duizhao-backup-'));
  try {
    const part = join(directory, 'backup');
    createEmpty(part);
    takeSnapshot(source, part);
    const copy = join(directory, 'copy');
    copyFileSync(part, copy);
    const { documents, proposals, auditEntries } = await examine(copy);
    const manifest: Manifest = {
      format: 1,
      at: instant(clock),
      schemaVersion: snapshotVersion(part),
      auditEntries,
      documents: [...documents],
      proposals: [...proposals],
    };
    sealSnapshot(part, JSON.stringify(manifest));
    publish(part, path);
    return { path, manifest };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const suffix = '.backup';
const ownName = /^duizhao-\d{8}T\d{6}Z(?:-\d+)?\.backup$/;

/** A free name in `BACKUP_DIR` that says when. */
function nameIn(directory: string, clock: Clock): string {
  const stamp = instant(clock)
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
  for (let n = 1; ; n += 1) {
    const path = join(directory, `duizhao-${stamp}${n === 1 ? '' : `-${n}`}.backup`);
    if (!existsSync(path)) return path;
  }
}

/** Removes the oldest of our own names; other files stay. Of one second the one with the number is the later. */
export function keepNewest(directory: string, keep: number): void {
  const ours = readdirSync(directory).filter((name) => ownName.test(name));
  const inTime = ours.map((name) => name.slice(0, -suffix.length)).sort();
  for (const name of inTime.slice(0, -keep)) rmSync(join(directory, name + suffix));
  force(directory);
}

export async function run(args: readonly string[]): Promise<void> {
  const config = configFromProcess();
  if (!config.ok) return end(config.error.join('\n'), 1);
  if (args.length > 1 || args.some((argument) => argument.startsWith('-'))) {
    return end('usage: npm run backup -- FILE', 1);
  }
  const [file] = args;
  const { backupDir } = config.value;
  if (file === undefined && backupDir === undefined) {
    return end('usage: npm run backup -- FILE（或设置环境变量 BACKUP_DIR / or set BACKUP_DIR）', 1);
  }
  try {
    return await backUp(config.value, file);
  } catch (error) {
    return end(explain(error, file ?? backupDir ?? ''), 1);
  }
}

async function backUp({ dataDir, backupDir, backupKeep }: Config, file: string | undefined): Promise<void> {
  const source = join(dataDir, 'duizhao.db');
  if (!existsSync(source)) return end(`没有数据库 ${source}。There is no database ${source}.`, 1);
  if (file === undefined && backupDir !== undefined) mkdirSync(backupDir, { recursive: true, mode: 0o700 });
  const path = file === undefined ? nameIn(backupDir ?? '', systemClock) : resolve(file);
  if (existsSync(path)) return end(`文件 ${path} 已存在，不会覆盖。The file ${path} exists and is not replaced.`, 1);
  const { manifest } = await writeBackup(source, path, systemClock);
  if (file === undefined && backupDir !== undefined) keepNewest(backupDir, backupKeep);
  const count = manifest.documents.length;
  end(`已备份 ${count} 份材料：${path}。Backed up ${count} document(s): ${path}.`, 0);
}

function explain(error: unknown, path: string): string {
  const why = reasonOf(error);
  if (error instanceof CannotOpen || error instanceof Damaged) {
    return `数据库无法备份：${why}。The database cannot be backed up: ${why}.`;
  }
  return `备份 ${path} 未能写入：${why}。The backup ${path} could not be written: ${why}.`;
}

function end(line: string, code: 0 | 1): void {
  (code === 0 ? console.log : console.error)(line);
  process.exitCode = code;
}

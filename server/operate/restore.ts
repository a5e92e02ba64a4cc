/**
 * `npm run restore -- FILE`: puts a backup into an empty `DATA_DIR`. The backup is read whole first, and a copy of it opened;
 * what is damaged, or was written by a newer release, changes nothing. An older one is brought up at the next start.
 */
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { configFromProcess } from '../config.ts';
import { CannotOpen, reasonOf } from '../storage/sqlite/database.ts';
import { holdDatabase, InUse } from '../storage/sqlite/lock.ts';
import { migrations } from '../storage/sqlite/migrations.ts';
import { checkSnapshot, Damaged, unsealSnapshot } from '../storage/sqlite/snapshot.ts';
import { examine } from './examine.ts';
import { createEmpty, publish } from './files.ts';
import { difference, type Manifest, manifestSchema } from './manifest.ts';

/** The backup was written by a release that came after this one. */
export class TooNew extends Error {
  override readonly name = 'TooNew';
}

/**
 * Puts the database of a backup at `path`, where nothing may be, and checks every byte of it on the way. Throws `Damaged`,
 * `TooNew` or the operating system's error.
 */
export function placeBackup(file: string, path: string): Manifest {
  const part = `${path}.part`;
  rmSync(part, { force: true });
  try {
    createEmpty(part);
    copyFileSync(file, part);
    chmodSync(part, 0o600);
    const { manifest: text, version } = checkSnapshot(part);
    const manifest = manifestSchema.parse(JSON.parse(text));
    if (version > migrations.length) {
      throw new TooNew(`it has version ${version}, this release knows ${migrations.length}`);
    }
    unsealSnapshot(part);
    publish(part, path);
    return manifest;
  } finally {
    rmSync(part, { force: true });
  }
}

/** Restores into the directory `scratch`, opens every document and every proposal, and compares. Throws what `placeBackup` throws. */
export async function rehearse(file: string, scratch: string): Promise<Manifest> {
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  const path = join(scratch, 'duizhao.db');
  const manifest = placeBackup(file, path);
  const other = difference(manifest, await examine(path));
  if (other !== undefined) throw new Damaged(other);
  return manifest;
}

/** What a refused restore says, in both languages. */
export function explain(error: unknown, file: string): string {
  const why = reasonOf(error);
  if (error instanceof TooNew) {
    return `备份 ${file} 由更新的版本写成（${why}）。The backup ${file} was written by a newer release: ${why}.`;
  }
  if (error instanceof Damaged || error instanceof CannotOpen) {
    return `备份 ${file} 已损坏或不是备份：${why}。The backup ${file} is damaged, or none: ${why}.`;
  }
  return `备份 ${file} 无法使用：${why}。The backup ${file} cannot be used: ${why}.`;
}

export async function run(args: readonly string[]): Promise<void> {
  const config = configFromProcess();
  if (!config.ok) return end(config.error.join('\n'), 1);
  const [file] = args;
  if (args.length !== 1 || file === undefined) return end('usage: npm run restore -- FILE', 1);
  if (!existsSync(file)) return end(`没有文件 ${file}。There is no file ${file}.`, 1);
  const { dataDir } = config.value;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    await restore(resolve(file), dataDir);
  } catch (error) {
    end(error instanceof InUse ? inUse(dataDir) : explain(error, file), 1);
  }
}

async function restore(file: string, dataDir: string): Promise<void> {
  const path = join(dataDir, 'duizhao.db');
  const lock = `${path}.lock`;
  const strangers = readdirSync(dataDir).filter((name) => name !== 'duizhao.db.lock');
  if (existsSync(lock)) holdDatabase(path)();
  if (strangers.length > 0) {
    return end(
      `数据目录 ${dataDir} 不是空的，请先移走其中的文件。The data directory ${dataDir} is not empty; move what is in it away first.`,
      1,
    );
  }
  // Nobody starts on it meanwhile.
  const letGo = holdDatabase(path);
  const scratch = join(dataDir, 'rehearsal');
  try {
    await rehearse(file, scratch);
    rmSync(scratch, { recursive: true });
    const { documents, at } = placeBackup(file, path);
    end(
      `已恢复 ${at} 的备份，共 ${documents.length} 份材料。Restored the backup of ${at}, ${documents.length} document(s).`,
      0,
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    letGo();
  }
}

function inUse(dataDir: string): string {
  return `数据目录 ${dataDir} 正由对照服务使用，请先停止它。The data directory ${dataDir} is in use by a Duizhao server; stop it first.`;
}

function end(line: string, code: 0 | 1): void {
  (code === 0 ? console.log : console.error)(line);
  process.exitCode = code;
}

/**
 * `npm run drill [-- FILE|DIRECTORY]`: whether the newest backup would bring everything back. It is restored into a scratch
 * directory, every document and every proposal is opened and its text compared with what the backup says of it. One line, exit code 0 or 1.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { configFromProcess } from '../config.ts';
import { explain, rehearse } from './restore.ts';

export async function run(args: readonly string[]): Promise<void> {
  const config = configFromProcess();
  if (!config.ok) return end(config.error.join(' '), 1);
  const where = args[0] ?? config.value.backupDir;
  if (where === undefined || args.length > 1) {
    return end('usage: npm run drill -- FILE|DIRECTORY（或设置环境变量 BACKUP_DIR / or set BACKUP_DIR）', 1);
  }
  const file = newest(resolve(where));
  if (file === undefined) return end(`${where} 中没有备份。There is no backup in ${where}.`, 1);
  const started = performance.now();
  const scratch = mkdtempSync(join(tmpdir(), 'duizhao-drill-'));
  try {
    const { documents, at } = await rehearse(file, scratch);
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    const count = documents.length;
    end(
      `演练通过：${file}（${at}），${count} 份材料全部打开且一致，用时 ${seconds} 秒。` +
        `Drill passed: ${count} document(s) opened and equal, ${seconds} s.`,
      0,
    );
  } catch (error) {
    end(`演练未通过：${explain(error, file)} Drill failed.`, 1);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The file itself, or the youngest backup in the directory. */
function newest(path: string): string | undefined {
  const about = statSync(path, { throwIfNoEntry: false });
  if (about === undefined || about.isFile()) return about === undefined ? undefined : path;
  return readdirSync(path)
    .filter((name) => name.endsWith('.backup'))
    .map((name) => join(path, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs || (a < b ? 1 : -1))[0];
}

function end(line: string, code: 0 | 1): void {
  (code === 0 ? console.log : console.error)(line);
  process.exitCode = code;
}

/**
 * `npm run audit:verify`: follows the chain of the audit log in `DATA_DIR`, beside a running server or without one. One line
 * on the console; exit code 0 when the chain is whole, 1 when it is not or cannot be read.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { configFromProcess } from '../config.ts';
import { reasonOf } from '../storage/sqlite/database.ts';
import { openForReading } from '../storage/sqlite/storage.ts';
import { verifyAudit } from './record-audit.ts';

export async function run(): Promise<void> {
  const config = configFromProcess();
  if (!config.ok) return end(config.error.join(' '), 1);
  const path = join(config.value.dataDir, 'duizhao.db');
  if (!existsSync(path)) return end(`没有数据库 ${path}。There is no database ${path}.`, 1);
  try {
    const store = openForReading(path);
    const verdict = await verifyAudit(store.records);
    await store.close();
    if (verdict.intact)
      return end(`审计日志完整，共 ${verdict.entries} 条。The audit log is intact, ${verdict.entries} entries.`, 0);
    end(`审计日志自第 ${verdict.brokenAt} 条起不完整。The audit log is broken from entry ${verdict.brokenAt} on.`, 1);
  } catch (error) {
    end(`审计日志无法读取：${reasonOf(error)}。The audit log cannot be read: ${reasonOf(error)}.`, 1);
  }
}

function end(line: string, code: 0 | 1): void {
  console.log(line);
  process.exitCode = code;
}

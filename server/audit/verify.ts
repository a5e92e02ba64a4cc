/** `npm run audit:verify`: checks the chain of the audit log in the data directory; exit code 1 when it is broken. */
import { join } from 'node:path';
import { systemClock } from '../clock.ts';
import { configFromProcess } from '../config.ts';
import { CannotOpen, openReadOnly } from '../storage/sqlite/database.ts';
import { openSqliteStorage } from '../storage/sqlite/storage.ts';
import { verifyAudit } from './record-audit.ts';

export async function run(): Promise<void> {
  const config = configFromProcess();
  if (!config.ok) {
    for (const sentence of config.error) console.error(sentence);
    process.exitCode = 1;
    return;
  }
  const path = join(config.value.dataDir, 'duizhao.db');
  try {
    // Asking first without the right to write keeps a mistyped directory from being made.
    openReadOnly(path).close();
    const storage = await openSqliteStorage({ path, clock: systemClock });
    const broken = await verifyAudit(storage.records);
    await storage.close();
    if (broken === undefined) console.log('审计日志完整。The audit log is intact.');
    else
      console.error(
        `审计日志在第 ${broken.seq} 条处不完整（${broken.why}）。The audit log is broken at entry ${broken.seq} (${broken.why}).`,
      );
    process.exitCode = broken === undefined ? 0 : 1;
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Another program that holds the database, as a backup tool or a virus scanner might. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const hold = `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(process.argv[1], { timeout: 10000 });
  database.exec('begin exclusive');
  console.log('held');
  setInterval(() => {}, 1000);`;

/** Resolves once it is held; the result lets it go. */
export async function lockDatabase(dataDir: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['-e', hold, join(dataDir, 'duizhao.db')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return async () => {
    if (child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
}

/** One process per database, told apart by real processes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openForReading, openSqliteStorage } from '../../../server/storage/sqlite/storage.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const script = `
  import { openSqliteStorage } from ${JSON.stringify(resolve('server/storage/sqlite/storage.ts'))};
  import { systemClock } from ${JSON.stringify(resolve('server/clock.ts'))};
  await openSqliteStorage({ path: process.argv[1], clock: systemClock });
  console.log('open');
  setInterval(() => undefined, 60_000);`;

describe('[ST8] a database that a process has open', () => {
  let directory: string;
  let path: string;
  let other: ChildProcess;
  const open = () => openSqliteStorage({ path, clock: new FakeClock() });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'duizhao-lock-'));
    path = join(directory, 'duizhao.db');
    other = spawn(process.execPath, ['--input-type=module', '-e', script, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(other.stdout ?? other, 'data');
  });

  afterEach(async () => {
    other.kill('SIGKILL');
    await rm(directory, { recursive: true });
  });

  async function kill(): Promise<void> {
    const ended = once(other, 'exit');
    other.kill('SIGKILL');
    await ended;
  }

  test('opens for nobody else until that process is gone, however it went', async () => {
    await expect(open()).rejects.toMatchObject({ name: 'InUse', message: `another process uses the database ${path}` });
    await kill();
    const storage = await open();
    await expect(open()).rejects.toMatchObject({ name: 'InUse' });
    await storage.close();
    await (await open()).close();
  });

  test('can be read beside it', async () => {
    const reading = openForReading(path);
    expect(await reading.records.unit.find({})).toEqual([]);
    await reading.close();
  });

  test('has one file more, for its owner only', async () => {
    expect((await readdir(directory)).sort()).toEqual([
      'duizhao.db',
      'duizhao.db-shm',
      'duizhao.db-wal',
      'duizhao.db.lock',
    ]);
    expect((await stat(`${path}.lock`)).mode & 0o777).toBe(0o600);
  });
});

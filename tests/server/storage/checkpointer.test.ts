/** The write-ahead log stays short beside commits: by a thread of its own, or SQLite's own way when there is none. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Checkpointer, logPages } from '../../../server/storage/sqlite/checkpointer.ts';
import { openDatabase } from '../../../server/storage/sqlite/database.ts';

// Thousands of writes that each wait for the disk.
describe('the write-ahead log', { timeout: 120_000 }, () => {
  let directory: string;
  let path: string;
  let database: DatabaseSync;
  let checkpointer: Checkpointer;
  const troubles: string[] = [];

  const begin = (workerUrl?: URL) => {
    checkpointer = new Checkpointer({
      database,
      path,
      onTrouble: (what, error) => troubles.push(`${what}: ${String(error)}`),
      ...(workerUrl === undefined ? {} : { workerUrl }),
    });
  };
  const thread = (source: string) => new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  const insert = (pages: number) => {
    database.prepare('insert into bytes (x) values (zeroblob(?))').run(pages * 4096);
    checkpointer.used();
  };
  const state = () => {
    const { log, checkpointed } = database.prepare('pragma wal_checkpoint(noop)').get() ?? {};
    return { log: Number(log), checkpointed: Number(checkpointed) };
  };
  /** Writes on until the log is as it should be; fails when so many pages have not made it so. */
  const writeUntil = async (settled: () => boolean, pages: number) => {
    for (let written = 0; written < pages; written += 50) {
      insert(50);
      await turn();
      if (settled()) return;
    }
    expect(settled()).toBe(true);
  };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'duizhao-log-'));
    path = join(directory, 'duizhao.db');
    database = openDatabase(path);
    database.exec('create table bytes (id integer primary key, x blob)');
    troubles.length = 0;
  });

  afterEach(async () => {
    await checkpointer.close();
    if (database.isOpen) database.close();
    await rm(directory, { recursive: true });
  });

  test('has its thread before it is needed when that is asked for, and only one', async () => {
    const source = `
      import { parentPort } from 'node:worker_threads';
      parentPort.postMessage('here');
      parentPort.on('message', () => parentPort.close());`;
    begin(thread(source));
    checkpointer.prepare();
    checkpointer.prepare();
    while (troubles.length === 0) await turn();
    await checkpointer.close();
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toMatch(/here/);
  });

  test('is left alone while it is short: no thread starts and nothing is copied', async () => {
    begin();
    for (let write = 0; write < 100; write += 1) insert(1);
    await turn();
    expect(state().checkpointed).toBe(0);
    expect(state().log).toBeLessThan(logPages.copy);
  });

  test('is copied and begun anew while writes go on, and never grows past its worst', async () => {
    begin();
    let longest = 0;
    await writeUntil(() => {
      const { log } = state();
      const anew = log < longest;
      longest = Math.max(longest, log);
      return anew;
    }, 100_000);
    expect(longest).toBeLessThanOrEqual(logPages.worst + 2_000);
    expect(troubles).toEqual([]);
    expect(checkpointer.givenUp).toBe(false);
  });

  test('is copied by whoever writes when the thread cannot keep up', async () => {
    const deaf = "parentPort.on('message', (word) => { if (word === 'close') parentPort.close(); });";
    begin(thread(`import { parentPort } from 'node:worker_threads'; ${deaf}`));
    await writeUntil(() => state().checkpointed >= logPages.worst, logPages.worst + 4_000);
    expect(checkpointer.givenUp).toBe(false);
  });

  test.each([
    ['fails', 'throw new Error("no thread")'],
    ['ends', 'process.exit(0)'],
  ])('is copied inside commits from the moment the thread %s, and the log says so', async (_what, source) => {
    begin(thread(source));
    await writeUntil(() => checkpointer.givenUp, 50_000);
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toMatch(/write-ahead log.*(no thread|ended)/);
    for (let write = 0; write < 20; write += 1) insert(200);
    expect(state().log).toBeLessThan(2 * logPages.copy);
  });

  test('a copy that fails is told and tried again', async () => {
    const source = `
      import { parentPort, workerData } from 'node:worker_threads';
      parentPort.on('message', (word) => {
        if (word === 'close') return parentPort.close();
        parentPort.postMessage('disk I/O error');
        Atomics.store(workerData.copying, 0, 0);
      });`;
    begin(thread(source));
    await writeUntil(() => troubles.length >= 2, logPages.worst);
    expect(troubles[0]).toMatch(/write-ahead log.*disk I\/O error/);
    expect(checkpointer.givenUp).toBe(false);
  });

  test('closing ends the thread, and the last connection leaves one whole file', async () => {
    begin();
    await writeUntil(() => state().checkpointed > 0, 50_000);
    await checkpointer.close();
    const rows = database.prepare('select count(*) as rows from bytes').get()?.['rows'];
    database.close();
    expect(await readdir(directory)).toEqual(['duizhao.db']);
    expect((await stat(path)).size).toBeGreaterThan(logPages.copy * 4096);
    const again = new DatabaseSync(path);
    expect(again.prepare('select count(*) as rows from bytes').get()?.['rows']).toBe(rows);
    again.close();
  });
});

/** A store for an office at work has the length of its write-ahead log from the start. */
import { copyFile, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIds } from '../../../server/ids.ts';
import { logPages } from '../../../server/storage/sqlite/checkpointer.ts';
import { openDatabase } from '../../../server/storage/sqlite/database.ts';
import { reserveLog } from '../../../server/storage/sqlite/log-space.ts';
import { openSqliteStorage, type SqliteStorage } from '../../../server/storage/sqlite/storage.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const at = '2022-01-10T01:00:00.000Z';
const pageBytes = 4_096;

describe('the length of the write-ahead log', () => {
  const clock = new FakeClock(at);
  const newId = createIds(clock);
  let directory: string;
  let path: string;
  const opened: SqliteStorage[] = [];

  const open = async (file = path, busy = true): Promise<SqliteStorage> => {
    const storage = await openSqliteStorage({ path: file, clock, busy });
    opened.push(storage);
    return storage;
  };
  const logBytes = async (file = path) => (await stat(`${file}-wal`)).size;
  const documentId = newId('doc');
  const entry = (value: number) => ({
    documentId,
    update: new Uint8Array([value]),
    writer: 'server' as const,
    session: '',
    cause: 'seed' as const,
    at,
    claims: [],
  });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'duizhao-space-'));
    path = join(directory, 'duizhao.db');
  });

  afterEach(async () => {
    for (const storage of opened.splice(0)) await storage.close();
    await rm(directory, { recursive: true });
  });

  test('is there before the first commit, and commits do not change it', async () => {
    const storage = await open();
    const before = await logBytes();
    expect(before).toBeGreaterThanOrEqual(logPages.copy * 3 * pageBytes);
    for (let value = 1; value <= 200; value += 1) await storage.journal.commit([entry(value)]);
    expect(await logBytes()).toBe(before);
    // Nor does beginning it anew.
    const beside = openDatabase(path);
    expect(beside.prepare('pragma wal_checkpoint(restart)').get()).toMatchObject({ busy: 0 });
    beside.close();
    await storage.journal.commit([entry(1)]);
    expect(await logBytes()).toBe(before);
    // What was written to make it long is nobody's.
    expect((await storage.journal.load(documentId)).entries).toHaveLength(201);
  });

  test('is not made long for a command that looks and goes', async () => {
    await (await open(path, false)).probe();
    expect(await logBytes()).toBeLessThan(logPages.copy * pageBytes);
  });

  test('holds what was committed, and nothing else, when the process is killed', async () => {
    const storage = await open();
    for (let value = 1; value <= 20; value += 1) await storage.journal.commit([entry(value)]);
    // The files as they lie there in this moment are what a killed process leaves.
    const left = join(directory, 'left.db');
    for (const part of ['', '-wal']) await copyFile(`${path}${part}`, `${left}${part}`);
    const again = await open(left, false);
    const { entries, seq } = await again.journal.load(documentId);
    expect(seq).toBe(20);
    expect(entries.map(({ update }) => update[0])).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  test('is left as it is when the disk has no room for it', async () => {
    await (await open(path, false)).close();
    opened.length = 0;
    const database = openDatabase(path);
    try {
      // SQLite’s own bound on the file is met like a full disk.
      const pages = Number(database.prepare('pragma page_count').get()?.['page_count']);
      database.exec(`pragma max_page_count = ${pages + 100}`);
      reserveLog(database, logPages.finish);
      expect(database.isTransaction).toBe(false);
      database.exec("insert into tail (entries) values (x'01')");
      expect(database.prepare('select count(*) as n from tail').get()?.['n']).toBe(1);
    } finally {
      database.close();
    }
  });
});

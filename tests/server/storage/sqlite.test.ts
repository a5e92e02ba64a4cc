/** What only a file can suffer: locks, a full disk, a killed process, older and newer releases. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isStorageFailure } from '../../../server/http/failures.ts';
import { createIds } from '../../../server/ids.ts';
import { migrations } from '../../../server/storage/sqlite/migrations.ts';
import { openForReading, openSqliteStorage, type SqliteStorage } from '../../../server/storage/sqlite/storage.ts';
import { tableNames, tables } from '../../../server/storage/tables.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const at = '2022-01-10T01:00:00.000Z';

describe('the SQLite store', () => {
  const clock = new FakeClock(at);
  const newId = createIds(clock);
  let directory: string;
  let path: string;
  const opened: SqliteStorage[] = [];

  const open = async (steps = migrations): Promise<SqliteStorage> => {
    const storage = await openSqliteStorage({ path, clock, migrations: steps });
    opened.push(storage);
    return storage;
  };
  const unit = (name: string) => ({ id: newId('unit'), name, parentId: null, createdAt: at });
  const entry = (documentId = newId('doc')) => ({
    documentId,
    update: new Uint8Array(8000),
    writer: 'server' as const,
    session: '',
    cause: 'seed' as const,
    at,
    claims: [5],
  });

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'duizhao-sqlite-'));
    path = join(directory, 'data', 'duizhao.db');
  });

  afterEach(async () => {
    for (const storage of opened.splice(0)) await storage.close();
    await rm(directory, { recursive: true });
  });

  /** Every way to write something of size, each of which must fail while `hold` lasts and work after it. */
  async function failsOnlyWhile(storage: SqliteStorage, hold: () => Promise<() => Promise<unknown>>): Promise<void> {
    const { documentId } = entry();
    const row = unit('局'.repeat(8000));
    const ways = [
      () => storage.journal.commit([entry(documentId)]),
      () => storage.records.unit.insert(row),
      () => storage.transact(async (records) => records.setting.insert({ id: 'tried', value: 'x'.repeat(8000) })),
    ];
    const release = await hold();
    for (const way of ways) {
      const failure = await way().then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(isStorageFailure(failure)).toBe(true);
    }
    // Reading goes on, and nothing of what failed is there.
    expect((await storage.journal.load(documentId)).seq).toBe(0);
    expect(await storage.records.unit.get(row.id)).toBeUndefined();
    expect(await storage.records.setting.get('tried')).toBeUndefined();
    await release();
    for (const way of ways) await way();
    expect((await storage.journal.load(documentId)).seq).toBe(1);
  }

  test('[ST7] while another process holds the lock every write throws, and the same write works afterwards', async () => {
    const storage = await open();
    await failsOnlyWhile(storage, async () => {
      const other = new DatabaseSync(path);
      other.exec('begin immediate');
      return async () => other.close();
    });
  });

  test('[ST7] while the disk is full every write throws, and the same write works afterwards', async () => {
    const storage = await open();
    const limit = (pages: number) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(storage.db);
    await failsOnlyWhile(storage, async () => {
      const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(storage.db);
      // What is left of the last pages is filled up first.
      await limit(rows[0]?.page_count ?? 1);
      await fill(storage.db);
      return () => limit(1_000_000);
    });
  });

  test('[ST7] while the file is read-only every write throws, and the same write works afterwards', async () => {
    const storage = await open();
    await failsOnlyWhile(storage, async () => {
      await sql`pragma query_only = on`.execute(storage.db);
      return () => sql`pragma query_only = off`.execute(storage.db);
    });
  });

  test('[ST2] a transaction whose statement filled the disk writes nothing later, even when the error was swallowed', async () => {
    const storage = await open();
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(storage.db);
    await sql`pragma max_page_count = ${sql.lit(rows[0]?.page_count ?? 1)}`.execute(storage.db);
    const swallowing = storage.transact(async (records) => {
      await records.setting.insert({ id: 'big', value: 'x'.repeat(1_000_000) }).catch(() => undefined);
      await sql`pragma max_page_count = 1000000`.execute(storage.db).catch(() => undefined);
      await records.setting.insert({ id: 'small', value: 'x' });
    });
    await expect(swallowing).rejects.toThrow(/rolled back/);
    expect(await storage.records.setting.get('small')).toBeUndefined();
  });

  test('[ST15] the probe throws while the store is locked or read-only, and not afterwards', async () => {
    const storage = await open();
    const other = new DatabaseSync(path);
    other.exec('begin immediate');
    await expect(storage.probe()).rejects.toThrow(/locked/);
    other.close();
    await storage.probe();
    await sql`pragma query_only = on`.execute(storage.db);
    await expect(storage.probe()).rejects.toThrow(/readonly/);
    await sql`pragma query_only = off`.execute(storage.db);
    await storage.probe();
    expect(await storage.records.setting.get('probe')).toEqual({ id: 'probe', value: at });
  });

  test('[ST1] what a commit wrote is there after the process was killed', async () => {
    await (await open()).close();
    const module = (file: string) => JSON.stringify(resolve('server', file));
    const script = `
      import { openSqliteStorage } from ${module('storage/sqlite/storage.ts')};
      import { systemClock } from ${module('clock.ts')};
      const storage = await openSqliteStorage({ path: process.argv[1], clock: systemClock });
      const entry = JSON.parse(process.argv[2]);
      await storage.journal.commit([{ ...entry, update: new Uint8Array([1, 2, 3]) }]);
      await storage.records.unit.insert(JSON.parse(process.argv[3]));
      process.kill(process.pid, 'SIGKILL');
    `;
    const written = { ...entry(), update: [] };
    const row = unit('市局');
    const died = await new Promise<string | null>((done) => {
      const parameters = [path, JSON.stringify(written), JSON.stringify(row)];
      const child = execFile(process.execPath, ['--input-type=module', '-e', script, ...parameters]);
      child.on('exit', (_code, signal) => done(signal));
    });
    expect(died).toBe('SIGKILL');
    const storage = await open();
    expect([...((await storage.journal.load(written.documentId)).entries[0]?.update ?? [])]).toEqual([1, 2, 3]);
    expect(await storage.records.unit.get(row.id)).toEqual(row);
  });

  test('it writes ahead, waits for the disk and waits only briefly for a lock', async () => {
    const storage = await open();
    const pragma = async (name: string) =>
      Object.values((await sql<object>`pragma ${sql.raw(name)}`.execute(storage.db)).rows[0] ?? {})[0];
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(1);
    expect(await pragma('busy_timeout')).toBeLessThanOrEqual(250);
  });

  test('closing ends the thread that copies the log, and leaves one whole file', async () => {
    const storage = await open();
    const copied = async () => {
      const { rows } = await sql<{ checkpointed: number }>`pragma wal_checkpoint(noop)`.execute(storage.db);
      return (rows[0]?.checkpointed ?? 0) > 0;
    };
    const big = { ...entry(), update: new Uint8Array(200_000) };
    for (let commits = 0; !(await copied()); commits += 1) {
      expect(commits).toBeLessThan(1_000);
      await storage.journal.commit([big]);
      await new Promise(setImmediate);
    }
    await storage.close();
    expect((await readdir(join(directory, 'data'))).sort()).toEqual(['duizhao.db', 'duizhao.db.lock']);
  });

  test('the file and its directory are made for their owner only', async () => {
    await open();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(directory, 'data'))).mode & 0o777).toBe(0o700);
  });

  test('queries of better-auth inside a transaction are part of it', async () => {
    const storage = await open();
    const failing = storage.transact(async (records) => {
      await sql`insert into setting (id, value) values ('joined', 'x')`.execute(storage.db);
      expect(await records.setting.get('joined')).toEqual({ id: 'joined', value: 'x' });
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    expect(await storage.records.setting.get('joined')).toBeUndefined();
  });

  test('[ST2] a joined query does not let others in before the transaction ends', async () => {
    const storage = await open();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((done) => {
      letGo = done;
    });
    let joined: () => void = () => undefined;
    const hasJoined = new Promise<void>((done) => {
      joined = done;
    });
    const writing = storage.transact(async (records) => {
      await sql`insert into setting (id, value) values ('joined', 'first')`.execute(storage.db);
      joined();
      await held;
      await records.setting.update('joined', { value: 'second' });
    });
    await hasJoined;
    const reading = storage.records.setting.get('joined');
    // Whoever could run by now has run.
    await new Promise(setImmediate);
    letGo();
    await writing;
    expect((await reading)?.value).toBe('second');
  });

  test('queries of better-auth outside wait for the transaction to end', async () => {
    const storage = await open();
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((done) => {
      letGo = done;
    });
    const order: string[] = [];
    const writing = storage.transact(async () => {
      await held;
      order.push('transaction');
    });
    const asking = sql`select 1`.execute(storage.db).then(() => order.push('query'));
    letGo();
    await Promise.all([writing, asking]);
    expect(order).toEqual(['transaction', 'query']);
  });

  test('every column of every table is there, and no other', async () => {
    const storage = await open();
    for (const name of tableNames) {
      const { rows } = await sql<{ name: string }>`select name from pragma_table_info(${name})`.execute(storage.db);
      expect(rows.map((row) => row.name).sort()).toEqual(Object.keys(tables[name].row.shape).sort());
    }
  });

  test('every unique combination of the port is one of the file', async () => {
    const storage = await open();
    for (const name of tableNames) {
      for (const columns of tables[name].unique) {
        const { rows } = await sql<{ columns: string }>`
          select (select group_concat(name) from (select name from pragma_index_info(list.name) order by seqno)) as columns
          from pragma_index_list(${name}) as list where list."unique" = 1`.execute(storage.db);
        expect(rows.map((row) => row.columns)).toContain(columns.join(','));
      }
    }
  });

  test.each([
    ['a directory stands where the file should be', async () => void (await mkdir(path, { recursive: true }))],
    ['a file stands where the directory should be', async () => writeFile(join(directory, 'data'), 'x')],
    [
      'the file is no database',
      async () => {
        await mkdir(join(directory, 'data'));
        await writeFile(path, 'not a database, '.repeat(100));
      },
    ],
  ])('when %s it says in one sentence that it cannot open', async (_what, spoil) => {
    await spoil();
    await expect(open()).rejects.toThrow(expect.objectContaining({ name: 'CannotOpen' }));
    await expect(open()).rejects.toThrow(/^cannot [^\n]+duizhao\.db[^\n]*$/);
  });

  describe('migrations', () => {
    const next = { name: 'next', sql: 'create table added (id text primary key) strict' };
    const broken = { name: 'broken', sql: 'create table half (id text); create table journal (id text);' };
    const backups = async () => (await readdir(join(directory, 'data'))).filter((name) => name.endsWith('.backup'));

    test('a new file needs no backup, and one that is up to date neither', async () => {
      await (await open()).close();
      await (await open()).close();
      expect(await backups()).toEqual([]);
    });

    test('what has been released keeps its names and its order', () => {
      expect(migrations.map(({ name }) => name)).toEqual([
        'foundation',
        'tail',
        'packs',
        'proposals',
        'checks',
        'hand',
        'likeness',
        'review',
        'carried',
        'checklist',
        'confirmations',
      ]);
    });

    test('an existing file is copied whole before a step', async () => {
      const before = await open();
      const row = unit('市局');
      await before.records.unit.insert(row);
      await before.close();
      const after = await open([...migrations, next]);
      expect(await after.records.unit.get(row.id)).toEqual(row);
      await sql`select * from added`.execute(after.db);
      const [backup = ''] = await backups();
      expect(backup).toBe(`duizhao.db.v${migrations.length}-20220110T010000Z.backup`);
      const copy = openForReading(join(directory, 'data', backup));
      expect(await copy.records.unit.get(row.id)).toEqual(row);
      await copy.close();
    });

    test('[PP18] a fate from before its steps were kept gets the step that set it, and one with steps no other', async () => {
      const until = migrations.findIndex(({ name }) => name === 'confirmations');
      const before = await open(migrations.slice(0, until));
      const [doc, version, person] = [newId('doc'), newId('ver'), newId('user')];
      const [prop, answered, older] = [newId('prop'), newId('rmk'), newId('rmk')];
      await sql`insert into proposal values (${prop}, ${doc}, 2, ${version}, ${person}, 'handed_over', ${at}, ${at}, null)`.execute(
        before.db,
      );
      // The last one cannot be: a step of nobody's could not be read.
      for (const [change, fate, by] of [
        ['b.e.1', 'declined', person],
        ['b.e.2', 'open', null],
        ['b.e.3', 'declined', null],
      ]) {
        await sql`insert into changeFate values (${`${prop}.${change}`}, ${prop}, ${change}, '', ${fate}, '事实如此', ${by}, ${
          fate === 'open' ? null : at
        }, '[]')`.execute(before.db);
      }
      for (const id of [answered, older]) {
        await sql`insert into remark values (${id}, ${doc}, 1, 'opening', 'b', '', '', '', '说具体些', ${person}, ${at}, 'adopted', '', ${person}, ${at}, 'suggestion', '', null, null)`.execute(
          before.db,
        );
      }
      const kept = newId('fev');
      await sql`insert into fateEvent values (${kept}, ${answered}, 1, 'set', 'adopted', '', ${person}, ${at})`.execute(
        before.db,
      );
      await before.close();
      const { records } = await open();
      const steps = await records.fateEvent.find({}, { by: 'id' });
      const shown = steps.map(({ subjectId, act, fate, words, round, by }) => [subjectId, act, fate, words, round, by]);
      expect(new Map(shown.map((step) => [step[0], step.slice(1)]))).toEqual(
        new Map([
          [`${prop}.b.e.1`, ['set', 'declined', '事实如此', 2, person]],
          [answered, ['set', 'adopted', '', 1, person]],
          [older, ['set', 'adopted', '', 1, person]],
        ]),
      );
      expect(shown).toHaveLength(3);
      expect((await records.fateEvent.find({ subjectId: answered }))[0]?.id).toBe(kept);
      expect(await records.proposal.get(prop)).toMatchObject({ state: 'handed_over', changes: null });
      expect(await records.changeFate.get(`${prop}.b.e.1`)).toMatchObject({ fate: 'declined', confirmedBy: null });
    });

    test('a step that fails leaves the file as it was, and this release can go on with it', async () => {
      const row = unit('市局');
      const before = await open();
      await before.records.unit.insert(row);
      await before.close();
      await expect(open([...migrations, broken])).rejects.toThrow(`version ${migrations.length + 1} (broken)`);
      await expect(open([...migrations, broken])).rejects.toThrow(`version ${migrations.length + 1} (broken)`);
      expect(await backups()).toHaveLength(2);
      const again = await open();
      expect(await again.records.unit.get(row.id)).toEqual(row);
      await expect(sql`select * from half`.execute(again.db)).rejects.toThrow(/no such table/);
    });

    test('a file of a newer release is left alone', async () => {
      await (await open([...migrations, next])).close();
      await expect(open()).rejects.toThrow(
        `newer release (version ${migrations.length + 1}, this one knows ${migrations.length})`,
      );
    });
  });
});

/** Uses up the free pages of the file, until SQLite says that it is full. */
async function fill(db: Kysely<unknown>): Promise<void> {
  await sql`create table if not exists filler (bytes blob)`.execute(db).catch(() => undefined);
  for (let size = 2000; ; ) {
    try {
      await sql`insert into filler (bytes) values (zeroblob(${sql.lit(size)}))`.execute(db);
    } catch {
      // Full for this size; smaller pieces may still fit.
      if (size <= 1) return;
      size = Math.floor(size / 4);
    }
  }
}

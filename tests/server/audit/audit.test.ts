/** The chain of the audit log, and what happens to it when somebody lays hands on it. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordAudit, verifyAudit } from '../../../server/audit/record-audit.ts';
import { createIds } from '../../../server/ids.ts';
import { openSqliteStorage, type SqliteStorage } from '../../../server/storage/sqlite/storage.ts';
import { auditAnswer } from '../../../shared/api/audit.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { PeopleWorld } from '../accounts/people-world.ts';

describe('the audit chain', () => {
  const clock = new FakeClock();
  const newId = createIds(clock);
  const actor = { id: newId('user'), name: '张三' };
  let directory: string;
  let storage: SqliteStorage;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'duizhao-audit-'));
    storage = await openSqliteStorage({ path: join(directory, 'duizhao.db'), clock });
  });

  afterEach(async () => {
    await storage.close();
    await rm(directory, { recursive: true });
  });

  const write = async (count: number) => {
    for (let n = 1; n <= count; n += 1) {
      await storage.transact((records) =>
        recordAudit(
          records,
          { act: 'return', actor, subject: `材料${n}`, facts: { round: n, b: true, a: 'x' } },
          {
            clock,
            newId,
          },
        ),
      );
      clock.advance(1000);
    }
  };
  const lay = (statement: string) => sql.raw(statement).execute(storage.db);

  test('links every entry to the one before, without gaps', async () => {
    await write(3);
    const entries = await storage.records.audit.find({}, { by: 'seq' });
    expect(entries.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(entries.map(({ previousHash }) => previousHash)).toEqual(['', entries[0]?.hash, entries[1]?.hash]);
    expect(entries[2]).toMatchObject({ act: 'return', actorId: actor.id, actor: '张三', subject: '材料3' });
    expect(await verifyAudit(storage.records)).toEqual({ intact: true, entries: 3 });
  });

  test('an empty log is intact', async () => {
    expect(await verifyAudit(storage.records)).toEqual({ intact: true, entries: 0 });
  });

  test('is longer than one page and still followed to its end', async () => {
    await storage.transact(async (records) => {
      for (let n = 0; n < 1203; n += 1) {
        await recordAudit(records, { act: 'sign_in', actor, subject: '张三' }, { clock, newId });
      }
    });
    expect(await verifyAudit(storage.records)).toEqual({ intact: true, entries: 1203 });
    await lay(`update audit set subject = '李四' where seq = 1100`);
    expect(await verifyAudit(storage.records)).toEqual({ intact: false, brokenAt: 1100 });
  });

  test('acts at the same time stand one behind the other', async () => {
    await Promise.all(Array.from({ length: 10 }, () => write(1)));
    expect(await verifyAudit(storage.records)).toEqual({ intact: true, entries: 10 });
  });

  test('an act that is undone leaves no entry and no gap', async () => {
    await write(1);
    const undone = storage.transact(async (records) => {
      await recordAudit(records, { act: 'file', actor, subject: '材料' }, { clock, newId });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await write(1);
    expect(await verifyAudit(storage.records)).toEqual({ intact: true, entries: 2 });
  });

  test.each([
    ['the subject of an entry is changed', `update audit set subject = '别的' where seq = 3`, 3],
    ['the actor is changed', `update audit set actor = '李四' where seq = 2`, 2],
    ['the actor’s id is taken out', `update audit set actorId = null where seq = 2`, 2],
    ['the time is changed', `update audit set at = '2022-01-09T01:00:00.000Z' where seq = 4`, 4],
    ['the act is changed', `update audit set act = 'approve' where seq = 1`, 1],
    ['a fact is changed', `update audit set facts = '{"a":"x","b":true,"round":9}' where seq = 5`, 5],
    ['an entry is deleted', `delete from audit where seq = 3`, 3],
    ['the first entry is deleted', `delete from audit where seq = 1`, 1],
    ['the last entry is cut off', `delete from audit where seq = 6`, 6],
    ['the whole log is deleted', `delete from audit`, 1],
    [
      'an entry is deleted and the others move up',
      `delete from audit where seq = 3; update audit set seq = seq - 1 where seq > 3`,
      3,
    ],
    [
      'two entries change places',
      `update audit set seq = 99 where seq = 2; update audit set seq = 2 where seq = 3; update audit set seq = 3 where seq = 99`,
      2,
    ],
    ['the head is taken away', `delete from setting where id = 'audit-head'`, 1],
    ['the head names another entry', `update setting set value = '{"seq":6,"hash":"abc"}' where id = 'audit-head'`, 6],
    ['a hash is changed', `update audit set hash = 'abc' where seq = 4`, 4],
  ])('is broken when %s', async (_what, statements, brokenAt) => {
    await write(6);
    for (const statement of statements.split(';')) await lay(statement);
    expect(await verifyAudit(storage.records)).toEqual({ intact: false, brokenAt });
  });

  test('is broken when an entry is exchanged for a well-formed one of another chain', async () => {
    const other = await openSqliteStorage({ path: ':memory:', clock });
    await write(6);
    await other.transact(async (records) => {
      for (let n = 1; n <= 3; n += 1) {
        await recordAudit(records, { act: 'approve', actor, subject: `材料${n}` }, { clock, newId });
      }
    });
    const [foreign] = await other.records.audit.find({ seq: 3 });
    const [own] = await storage.records.audit.find({ seq: 3 });
    if (foreign === undefined || own === undefined) throw new Error('no third entry');
    await storage.records.audit.remove(own.id);
    await storage.records.audit.insert(foreign);
    expect(await verifyAudit(storage.records)).toEqual({ intact: false, brokenAt: 3 });
    await other.close();
  });

  test('the order in which facts were written down does not matter', async () => {
    await write(1);
    await lay(`update audit set facts = '{"b":true,"round":1,"a":"x"}' where seq = 1`);
    expect(await verifyAudit(storage.records)).toEqual({ intact: true, entries: 1 });
  });

  describe('npm run audit:verify', () => {
    const verify = (dataDir: string) =>
      new Promise<{ code: number; line: string }>((done) => {
        execFile(
          process.execPath,
          ['server/start.mjs', 'audit-verify'],
          { env: { ...process.env, DATA_DIR: dataDir } },
          (error, stdout) => done({ code: typeof error?.code === 'number' ? error.code : 0, line: stdout.trim() }),
        );
      });

    test('says in one line that the log is intact, beside a running server', async () => {
      await write(2);
      const { code, line } = await verify(directory);
      expect([code, line]).toEqual([0, '审计日志完整，共 2 条。The audit log is intact, 2 entries.']);
    });

    test('says where it is broken and ends with 1', async () => {
      await write(4);
      await lay(`update audit set subject = '别的' where seq = 3`);
      const { code, line } = await verify(directory);
      expect(code).toBe(1);
      expect(line).toBe('审计日志自第 3 条起不完整。The audit log is broken from entry 3 on.');
    });

    test('says that there is nothing to read, and makes nothing', async () => {
      const { code, line } = await verify(join(directory, 'elsewhere'));
      expect(code).toBe(1);
      expect(line).toMatch(/^没有数据库 \S+elsewhere\S+。There is no database \S+\.$/);
      await writeFile(join(directory, 'x'), '');
      await rm(join(directory, 'elsewhere'), { recursive: true }).then(
        () => expect.fail('the directory was made'),
        () => undefined,
      );
    });
  });
});

describe('GET /api/audit', () => {
  test('gives administrators the newest entries first, page by page, and says whether the chain is whole', async () => {
    const { world, admin } = await PeopleWorld.open();
    const unit = await world.rootUnit(admin);
    for (let n = 1; n <= 5; n += 1) await admin.ok('PATCH', `/api/units/${unit}`, { name: `局${n}` });
    const first = await admin.get(auditAnswer, '/api/audit?limit=3');
    expect(first.intact).toBe(true);
    expect(first.entries.map(({ subject }) => subject)).toEqual(['局5', '局4', '局3']);
    const second = await admin.get(auditAnswer, `/api/audit?limit=3&before=${first.entries.at(-1)?.seq}`);
    expect(second.entries.map(({ subject }) => subject)).toEqual(['局2', '局1', '管理员']);
    await sql`update audit set subject = '别的' where seq = 1`.execute(world.storage.db);
    expect((await admin.get(auditAnswer, '/api/audit')).intact).toBe(false);
    expect(await admin.refused('GET', '/api/audit?limit=0')).toBe('400 invalid_request');
    await world.close();
  });
});

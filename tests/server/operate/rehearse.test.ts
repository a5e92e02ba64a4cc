/** The rehearsal before the doors open: it runs the real parts, writes nothing, leaves nothing, and says when it fails. */
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type RealParts, rehearse } from '../../../server/operate/rehearse.ts';
import { openSqliteStorage, type SqliteStorage } from '../../../server/storage/sqlite/storage.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { bodyKeys, RoomWorld } from '../../support/room-world.ts';

let storage: SqliteStorage;
let world: RoomWorld;
let asked: unknown[];
let parts: RealParts;

beforeEach(async () => {
  const clock = new FakeClock();
  storage = await openSqliteStorage({ path: ':memory:', clock });
  world = await RoomWorld.open();
  const { newId, documentId } = world;
  const meetingId = newId('meet');
  const at = '2022-12-01T00:00:00.000Z';
  const lifecycle = { state: 'drafting', round: 1 } as const;
  const row = { id: documentId, meetingId, kind: 'team', ownerId: null, lifecycle, epoch: 1, since: at, createdAt: at };
  await storage.records.document.insert({ ...row, kind: 'team' });
  asked = [];
  parts = {
    storage: { records: storage.records, journal: world.journal },
    facts: async (id) => {
      asked.push(id);
      return { epoch: 1, bodyKeys, remarkIds: new Set(), accessOf: () => 'none' };
    },
    knock: async () => void asked.push('knock'),
  };
});

afterEach(async () => {
  await storage.close();
  await world.close();
});

test('knocks, reads what was written last, and plays on a stage of its own', async () => {
  await rehearse(parts);
  expect(asked).toContain('knock');
  expect(asked).toContain(world.documentId);
});

test('writes nothing into the store', async () => {
  await sql`pragma query_only = on`.execute(storage.db);
  world.journal.failing = true;
  const before = await world.journal.entries(world.documentId, 0, 100);
  await rehearse(parts);
  expect(await world.journal.entries(world.documentId, 0, 100)).toEqual(before);
});

test('keeps no port and no connection', async () => {
  const held = () => process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout/.test(kind)).length;
  const before = held();
  await rehearse(parts);
  await new Promise((resolve) => setImmediate(resolve));
  expect(held()).toBeLessThanOrEqual(before);
});

test('does not hide that a part of the product fails', async () => {
  const broken = new Error('the facts cannot be read');
  await expect(rehearse({ ...parts, facts: () => Promise.reject(broken) })).rejects.toBe(broken);
  await expect(rehearse({ ...parts, knock: () => Promise.reject(broken) })).rejects.toBe(broken);
});

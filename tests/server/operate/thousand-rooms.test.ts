/** A thousand rooms with words on their way: an end saves them all in time, and tells everybody to come back. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { systemClock } from '../../../server/clock.ts';
import { createIds } from '../../../server/ids.ts';
import { Registry } from '../../../server/rooms/registry.ts';
import { openSqliteStorage } from '../../../server/storage/sqlite/storage.ts';
import { rootOf } from '../../../shared/document/schema.ts';
import { encodeSync } from '../../../shared/protocol/frames.ts';

test('[RM4] an end with a thousand live rooms keeps what had arrived in each, within four seconds of saving', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'duizhao-rooms-'));
  const path = join(directory, 'duizhao.db');
  const storage = await openSqliteStorage({ path, clock: systemClock });
  const newId = createIds(systemClock);
  const facts = { epoch: 1, bodyKeys: ['opening'], remarkIds: new Set<string>(), accessOf: () => 'write' as const };
  const troubles: unknown[] = [];
  const registry = new Registry({
    journal: storage.journal,
    clock: systemClock,
    facts: async () => facts,
    onTrouble: (...trouble) => troubles.push(trouble),
  });
  const visitor = { userId: newId('user'), name: '', session: 's' };
  const closed: number[] = [];
  const ids = Array.from({ length: 1_000 }, () => newId('doc'));
  for (const id of ids) {
    await registry.create(id, facts.bodyKeys);
    const socket = { send: () => undefined, close: (code: number) => void closed.push(code), bufferedAmount: 0 };
    const seat = await registry.enter(id, visitor, socket);
    if (typeof seat === 'string') throw new Error(seat);
    const doc = new Y.Doc();
    for (const { update } of (await storage.journal.load(id)).entries) Y.applyUpdate(doc, update);
    const seen = Y.encodeStateVector(doc);
    seat.receive(encodeSync('step2', Y.encodeStateAsUpdate(doc, seen)));
    const block = doc.getXmlFragment(rootOf('opening')).get(0);
    if (!(block instanceof Y.XmlElement)) throw new Error('the server seeds a paragraph');
    block.insert(0, [new Y.XmlText('刚写的')]);
    seat.receive(encodeSync('update', Y.encodeStateAsUpdate(doc, seen)));
    seat.receive(encodeSync('update', new Uint8Array([0, 0])));
  }
  const started = performance.now();
  expect(await registry.close(4_000)).toBe(0);
  expect(performance.now() - started).toBeLessThan(8_000);
  expect(closed).toEqual(ids.map(() => 1012));
  expect(troubles).toEqual([]);
  await storage.close();
  const again = await openSqliteStorage({ path, clock: systemClock });
  for (const id of ids) expect((await again.journal.load(id)).seq).toBe(2);
  await again.close();
  rmSync(directory, { recursive: true });
}, 60_000);

/** The journal's two parts in SQLite, told apart by nobody: the memory journal is the model. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIds } from '../../../server/ids.ts';
import { createMemoryStorage } from '../../../server/storage/memory/storage.ts';
import { migrations } from '../../../server/storage/sqlite/migrations.ts';
import { decodePack, encodePack } from '../../../server/storage/sqlite/pack.ts';
import { openSqliteStorage, type SqliteStorage } from '../../../server/storage/sqlite/storage.ts';
import { tailBounds } from '../../../server/storage/sqlite/tail.ts';
import type { NewEntry, Storage } from '../../../server/storage/storage.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { Random } from '../../support/random.ts';

const at = '2022-01-10T01:00:00.000Z';

/** An answer with a hash in the place of bytes. */
function brief(answer: unknown): unknown {
  const text = JSON.stringify([answer], (_key, value: unknown) => {
    if (value instanceof Map) return [...value];
    return value instanceof Uint8Array ? createHash('sha256').update(value).digest('base64') : value;
  });
  return JSON.parse(text);
}

describe('the tail of the journal', () => {
  const clock = new FakeClock(at);
  const newId = createIds(clock);
  let directory: string;
  let path: string;
  let storage: SqliteStorage;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'duizhao-tail-'));
    path = join(directory, 'duizhao.db');
    storage = await openSqliteStorage({ path, clock });
  });

  afterEach(async () => {
    await storage.close();
    await rm(directory, { recursive: true });
  });

  const reopen = async () => {
    await storage.close();
    storage = await openSqliteStorage({ path, clock });
  };
  const entry = (documentId: DocumentId, update: Uint8Array): NewEntry => {
    return { documentId, update, writer: 'server', session: '', cause: 'edit', at, claims: [] };
  };
  const packsIn = (table: 'journal' | 'tail') => {
    const looking = new DatabaseSync(path, { readOnly: true });
    const rows = looking.prepare(`select entries from ${table} order by id`).all();
    looking.close();
    return rows.map(({ entries }) => decodePack(entries as Uint8Array));
  };
  const count = (table: 'journal' | 'tail') => packsIn(table).length;
  const waiting = () => packsIn('tail').flat().length;

  test('[ST3] is never seen: a random story of commits, checkpoints, failures and reopenings reads like the memory journal', async () => {
    const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
    const random = new Random(seed);
    const model = createMemoryStorage();
    const documents = Array.from({ length: 12 }, () => newId('doc'));
    const both = async (work: (store: Storage) => Promise<unknown>) => {
      expect(brief(await work(storage)), `seed ${seed}`).toEqual(brief(await work(model)));
    };
    for (let step = 0; step < 250; step += 1) {
      const documentId = random.pick(documents);
      const chance = random.next();
      if (chance < 0.7) {
        const size = random.pick([1, 40, 400, 5_000, 20_000]);
        const entries = Array.from({ length: random.pick([1, 1, 3, 30]) }, (_, index) =>
          entry(random.next() < 0.5 ? documentId : random.pick(documents), new Uint8Array(size).fill(step + index)),
        );
        await both((store) => store.journal.commit(entries));
      } else if (chance < 0.8) {
        const owned = { ...entry(documentId, new Uint8Array(9)), claims: [step] };
        const stolen = { ...owned, writer: newId('user') };
        const failing = Array.from({ length: 10 }, () => owned);
        await expect(storage.journal.commit([...failing, stolen])).rejects.toThrow(/belongs/);
        await expect(model.journal.commit([...failing, stolen])).rejects.toThrow(/belongs/);
      } else if (chance < 0.87) {
        const { seq } = await model.journal.load(documentId);
        const checkpoint = { documentId, seq: random.below(seq + 1), state: new Uint8Array([step]), at };
        await both((store) => store.journal.writeCheckpoint(checkpoint));
      } else if (chance < 0.9) await reopen();
      await both((store) => store.journal.load(documentId));
      const [after, limit] = [random.below(50), random.below(50)];
      await both((store) => store.journal.entries(documentId, after, limit));
    }
    for (const documentId of documents) {
      await both((store) => store.journal.load(documentId));
      await both((store) => store.journal.entries(documentId, 0, 1_000_000));
    }
  });

  test('stays within its bounds while many rooms write little, and its rows are cleared away', async () => {
    const documents = Array.from({ length: 500 }, () => newId('doc'));
    const rounds = Math.ceil((tailBounds.entries * 3) / documents.length);
    for (let round = 0; round < rounds; round += 1) {
      await storage.journal.commit(documents.map((documentId) => entry(documentId, new Uint8Array([round]))));
    }
    expect(waiting()).toBeLessThan(tailBounds.entries * 1.1);
    for (const documentId of documents.slice(0, 50)) {
      const { entries, seq } = await storage.journal.load(documentId);
      expect(seq).toBe(rounds);
      expect(entries.map(({ update }) => update[0])).toEqual(Array.from({ length: rounds }, (_, round) => round));
    }
  });

  test('is cleared of a room that writes alone and much, before moving it would take long', async () => {
    const documentId = newId('doc');
    const rounds = tailBounds.rowsOfGroup + 2;
    for (let round = 0; round < rounds; round += 1) {
      await storage.journal.commit([entry(documentId, new Uint8Array([round & 255]))]);
      expect(count('tail')).toBeLessThanOrEqual(tailBounds.rowsOfGroup + 1);
    }
    expect(count('tail')).toBe(1);
    const { entries, seq } = await storage.journal.load(documentId);
    expect(seq).toBe(rounds);
    expect(entries.map(({ update }) => update[0])).toEqual(Array.from({ length: rounds }, (_, round) => round & 255));
  });

  test('takes nothing of a room that brings pages of its own', async () => {
    const documentId = newId('doc');
    await storage.journal.commit([entry(documentId, new Uint8Array(3))]);
    expect([count('journal'), count('tail')]).toEqual([0, 1]);
    await storage.journal.commit(Array.from({ length: 20 }, () => entry(documentId, new Uint8Array(300))));
    expect(packsIn('journal').map((pack) => pack.map(({ seq }) => seq))).toEqual([
      [1],
      Array.from({ length: 20 }, (_, index) => index + 2),
    ]);
    expect(count('tail')).toBe(0);
    await storage.journal.commit([entry(documentId, new Uint8Array(200_000)), entry(documentId, new Uint8Array(9))]);
    expect(packsIn('journal').map((pack) => pack.length)).toEqual([1, 20, 1, 1]);
    expect((await storage.journal.load(documentId)).entries.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 23 }, (_, index) => index + 1),
    );
  });

  test('moves on what waits of a document with its checkpoint', async () => {
    // Ids that end alike are of one group, which moves together; the last of these is of another.
    const ids = Array.from({ length: 33 }, () => newId('doc'));
    const [one, third, other] = [ids[0], ids[1], ids[32]];
    if (one === undefined || other === undefined || third === undefined) throw new Error('three ids');
    await storage.journal.commit([one, other, third].map((id) => entry(id, new Uint8Array([1]))));
    await storage.journal.commit([entry(one, new Uint8Array([2]))]);
    expect([count('journal'), count('tail')]).toEqual([0, 3]);
    await storage.journal.writeCheckpoint({ documentId: one, seq: 2, state: new Uint8Array(1), at });
    expect([count('journal'), count('tail')]).toEqual([2, 1]);
    await storage.journal.writeCheckpoint({ documentId: other, seq: 1, state: new Uint8Array(1), at });
    expect([count('journal'), count('tail')]).toEqual([2, 1]);
    expect((await storage.journal.entries(one, 0, 9)).map(({ update }) => update[0])).toEqual([1, 2]);
    expect((await storage.journal.entries(other, 0, 9)).map(({ update }) => update[0])).toEqual([1]);
  });

  test('is empty once the store has been opened again', async () => {
    const documents = Array.from({ length: 5 }, () => newId('doc'));
    for (let round = 0; round < 3; round += 1) {
      await storage.journal.commit(documents.map((documentId) => entry(documentId, new Uint8Array([round]))));
    }
    expect([count('journal'), waiting()]).toEqual([0, 15]);
    await reopen();
    expect(count('tail')).toBe(0);
    expect(packsIn('journal').map((pack) => pack.length)).toEqual([3, 3, 3, 3, 3]);
    expect(await storage.journal.commit([entry(documents[0] ?? newId('doc'), new Uint8Array([3]))])).toEqual([4]);
  });

  test('joins a journal that a release without it has written', async () => {
    const documentId = newId('doc');
    await storage.close();
    await rm(path);
    const old = new DatabaseSync(path);
    old.exec(`${migrations[0]?.sql}; pragma user_version = 1;`);
    const insert = old.prepare("insert into journal values (?, ?, ?, 'server', '', 'edit', ?)");
    for (const seq of [1, 2]) insert.run(documentId, seq, new Uint8Array([seq]), at);
    old.exec(`${migrations[1]?.sql}; pragma user_version = 2;`);
    const append = old.prepare(
      `insert into tail (documentId, seq, "update", writer, session, cause, at) values (?, ?, ?, 'server', '', 'edit', ?)`,
    );
    for (const seq of [2, 3]) append.run(documentId, seq, new Uint8Array([seq]), at);
    old.close();
    storage = await openSqliteStorage({ path, clock });
    expect(await storage.journal.commit([entry(documentId, new Uint8Array([4]))])).toEqual([4]);
    expect((await storage.journal.load(documentId)).entries.map(({ update }) => update[0])).toEqual([1, 2, 3, 4]);
    const [first] = await storage.journal.entries(documentId, 0, 1);
    const { claims: _, ...told } = entry(documentId, new Uint8Array([1]));
    expect(first).toEqual({ ...told, seq: 1 });
  });

  test.each([
    ['journal', 2],
    ['journal', 1],
    ['tail', 4],
  ] as const)(
    '[ST9] a text whose entry is gone from the %s (%i) is not opened with a hole in it',
    async (table, seq) => {
      const documentId = newId('doc');
      const write = (value: number) => storage.journal.commit([entry(documentId, new Uint8Array([value]))]);
      await storage.journal.commit([1, 2, 3].map((value) => entry(documentId, new Uint8Array(5_000).fill(value))));
      await write(4);
      await write(5);
      const other = new DatabaseSync(path);
      for (const { id, entries } of other.prepare(`select id, entries from ${table}`).all()) {
        const left = decodePack(entries as Uint8Array).filter((packed) => packed.seq !== seq);
        other.prepare(`update ${table} set entries = ? where id = ?`).run(encodePack(left), id ?? null);
      }
      other.close();
      await expect(storage.journal.load(documentId)).rejects.toThrow(`entry ${seq} is missing`);
    },
  );

  test('[ST9] a row that is gone from the tail, or cannot be read, is a damage and not a shorter text', async () => {
    const documentId = newId('doc');
    await storage.journal.commit([entry(documentId, new Uint8Array([1]))]);
    const other = new DatabaseSync(path);
    other.exec(`update tail set entries = x'0901'`);
    await expect(storage.journal.load(documentId)).rejects.toThrow(/damaged/);
    other.exec('delete from tail');
    other.close();
    await expect(storage.journal.load(documentId)).rejects.toThrow(/damaged/);
  });
});

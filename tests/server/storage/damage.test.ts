/** Files that are not as they were written: a log cut off or garbled by a power cut, pages of the database overwritten. */
import { copyFile, mkdtemp, open as openFile, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createIds } from '../../../server/ids.ts';
import { openSqliteStorage, type SqliteStorage } from '../../../server/storage/sqlite/storage.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { Random } from '../../support/random.ts';

const at = '2022-01-10T01:00:00.000Z';
const sentence = '坚持问题导向，认真查摆剖析，明确整改措施，抓好落实。';
const clock = new FakeClock(at);
const newId = createIds(clock);
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

let directory: string;
const pathOf = (name: string) => join(directory, name);
const open = (name: string): Promise<SqliteStorage> => openSqliteStorage({ path: pathOf(name), clock });

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'duizhao-damage-'));
  // The shape of the tables is in the file itself, as in every product that has once been stopped.
  await (await open('whole.db')).close();
});

afterEach(() => rm(directory, { recursive: true }));

/** The sentence, typed character by character, each a commit; returns how long the log was after each. */
async function type(storage: SqliteStorage, documentId: DocumentId, log: string | undefined): Promise<number[]> {
  const doc = new Y.Doc();
  const lengths: number[] = [];
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const character of sentence) {
    doc.getText('text').insert(doc.getText('text').length, character);
    const [update = new Uint8Array()] = updates.splice(0);
    const entry = { documentId, update, writer: 'server', session: '', cause: 'edit', at, claims: [] } as const;
    await storage.journal.commit([entry]);
    if (log !== undefined) lengths.push((await stat(log)).size);
  }
  return lengths;
}

async function read(storage: SqliteStorage, documentId: DocumentId): Promise<string> {
  const doc = new Y.Doc();
  for (const { update } of (await storage.journal.load(documentId)).entries) Y.applyUpdate(doc, update);
  return doc.getText('text').toString();
}

async function garble(path: string, from: number, length: number, random: Random): Promise<void> {
  const file = await openFile(path, 'r+');
  await file.write(
    Uint8Array.from({ length }, () => random.below(256)),
    0,
    length,
    from,
  );
  await file.close();
}

describe(`a write-ahead log that a power cut has damaged (seed ${seed})`, () => {
  const random = new Random(seed);
  const frameBytes = 4096 + 24;
  let documentId: DocumentId;
  let lengths: number[];

  beforeEach(async () => {
    documentId = newId('doc');
    const storage = await open('whole.db');
    lengths = await type(storage, documentId, pathOf('whole.db-wal'));
    // What a killed process leaves behind.
    for (const end of ['', '-wal']) await copyFile(pathOf(`whole.db${end}`), pathOf(`torn.db${end}`));
    await storage.close();
  });

  /** Everything committed before the damage is there, nothing behind it, and the store goes on. */
  async function holdsAllBefore(offset: number): Promise<void> {
    const whole = lengths.filter((length) => length <= offset).length;
    const storage = await open('torn.db');
    const where = `seed ${seed}, damaged at ${offset} of ${lengths.at(-1)}`;
    expect(await read(storage, documentId), where).toBe([...sentence].slice(0, whole).join(''));
    const entry = {
      documentId,
      update: new Uint8Array([0, 0]),
      writer: 'server',
      session: '',
      cause: 'edit',
      at,
    } as const;
    expect(await storage.journal.commit([{ ...entry, claims: [] }]), where).toEqual([whole + 1]);
    await storage.close();
  }

  test.each(Array.from({ length: 8 }, (_, index) => index))(
    '[ST1] cut off somewhere, it keeps all that was committed before (%i)',
    async () => {
      const offset = random.below((lengths.at(-1) ?? 0) + 1);
      await truncate(pathOf('torn.db-wal'), offset);
      await holdsAllBefore(offset);
    },
  );

  test.each(Array.from({ length: 8 }, (_, index) => index))(
    '[ST1] garbled somewhere, it keeps all that was committed before (%i)',
    async () => {
      const offset = 32 + random.below((lengths.at(-1) ?? 0) - 32);
      // A frame with one wrong byte is none, nor is what follows it.
      await garble(pathOf('torn.db-wal'), offset, Math.min(64, frameBytes), random);
      await holdsAllBefore(offset);
    },
  );

  test('[ST1] undamaged, it holds all', async () => {
    await holdsAllBefore(lengths.at(-1) ?? 0);
  });

  test('[ST1] followed by leftovers of an older one, it holds all', async () => {
    const log = await readFile(pathOf('torn.db-wal'));
    await writeFile(pathOf('torn.db-wal'), Buffer.concat([log, log.subarray(32, 32 + 3 * frameBytes)]));
    await holdsAllBefore(lengths.at(-1) ?? 0);
  });
});

describe(`a database with an overwritten page (seed ${seed})`, () => {
  const random = new Random(seed);

  test('keeps the product from starting, in one sentence, or is read as it was written', async () => {
    const documentId = newId('doc');
    const storage = await open('whole.db');
    await type(storage, documentId, undefined);
    await storage.close();
    // Opening it has moved the entries to where they stay.
    await (await open('whole.db')).close();
    const pages = (await stat(pathOf('whole.db'))).size / 4096;
    let refused = 0;
    for (let page = 0; page < pages; page += 1) {
      await copyFile(pathOf('whole.db'), pathOf('bad.db'));
      await garble(pathOf('bad.db'), page * 4096, 4096, random);
      const opened = await open('bad.db').catch((error: unknown) => error);
      if (opened instanceof Error) {
        refused += 1;
        expect(opened).toMatchObject({ name: 'CannotOpen' });
        expect(opened.message, `seed ${seed}, page ${page}`).toMatch(/^cannot open the database [^\n]+$/);
        continue;
      }
      // An unused page.
      const store = opened as SqliteStorage;
      expect(await read(store, documentId), `seed ${seed}, page ${page}`).toBe(sentence);
      await store.close();
    }
    expect(refused).toBeGreaterThan(pages / 2);
  });
});

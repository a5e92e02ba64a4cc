/** A backup with any byte changed is refused, or what changed is no part of it. */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepNewest, writeBackup } from '../../../server/operate/backup.ts';
import { placeBackup, rehearse } from '../../../server/operate/restore.ts';
import { CannotOpen, openDatabase } from '../../../server/storage/sqlite/database.ts';
import { migrate, migrations } from '../../../server/storage/sqlite/migrations.ts';
import { Damaged } from '../../../server/storage/sqlite/snapshot.ts';
import { openSqliteStorage } from '../../../server/storage/sqlite/storage.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { Random } from '../../support/random.ts';

let directory: string;
let source: string;
let backup: string;
const clock = new FakeClock();

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'duizhao-snapshot-'));
  source = join(directory, 'duizhao.db');
  backup = join(directory, 'good.backup');
  const storage = await openSqliteStorage({ path: source, clock });
  const unit = { name: '某局', parentId: null, createdAt: '2022-01-10T01:00:00.000Z' };
  for (let n = 0; n < 50; n += 1) {
    const id = `unit_${String(n).padStart(26, '0')}` as Parameters<typeof storage.records.unit.get>[0];
    await storage.records.unit.insert({ id, ...unit });
  }
  // Beside the process that has it open.
  await writeBackup(source, backup, clock);
  await storage.close();
});

afterAll(() => rmSync(directory, { recursive: true }));

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

describe('a backup', () => {
  test('is the database, to the row', async () => {
    const manifest = placeBackup(backup, join(directory, 'placed.db'));
    expect(manifest).toMatchObject({ format: 1, schemaVersion: migrations.length, documents: [], auditEntries: 0 });
    const placed = await openSqliteStorage({ path: join(directory, 'placed.db'), clock });
    expect(await placed.records.unit.find({})).toHaveLength(50);
    await placed.close();
  });

  test(`with any byte changed is refused, or its rows are what they were (SEED=${seed})`, () => {
    const random = new Random(seed);
    const bytes = readFileSync(backup);
    const spoilt = join(directory, 'spoilt.backup');
    const path = join(directory, 'spoilt.db');
    let refused = 0;
    for (let round = 0; round < 150; round += 1) {
      const position = random.below(bytes.length);
      const copy = Buffer.from(bytes);
      copy[position] = (copy[position] ?? 0) ^ (1 << random.below(8));
      writeFileSync(spoilt, copy);
      try {
        placeBackup(spoilt, path);
      } catch (error) {
        expect(error instanceof Damaged, `byte ${position}, seed ${seed}: ${String(error)}`).toBe(true);
        refused += 1;
      }
      rmSync(path, { force: true });
    }
    // Most of a small database is unused room in its pages.
    expect(refused).toBeGreaterThan(0);
    expect(readdirSync(directory).filter((name) => name.includes('.part'))).toEqual([]);
  });

  test('of a newer release is refused, of an older one is brought up when it is opened', async () => {
    const made = async (name: string, steps: typeof migrations) => {
      const folder = join(directory, name);
      mkdirSync(folder);
      const path = join(folder, 'duizhao.db');
      const database = openDatabase(path);
      migrate(database, path, clock, steps);
      database.close();
      return path;
    };
    const newer = await made('newer', [...migrations, { name: 'later', sql: 'create table later (id text) strict' }]);
    await expect(writeBackup(newer, join(directory, 'newer.backup'), clock)).rejects.toThrow(CannotOpen);
    await expect(writeBackup(newer, join(directory, 'newer.backup'), clock)).rejects.toThrow(
      'written by a newer release',
    );
    const older = await made('older', migrations.slice(0, 1));
    await writeBackup(older, join(directory, 'older.backup'), clock);
    expect(await rehearse(join(directory, 'older.backup'), join(directory, 'rehearsal'))).toMatchObject({
      schemaVersion: 1,
    });
  });

  test('makes room by the oldest, never by what is not a backup of ours, and never by itself', () => {
    const folder = join(directory, 'kept');
    mkdirSync(folder);
    const ours = ['20220110T010000Z', '20220111T010000Z', '20220111T010000Z-2'].map((at) => `duizhao-${at}.backup`);
    const others = ['duizhao-2022.backup', 'duizhao-20220109T010000Z.backup.part', 'notes.txt'];
    for (const name of [...ours, ...others]) writeFileSync(join(folder, name), '');
    keepNewest(folder, 2);
    expect(readdirSync(folder).sort()).toEqual([...ours.slice(1), ...others].sort());
    keepNewest(folder, 1);
    expect(readdirSync(folder).sort()).toEqual([...ours.slice(2), ...others].sort());
  });

  test('that cannot be written leaves nothing behind', async () => {
    // Whoever reads a database leaves SQLite's own two files beside it.
    const names = () => readdirSync(directory).filter((name) => !name.startsWith('duizhao.db-'));
    const before = names().sort();
    copyFileSync(backup, join(directory, 'there.backup'));
    await expect(writeBackup(source, join(directory, 'there.backup'), clock)).rejects.toMatchObject({ code: 'EEXIST' });
    rmSync(join(directory, 'there.backup'));
    writeFileSync(join(directory, 'broken.db'), 'no database');
    await expect(writeBackup(join(directory, 'broken.db'), join(directory, 'b.backup'), clock)).rejects.toThrow(
      CannotOpen,
    );
    rmSync(join(directory, 'broken.db'));
    expect(names().sort()).toEqual(before);
  });
});

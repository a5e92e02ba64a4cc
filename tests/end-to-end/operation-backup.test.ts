/**
 * Backup beside the real process while people type, restore into an empty directory, and the drill: nobody waits for a backup,
 * and what was acknowledged before it began is in it, to the letter.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Person } from '../../server/demo/person.ts';
import { textAnswer } from '../../shared/api/documents.ts';
import { command } from '../support/command.ts';
import { DemoOffice } from '../support/demo-office.ts';
import { freePort, ServerProcess, temporaryDataDir } from '../support/server-process.ts';
import { WriterSocket } from '../support/writer-socket.ts';

let office: DemoOffice;
let place: ReturnType<typeof temporaryDataDir>;
let backup: string;
/** The author's text and its acknowledged part, when the backup was begun. */
let before: string;
let afterwards: string;

const read = async (person: Person, id: string) => {
  const { sections } = await person.ask('GET', `/api/documents/${id}/text`, textAnswer);
  return sections
    .map(({ text }) => text)
    .join('\n')
    .trim();
};

beforeAll(async () => {
  office = await DemoOffice.open({ filled: false });
  place = temporaryDataDir();
  backup = join(place.path, 'first.backup');
});

afterAll(async () => {
  expect(await office?.close()).toBe(0);
  place?.remove();
});

describe('a backup beside the running server', () => {
  it('keeps nobody waiting, and is one whole file for its owner only', async () => {
    const writers = await Promise.all(
      ['lisi', 'wangwu'].map(async (name) => WriterSocket.open(await office.signIn(name), office.documentOf(name))),
    );
    const [writer] = writers;
    if (writer === undefined) throw new Error('nobody writes');
    for (let n = 0; n < 500; n += 1) writer.type('备');
    await writer.stored();
    before = writer.text();
    let typed = 0;
    const typing = setInterval(() => {
      typed += 1;
      for (const each of writers) each.type('字');
    }, 5);
    const savedBefore = writer.saved;
    const { code, lines } = await command('backup', [backup], { DATA_DIR: office.dataDir });
    const savedMeanwhile = writer.saved - savedBefore;
    clearInterval(typing);
    await Promise.all(writers.map((each) => each.stored()));
    afterwards = writer.text();
    const longestWaitMs = Math.max(...writers.map((each) => each.longestWaitMs));
    await Promise.all(writers.map((each) => each.leave()));
    expect([code, lines]).toEqual([
      0,
      [expect.stringMatching(/^已备份 \d+ 份材料：.+。Backed up \d+ document\(s\): .+\.$/)],
    ]);
    // All but the last moment's updates were acknowledged while it ran.
    expect(savedMeanwhile).toBeGreaterThan(typed * 0.8);
    expect(longestWaitMs).toBeLessThan(1_500);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    expect(readdirSync(place.path)).toEqual(['first.backup']);
  });

  it('replaces nothing', async () => {
    const bytes = readFileSync(backup);
    const { code, lines } = await command('backup', [backup], { DATA_DIR: office.dataDir });
    expect([code, lines]).toEqual([1, [expect.stringContaining('exists and is not replaced')]]);
    expect(readFileSync(backup).equals(bytes)).toBe(true);
  });

  it('without a name goes to BACKUP_DIR, where only the newest stay and other files are left alone', async () => {
    const directory = join(place.path, 'kept');
    mkdirSync(directory);
    writeFileSync(join(directory, 'notes.txt'), 'mine');
    const env = { DATA_DIR: office.dataDir, BACKUP_DIR: directory, BACKUP_KEEP: '2' };
    for (let n = 0; n < 3; n += 1) expect((await command('backup', [], env)).code).toBe(0);
    const names = readdirSync(directory);
    expect(names.filter((name) => name.endsWith('.backup'))).toHaveLength(2);
    expect(names).toContain('notes.txt');
    const drill = await command('drill', [], env);
    expect([drill.code, drill.lines.length]).toEqual([0, 1]);
    rmSync(directory, { recursive: true });
  });
});

describe('a restored product', () => {
  it('holds what was acknowledged before the backup, begins where it was taken, and asks everybody to sign in', async () => {
    const dataDir = join(place.path, 'restored');
    const { code, lines } = await command('restore', [backup], { DATA_DIR: dataDir });
    expect([code, lines]).toEqual([0, [expect.stringContaining('Restored the backup of')]]);
    expect(readdirSync(dataDir).sort()).toEqual(['duizhao.db', 'duizhao.db.lock']);
    expect(statSync(join(dataDir, 'duizhao.db')).mode & 0o777).toBe(0o600);
    const oldSession = await office.signIn('lisi');
    const server = await ServerProcess.start({ dataDir, port: await freePort() });
    const { password } = office.account('lisi');
    const author = await Person.signIn(server.url, 'lisi', password);
    const text = await read(author, office.documentOf('lisi'));
    expect(text.startsWith(before)).toBe(true);
    expect(afterwards.startsWith(text)).toBe(true);
    expect((await fetch(`${server.url}/api/me`, { headers: { cookie: oldSession.cookie } })).status).toBe(401);
    const writer = await WriterSocket.open(author, office.documentOf('lisi'));
    writer.type('恢复后');
    await writer.stored();
    await writer.leave();
    expect(await server.stop()).toBe(0);
    expect((await command('audit-verify', [], { DATA_DIR: dataDir })).code).toBe(0);
  });

  it('is not put where something is, least of all below a running server', async () => {
    const inUse = await command('restore', [backup], { DATA_DIR: office.dataDir });
    expect([inUse.code, inUse.lines]).toEqual([
      1,
      [expect.stringContaining('is in use by a Duizhao server; stop it first.')],
    ]);
    const full = join(place.path, 'full');
    mkdirSync(full);
    writeFileSync(join(full, 'something'), 'mine');
    const refused = await command('restore', [backup], { DATA_DIR: full });
    expect([refused.code, refused.lines]).toEqual([
      1,
      [expect.stringContaining('is not empty; move what is in it away first.')],
    ]);
    expect(readdirSync(full)).toEqual(['something']);
  });
});

describe('the drill', () => {
  const scratches = () => readdirSync(tmpdir()).filter((name) => name.startsWith('duizhao-drill-'));

  it('passes in one line and leaves nothing behind', async () => {
    const left = scratches();
    const { code, lines } = await command('drill', [place.path]);
    expect([code, lines]).toEqual([
      0,
      [expect.stringMatching(/^演练通过：.+Drill passed: \d+ document\(s\) opened and equal, [\d.]+ s\.$/)],
    ]);
    expect(scratches()).toEqual(left);
  });

  it.each<readonly [what: string, spoil: (bytes: Buffer) => Buffer]>([
    ['one letter of a text is another', changed],
    ['its end is missing', (bytes) => bytes.subarray(0, Math.floor(bytes.length / 2))],
    ['it is something else', () => Buffer.from('no backup at all')],
    ['it is a database and no backup', () => readFileSync(join(office.dataDir, 'duizhao.db'))],
  ])('fails, and nothing is restored, when %s', async (_what, spoil) => {
    const damaged = join(place.path, 'damaged.backup');
    writeFileSync(damaged, spoil(readFileSync(backup)));
    const drill = await command('drill', [damaged]);
    expect([drill.code, drill.lines]).toEqual([1, [expect.stringMatching(/^演练未通过：备份 .+ Drill failed\.$/)]]);
    const dataDir = join(place.path, 'never');
    const restore = await command('restore', [damaged], { DATA_DIR: dataDir });
    expect([restore.code, restore.lines]).toEqual([1, [expect.stringContaining('is damaged, or none: ')]]);
    expect(existsSync(join(dataDir, 'duizhao.db'))).toBe(false);
    rmSync(dataDir, { recursive: true });
    rmSync(damaged);
  });
});

/** Wherever the letter stands: pages also hold remains of what once stood in them. */
function changed(bytes: Buffer): Buffer {
  let position = bytes.indexOf('备');
  expect(position).toBeGreaterThan(0);
  for (; position >= 0; position = bytes.indexOf('备', position + 1)) {
    bytes[position + 2] = (bytes[position + 2] ?? 0) ^ 1;
  }
  return bytes;
}

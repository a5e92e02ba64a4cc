/**
 * The real server, killed again and again while people type and texts are submitted and returned. After each restart on the
 * same directory nothing is missing that anybody was shown or that was acknowledged to its author (RM3, ST1), and
 * states, versions and the audit log say what was answered.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { verifyAudit } from '../../server/audit/record-audit.ts';
import { Person } from '../../server/demo/person.ts';
import { type Demo, seed as seedDemo } from '../../server/demo/seed.ts';
import { openForReading } from '../../server/storage/sqlite/storage.ts';
import { documentAnswer, versionsAnswer } from '../../shared/api/documents.ts';
import { bodyKeys } from '../../shared/template/sections.ts';
import { Random } from '../support/random.ts';
import { freePort, ServerProcess, temporaryDataDir } from '../support/server-process.ts';
import { submitConfirmed } from '../support/submit.ts';
import { holds, TortureClient } from '../support/torture-client.ts';

const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const torture = process.env['TORTURE'] === '1';
const rounds = Number(process.env['ROUNDS'] ?? (torture ? 200 : 10));
const endings = Math.max(2, Math.round(rounds / 5));
const patienceMs = 60_000;

/** How a round goes on before it ends. */
const moods = ['typing', 'burst', 'acts', 'ending'] as const;
type Mood = (typeof moods)[number];

type Text = {
  readonly id: string;
  readonly author: Person;
  /** Where the lifecycle stood when it was last heard of, and where it may have got to unheard. */
  state: string;
  attempted: string | undefined;
  readonly versions: Map<string, string>;
};

const dataDir = temporaryDataDir();
const totals = { acknowledged: 0, seen: 0, acts: 0, killedActs: 0, refusals: {} as Record<string, number> };
let port: number;
let server: ServerProcess;
let demo: Demo;
let leader: Person;
let clients: TortureClient[];
let texts: Text[];

async function signIn(username: string): Promise<Person> {
  const password = demo.accounts.find((account) => account.username === username)?.password ?? '';
  return Person.signIn(server.url, username, password);
}

/** Its log says when it has ended. */
function startServer(): Promise<ServerProcess> {
  return ServerProcess.start({ dataDir: dataDir.path, port, env: { LOG_LEVEL: 'info' } });
}

beforeAll(async () => {
  console.log(`crashes: seed ${seed}, ${rounds} rounds`);
  port = await freePort();
  server = await startServer();
  demo = await seedDemo(server.url, server.setupCode ?? '', true);
  const [zhangsan, lisi, wangwu, zhaoliu] = await Promise.all(['zhangsan', 'lisi', 'wangwu', 'zhaoliu'].map(signIn));
  if (!zhangsan || !lisi || !wangwu || !zhaoliu) throw new Error('the demo has these four');
  leader = zhangsan;
  const idOf = (owner: string | null) => demo.documents.find((document) => document.owner === owner)?.id ?? '';
  const writers: [Person, string][] = [
    [zhangsan, idOf(null)],
    [wangwu, idOf(null)],
    [zhaoliu, idOf(null)],
    // Two tabs of one person.
    [lisi, idOf('lisi')],
    [lisi, idOf('lisi')],
    [wangwu, idOf('wangwu')],
  ];
  clients = [];
  for (const [person, id] of writers) {
    const { sections } = await person.ask('GET', `/api/documents/${id}`, documentAnswer);
    clients.push(new TortureClient(person, id, bodyKeys(sections).slice(0, 4)));
  }
  texts = [
    { id: idOf('lisi'), author: lisi, state: 'drafting', attempted: undefined, versions: new Map() },
    { id: idOf('wangwu'), author: wangwu, state: 'drafting', attempted: undefined, versions: new Map() },
  ];
});

afterAll(async () => {
  console.log(`crashes: ${JSON.stringify(totals)}`);
  for (const client of clients) await client.disconnect();
  await server.stop();
  dataDir.remove();
});

async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`seed ${seed}: ${what} did not come about\n${server.output}`);
    await pause(5);
  }
}

/** Types at a pace of its own until the round ends. */
async function typeOn(client: TortureClient, mood: Mood, random: Random, goingOn: () => boolean): Promise<void> {
  while (goingOn()) {
    const acts = mood === 'burst' && random.next() < 0.3 ? 100 : 1;
    for (let act = 0; act < acts && client.mayWrite; act += 1) client.write(random);
    await pause(mood === 'burst' ? random.below(10) : random.below(40));
  }
}

/** Submits, withdraws and returns in turn; notes what was answered and what was only asked. */
async function actOn(text: Text, random: Random, goingOn: () => boolean): Promise<void> {
  while (goingOn()) {
    const path = `/api/documents/${text.id}`;
    try {
      if (text.state !== 'in_review') {
        text.attempted = 'in_review';
        await submitConfirmed(text.author, text.id);
      } else if (random.next() < 0.5) {
        text.attempted = 'returned';
        await leader.act('POST', `${path}/return`, { reason: 'lacks_facts', words: '请补充。' });
      } else {
        // Back to what it was before it was submitted.
        text.attempted = 'drafting or returned';
        await text.author.act('POST', `${path}/withdraw`, {});
      }
      text.state = text.attempted;
      text.attempted = undefined;
      totals.acts += 1;
      await learn(text);
    } catch (error) {
      // Once the end has begun the line may break, and a server that ends in order begins nothing new.
      if (goingOn()) throw error;
      if (text.attempted !== undefined) totals.killedActs += 1;
    }
    await pause(random.below(30));
  }
}

/** What the server says now; every version it has ever answered is there, unchanged. */
async function learn(text: Text): Promise<void> {
  const { lifecycle } = await text.author.ask('GET', `/api/documents/${text.id}`, documentAnswer);
  const possible = [text.state, ...(text.attempted === undefined ? [] : [text.attempted])];
  expect(
    possible.some((states) => states.split(' or ').includes(lifecycle.state)),
    `seed ${seed}`,
  ).toBe(true);
  const { versions } = await text.author.ask('GET', `/api/documents/${text.id}/versions`, versionsAnswer);
  const now = new Map(versions.map(({ id, sha256 }) => [id as string, sha256]));
  for (const [id, sha256] of text.versions) expect(now.get(id), `seed ${seed}: version ${id}`).toBe(sha256);
  for (const [id, sha256] of now) text.versions.set(id, sha256);
  expect(versions.map(({ number }) => number).sort((a, b) => a - b)).toEqual(versions.map((_, index) => index + 1));
  text.state = lifecycle.state;
  text.attempted = undefined;
}

/** The texts as somebody gets them who comes with nothing. */
async function fetchTexts(): Promise<Map<string, Y.Doc>> {
  const readers = new Map(clients.map((client) => [client.documentId, client.newcomer()]));
  for (const reader of readers.values()) reader.connect();
  await until('a whole first answer', () => [...readers.values()].every((reader) => reader.atRest));
  for (const reader of readers.values()) await reader.disconnect();
  return new Map([...readers].map(([id, reader]) => [id, reader.doc]));
}

async function checkNothingLost(where: string): Promise<void> {
  const stored = await fetchTexts();
  for (const client of clients) {
    const whole = stored.get(client.documentId) ?? new Y.Doc();
    expect(holds(whole, client.witnessed), `${where}: seen or acknowledged, and gone`).toBe(true);
  }
  for (const text of texts) await learn(text);
  const store = openForReading(join(dataDir.path, 'duizhao.db'));
  expect((await verifyAudit(store.records)).intact, `${where}: the audit log`).toBe(true);
  await store.close();
}

/** Everybody comes back with what he has, on line and off, and all hold the same. */
async function gatherAgain(where: string): Promise<void> {
  await until(`${where}: everybody at rest`, () => {
    for (const client of clients) if (!client.isConnected) client.connect();
    return clients.every((client) => client.atRest);
  });
  const same = (a: Y.Doc, b: Y.Doc) => Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b));
  const stored = await fetchTexts();
  await until(`${where}: the same text everywhere`, () =>
    clients.every(({ doc, documentId }) => same(doc, stored.get(documentId) ?? new Y.Doc())),
  );
}

/** Everybody types, some act, until the moment has come that chance has chosen. */
async function live(mood: Mood, random: Random, end: () => Promise<void>): Promise<void> {
  let over = false;
  const goingOn = () => !over;
  const chances = () => new Random(random.below(2 ** 31));
  const lives = clients.map((client) => typeOn(client, mood, chances(), goingOn));
  if (mood === 'acts') lives.push(...texts.map((text) => actOn(text, chances(), goingOn)));
  const lived = Promise.allSettled(lives);
  await pause(50 + random.below(500));
  over = true;
  await end();
  for (const life of await lived) if (life.status === 'rejected') throw life.reason;
}

async function startAgain(where: string): Promise<void> {
  await until(`${where}: nobody holds a dead line`, () => clients.every((client) => !client.isConnected));
  server = await startServer();
  await checkNothingLost(where);
  await gatherAgain(where);
  totals.acknowledged = sum(clients.map((client) => client.acknowledged));
  totals.seen = sum(clients.map((client) => client.seen));
  totals.refusals = {};
  for (const [code, times] of clients.flatMap((client) => [...client.refusals])) {
    totals.refusals[code] = (totals.refusals[code] ?? 0) + times;
  }
}

/** By its own last word: after a burst this process is so busy with its clients' texts that it hears of the end seconds late. */
function stoppedAt(output: string): number {
  const line = output.split('\n').find((text) => text.includes('"msg":"stopped"')) ?? '';
  return Date.parse(JSON.parse(line).time);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

describe(`a server that dies (seed ${seed})`, () => {
  test(`[ST1] loses nothing seen or acknowledged in ${rounds} kills without warning`, async () => {
    const random = new Random(seed);
    await gatherAgain('at first');
    for (let round = 0; round < rounds; round += 1) {
      const mood = moods[round % moods.length] ?? 'typing';
      const where = `seed ${seed}, round ${round} (${mood})`;
      await live(mood, random, async () => {
        if (mood === 'ending') {
          // In the middle of its orderly end: last commits, checkpoints, closing.
          server.ask();
          await pause(random.below(120));
        }
        await server.kill();
      });
      await startAgain(where);
    }
    expect(totals.acknowledged).toBeGreaterThan(rounds * 10);
    expect(totals.acts + totals.killedActs).toBeGreaterThan(0);
  });

  test(`[RM4] ends with 0 within 10 s when asked to, ${endings} times, and nothing is missing`, async () => {
    const random = new Random(seed + 1);
    await gatherAgain('at first');
    for (let round = 0; round < endings; round += 1) {
      const where = `seed ${seed}, ending ${round}`;
      await live(round % 2 === 0 ? 'burst' : 'acts', random, async () => {
        const asked = Date.now();
        expect(await server.stop(), `${where}: ${server.output}`).toBe(0);
        expect(stoppedAt(server.output) - asked, `${where}: ${server.output}`).toBeLessThan(10_000);
      });
      await startAgain(where);
    }
  });
});

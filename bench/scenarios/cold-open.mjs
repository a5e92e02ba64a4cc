/**
 * d: how soon a long text is all there, while the server has it in memory and when it has just been restarted. Servers that store
 * get it character by character, once per run; the others the same text at once, which in memory is the same.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, until } from '../client.mjs';
import { typeLongText } from '../long-text.mjs';
import { median } from '../measure.ts';
import { messages } from '../updates.ts';
import { openWhole } from '../whole-text.mjs';

const seed = 20_260_101;
const opensInMemory = 5;
const patienceMs = 30_000;
const watcherId = 800_000_000;

/** @param {boolean} quick */
const sizes = (quick) => (quick ? [5_000, 20_000] : [5_000, 200_000]);

/** @type {Map<number, import('../long-text.mjs').LongText>} */
const texts = new Map();
/** Directories in which servers have stored the texts. @type {Map<string, string>} */
const stored = new Map();

/** @typedef {import('../host.mjs').Host} Host */

/** @type {import('./scenarios.mjs').Scenario} */
export const coldOpen = {
  letter: 'd',
  rooms: { large: 0, small: 2 },
  quickServers: ['relay', 'duizhao', 'y-websocket-leveldb'],
  async run(host, { quick, record }) {
    const typed = sizes(quick).map((size) => textOf(size, seatOf(host, 0, 0).root));
    const kept = host.kind.stores ? await store(host, typed) : undefined;
    if (kept === undefined) for (const [room, text] of typed.entries()) await hand(host, room, text);
    for (const [room, size] of sizes(quick).entries()) {
      const { expected } = typed[room];
      if (kept !== undefined) {
        await host.restartFrom(kept);
        const first = await openWhole(seatOf(host, room, 1), watcherId, expected, patienceMs);
        await record(`d ${size} restarted`, figuresOf([first]));
      }
      const opened = [];
      for (let n = 1; n <= opensInMemory; n += 1) {
        const visit = await openWhole(seatOf(host, room, 0), watcherId + n, expected, patienceMs);
        visit.client.leave();
        opened.push(visit);
      }
      await record(`d ${size} in memory`, figuresOf(opened));
    }
  },
};

/** @param {Host} host @param {number} room @param {number} person */
function seatOf(host, room, person) {
  return host.running.seat({ kind: 'small', room, person });
}

/** @param {number} size @param {string} root */
function textOf(size, root) {
  const text = texts.get(size) ?? typeLongText(size, root, seed);
  if (text.root !== root) throw new Error(`a text for ${text.root}, not for ${root}`);
  texts.set(size, text);
  return text;
}

/** @param {readonly import('../whole-text.mjs').Opened[]} opened */
function figuresOf(opened) {
  const times = opened.map(({ completeMs }) => completeMs);
  return {
    p50Ms: median(times),
    maxMs: Math.max(...times),
    incompleteAnswers: opened.filter(({ firstWasComplete }) => !firstWasComplete).length,
  };
}

/** Has the texts typed into a server that stores them, the first time; later rounds start from what it stored. @param {Host} host @param {readonly import('../long-text.mjs').LongText[]} typed */
async function store(host, typed) {
  const before = stored.get(host.kind.id);
  if (before !== undefined) return before;
  for (const [room, text] of typed.entries()) await typeIn(host, room, text);
  await isWritten(host);
  const kept = await host.putAside('long-texts');
  stored.set(host.kind.id, kept);
  return kept;
}

/** A server that stores behind its answers gets the time it needs. @param {Host} host */
async function isWritten({ dir }) {
  let size = -1;
  let calm = 0;
  await until(
    async () => {
      const now = await bytesIn(dir);
      calm = now === size ? calm + 1 : 0;
      size = now;
      return calm >= 6;
    },
    300_000,
    'writing did not come to an end',
    500,
  );
}

/** @param {string} dir */
async function bytesIn(dir) {
  const files = (await readdir(dir, { withFileTypes: true, recursive: true })).filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map((file) => stat(join(file.parentPath, file.name)).catch(() => undefined)));
  return sizes.reduce((sum, found) => sum + (found?.size ?? 0), 0);
}

/**
 * Character by character, one person's turn after the other's: the next begins when somebody has seen the last.
 * @param {Host} host
 * @param {number} room
 * @param {import('../long-text.mjs').LongText} text
 */
async function typeIn(host, room, text) {
  const reader = await Client.open(seatOf(host, room, 2), watcherId);
  reader.onLetters = () => undefined;
  /** @type {Map<number, Client>} */
  const writers = new Map();
  for (const [person, client] of [...text.expected.clocks.keys()].entries()) {
    writers.set(client, await Client.open(seatOf(host, room, person), client));
  }
  for (const { client, updates, clock } of text.turns) {
    const writer = writers.get(client);
    if (writer === undefined) throw new Error(`nobody types as ${client}`);
    writer.sendRaw(Buffer.concat(updates.map((update) => writer.frameOf(messages.update(update)))));
    await seenBy(reader, client, clock, writer);
  }
  const whole = await openWhole(seatOf(host, room, 2), watcherId + 1, text.expected, patienceMs);
  if (!Number.isFinite(whole.completeMs)) throw new Error(`${host.kind.id} has not got the whole text`);
  for (const client of [reader, whole.client, ...writers.values()]) client.leave();
}

/** @param {Client} reader @param {number} author @param {number} clock @param {Client} writer */
async function seenBy(reader, author, clock, writer) {
  if ((reader.seen.get(author) ?? 0) >= clock) return;
  await until(
    () => {
      if (writer.refused !== '' || writer.closedWith !== undefined) throw new Error(`refused: ${writer.refused}`);
      return (reader.seen.get(author) ?? 0) >= clock;
    },
    patienceMs,
    `nobody saw ${author} at ${clock}`,
    1,
  );
}

/**
 * Gives a server that stores nothing the whole text at once; the relay keeps it as the answer to everybody.
 * @param {Host} host
 * @param {number} room
 * @param {import('../long-text.mjs').LongText} text
 */
async function hand(host, room, text) {
  const giver = await Client.open(seatOf(host, room, 0), watcherId);
  giver.send(messages.step2(text.state));
  const seen = await openWhole(seatOf(host, room, 1), watcherId + 9, text.expected, patienceMs);
  if (!Number.isFinite(seen.completeMs)) throw new Error(`${host.kind.id} has not got the whole text`);
}

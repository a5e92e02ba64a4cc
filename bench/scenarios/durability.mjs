/**
 * f: what somebody has seen, or was told is saved, and is gone after the server was killed. 10 ms after a second person has seen
 * the last letter the server dies; started again, it is asked for the text.
 */

import * as Y from 'yjs';
import { Client, pause, until } from '../client.mjs';
import { openWhole } from '../whole-text.mjs';

const paces = [
  { name: '200 at 50/s', letters: 200, perSecond: 50 },
  { name: 'burst of 5000', letters: 5_000, perSecond: Number.POSITIVE_INFINITY },
];
const writerId = 1_700_000_000;
const patienceMs = 60_000;
/** How long a restarted server may take to show what it has, once something is missing. */
const missingMs = 3_000;

/** @type {import('./scenarios.mjs').Scenario} */
export const durability = {
  letter: 'f',
  rooms: { large: 0, small: 100 },
  quickRooms: { large: 0, small: 8 },
  storesOnly: true,
  together: true,
  once: true,
  async run(host, { quick, record }) {
    const ours = host.kind.id === 'duizhao';
    let room = 0;
    for (const signal of /** @type {const} */ (['SIGKILL', 'SIGTERM'])) {
      for (const pace of paces) {
        const full = ours ? (signal === 'SIGKILL' ? 20 : 5) : 3;
        const repetitions = quick ? 1 : full;
        const found = { lost: 0, sent: 0, repetitions, repetitionsWithLoss: 0 };
        for (let n = 0; n < repetitions; n += 1) {
          const lost = await lose(host, room, pace, signal);
          room += 1;
          found.lost += lost;
          found.sent += pace.letters;
          if (lost > 0) found.repetitionsWithLoss += 1;
        }
        await record(`f ${pace.name}, ${signal}`, found);
      }
    }
  },
};

/**
 * How many letters are gone.
 * @param {import('../host.mjs').Host} host
 * @param {number} room
 * @param {{ letters: number, perSecond: number }} pace
 * @param {'SIGTERM' | 'SIGKILL'} signal
 */
async function lose(host, room, { letters, perSecond }, signal) {
  const writer = await Client.open(host.running.seat({ kind: 'small', room, person: 0 }), writerId);
  const second = await Client.open(host.running.seat({ kind: 'small', room, person: 1 }), writerId + 1);
  second.onLetters = () => undefined;
  writer.begin();
  const began = performance.now();
  if (Number.isFinite(perSecond)) {
    for (let n = 1; n <= letters; n += 1) {
      writer.type();
      await pause(Math.max(0, began + (n * 1_000) / perSecond - performance.now()));
    }
  } else writer.sendRaw(Buffer.concat(Array.from({ length: letters }, () => writer.nextLetter())));
  await until(() => second.seen.get(writerId) === writer.clock, patienceMs, 'the second person saw not all', 1);
  await pause(10);
  await host.restart(signal);
  // What was begun counts among the seen: a paragraph and its first letter.
  const expected = { clocks: new Map([[writerId, writer.clock]]), characters: letters + 1, bytes: letters };
  const { doc, client } = await openWhole(
    host.running.seat({ kind: 'small', room, person: 2 }),
    writerId + 2,
    expected,
    missingMs,
  );
  const lost = writer.clock - Y.getState(doc.store, writerId);
  client.leave();
  return Math.min(lost, letters);
}

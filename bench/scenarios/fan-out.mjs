/** a: one writer, many readers. What a letter costs to show to everybody, and how long it takes. */
import { Client, forEachOf, pause, until } from '../client.mjs';
import { latencies, watch } from '../measure.ts';

const updatesPerSecond = 20;
const readerPointsEveryMs = 2_000;
const warmUpLetters = 400;

/** @type {import('./scenarios.mjs').Scenario} */
export const fanOut = {
  letter: 'a',
  rooms: { large: 6, small: 0 },
  quickServers: ['relay', 'duizhao', 'y-websocket'],
  async run({ running }, { quick, record }) {
    for (const [room, { readers, presence }] of loads(quick).entries()) {
      const load = { room, readers, presence, seconds: quick ? 1.5 : 4 };
      await record(`a ${readers} readers${presence ? ' with presence' : ''}`, await measure(running, load));
    }
  },
};

/** @param {boolean} quick */
function loads(quick) {
  const every = [10, 50, 100].flatMap((readers) => [false, true].map((presence) => ({ readers, presence })));
  return quick ? every.filter(({ readers, presence }) => readers === 100 || (readers === 10 && !presence)) : every;
}

/**
 * @param {import('../servers/servers.mjs').Running} running
 * @param {{ room: number, readers: number, presence: boolean, seconds: number }} load
 */
async function measure(running, { room, readers, presence, seconds }) {
  const seat = (/** @type {number} */ person) => running.seat({ kind: 'large', room, person });
  const writer = await Client.open(seat(0), 1_000_000_000 + room);
  writer.begin();
  const audience = await forEachOf([...Array(readers).keys()], (n) => Client.open(seat(n + 1), 2_000_000_000 + n));
  await pause(200);
  const first = writer.clock;
  /** @type {number[]} */
  const sentAt = [];
  /** @type {number[]} */
  let samples = [];
  for (const reader of audience) {
    reader.onLetters = (_client, from, to, atMs) => {
      for (let clock = from; clock < to; clock += 1) samples.push(atMs - sentAt[clock - first]);
    };
  }
  const type = async (/** @type {number} */ updates) => {
    const began = performance.now();
    for (let n = 0; n < updates; n += 1) {
      sentAt[writer.clock - first] = performance.now();
      writer.type();
      if (presence) writer.point();
      await pause(Math.max(0, began + ((n + 1) * 1000) / updatesPerSecond - performance.now()));
    }
  };
  const arrived = () => audience.every((reader) => reader.seen.get(writer.clientId) === writer.clock);
  const pointing = presence ? point(audience) : undefined;
  // A server that has run for a morning has compiled what it runs often; one that has just started has not.
  for (let n = 0; n < warmUpLetters; n += 1) {
    sentAt[writer.clock - first] = performance.now();
    writer.type();
    await pause(2);
  }
  await until(arrived, 10_000, 'not every reader saw the first letters');
  samples = [];
  const end = watch(running.child.pid);
  await type(updatesPerSecond * seconds);
  await until(arrived, 10_000, 'not every reader saw every letter');
  const used = end();
  clearInterval(pointing);
  const expected = updatesPerSecond * seconds * readers;
  if (samples.length !== expected) throw new Error(`${samples.length} deliveries, not ${expected}`);
  if (presence && !audience.every((reader) => reader.presences > 0)) throw new Error('somebody saw no carets');
  for (const client of [writer, ...audience]) client.leave();
  return {
    ...latencies(samples),
    cpuMsPerThousand: (used.cpuMs * 1000) / expected,
    rssMiB: used.rssMiB,
    driverShare: used.driverShare,
    deliveries: expected,
  };
}

/** Every reader moves the caret now and then, never all in one moment. @param {readonly Client[]} audience */
function point(audience) {
  for (const reader of audience) reader.point();
  let next = 0;
  return setInterval(() => {
    audience[next % audience.length].point();
    next += 1;
  }, readerPointsEveryMs / audience.length);
}

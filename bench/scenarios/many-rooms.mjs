/** b: many rooms with three people each, one of whom types at leisure. */
import { Client, forEachOf, pause, until } from '../client.mjs';
import { latencies, rssMiB, watch } from '../measure.ts';

const people = 3;
const updatesPerSecond = 2;

/** @param {boolean} quick */
const sizes = (quick) => (quick ? [150] : [100, 300, 1_000]);

/** @type {import('./scenarios.mjs').Scenario} */
export const manyRooms = {
  letter: 'b',
  rooms: { large: 0, small: 1_000 },
  quickRooms: { large: 0, small: 150 },
  quickServers: ['relay', 'duizhao', 'hocuspocus'],
  async run({ running }, { quick, record }) {
    /** @type {Client[][]} */
    const rooms = [];
    await running.child.collect();
    const base = rssMiB(running.child.pid);
    for (const size of sizes(quick)) {
      const added = await forEachOf(
        Array.from({ length: size - rooms.length }, (_, n) => rooms.length + n),
        (room) => enter(running, room),
        12,
      );
      rooms.push(...added);
      const figures = await measure(running, rooms, quick ? 2 : 5);
      await running.child.collect();
      const held = rssMiB(running.child.pid);
      await record(`b ${size} rooms`, { ...figures, rssMiB: held, growthMiB: held - base });
    }
    for (const client of rooms.flat()) client.leave();
  },
};

/** @param {import('../servers/servers.mjs').Running} running @param {number} room */
async function enter(running, room) {
  const clients = [];
  for (let person = 0; person < people; person += 1) {
    const seat = running.seat({ kind: 'small', room, person });
    clients.push(await Client.open(seat, 1_000_000_000 + room * people + person));
  }
  clients[0].begin();
  return clients;
}

/**
 * @param {import('../servers/servers.mjs').Running} running
 * @param {readonly Client[][]} rooms
 * @param {number} seconds
 */
async function measure(running, rooms, seconds) {
  await pause(500);
  /** @type {number[]} */
  let samples = [];
  const first = rooms.map(([writer]) => writer.clock);
  /** @type {number[][]} */
  const sentAt = rooms.map(() => []);
  for (const [room, [, ...readers]] of rooms.entries()) {
    for (const reader of readers) {
      reader.onLetters = (_client, from, to, atMs) => {
        for (let clock = from; clock < to; clock += 1) samples.push(atMs - sentAt[room][clock - first[room]]);
      };
    }
  }
  const arrived = () =>
    rooms.every(([writer, ...readers]) => readers.every((reader) => reader.seen.get(writer.clientId) === writer.clock));
  await type(rooms, sentAt, 1);
  await until(arrived, 20_000, 'not everybody saw the first letters');
  samples = [];
  const end = watch(running.child.pid);
  await type(rooms, sentAt, seconds);
  await until(arrived, 20_000, 'not everybody saw every letter');
  const used = end();
  const expected = rooms.length * (people - 1) * updatesPerSecond * seconds;
  if (samples.length !== expected) throw new Error(`${samples.length} deliveries, not ${expected}`);
  return {
    ...latencies(samples),
    cpuMsPerThousand: (used.cpuMs * 1000) / expected,
    rssMiB: used.rssMiB,
    driverShare: used.driverShare,
    deliveries: expected,
  };
}

/**
 * Each writer at a pace of its own phase; the phases are spread like people's, not like a clock's.
 * @param {readonly Client[][]} rooms
 * @param {number[][]} sentAt
 * @param {number} seconds
 */
async function type(rooms, sentAt, seconds) {
  const periodMs = 1000 / updatesPerSecond;
  const golden = 0.618_033_988_749_895;
  const plan = rooms
    .map((_, room) => ({ room, phase: ((room * golden) % 1) * periodMs }))
    .sort((a, b) => a.phase - b.phase);
  const began = performance.now();
  for (let turn = 0; turn < updatesPerSecond * seconds; turn += 1) {
    for (const { room, phase } of plan) {
      const due = began + turn * periodMs + phase;
      const aheadMs = due - performance.now();
      if (aheadMs > 0) await pause(aheadMs);
      sentAt[room].push(performance.now());
      rooms[room][0].type();
    }
  }
}

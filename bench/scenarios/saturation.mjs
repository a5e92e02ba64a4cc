/**
 * c: twenty people in one room who write as fast as they are heard. A letter counts as heard when one fixed other person has
 * received it, whatever a server says to the writer; each writer has a window of letters that nobody has heard yet.
 */
import { Client, forEachOf, pause, until } from '../client.mjs';
import { latencies, watch } from '../measure.ts';

const people = 20;
const windows = [1, 10];
/** A server that has run for a morning has compiled what it runs often; one that has just started has not. */
const warmUpMs = { full: 3_000, quick: 700 };

/** @type {import('./scenarios.mjs').Scenario} */
export const saturation = {
  letter: 'c',
  rooms: { large: windows.length, small: 0 },
  quickServers: ['relay', 'duizhao', 'hocuspocus'],
  async run({ running }, { quick, record }) {
    for (const [room, window] of windows.entries()) {
      await record(`c window ${window}`, await measure(running, room, window, quick));
    }
  },
};

/**
 * @param {import('../servers/servers.mjs').Running} running
 * @param {number} room
 * @param {number} window
 * @param {boolean} quick
 */
async function measure(running, room, window, quick) {
  const clients = await forEachOf([...Array(people).keys()], (person) =>
    Client.open(running.seat({ kind: 'large', room, person }), 1_000_000_000 + person),
  );
  for (const client of clients) client.begin();
  await pause(500);
  let writing = true;
  /** @type {number[]} */
  let samples = [];
  let heard = 0;
  const first = clients.map(({ clock }) => clock);
  /** @type {number[][]} */
  const sentAt = clients.map(() => []);
  const write = (/** @type {number} */ n, /** @type {number} */ count) => {
    const now = performance.now();
    const frames = [];
    for (let letter = 0; letter < count; letter += 1) {
      sentAt[n].push(now);
      frames.push(clients[n].nextLetter());
    }
    clients[n].sendRaw(frames.length === 1 ? frames[0] : Buffer.concat(frames));
  };
  for (const [n, client] of clients.entries()) {
    const watched = (n + people - 1) % people;
    const { clientId } = clients[watched];
    client.onLetters = (author, from, to, atMs) => {
      if (author !== clientId) return;
      for (let clock = from; clock < to; clock += 1) samples.push(atMs - sentAt[watched][clock - first[watched]]);
      heard += to - from;
      if (writing) write(watched, to - from);
    };
  }
  for (const n of clients.keys()) write(n, window);
  await pause(quick ? warmUpMs.quick : warmUpMs.full);
  samples = [];
  heard = 0;
  const end = watch(running.child.pid);
  await pause(quick ? 1_500 : 4_000);
  const used = end();
  const updates = heard;
  const timed = samples;
  writing = false;
  await until(() => everybodyHasAll(clients), 20_000, 'not everybody saw every letter');
  for (const client of clients) client.leave();
  return {
    ...latencies(timed),
    updatesPerSecond: (updates * 1000) / used.elapsedMs,
    cpuMsPerThousand: (used.cpuMs * 1000) / (updates * (people - 1)),
    cpuShare: used.cpuShare,
    rssMiB: used.rssMiB,
    driverShare: used.driverShare,
    deliveries: updates * (people - 1),
  };
}

/** @param {readonly Client[]} clients */
function everybodyHasAll(clients) {
  const failed = clients.find(({ refused, closedWith }) => refused !== '' || closedWith !== undefined);
  if (failed !== undefined) throw new Error(`refused ${failed.refused}, closed ${failed.closedWith}`);
  return clients.every((reader) =>
    clients.every((writer) => writer === reader || reader.seen.get(writer.clientId) === writer.clock),
  );
}

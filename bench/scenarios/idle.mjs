/**
 * e: what it costs to have people and documents about that do nothing, and what is kept when all have left. Memory is taken
 * after a garbage collection and told as growth since the start; all servers run at once, because none is asked to be fast.
 */
import { Client, forEachOf, pause } from '../client.mjs';
import { rssMiB, watch } from '../measure.ts';

const letters = 20;
const warmUp = 200;
/** What writing leaves to be done, checkpoints above all, is not what being idle costs. */
const settleMs = { full: 8_000, quick: 3_000 };
/** Longer than the product keeps a room that everybody has left. */
const leftMs = 36_000;

/** @typedef {import('../host.mjs').Host} Host */

/** @type {import('./scenarios.mjs').Scenario} */
export const idle = {
  letter: 'e',
  rooms: { large: 2, small: 1_000 },
  quickRooms: { large: 2, small: 150 },
  quickServers: ['relay', 'duizhao', 'hocuspocus'],
  together: true,
  async run(host, { quick, record }) {
    const count = quick ? 150 : 1_000;
    await visit(host);
    const start = await memory(host);

    const connections = await forEachOf([...Array(count).keys()], (person) =>
      Client.open(host.running.seat({ kind: 'large', room: 0, person }), 1_000_000_000 + person),
    );
    await record(`e ${count} connections`, { growthMiB: (await memory(host)) - start, rssMiB: rssMiB(host.pid) });
    for (const client of connections) client.leave();
    await pause(2_000);
    const before = await memory(host);

    const writers = await forEachOf([...Array(count).keys()], (room) => openDocument(host, room));
    await pause(quick ? settleMs.quick : settleMs.full);
    const end = watch(host.pid);
    await pause(quick ? 5_000 : 20_000);
    const { cpuShare } = end();
    const growthMiB = (await memory(host)) - before;
    stillThere(writers);
    await record(`e ${count} documents`, { growthMiB, cpuPercent: cpuShare * 100, rssMiB: rssMiB(host.pid) });

    for (const client of writers) client.leave();
    // A quick run does not wait for rooms to be forgotten.
    if (quick) return;
    await pause(leftMs);
    await record(`e ${count} all left`, { growthMiB: (await memory(host)) - before, rssMiB: rssMiB(host.pid) });
  },
};

/** The first visitors warm the server up: what is loaded once and grown once is not theirs who come later. @param {Host} host */
async function visit(host) {
  const visitors = await forEachOf([...Array(warmUp).keys()], (person) =>
    Client.open(host.running.seat({ kind: 'large', room: 1, person }), 1_900_000_000 + person),
  );
  for (const visitor of visitors) {
    visitor.begin();
    visitor.type();
  }
  await pause(1_000);
  for (const visitor of visitors) visitor.leave();
  await pause(1_000);
}

/** @param {Host} host @param {number} room */
async function openDocument(host, room) {
  const client = await Client.open(host.running.seat({ kind: 'small', room, person: 0 }), 1_500_000_000 + room);
  client.begin();
  for (let letter = 0; letter < letters; letter += 1) client.type();
  return client;
}

/** @param {readonly Client[]} clients */
function stillThere(clients) {
  const gone = clients.filter(({ closedWith, refused }) => closedWith !== undefined || refused !== '');
  if (gone.length > 0) throw new Error(`${gone.length} of ${clients.length} were sent away (${gone[0].closedWith})`);
}

/** @param {Host} host */
async function memory(host) {
  await host.running.child.collect();
  return rssMiB(host.pid);
}

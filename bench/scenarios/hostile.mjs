/**
 * g: one room with people at work, and attackers in it one after the other. How long do the others wait for each other's
 * letters, how much memory does it take, is it given back, and is the attacker sent away.
 */
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { attackNames } from '../attacks.mjs';
import { Client, forEachOf, pause } from '../client.mjs';
import { percentile, rssMiB } from '../measure.ts';

const readers = 5;
const updatesPerSecond = 20;
/** Who waits longer than this is counted with it. */
const mostMs = 30_000;
/** When the memory that attacks took must have been given back. */
const laterMs = 33_000;
/** An attack that takes longer hangs: the longest of them is meant to take half a minute. */
const longestAttackMs = 90_000;
const writerId = 1_000_000_000;

/** @typedef {import('../host.mjs').Host} Host */

/** @type {import('./scenarios.mjs').Scenario} */
export const hostile = {
  letter: 'g',
  rooms: { large: attackNames.length, small: 0 },
  quickServers: ['duizhao'],
  once: true,
  async run(host, { quick, record }) {
    const strength = quick ? 1 : 2;
    const pauseMs = quick ? 3_000 : laterMs;
    const base = await settled(host);
    await allAttacks(host, strength, record);
    await pause(pauseMs);
    const after = await settled(host);
    await record('g 30 s later', { keptMiB: after - base });
    if (quick) return;
    // The first series also leaves compiled code and room that is made once; what leaks is left every time.
    await allAttacks(host, strength);
    await pause(pauseMs);
    await record('g all again, 30 s later', { keptMiB: (await settled(host)) - after });
  },
};

/**
 * One attack after the other; a server that falls is started again.
 * @param {Host} host
 * @param {number} strength
 * @param {import('./scenarios.mjs').Setting['record']} [record]
 */
async function allAttacks(host, strength, record) {
  for (const [room, name] of attackNames.entries()) {
    const found = await endure(host, room, name, strength);
    const fell = !host.running.child.isRunning;
    if (fell) await host.restart('SIGKILL');
    await record?.(`g ${name}`, fell ? { ...found, maxMs: mostMs, crashed: 1 } : found);
  }
}

/** @param {Host} host */
async function settled(host) {
  await host.running.child.collect();
  return rssMiB(host.pid);
}

/**
 * @param {Host} host
 * @param {number} room
 * @param {string} name
 * @param {number} strength
 */
async function endure(host, room, name, strength) {
  const seat = (/** @type {number} */ person) => host.running.seat({ kind: 'large', room, person });
  const writer = await Client.open(seat(0), writerId);
  writer.begin();
  const others = await forEachOf([...Array(readers).keys()], (n) => Client.open(seat(n + 1), writerId + 1 + n));
  for (const client of [writer, ...others]) client.lenient = true;
  const work = new Work(writer, others);
  const before = rssMiB(host.pid);
  let most = before;
  const sampling = setInterval(() => {
    if (host.running.child.isRunning) most = Math.max(most, rssMiB(host.pid));
  }, 50);
  await pause(500);
  const worker = new Worker(join(import.meta.dirname, '../attack-worker.mjs'), {
    workerData: { name, seat: seat(readers + 1), strength },
  });
  const { attackers, left } = await outcomeOf(worker);
  await work.end();
  clearInterval(sampling);
  for (const client of [writer, ...others]) client.leave();
  return { ...work.figures(), growthMiB: most - before, attackers, attackersLeft: left };
}

/**
 * What the attack came to. One that hangs, in a server that neither answers nor ends it, is given up and counts as left alone; what
 * it did to the others is told all the same.
 * @param {Worker} worker
 * @returns {Promise<import('../attacks.mjs').Outcome>}
 */
async function outcomeOf(worker) {
  const unpunished = { attackers: 1, left: 1 };
  const given = new AbortController();
  const { signal } = given;
  try {
    return await Promise.race([
      once(worker, 'message', { signal }).then(([outcome]) => outcome),
      once(worker, 'exit', { signal }).then(() => unpunished),
      setTimeout(longestAttackMs, unpunished, { signal }),
    ]);
  } finally {
    given.abort();
    await worker.terminate();
  }
}

/** People at work: one types, the others' waiting is timed. */
class Work {
  #writer;
  #others;
  #first;
  /** @type {number[]} */
  #sentAt = [];
  /** @type {number[]} */
  #samples = [];
  #timer;

  /** @param {Client} writer @param {readonly Client[]} others */
  constructor(writer, others) {
    this.#writer = writer;
    this.#others = others;
    this.#first = writer.clock;
    for (const other of others) {
      other.onLetters = (client, from, to, atMs) => {
        if (client !== writerId) return;
        for (let clock = from; clock < to; clock += 1) this.#samples.push(atMs - this.#sentAt[clock - this.#first]);
      };
    }
    this.#timer = setInterval(() => {
      this.#sentAt.push(performance.now());
      writer.type();
    }, 1_000 / updatesPerSecond);
  }

  /** Stops typing and waits until everybody has seen everything, or nobody will. */
  async end() {
    clearInterval(this.#timer);
    const end = performance.now() + mostMs;
    while (this.#missing() > 0 && performance.now() < end) await pause(20);
  }

  #missing() {
    return this.#others.reduce((sum, { seen }) => sum + this.#writer.clock - (seen.get(writerId) ?? this.#first), 0);
  }

  figures() {
    const missing = this.#missing();
    const samples = [...this.#samples, ...Array.from({ length: missing }, () => mostMs)];
    return {
      p50Ms: percentile(samples, 0.5),
      p99Ms: percentile(samples, 0.99),
      maxMs: percentile(samples, 1),
      missing,
    };
  }
}

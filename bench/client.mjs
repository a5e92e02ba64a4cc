/**
 * One person in a room, as lean as a driver must be: does y-websocket's handshake, counts what it is shown, and types letters
 * prepared by hand. No Yjs here; whether the servers' texts are whole is looked at afterwards (`whole.mjs`).
 */

import { frameOf } from './frame.ts';
import { letterUpdate, messages, nothing, ownParagraph, scanUpdate, varUintAt, varUintEnd } from './updates.ts';
import { Wire } from './wire.mjs';

/**
 * Where a person sits: made by a server's `seat`.
 * @typedef {object} Seat
 * @property {import('./wire.mjs').Address} address
 * @property {string} root the shared root that everybody types in
 * @property {Uint8Array} [prefix] stands before every message, both ways (Hocuspocus' document name)
 * @property {Uint8Array} [greeting] the message to begin with (Hocuspocus' authentication)
 * @property {boolean} [silent] nobody there answers sync messages (the relay)
 */

/** y-websocket's; Hocuspocus answers a sync with 4 and takes leave of one document with 7; the product's begin at 100. */
const types = { sync: 0, presence: 1, syncReply: 4, goodbye: 7, saved: 100, refused: 102 };
const steps = { step1: 0, step2: 1, update: 2 };
const emptyStep2 = messages.step2(nothing.update);
const askAll = messages.step1(nothing.stateVector);
const handshakeMs = 60_000;

export class Client {
  /** @type {Seat} */
  #seat;
  #wire;
  #prefixLength;
  /** @type {() => void} */
  #onSynced = () => undefined;
  /** How far each writer's letters have come here: client id to clock. @type {Map<number, number>} */
  seen = new Map();
  /** Letters seen while somebody listened. */
  deliveries = 0;
  presences = 0;
  saves = 0;
  refused = '';
  /** Whether nonsense is overheard; otherwise it ends the bench. */
  lenient = false;
  clientId;
  /** The clock of the next letter. */
  clock = 0;
  #presenceClock = 0;
  /** Called for each piece of news with what has come since the last one. @type {((client: number, from: number, to: number, atMs: number) => void) | undefined} */
  onLetters;
  /** Sees every sync message in full: its step and its content. @type {((step: number, content: Buffer, atMs: number) => void) | undefined} */
  onSync;

  /** @param {Seat} seat @param {number} clientId */
  constructor(seat, clientId) {
    this.#seat = seat;
    this.#prefixLength = seat.prefix?.length ?? 0;
    this.clientId = clientId;
    this.#wire = new Wire(seat.address, (bytes, start, end, atMs) => this.#hear(bytes, start, end, atMs));
    this.#wire.onClose = () => this.#onSynced();
  }

  /**
   * Resolves when the text has come; from then on everything is delivered.
   * @param {Seat} seat
   * @param {number} clientId
   * @param {{ onSync?: Client['onSync'] }} [watch]
   */
  static async open(seat, clientId, { onSync } = {}) {
    const client = new Client(seat, clientId);
    client.onSync = onSync;
    const synced = new Promise((resolve) => {
      client.#onSynced = () => resolve(undefined);
    });
    await client.#wire.opened;
    if (seat.greeting !== undefined) client.sendRaw(seat.greeting);
    client.send(askAll);
    if (seat.silent !== true) await within(synced, handshakeMs, `no text from ${seat.address.path}`);
    if (client.closedWith !== undefined) throw new Error(`${seat.address.path} closed with ${client.closedWith}`);
    return client;
  }

  get wire() {
    return this.#wire;
  }

  get closedWith() {
    return this.#wire.closedWith;
  }

  get openedAtMs() {
    return this.#wire.openedAtMs;
  }

  /** @param {Buffer} bytes @param {number} start @param {number} end @param {number} atMs */
  #hear(bytes, start, end, atMs) {
    if (!this.lenient) return this.#read(bytes, start, end, atMs);
    try {
      this.#read(bytes, start, end, atMs);
    } catch {
      // Somebody's nonsense, passed on.
    }
  }

  /** @param {Buffer} bytes @param {number} start @param {number} end @param {number} atMs */
  #read(bytes, start, end, atMs) {
    const at = start + this.#prefixLength;
    const type = bytes[at];
    if (type === types.sync || type === types.syncReply) this.#hearSync(bytes, at + 1, end, atMs);
    else if (type === types.presence) this.presences += 1;
    else if (type === types.saved) this.saves += 1;
    else if (type === types.refused || type === types.goodbye) this.refused = bytes.toString('latin1', at + 2, end);
  }

  /** @param {Buffer} bytes @param {number} at @param {number} end @param {number} atMs */
  #hearSync(bytes, at, end, atMs) {
    const step = bytes[at];
    const length = varUintAt(bytes, at + 1);
    const begin = varUintEnd();
    if (begin + length !== end) throw new Error(`a message of ${end - begin} bytes that says ${length}`);
    this.onSync?.(step, bytes.subarray(begin, end), atMs);
    if (step === steps.step1) {
      if (this.#seat.silent !== true) this.send(emptyStep2);
    } else if (step === steps.step2) this.#onSynced();
    else this.#hearUpdate(bytes, begin, atMs);
  }

  /** @param {Buffer} bytes @param {number} at @param {number} atMs */
  #hearUpdate(bytes, at, atMs) {
    if (this.onLetters === undefined) return;
    scanUpdate(bytes, at, (client, clock, end) => {
      const known = this.seen.get(client) ?? clock;
      if (clock > known) throw new Error(`letters ${known} to ${clock} of ${client} are missing`);
      if (end <= known) return;
      this.seen.set(client, end);
      this.deliveries += end - known;
      this.onLetters?.(client, known, end, atMs);
    });
  }

  /** @param {Uint8Array} message */
  send(message) {
    this.sendRaw(this.frameOf(message));
  }

  /** A message as this person's frame. @param {Uint8Array} message */
  frameOf(message) {
    const { prefix } = this.#seat;
    return frameOf(prefix === undefined ? message : Buffer.concat([prefix, message]));
  }

  /** @param {Uint8Array} frames */
  sendRaw(frames) {
    this.#wire.write(frames);
  }

  /** Makes the paragraph that this person's letters go into. */
  begin() {
    const { update, clock } = ownParagraph(this.clientId, this.#seat.root);
    this.clock = clock;
    this.send(messages.update(update));
  }

  /** The next letter as a frame, ready to be sent. */
  nextLetter() {
    const frame = this.frameOf(messages.update(letterUpdate(this.clientId, this.clock)));
    this.clock += 1;
    return frame;
  }

  type() {
    this.sendRaw(this.nextLetter());
  }

  /** Moves the caret. */
  point() {
    this.#presenceClock += 1;
    const position = { type: null, tname: this.#seat.root, item: null, assoc: 0 };
    const state = { user: { name: '张三', color: '#b22' }, cursor: { anchor: position, head: position } };
    this.send(messages.presence(this.clientId, this.#presenceClock, state));
  }

  leave() {
    this.#wire.leave();
  }
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {number} ms
 * @param {string} what
 * @returns {Promise<T>}
 */
export function within(promise, ms, what) {
  /** @type {NodeJS.Timeout} */
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** @param {number} ms */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Waits until something is so; throws when it is not in time.
 * @param {() => boolean | Promise<boolean>} isSo
 * @param {number} ms
 * @param {string} what
 * @param {number} [everyMs]
 */
export async function until(isSo, ms, what, everyMs = 5) {
  const end = performance.now() + ms;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`${what} within ${ms} ms`);
    await pause(everyMs);
  }
}

/**
 * Opens many at a time, but not all at once.
 * @template T, R
 * @param {readonly T[]} items
 * @param {(item: T, index: number) => Promise<R>} work
 * @param {number} [atOnce]
 * @returns {Promise<R[]>}
 */
export async function forEachOf(items, work, atOnce = 40) {
  /** @type {R[]} */
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next;
      next += 1;
      results[index] = await work(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  return results;
}

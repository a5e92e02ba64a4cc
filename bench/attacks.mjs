/**
 * What hostile people do who have signed in and may write. Each attack tells how many attackers there were, and how many the
 * server neither sent away nor told that they were refused.
 */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { Client, pause } from './client.mjs';
import { letterUpdate, messages, nothing, varString, varUint } from './updates.ts';

/**
 * @typedef {import('./client.mjs').Seat} Seat
 * @typedef {{ attackers: number, left: number }} Outcome
 */

const attackerId = 1_900_000_000;
const wordMs = 2_500;
const askForAll = messages.step1(nothing.stateVector);
const pieceLength = 20_000;
const longPiece = varString('字'.repeat(pieceLength));

/** @param {readonly Client[]} attackers @returns {Promise<Outcome>} */
async function outcome(attackers) {
  const end = performance.now() + wordMs;
  const unpunished = () => attackers.filter(({ closedWith, refused }) => closedWith === undefined && refused === '');
  while (unpunished().length > 0 && performance.now() < end) await pause(20);
  const left = unpunished().length;
  for (const attacker of attackers) attacker.wire.cut();
  return { attackers: attackers.length, left };
}

/** @param {Seat} seat @param {number} n */
async function enter(seat, n) {
  const attacker = await Client.open(seat, attackerId + n);
  attacker.lenient = true;
  return attacker;
}

/** @param {Seat} seat @param {(attacker: Client) => void | Promise<void>} act @returns {Promise<Outcome>} */
async function alone(seat, act) {
  const attacker = await enter(seat, 0);
  await act(attacker);
  return outcome([attacker]);
}

/** A struct as nobody's editor makes it. @param {number} client @param {number} clock @param {number[]} body */
function update(client, clock, body) {
  return Uint8Array.from([1, 1, ...varUint(client), ...varUint(clock), ...body, 0]);
}

/** Ten thousand letters from far ahead, the last first: each would have to be buffered. @param {Client} attacker @param {number} count */
async function sendAhead(attacker, count) {
  for (let sent = 0; sent < count && attacker.closedWith === undefined; sent += 500) {
    const frames = [];
    for (let n = 0; n < 500; n += 1) {
      const clock = 1_000_000 - (sent + n) * 2;
      frames.push(attacker.frameOf(messages.update(letterUpdate(attacker.clientId, clock))));
    }
    attacker.sendRaw(Buffer.concat(frames));
    await pause(5);
  }
}

/** Pieces of 60 KB, one after the other. @param {Client} attacker @param {number} pieces */
async function writeLong(attacker, pieces) {
  attacker.begin();
  for (let piece = 0; piece < pieces; piece += 1) {
    const behind = [0x84, ...varUint(attacker.clientId), ...varUint(attacker.clock - 1)];
    attacker.send(messages.update(update(attacker.clientId, attacker.clock, [...behind, ...longPiece])));
    attacker.clock += pieceLength;
    await pause(20);
  }
  await pause(200);
}

export const attacks = {
  /** Noise in frames of every size. @param {Seat} seat @param {number} strength */
  'random bytes': async (seat, strength) => {
    /** @type {Client[]} */
    const attackers = [];
    for (let n = 0; n < 20 * strength; n += 1) {
      const attacker = await enter(seat, n);
      for (let frame = 0; frame < 50; frame += 1) attacker.send(randomBytes(1 + ((frame * 37) % 1_900)));
      attackers.push(attacker);
      await pause(5);
    }
    return outcome(attackers);
  },

  /** An update that says it has 2^53 bytes. @param {Seat} seat */
  'declared length of 2^53': async (seat) =>
    alone(seat, (attacker) => attacker.send(Uint8Array.from([0, 2, ...varUint(2 ** 53 - 1), 1, 2, 3]))),

  /** 64 MiB in one frame. @param {Seat} seat */
  '64 MiB frame': async (seat) =>
    alone(seat, async (attacker) => {
      const frame = attacker.frameOf(messages.update(new Uint8Array(64 * 1024 * 1024)));
      for (let at = 0; at < frame.length && attacker.closedWith === undefined; at += 1 << 20) {
        attacker.sendRaw(frame.subarray(at, at + (1 << 20)));
        await pause(1);
      }
    }),

  /** @param {Seat} seat @param {number} strength */
  'missing predecessors': async (seat, strength) => alone(seat, (attacker) => sendAhead(attacker, 5_000 * strength)),

  /** A root that no template has. @param {Seat} seat */
  'foreign root': async (seat) =>
    alone(seat, (attacker) => {
      const place = [4, 1, ...varString('s:nowhere'), ...varString('文')];
      attacker.send(messages.update(update(attacker.clientId, 0, place)));
    }),

  /** Half a character. @param {Seat} seat */
  'half a character': async (seat) =>
    alone(seat, (attacker) => {
      attacker.begin();
      const half = [0x84, ...varUint(attacker.clientId), ...varUint(attacker.clock - 1), 3, 0xed, 0xa0, 0x81];
      attacker.send(messages.update(update(attacker.clientId, attacker.clock, half)));
    }),

  /** Ten thousand moves of the caret in a second. @param {Seat} seat @param {number} strength */
  'presence flood': async (seat, strength) =>
    alone(seat, async (attacker) => {
      for (let turn = 0; turn < 50 * strength && attacker.closedWith === undefined; turn += 1) {
        for (let n = 0; n < 100; n += 1) attacker.point();
        await pause(10);
      }
    }),

  /** Asks for the text again and again, and reads none of it. @param {Seat} seat @param {number} strength */
  'endless questions': async (seat, strength) =>
    alone(seat, async (attacker) => {
      await writeLong(attacker, 1);
      attacker.wire.pause();
      const many = Buffer.concat(Array.from({ length: 100 }, () => attacker.frameOf(askForAll)));
      for (let turn = 0; turn < 50 * strength && attacker.closedWith === undefined; turn += 1) {
        attacker.sendRaw(many);
        await pause(10);
      }
      // Whether it was sent away can only be read now.
      attacker.wire.resume();
    }),

  /**
   * Reads nothing of a long text, for which it asks as seldom as any client might: what waits for it in the end is more
   * than the system's own buffers take (some 10 MiB).
   * @param {Seat} seat @param {number} strength
   */
  'slow reader': async (seat, strength) =>
    alone(seat, async (attacker) => {
      await writeLong(attacker, 24);
      attacker.wire.pause();
      for (let turn = 0; turn < 8 + 4 * strength && attacker.closedWith === undefined; turn += 1) {
        attacker.send(askForAll);
        await pause(1_050);
      }
      attacker.wire.resume();
    }),

  /** Sockets that begin an upgrade and say no more, and such that finish it and never answer. @param {Seat} seat @param {number} strength */
  'half-open connections': async (seat, strength) => {
    const { port, path, headers = {} } = seat.address;
    const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(
      ([name, value]) => `${name}: ${value}\r\n`,
    );
    const sockets = Array.from({ length: 500 * strength }, () => {
      const socket = connect({ port, host: '127.0.0.1' });
      socket.on('error', () => socket.destroy());
      socket.write(`GET ${path} HTTP/1.1\r\n${lines.join('')}`);
      return socket;
    });
    await pause(wordMs);
    for (const socket of sockets) socket.destroy();
    // A stranger's silence is no offence yet: only what it costs the others is measured.
    return { attackers: 0, left: 0 };
  },
};

export const attackNames = Object.keys(attacks);

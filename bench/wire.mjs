/**
 * A WebSocket client close to the metal: one TCP socket, frames found in place, no copy and no event per message. The driver has
 * one core for thousands of connections, so a received frame may cost it a fraction of what it costs the server to send.
 */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { frameOf, opcodes } from './frame.ts';

/**
 * @typedef {{ port: number, path: string, headers?: Record<string, string> }} Address
 * @typedef {(bytes: Buffer, start: number, end: number, atMs: number) => void} OnFrame
 */

export class Wire {
  /** @type {import('node:net').Socket} */
  #socket;
  /** The pieces of a frame that has not come whole. @type {Buffer[]} */
  #pieces = [];
  #piecesLength = 0;
  /** How many bytes there must be before it is worth looking again. */
  #needed = 0;
  /** @type {OnFrame} */
  #onFrame;
  /** Why the other side ended it: its close code, 1006 without one; undefined while it is open. @type {number | undefined} */
  closedWith;
  /** Called once when the connection has ended. @type {() => void} */
  onClose = () => undefined;
  /** When the upgrade was answered. */
  openedAtMs = 0;

  /** Resolves when the server has accepted the upgrade; rejects with its answer when it has not. @type {Promise<void>} */
  opened;

  /** @param {Address} address @param {OnFrame} onFrame */
  constructor({ port, path, headers = {} }, onFrame) {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket = socket;
    this.#onFrame = onFrame;
    const lines = {
      host: `127.0.0.1:${port}`,
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-key': randomBytes(16).toString('base64'),
      'sec-websocket-version': '13',
      ...headers,
    };
    const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`GET ${path} HTTP/1.1\r\n${head.join('')}\r\n`);
    this.opened = new Promise((resolve, reject) => {
      let answer = Buffer.alloc(0);
      /** @param {Buffer} chunk */
      const hear = (chunk) => {
        answer = Buffer.concat([answer, chunk]);
        const end = answer.indexOf('\r\n\r\n');
        if (end < 0) return;
        socket.off('data', hear);
        if (!answer.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) {
          socket.destroy();
          reject(new Error(`no upgrade of ${path}: ${answer.subarray(0, 300)}`));
          return;
        }
        this.openedAtMs = performance.now();
        socket.on('data', (data) => this.#read(data));
        resolve();
        if (answer.length > end + 4) this.#read(answer.subarray(end + 4));
      };
      socket.on('data', hear);
      socket.on('error', (error) => {
        reject(error);
        this.#ended(1006);
      });
      socket.on('close', () => {
        reject(new Error(`closed while asking for ${path}`));
        this.#ended(1006);
      });
    });
  }

  /** @param {number} code */
  #ended(code) {
    if (this.closedWith !== undefined) return;
    this.closedWith = code;
    this.onClose();
  }

  /** @param {Buffer} chunk */
  #read(chunk) {
    const atMs = performance.now();
    let bytes = chunk;
    if (this.#piecesLength > 0) {
      this.#pieces.push(chunk);
      this.#piecesLength += chunk.length;
      if (this.#piecesLength < this.#needed) return;
      bytes = Buffer.concat(this.#pieces);
    }
    this.#keep(bytes, this.#readFrames(bytes, atMs));
  }

  /** @param {Buffer} bytes @param {number} from */
  #keep(bytes, from) {
    this.#pieces = from === bytes.length ? [] : [bytes.subarray(from)];
    this.#piecesLength = bytes.length - from;
  }

  /** Tells every whole frame; returns where the first begins that is not. @param {Buffer} bytes @param {number} atMs */
  #readFrames(bytes, atMs) {
    let at = 0;
    while (at + 2 <= bytes.length) {
      const opcode = bytes[at] & 0x0f;
      let length = bytes[at + 1] & 0x7f;
      let start = at + 2;
      this.#needed = length === 126 ? 4 : length === 127 ? 10 : 2;
      if (at + this.#needed > bytes.length) return at;
      if (length === 126) {
        length = bytes.readUInt16BE(start);
        start += 2;
      } else if (length === 127) {
        length = Number(bytes.readBigUInt64BE(start));
        start += 8;
      }
      const end = start + length;
      this.#needed = end - at;
      if (end > bytes.length) return at;
      if (opcode === opcodes.binary) this.#onFrame(bytes, start, end, atMs);
      else this.#control(opcode, bytes.subarray(start, end));
      at = end;
    }
    this.#needed = 2;
    return at;
  }

  /** @param {number} opcode @param {Buffer} payload */
  #control(opcode, payload) {
    if (opcode === opcodes.ping) this.write(frameOf(payload, opcodes.pong));
    if (opcode !== opcodes.close) return;
    this.#ended(payload.length >= 2 ? payload.readUInt16BE(0) : 1005);
    this.#socket.end(frameOf(payload.subarray(0, 2), opcodes.close));
  }

  /** Sends bytes that are already framed. @param {Uint8Array} frames */
  write(frames) {
    if (this.closedWith === undefined) this.#socket.write(frames);
  }

  /** Stops taking bytes from the network, as a reader that hangs would. */
  pause() {
    this.#socket.pause();
  }

  resume() {
    this.#socket.resume();
  }

  /** Goes without waiting for an answer. */
  leave() {
    if (this.closedWith === undefined) {
      this.closedWith = 1000;
      this.#socket.write(frameOf(Buffer.from([0x03, 0xe8]), opcodes.close));
    }
    this.#socket.end();
    this.#socket.on('end', () => this.#socket.destroy());
  }

  /** Drops the line without a word. */
  cut() {
    this.closedWith ??= 1000;
    this.#socket.destroy();
  }
}

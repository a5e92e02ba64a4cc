/**
 * How frames go onto the network. A turn's frames are put into WebSocket framing once, in one buffer, however many sockets
 * get them; a socket that is to get all but some is given two slices of it. `ws` would frame them anew for every socket.
 */
import type { Socket as NetworkSocket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Stretch } from '../rooms/connection.ts';

/** A turn's frames as bytes, and where each of them begins; the last place is the end. */
type Framed = { readonly bytes: Buffer; readonly places: readonly number[] };

/** By the array of frames: who hands the same one to many sockets pays once. */
const framed = new WeakMap<readonly Uint8Array[], Framed>();

/** Writes frames to a socket in one go: those of `frames` but for the stretch `without`, then `last`. */
export function writeFrames(
  socket: WebSocket,
  frames: readonly Uint8Array[],
  without?: Stretch,
  last?: Uint8Array,
): void {
  // `ws` keeps the network socket in this field; there is no other way to several frames in one write.
  const { _socket: network } = socket as unknown as { _socket: NetworkSocket | null };
  if (socket.readyState !== socket.OPEN || network === null) return;
  const { bytes, places } = frame(frames);
  const parts =
    without === undefined
      ? [bytes]
      : [bytes.subarray(0, places[without.start]), bytes.subarray(places[without.end], bytes.length)];
  if (last !== undefined) parts.push(frame([last]).bytes);
  const full = parts.filter((part) => part.length > 0);
  if (full.length > 1) network.cork();
  for (const part of full) network.write(part);
  if (full.length > 1) network.uncork();
}

function frame(frames: readonly Uint8Array[]): Framed {
  const known = framed.get(frames);
  if (known !== undefined) return known;
  const places = [0];
  let size = 0;
  for (const { length } of frames) {
    size += headLength(length) + length;
    places.push(size);
  }
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const payload of frames) {
    at = writeHead(bytes, at, payload.length);
    bytes.set(payload, at);
    at += payload.length;
  }
  const made = { bytes, places };
  framed.set(frames, made);
  return made;
}

function headLength(length: number): number {
  return length < 126 ? 2 : length < 65_536 ? 4 : 10;
}

/** The head of a final, binary, unmasked frame (RFC 6455, section 5.2). Returns the place behind it. */
function writeHead(bytes: Buffer, at: number, length: number): number {
  bytes[at] = 0x82;
  if (length < 126) {
    bytes[at + 1] = length;
    return at + 2;
  }
  if (length < 65_536) {
    bytes[at + 1] = 126;
    return bytes.writeUInt16BE(length, at + 2);
  }
  bytes[at + 1] = 127;
  return bytes.writeBigUInt64BE(BigInt(length), at + 2);
}

/**
 * How frames go onto the network. A turn's frames are put into WebSocket framing once, in one buffer, however many sockets
 * get them; a socket that is to get all but some, or something besides, gets a copy of its own in one piece. `ws` would
 * frame them anew for every socket, and a write of several pieces costs more than copying a few kilobytes.
 */
import type { Socket as NetworkSocket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Stretch } from '../rooms/connection.ts';

/** A turn's frames as bytes, and where each of them begins; the last place is the end. */
type Framed = { readonly bytes: Buffer; readonly places: readonly number[] };

/** The frames that were framed last: who hands the same array to many sockets, one after the other, pays once. */
let last: { readonly frames: readonly Uint8Array[]; readonly framed: Framed } | undefined;
/** Up to this size what a socket gets is copied into one piece. */
const copiedBytes = 64 * 1024;

/**
 * Leaves unread what still comes in. After an error `ws` reads on and throws away, and the pieces of a frame that was refused
 * for its size pile up as garbage as large as the frame; left in the network they hold up only who sends them.
 */
export function readNoMore(socket: WebSocket): void {
  // After the library's own turn, in which it begins to read on.
  setImmediate(() => networkOf(socket)?.pause());
}

/** Writes frames to a socket in one go: those of `frames` but for the stretch `without`, then `receipt`. */
export function writeFrames(
  socket: WebSocket,
  frames: readonly Uint8Array[],
  without?: Stretch,
  receipt?: Uint8Array,
): void {
  const network = networkOf(socket);
  if (socket.readyState !== socket.OPEN || network === null) return;
  const { bytes, places } = framedOnce(frames);
  if (without === undefined && receipt === undefined) {
    if (bytes.length > 0) network.write(bytes);
    return;
  }
  const from = without === undefined ? bytes.length : (places[without.start] ?? bytes.length);
  const to = without === undefined ? bytes.length : (places[without.end] ?? bytes.length);
  const size = from + (bytes.length - to) + (receipt === undefined ? 0 : headLength(receipt.length) + receipt.length);
  if (size <= copiedBytes) {
    const own = Buffer.allocUnsafe(size);
    bytes.copy(own, 0, 0, from);
    bytes.copy(own, from, to);
    if (receipt !== undefined) writeFrame(own, from + bytes.length - to, receipt);
    if (size > 0) network.write(own);
    return;
  }
  network.cork();
  if (from > 0) network.write(bytes.subarray(0, from));
  if (to < bytes.length) network.write(bytes.subarray(to));
  if (receipt !== undefined) network.write(frame([receipt]).bytes);
  network.uncork();
}

/** `ws` keeps the network socket in this field; there is no other way to several frames in one write. */
function networkOf(socket: WebSocket): NetworkSocket | null {
  return (socket as unknown as { _socket: NetworkSocket | null })._socket;
}

function framedOnce(frames: readonly Uint8Array[]): Framed {
  if (last?.frames === frames) return last.framed;
  const framed = frame(frames);
  last = { frames, framed };
  return framed;
}

function frame(frames: readonly Uint8Array[]): Framed {
  const places = [0];
  let size = 0;
  for (const { length } of frames) {
    size += headLength(length) + length;
    places.push(size);
  }
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const payload of frames) at = writeFrame(bytes, at, payload);
  return { bytes, places };
}

/** A frame with its head; returns the place behind it. */
function writeFrame(bytes: Buffer, at: number, payload: Uint8Array): number {
  const start = writeHead(bytes, at, payload.length);
  bytes.set(payload, start);
  return start + payload.length;
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

/** A WebSocket client's frames, built once and sent as often as one likes. */

export const opcodes = { binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** A client's frame. Its mask is zero, which leaves the payload as it is. */
export function frameOf(payload: Uint8Array, opcode: number = opcodes.binary): Buffer {
  const { length } = payload;
  const header = length < 126 ? 6 : length < 65_536 ? 8 : 14;
  const frame = Buffer.alloc(header + length);
  frame[0] = 0x80 | opcode;
  if (length < 126) frame[1] = 0x80 | length;
  else if (length < 65_536) {
    frame[1] = 0x80 | 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 0x80 | 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(payload, header);
  return frame;
}

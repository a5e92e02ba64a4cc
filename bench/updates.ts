/**
 * Yjs updates without Yjs: the letters of one writer, each a real update of one inserted character, built by hand; and a scanner
 * that finds whose letters a received update brings, merged or not. A test builds and reads the same updates with Yjs.
 */

export function varUint(value: number, out: number[] = []): number[] {
  let rest = value;
  while (rest > 127) {
    out.push(128 | (rest % 128));
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
  return out;
}

export function varBytes(bytes: Uint8Array): number[] {
  return [...varUint(bytes.length), ...bytes];
}

export function varString(text: string): number[] {
  return varBytes(new TextEncoder().encode(text));
}

/** y-websocket's messages, without a frame around them. */
export const messages = {
  step1: (stateVector: Uint8Array) => Buffer.from([0, 0, ...varBytes(stateVector)]),
  step2: (update: Uint8Array) => Buffer.concat([Buffer.from([0, 1, ...varUint(update.length)]), update]),
  update: (update: Uint8Array) => Buffer.concat([Buffer.from([0, 2, ...varUint(update.length)]), update]),
  /** One person's caret. */
  presence: (client: number, clock: number, state: object | null) => {
    const entry = [1, ...varUint(client), ...varUint(clock), ...varString(JSON.stringify(state))];
    return Buffer.from([1, ...varBytes(Uint8Array.from(entry))]);
  },
};

/** The state vector and the update of somebody who has nothing. */
export const nothing = { stateVector: Uint8Array.of(0), update: Uint8Array.of(0, 0) };

/** What a struct holds, in the lower five bits of its first byte, and what else those bits say. */
const kinds = { collected: 0, deleted: 1, string: 4, type: 7, any: 8, skip: 10 } as const;
const hasOrigin = 0x80;
const hasRightOrigin = 0x40;
const hasParentSub = 0x20;
const inRoot = 1;
const inStruct = 0;
const types = { xmlElement: 3, xmlText: 6 } as const;
const anyString = 119;

const letters = [
  ...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多',
];
const letterBytes = letters.map((letter) => varString(letter));

/** A paragraph of one's own in a section, with one letter in it: what the letters that follow stand behind. */
export function ownParagraph(client: number, root: string): { readonly update: Uint8Array; readonly clock: number } {
  const structs = [
    [kinds.type, inRoot, ...varString(root), types.xmlElement, ...varString('paragraph')],
    [
      ...[kinds.any | hasParentSub, inStruct, ...varUint(client), 0],
      ...[...varString('id'), 1, anyString, ...varString(`bench-${client}`)],
    ],
    [kinds.type, inStruct, ...varUint(client), 0, types.xmlText],
    [kinds.string, inStruct, ...varUint(client), 2, ...varString('起')],
  ];
  const update = Uint8Array.from([1, structs.length, ...varUint(client), 0, ...structs.flat(), 0]);
  return { update, clock: structs.length };
}

/** One more letter behind the last one: the client's struct at `clock` behind the one at `clock - 1`. */
export function letterUpdate(client: number, clock: number): Uint8Array {
  const out = [1, 1];
  varUint(client, out);
  varUint(clock, out);
  out.push(kinds.string | hasOrigin);
  varUint(client, out);
  varUint(clock - 1, out);
  out.push(...(letterBytes[clock % letterBytes.length] ?? []), 0);
  return Uint8Array.from(out);
}

/** Where the scanner stands: one for all, so that a received frame costs no object. */
let cursor = 0;

function readByte(bytes: Uint8Array): number {
  const byte = bytes[cursor];
  if (byte === undefined) throw new RangeError('an update that ends too early');
  cursor += 1;
  return byte;
}

function readVarUint(bytes: Uint8Array): number {
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = readByte(bytes);
    value += (byte & 127) * scale;
    if (byte < 128) return value;
    scale *= 128;
  }
}

/** Reads an integer at a position; `varUintEnd` then tells where it ended. */
export function varUintAt(bytes: Uint8Array, at: number): number {
  cursor = at;
  return readVarUint(bytes);
}

export function varUintEnd(): number {
  return cursor;
}

function skipId(bytes: Uint8Array): void {
  readVarUint(bytes);
  readVarUint(bytes);
}

function readUtf16Length(bytes: Uint8Array): number {
  const end = readVarUint(bytes) + cursor;
  let length = 0;
  while (cursor < end) {
    const byte = readByte(bytes);
    if ((byte & 0xc0) !== 0x80) length += byte >= 0xf0 ? 2 : 1;
  }
  return length;
}

function skipPlace(bytes: Uint8Array, info: number): void {
  if (info & hasOrigin) skipId(bytes);
  if (info & hasRightOrigin) skipId(bytes);
  if (info & (hasOrigin | hasRightOrigin)) return;
  if (readVarUint(bytes) === inRoot) readUtf16Length(bytes);
  else skipId(bytes);
  if (info & hasParentSub) readUtf16Length(bytes);
}

/** How many clocks a struct's content takes; 0 for what only Yjs can read. */
function readContentLength(bytes: Uint8Array, kind: number): number {
  if (kind === kinds.string) return readUtf16Length(bytes);
  if (kind === kinds.deleted) return readVarUint(bytes);
  if (kind === kinds.type) {
    if (readVarUint(bytes) === types.xmlElement) readUtf16Length(bytes);
    return 1;
  }
  if (kind !== kinds.any || readVarUint(bytes) !== 1 || readByte(bytes) !== anyString) return 0;
  readUtf16Length(bytes);
  return 1;
}

function readStructLength(bytes: Uint8Array): number {
  const info = readByte(bytes);
  const kind = info & 0x1f;
  if (kind === kinds.collected) return readVarUint(bytes);
  if (kind === kinds.skip) return 0;
  skipPlace(bytes, info);
  return readContentLength(bytes, kind);
}

/**
 * Tells `see` for each client in the update at `at` which clocks it brings: from `clock`, up to but without `end`. False for an
 * update with formats and other things in it: that is for Yjs to read.
 */
export function scanUpdate(
  bytes: Uint8Array,
  at: number,
  see: (client: number, clock: number, end: number) => void,
): boolean {
  cursor = at;
  for (let clients = readVarUint(bytes); clients > 0; clients -= 1) {
    let structs = readVarUint(bytes);
    const client = readVarUint(bytes);
    const first = readVarUint(bytes);
    let clock = first;
    for (; structs > 0; structs -= 1) {
      const length = readStructLength(bytes);
      if (length === 0) return false;
      clock += length;
    }
    const next = cursor;
    see(client, first, clock);
    cursor = next;
  }
  return true;
}

/**
 * Yjs updates without Yjs: the letters of one writer, each a real update of one inserted character, built by hand from
 * prepared bytes; and a scanner that finds whose letters a received update brings, merged or not. A test builds and reads
 * the same updates with Yjs.
 */
import * as Y from 'yjs';

/** @param {number} value @param {number[]} [out] */
export function varUint(value, out = []) {
  let rest = value;
  while (rest > 127) {
    out.push(128 | (rest % 128));
    rest = Math.floor(rest / 128);
  }
  out.push(rest);
  return out;
}

/** @param {Uint8Array} bytes */
export function varBytes(bytes) {
  return [...varUint(bytes.length), ...bytes];
}

/** @param {string} text */
export function varString(text) {
  return varBytes(new TextEncoder().encode(text));
}

/** y-websocket's messages, without a frame around them. */
export const messages = {
  /** @param {Uint8Array} stateVector */
  step1: (stateVector) => Buffer.from([0, 0, ...varBytes(stateVector)]),
  /** @param {Uint8Array} update */
  step2: (update) => Buffer.concat([Buffer.from([0, 1, ...varUint(update.length)]), update]),
  /** @param {Uint8Array} update */
  update: (update) => Buffer.concat([Buffer.from([0, 2, ...varUint(update.length)]), update]),
  /** One person's caret. @param {number} client @param {number} clock @param {object | null} state */
  presence: (client, clock, state) =>
    Buffer.from([
      1,
      ...varBytes(Uint8Array.from([1, ...varUint(client), ...varUint(clock), ...varString(JSON.stringify(state))])),
    ]),
};

/** The state vector and the update of somebody who has nothing. */
export const nothing = { stateVector: Uint8Array.of(0), update: Uint8Array.of(0, 0) };

const letters = [
  ...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经',
];
const letterBytes = letters.map((letter) => varString(letter));
const stringWithOrigin = 0x84;

/**
 * A paragraph of one's own at the end of a section, with one letter in it: what the letters that follow stand behind.
 * @param {number} client
 * @param {string} root
 * @returns {{ update: Uint8Array, clock: number }}
 */
export function ownParagraph(client, root) {
  const doc = new Y.Doc();
  doc.clientID = client;
  const paragraph = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  doc.transact(() => {
    doc.getXmlFragment(root).insert(0, [paragraph]);
    paragraph.setAttribute('id', `bench-${client}`);
    paragraph.insert(0, [text]);
  });
  text.insert(0, '起');
  const made = { update: Y.encodeStateAsUpdate(doc), clock: Y.getState(doc.store, client) };
  doc.destroy();
  return made;
}

/**
 * One more letter behind the last one: client's letter number `clock` behind number `clock - 1`.
 * @param {number} client
 * @param {number} clock
 * @returns {Uint8Array}
 */
export function letterUpdate(client, clock) {
  const out = [1, 1];
  varUint(client, out);
  varUint(clock, out);
  out.push(stringWithOrigin);
  varUint(client, out);
  varUint(clock - 1, out);
  out.push(...letterBytes[clock % letterBytes.length], 0);
  return Uint8Array.from(out);
}

let cursor = 0;

/** @param {Uint8Array} bytes */
function readVarUint(bytes) {
  let value = 0;
  let scale = 1;
  for (;;) {
    const byte = bytes[cursor++];
    value += (byte & 127) * scale;
    if (byte < 128) return value;
    scale *= 128;
  }
}

/** Reads an integer at a position; `varUintEnd` then tells where it ended. @param {Uint8Array} bytes @param {number} at */
export function varUintAt(bytes, at) {
  cursor = at;
  return readVarUint(bytes);
}

export function varUintEnd() {
  return cursor;
}

/** @param {Uint8Array} bytes */
function skipId(bytes) {
  readVarUint(bytes);
  readVarUint(bytes);
}

/** @param {Uint8Array} bytes */
function readUtf16Length(bytes) {
  const end = readVarUint(bytes) + cursor;
  let length = 0;
  for (; cursor < end; cursor += 1) {
    const byte = bytes[cursor];
    if ((byte & 0xc0) !== 0x80) length += byte >= 0xf0 ? 2 : 1;
  }
  return length;
}

const kinds = { collected: 0, deleted: 1, string: 4, type: 7, any: 8, skip: 10 };
const xmlElement = 3;
const anyString = 119;

/**
 * Reads a struct's content; tells how many clocks it takes, 0 for what only Yjs can read.
 * @param {Uint8Array} bytes
 * @param {number} kind
 */
function readContentLength(bytes, kind) {
  if (kind === kinds.string) return readUtf16Length(bytes);
  if (kind === kinds.deleted) return readVarUint(bytes);
  if (kind === kinds.type) {
    if (readVarUint(bytes) === xmlElement) readUtf16Length(bytes);
    return 1;
  }
  if (kind !== kinds.any || readVarUint(bytes) !== 1 || bytes[cursor++] !== anyString) return 0;
  readUtf16Length(bytes);
  return 1;
}

/** @param {Uint8Array} bytes @param {number} info */
function skipPlace(bytes, info) {
  if (info & 0x80) skipId(bytes);
  if (info & 0x40) skipId(bytes);
  if ((info & 0xc0) !== 0) return;
  if (readVarUint(bytes) === 1) readUtf16Length(bytes);
  else skipId(bytes);
  if (info & 0x20) readUtf16Length(bytes);
}

/**
 * Tells `see` for each client in the update which clocks it brings: from `clock`, up to but without `end`. False for an
 * update with formats and other things in it: that is for Yjs to read.
 * @param {Uint8Array} bytes
 * @param {number} at where the update begins
 * @param {(client: number, clock: number, end: number) => void} see
 */
export function scanUpdate(bytes, at, see) {
  cursor = at;
  for (let clients = readVarUint(bytes); clients > 0; clients -= 1) {
    let structs = readVarUint(bytes);
    const client = readVarUint(bytes);
    const first = readVarUint(bytes);
    let clock = first;
    for (; structs > 0; structs -= 1) {
      const info = bytes[cursor++];
      const kind = info & 0x1f;
      if (kind === kinds.skip) return false;
      if (kind === kinds.collected) {
        clock += readVarUint(bytes);
        continue;
      }
      skipPlace(bytes, info);
      const length = readContentLength(bytes, kind);
      if (length === 0) return false;
      clock += length;
    }
    const end = cursor;
    see(client, first, clock);
    cursor = end;
  }
  return true;
}

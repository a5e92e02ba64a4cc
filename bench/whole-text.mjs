/** Opens a document like a page and looks at it with Yjs: how soon was all of it there, and is it all there. */
import * as Y from 'yjs';
import { Client, pause } from './client.mjs';

/**
 * @typedef {{ clocks: ReadonlyMap<number, number>, characters: number, bytes: number }} Expected
 *
 * @typedef {object} Opened
 * @property {number} completeMs from the open socket to the message that completed the text; infinite when it never came
 * @property {boolean} firstWasComplete whether the first answer was the whole text
 * @property {Y.Doc} doc
 * @property {Client} client still connected
 */

/**
 * @param {import('./client.mjs').Seat} seat
 * @param {number} clientId
 * @param {Expected} expected
 * @param {number} patienceMs
 * @returns {Promise<Opened>}
 */
export async function openWhole(seat, clientId, expected, patienceMs) {
  /** @type {{ bytes: Buffer, atMs: number }[]} */
  const arrived = [];
  let size = 0;
  const onSync = (/** @type {number} */ step, /** @type {Buffer} */ content, /** @type {number} */ atMs) => {
    if (step === 0) return;
    arrived.push({ bytes: Buffer.from(content), atMs });
    size += content.length;
  };
  const client = await Client.open({ ...seat, silent: false }, clientId, { onSync });
  const doc = new Y.Doc();
  const end = performance.now() + patienceMs;
  let read = 0;
  for (;;) {
    // Reading with Yjs holds up the clock, so it waits until there is enough to be the whole text.
    while (size < expected.bytes / 2 && performance.now() < end) await pause(2);
    for (; read < arrived.length; read += 1) {
      Y.applyUpdate(doc, arrived[read].bytes);
      if (!isWhole(doc, expected)) continue;
      const { atMs } = arrived[read];
      return { completeMs: atMs - client.openedAtMs, firstWasComplete: read === 0, doc, client };
    }
    if (performance.now() >= end) return { completeMs: Number.POSITIVE_INFINITY, firstWasComplete: false, doc, client };
    await pause(20);
  }
}

/** @param {Y.Doc} doc @param {Expected} expected */
function isWhole(doc, { clocks, characters }) {
  for (const [client, clock] of clocks) if (Y.getState(doc.store, client) < clock) return false;
  return countCharacters(doc) === characters;
}

/** The characters in all paragraphs of all sections. @param {Y.Doc} doc */
export function countCharacters(doc) {
  let characters = 0;
  for (const name of doc.share.keys()) {
    for (const block of doc.getXmlFragment(name).toArray()) {
      if (!(block instanceof Y.XmlElement)) continue;
      for (const text of block.toArray()) if (text instanceof Y.XmlText) characters += text.length;
    }
  }
  return characters;
}

/**
 * A long Chinese text as it comes to be: three people in turn type it character by character, take back three of every ten,
 * start new paragraphs and go back into each other's. Yjs makes the updates; they are the same for every server.
 */
import * as Y from 'yjs';

const authors = [700_000_001, 700_000_002, 700_000_003];
const paragraphLength = 120;
const turnOperations = 150;
const letters = [...'对照检查材料要紧扣主题突出问题深刻剖析根源明确整改措施坚持实事求是开门纳谏认真开展批评与自我批评'];

/**
 * @typedef {{ client: number, updates: Uint8Array[], clock: number }} Turn one person's keystrokes before the next person's, and
 *   where his clock stands after them
 * @typedef {{ root: string, turns: Turn[], expected: import('./whole-text.mjs').Expected, state: Uint8Array }} LongText
 */

/**
 * @param {number} characters how many there are in the end
 * @param {string} root
 * @param {number} seed
 * @returns {LongText}
 */
export function typeLongText(characters, root, seed) {
  const random = randomFrom(seed);
  const doc = new Y.Doc();
  /** @type {Turn[]} */
  const turns = [];
  doc.on('update', (update) => turns.at(-1)?.updates.push(update));
  const fragment = doc.getXmlFragment(root);
  /** @type {Y.XmlText[]} */
  const paragraphs = [];
  const cursors = authors.map(
    () => /** @type {{ text: Y.XmlText | undefined, at: number }} */ ({ text: undefined, at: 0 }),
  );
  let length = 0;
  let who = 0;
  while (length < characters) {
    who = (who + 1) % authors.length;
    doc.clientID = authors[who];
    const turn = { client: authors[who], updates: [], clock: 0 };
    turns.push(turn);
    const cursor = cursors[who];
    for (let operation = 0; operation < turnOperations && length < characters; operation += 1) {
      if (cursor.text === undefined || cursor.text.length > paragraphLength) {
        cursor.text = newParagraph(fragment, paragraphs.length);
        paragraphs.push(cursor.text);
        cursor.at = 0;
      } else if (random() < 0.01) {
        cursor.text = paragraphs[Math.floor(random() * paragraphs.length)];
        cursor.at = Math.floor(random() * cursor.text.length);
      }
      if (cursor.at > 0 && random() < 0.3 / 1.3) {
        cursor.at -= 1;
        cursor.text.delete(cursor.at, 1);
        length -= 1;
      } else {
        cursor.text.insert(cursor.at, letters[Math.floor(random() * letters.length)]);
        cursor.at += 1;
        length += 1;
      }
    }
    turn.clock = Y.getState(doc.store, turn.client);
  }
  const state = Y.encodeStateAsUpdate(doc);
  const clocks = new Map(authors.map((client) => [client, Y.getState(doc.store, client)]));
  doc.destroy();
  return { root, turns, state, expected: { clocks, characters, bytes: state.length } };
}

/** @param {Y.XmlFragment} fragment @param {number} number */
function newParagraph(fragment, number) {
  const paragraph = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  paragraph.setAttribute('id', `bench-p${String(number).padStart(6, '0')}`);
  paragraph.insert(0, [text]);
  fragment.insert(fragment.length, [paragraph]);
  return text;
}

/** Mulberry32: small, and the same everywhere. @param {number} seed */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What must hold when a story has come to rest. */
import * as Y from 'yjs';
import { isUnsaved } from '../../client/room/unsaved.ts';
import { blockText, type SectionContent } from '../../shared/document/content.ts';
import {
  blockIdPattern,
  hasLoneSurrogate,
  isBlockKind,
  isRemarkFormat,
  strongMark,
} from '../../shared/document/schema.ts';
import { textHash } from '../../shared/document/text-hash.ts';
import type { Story } from './editor-story.ts';

/** How many letters went which way: for who reads the figures, not for the verdict. */
export type Tally = Map<string, number>;

/** Throws what is not as it must be. */
export async function prove(story: Story, tally: Tally): Promise<void> {
  const { server, pages, faults } = story;
  await server.proveWitnessed();
  const { content } = await server.read();
  const { hash, vector } = await server.registry.look(server.documentId, server.keys, (doc) => {
    faults.push(...invalidIn(doc));
    return { hash: hex(textHash(doc)), vector: vectorOf(doc) };
  });
  const { whole, short } = await server.replay();
  if (hex(textHash(whole)) !== hash) faults.push('the journal replays to another text');
  if (hex(textHash(short)) !== hash) faults.push('the store opens with another text');
  whole.destroy();
  short.destroy();
  for (const { name, userId, room, desk, machine } of pages) {
    const { doc, save, unsaved, writable } = room.view;
    if (hex(textHash(doc)) !== hash) faults.push(`${name} holds another text`);
    if (vectorOf(doc) !== vector) faults.push(`${name} has another state`);
    if (desk.outOfStep().length > 0) faults.push(`${name} sees something else`);
    if (save.state !== (writable ? 'stored' : 'read_only')) faults.push(`${name}’s page says ${JSON.stringify(save)}`);
    if (unsaved || isUnsaved(machine.store, userId, server.documentId)) faults.push(`${name} has unsaved words`);
  }
  if (story.frozen !== undefined && JSON.stringify(content) !== story.frozen) faults.push('the closed text changed');
  faults.push(...badText(content));
  faults.push(...lostLetters(story, content, tally));
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function vectorOf(doc: Y.Doc): string {
  const vector = [...Y.decodeStateVector(Y.encodeStateVector(doc))].sort(([a], [b]) => a - b);
  return JSON.stringify(vector);
}

/** Everything in the shared text that the schema does not know. */
function invalidIn(doc: Y.Doc): string[] {
  const found: string[] = [];
  for (const name of doc.share.keys()) {
    for (const block of doc.getXmlFragment(name).toArray()) {
      if (!(block instanceof Y.XmlElement) || !isBlockKind(block.nodeName)) found.push(`no block in ${name}`);
      else if (!blockIdPattern.test(block.getAttribute('id') ?? '')) found.push(`a block without an id in ${name}`);
      else if (Object.keys(block.getAttributes()).length > 1) found.push(`an unknown attribute in ${name}`);
      else for (const text of block.toArray()) found.push(...invalidText(text));
    }
  }
  return found;
}

function invalidText(text: unknown): string[] {
  if (!(text instanceof Y.XmlText)) return ['no text in a block'];
  const delta = text.toDelta() as { insert?: unknown; attributes?: Record<string, unknown> }[];
  const formats = delta.flatMap(({ attributes }) => Object.keys(attributes ?? {}));
  return formats.filter((key) => key !== strongMark && !isRemarkFormat(key)).map((key) => `a format ${key}`);
}

function badText(content: readonly SectionContent[]): string[] {
  const found: string[] = [];
  for (const block of content.flatMap(({ blocks }) => blocks)) {
    const text = blockText(block);
    if (hasLoneSurrogate(text) || text.includes('\ufffd')) found.push('half a character');
  }
  return found;
}

/** The ids that stand on more than one block. */
export function doubledIds(content: readonly SectionContent[]): string[] {
  const ids = content.flatMap(({ blocks }) => blocks.map(({ id }) => id));
  return ids.filter((id, index) => ids.indexOf(id) !== index);
}

/** Every letter that was typed is in the text, was taken away by somebody, or lies in its author’s tray. */
function lostLetters({ letters, people }: Story, content: readonly SectionContent[], tally: Tally): string[] {
  const count = (what: string) => tally.set(`letters ${what}`, (tally.get(`letters ${what}`) ?? 0) + 1);
  const times = new Map<string, number>();
  for (const block of content.flatMap(({ blocks }) => blocks)) {
    for (const letter of letters.in(blockText(block))) times.set(letter, (times.get(letter) ?? 0) + 1);
  }
  const trays = new Map(people.map(({ name, pages }) => [name, pages.map(({ tray }) => tray).join()]));
  const lost: string[] = [];
  for (const [letter, { by, step, act }] of letters.typed) {
    const standing = times.get(letter) ?? 0;
    const fate = letters.fate(letter);
    if (standing > 1) count('in the text twice');
    if (standing > 0) count('in the text');
    else if (letters.ownersOf(letter).some((owner) => trays.get(owner)?.includes(letter))) count('in the tray');
    else if (fate?.by === 'removed') count('taken away');
    else if (fate !== undefined) count(`whose block somebody took away unseen: ${fate.act}`);
    else lost.push(`${letter}, typed by ${by} in step ${step} (${act}), is lost`);
  }
  return lost;
}

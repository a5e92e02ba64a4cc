/**
 * Which letters of the text in the database are words that were adopted: letters of the author's own client ids, standing in the
 * block his page names, that say what the change proposed. Only those are recorded, whatever the page claims; so what was
 * adopted can be told from what was typed, and nobody can pass other words off as adopted.
 */
import * as Y from 'yjs';
import type { Inserted } from '../../shared/api/proposals.ts';
import { blockIdAttribute, rootOf } from '../../shared/document/schema.ts';
import type { DocumentId, UserId } from '../../shared/ids.ts';
import { takenWords } from '../../shared/proposals/taken-words.ts';
import type { Storage } from '../storage/storage.ts';
import type { UseCases } from '../use-cases.ts';

/** Letters of one client id that stand side by side in a block, as the text has them. */
type Stretch = Omit<Inserted, 'to'> & { readonly text: string };

/**
 * The letters of each range that stand in its block, in the order of the text; undefined when a range has none there or is
 * somebody else's.
 */
export async function readInserted(
  { storage, rooms }: Pick<UseCases, 'storage' | 'rooms'>,
  documentId: DocumentId,
  keys: readonly string[],
  userId: UserId,
  inserted: readonly Inserted[],
): Promise<readonly Stretch[] | undefined> {
  if (inserted.length === 0) return [];
  const { writers } = await storage.journal.load(documentId);
  if (inserted.some(({ clientId }) => writers.get(clientId) !== userId)) return undefined;
  const letters = await rooms.look(documentId, keys, (doc) => inserted.map((range) => lettersOf(doc, range)));
  return letters.some((stretches) => stretches.length === 0) ? undefined : letters.flat();
}

/** Of these letters the ones that are the proposed words. */
export function proposedLetters(words: string, stretches: readonly Stretch[]): Inserted[] {
  const taken = takenWords(words, stretches.map(({ text }) => text).join(''));
  const found: Inserted[] = [];
  let start = 0;
  for (const { text, from, ...place } of stretches) {
    for (const range of taken) {
      const [first, last] = [Math.max(range.from, start), Math.min(range.to, start + text.length)];
      if (first < last) found.push({ ...place, from: from + first - start, to: from + last - start });
    }
    start += text.length;
  }
  return found;
}

/** What was recorded before with what is recorded now: letters that were adopted stay so, whatever the fate becomes. */
export function withLetters(known: readonly Inserted[], more: readonly Inserted[]): Inserted[] {
  return [...known, ...more.filter((one) => !known.some((other) => overlap(one, other)))];
}

/** Whether another change has been recorded with some of these letters. */
export async function isTaken(
  records: Storage['records'],
  documentId: DocumentId,
  besides: string,
  inserted: readonly Inserted[],
): Promise<boolean> {
  for (const { id } of await records.proposal.find({ documentId })) {
    for (const row of await records.changeFate.find({ proposalId: id })) {
      if (row.id === besides) continue;
      if (row.inserted.some((one) => inserted.some((other) => overlap(one, other)))) return true;
    }
  }
  return false;
}

function overlap(one: Inserted, other: Inserted): boolean {
  return one.clientId === other.clientId && one.from < other.to && other.from < one.to;
}

function lettersOf(doc: Y.Doc, { sectionKey, blockId, clientId, from, to }: Inserted): Stretch[] {
  const found: Stretch[] = [];
  for (const block of doc.getXmlFragment(rootOf(sectionKey)).toArray()) {
    if (!(block instanceof Y.XmlElement) || block.getAttribute(blockIdAttribute) !== blockId) continue;
    for (const text of block.toArray()) {
      if (!(text instanceof Y.XmlText)) continue;
      for (let item = text._start; item !== null; item = item.right) {
        const { client, clock } = item.id;
        if (item.deleted || client !== clientId || !(item.content instanceof Y.ContentString)) continue;
        const words = item.content.str.slice(Math.max(0, from - clock), Math.max(0, to - clock));
        if (words !== '') found.push({ sectionKey, blockId, clientId, from: Math.max(from, clock), text: words });
      }
    }
  }
  return found;
}

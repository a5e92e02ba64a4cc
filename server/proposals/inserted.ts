/**
 * Whether adopted words are where the author's page says: letters of his own client ids, standing in that block of the text in
 * the database. So what was adopted can be told from what was typed, and nobody can claim another's words.
 */
import * as Y from 'yjs';
import type { Inserted } from '../../shared/api/proposals.ts';
import { blockIdAttribute, rootOf } from '../../shared/document/schema.ts';
import type { DocumentId, UserId } from '../../shared/ids.ts';
import type { Storage } from '../storage/storage.ts';
import type { UseCases } from '../use-cases.ts';

/** The letters of each range that stand in its block, or undefined when one has none there or is somebody else's. */
export async function readInserted(
  { storage, rooms }: Pick<UseCases, 'storage' | 'rooms'>,
  documentId: DocumentId,
  keys: readonly string[],
  userId: UserId,
  inserted: readonly Inserted[],
): Promise<string | undefined> {
  if (inserted.length === 0) return '';
  const { writers } = await storage.journal.load(documentId);
  if (inserted.some(({ clientId }) => writers.get(clientId) !== userId)) return undefined;
  const letters = await rooms.look(documentId, keys, (doc) => inserted.map((range) => lettersOf(doc, range)));
  return letters.some((text) => text === '') ? undefined : letters.join('');
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

function lettersOf(doc: Y.Doc, { sectionKey, blockId, clientId, from, to }: Inserted): string {
  let found = '';
  for (const block of doc.getXmlFragment(rootOf(sectionKey)).toArray()) {
    if (!(block instanceof Y.XmlElement) || block.getAttribute(blockIdAttribute) !== blockId) continue;
    for (const text of block.toArray()) {
      if (!(text instanceof Y.XmlText)) continue;
      for (let item = text._start; item !== null; item = item.right) {
        const { client, clock } = item.id;
        if (item.deleted || client !== clientId || !(item.content instanceof Y.ContentString)) continue;
        found += item.content.str.slice(Math.max(0, from - clock), Math.max(0, to - clock));
      }
    }
  }
  return found;
}

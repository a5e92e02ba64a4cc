/** Where a reader stopped: one place for each reader and document, the last one he told of. */
import type { z } from 'zod';
import type { Bookmark, bookmarkAnswer } from '../../shared/api/bookmarks.ts';
import type { Refusal } from '../../shared/api/errors.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import { instant } from '../clock.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { UseCases } from '../use-cases.ts';
import { enter } from './document-facts.ts';

type Answer = z.output<typeof bookmarkAnswer>;

export async function readBookmark(
  records: Records,
  person: Person,
  documentId: DocumentId,
): Promise<Result<Answer, Refusal>> {
  const document = await enter(records, person, documentId, 'read');
  if (!document.ok) return document;
  const [row] = await records.bookmark.find({ documentId, userId: person.id });
  if (row === undefined) return ok({ bookmark: null });
  const { sectionKey, blockId, at } = row;
  return ok({ bookmark: { sectionKey, blockId, at } });
}

export async function setBookmark(
  { storage, newId, clock }: Pick<UseCases, 'storage' | 'newId' | 'clock'>,
  person: Person,
  documentId: DocumentId,
  place: Bookmark,
): Promise<Result<Answer, Refusal>> {
  return storage.transact(async (records) => {
    const document = await enter(records, person, documentId, 'read');
    if (!document.ok) return document;
    const at = instant(clock);
    const [row] = await records.bookmark.find({ documentId, userId: person.id });
    if (row === undefined) {
      await records.bookmark.insert({ id: newId('bmk'), documentId, userId: person.id, ...place, at });
    } else await records.bookmark.update(row.id, { ...place, at });
    return ok({ bookmark: { ...place, at } });
  });
}

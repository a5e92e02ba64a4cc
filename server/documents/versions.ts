/** The frozen versions of a document, what changed between two of them, and which of them a reader has read. */

import type { CompareAnswer, DocumentView, VersionView } from '../../shared/api/documents.ts';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import { compareContents } from '../../shared/compare/compare.ts';
import type { DocumentId, UserId, VersionId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { heading, type Section } from '../../shared/template/sections.ts';
import { instant } from '../clock.ts';
import type { NewId } from '../ids.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { type Document, enter, readsVersion } from './document-facts.ts';
import { describe, named } from './view-document.ts';
import { findVersion, versionOf } from './view-text.ts';

/** The versions this person may read, the newest first. */
export async function listVersions(
  records: Records,
  person: Person,
  id: DocumentId,
): Promise<Result<VersionView[], Refusal>> {
  const document = await enter(records, person, id, 'read');
  if (!document.ok) return document;
  const rows = await records.version.find({ documentId: id }, { by: 'number', descending: true });
  const readable = rows.filter((row) => readsVersion(document.value, person, row.id));
  return ok(await Promise.all(readable.map((row) => describeVersion(records, document.value, row))));
}

async function describeVersion(records: Records, document: Document, row: Row<'version'>): Promise<VersionView> {
  const { id, number, cause, round, sha256, characters, at } = row;
  return { id, number, cause, round, sha256, characters, at, by: await nameOf(records, document, row.by) };
}

async function nameOf(records: Records, { meeting }: Document, id: UserId) {
  const person = meeting.persons.get(id) ?? (await records.person.get(id));
  if (person === undefined) throw new Error(`no account ${id}`);
  return named(person);
}

/** What changed from one version to another, under the later one's headings. */
export async function compareVersions(
  records: Records,
  person: Person,
  id: DocumentId,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Result<CompareAnswer, Refusal>> {
  const document = await enter(records, person, id, 'read');
  if (!document.ok) return document;
  const earlier = await findVersion(records, document.value, person, from);
  if (!earlier.ok) return earlier;
  const later = await findVersion(records, document.value, person, to);
  if (!later.ok) return later;
  const { changed, unchanged, sections } = compareContents(earlier.value.text.content, later.value.text.content);
  const known = [...later.value.text.sections, ...earlier.value.text.sections];
  return ok({
    from,
    to,
    changed,
    unchanged,
    sections: sections.map(({ key, blocks }) => ({ key, heading: headingOf(known, key), blocks: [...blocks] })),
  });
}

function headingOf(sections: readonly Section[], key: string): string {
  const section = sections.find((candidate) => candidate.key === key);
  return section === undefined ? '' : heading(section);
}

/** Remembers that this person has read a version: "what changed since" starts from it. */
export async function markRead(
  { storage, clock, newId }: Pick<UseCases, 'storage' | 'clock' | 'newId'>,
  person: Person,
  id: DocumentId,
  versionId: VersionId,
): Promise<Result<DocumentView, Refusal>> {
  return storage.transact(async (records) => {
    const document = await enter(records, person, id, 'read');
    if (!document.ok) return document;
    const version = await versionOf(records, document.value, versionId);
    if (version === undefined || !readsVersion(document.value, person, versionId)) {
      return err(refusal('not_found', 'no such version'));
    }
    const at = instant(clock);
    await rememberReading(records, newId, { documentId: id, userId: person.id, versionId, at });
    return ok(await describe(records, document.value, person));
  });
}

/** One reader has one last reading of a document. Deciding on a version is reading it. */
export async function rememberReading(
  records: Records,
  newId: NewId,
  reading: Omit<Row<'reading'>, 'id'>,
): Promise<void> {
  const { documentId, userId, versionId, at } = reading;
  const [earlier] = await records.reading.find({ documentId, userId });
  if (earlier !== undefined) await records.reading.update(earlier.id, { versionId, at });
  else await records.reading.insert({ id: newId('read'), ...reading });
}

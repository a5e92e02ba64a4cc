/**
 * A text to read: as it stands in the database, or as a version froze it. While a text is frozen, what stands is its version,
 * title and headings included: what is read is what will be approved, whatever became of the meeting's settings since.
 */
import type { TextAnswer } from '../../shared/api/documents.ts';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import { countSection, type SectionContent } from '../../shared/document/content.ts';
import type { FrozenText } from '../../shared/document/frozen-text.ts';
import type { DocumentId, VersionId } from '../../shared/ids.ts';
import { printedBlocks } from '../../shared/official/official-text.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { heading, type Section } from '../../shared/template/sections.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { type Document, enter, readsVersion } from './document-facts.ts';
import { countText, freezeText, hashText } from './frozen-text.ts';

export async function viewText(
  { storage, rooms }: Pick<UseCases, 'storage' | 'rooms'>,
  person: Person,
  id: DocumentId,
  number: number | undefined,
): Promise<Result<TextAnswer, Refusal>> {
  const document = await enter(storage.records, person, id, 'read');
  if (!document.ok) return document;
  const version = await findStanding(storage.records, document.value, person, number);
  if (version === undefined) {
    const { content } = await rooms.read(id, document.value.bodyKeys);
    return ok(layOut(freezeText(document.value, content)));
  }
  return version.ok
    ? ok({ ...layOut(version.value.text, version.value.sha256), versionId: version.value.id })
    : version;
}

/**
 * The version that is asked for; without a number the one the document is frozen in, or undefined while it is being written.
 */
export async function findStanding(
  records: Records,
  document: Document,
  person: Person,
  number: number | undefined,
): Promise<Result<Row<'version'>, Refusal> | undefined> {
  if (number !== undefined) return findVersion(records, document, person, number);
  const { lifecycle } = document.row;
  if (lifecycle.state === 'drafting' || lifecycle.state === 'returned') return undefined;
  const version = await versionOf(records, document, lifecycle.versionId);
  if (version === undefined) throw new Error(`version ${lifecycle.versionId} is missing`);
  return ok(version);
}

/** The version of this number, if this person may read it; one he may not read does not exist for him. */
export async function findVersion(
  records: Records,
  document: Document,
  person: Person,
  number: number,
): Promise<Result<Row<'version'>, Refusal>> {
  const [version] = await records.version.find({ documentId: document.row.id, number });
  if (version === undefined || !readsVersion(document, person, version.id)) {
    return err(refusal('not_found', `no version ${number}`));
  }
  return ok(version);
}

/** The version of this id within the document, whoever reads it. */
export async function versionOf(
  records: Records,
  document: Document,
  id: VersionId,
): Promise<Row<'version'> | undefined> {
  const version = await records.version.get(id);
  return version?.documentId === document.row.id ? version : undefined;
}

function layOut(text: FrozenText, sha256 = hashText(text)): TextAnswer {
  const bodies = new Map(text.content.map((section) => [section.key, section]));
  return {
    title: text.title.join('\n'),
    byline: text.byline,
    dateLine: text.dateLine,
    sections: text.sections.map((section) => {
      const body = bodies.get(section.key) ?? { key: section.key, blocks: [] };
      return {
        key: section.key,
        heading: heading(section),
        level: section.level,
        text: plainText(section, body),
        characters: countSection(body),
        blocks: body.blocks,
        itemNumbering: section.itemNumbering,
      };
    }),
    characters: countText(text),
    sha256,
  };
}

/** The body as plain text, as it is printed: numbers written out, one block a line. */
function plainText(section: Section, body: SectionContent): string {
  return printedBlocks(section, body.blocks)
    .map((runs) => runs.map((run) => run.text).join(''))
    .join('\n');
}

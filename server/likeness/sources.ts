/**
 * What a text is compared with: frozen versions of others, never a draft; approved texts of the same author's earlier years;
 * the reference library. Rights are read here: each source says whether this reader is shown what stands in it.
 */
import { createHash } from 'node:crypto';
import { standingsOf } from '../../shared/access/can.ts';
import { blockText, type SectionContent } from '../../shared/document/content.ts';
import type { FrozenText } from '../../shared/document/frozen-text.ts';
import type { DocumentId } from '../../shared/ids.ts';
import type { SourceKind } from '../../shared/likeness/rules.ts';
import type { Section } from '../../shared/template/sections.ts';
import { actorIn, type Document, documentIn, documentLabel, readsVersion } from '../documents/document-facts.ts';
import { earlierTexts } from '../documents/earlier.ts';
import { titleLines } from '../documents/frozen-text.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';

export type Block = { readonly sectionKey: string; readonly id: string; readonly text: string };

/** A text as it is compared; two with the same key are the same. */
export type Body = { readonly key: string; readonly blocks: readonly Block[] };

export type Source = Body & {
  readonly kind: SourceKind;
  readonly title: string;
  readonly documentId: DocumentId | null;
  /** Whether the reader is shown its title and words. */
  readonly shown: boolean;
};

/** Who is shown the other text beside this one: who reviews it, as far as he may read the other. */
export function reviews(document: Document, person: Person): boolean {
  const standings = standingsOf(actorIn(document.meeting, person), document.facts);
  return standings.includes('reviewer') || standings.includes('team_leader');
}

/** The sources of a document for this reader. */
export async function sourcesOf(
  records: Records,
  document: Document,
  person: Person,
  library: readonly Row<'reference'>[],
): Promise<Source[]> {
  return [
    ...(await siblings(records, document, person)),
    ...(await earlierYears(records, document, person)),
    ...library.filter(({ kind }) => kind !== 'phrases').map(ofReference),
  ];
}

/** The newest frozen version of every other text of the meeting. A text nobody has submitted yet has none. */
async function siblings(records: Records, document: Document, person: Person): Promise<Source[]> {
  const reviewing = reviews(document, person);
  const rows = await records.document.find({ meetingId: document.row.meetingId }, { by: 'id' });
  const found: Source[] = [];
  for (const row of rows) {
    if (row.id === document.row.id) continue;
    const newest = { by: 'number', descending: true, limit: 1 } as const;
    const [version] = await records.version.find({ documentId: row.id }, newest);
    if (version === undefined) continue;
    const other = documentIn(document.meeting, row);
    found.push({
      ...bodyOf(version.text.sections, version.text.content),
      kind: row.kind === 'team' ? 'team' : 'colleague',
      title: documentLabel(other),
      documentId: row.id,
      shown: reviewing && readsVersion(other, person, version.id),
    });
  }
  return found;
}

/** The same author's approved texts of earlier meetings; of the team material those of the same unit. */
async function earlierYears(records: Records, document: Document, person: Person): Promise<Source[]> {
  return (await earlierTexts(records, document)).map(({ document: other, version }) => ({
    ...bodyOf(version.text.sections, version.text.content),
    kind: 'earlier',
    title: titleLines(other).join(''),
    documentId: other.row.id,
    shown: readsVersion(other, person, version.id),
  }));
}

/** A library text: everybody who takes part may read it. */
function ofReference({ kind, title, text }: Row<'reference'>): Source {
  const blocks = text.split('\n').map((line, index) => ({ sectionKey: '', id: String(index), text: line }));
  return {
    ...keyed(blocks),
    kind: kind === 'sample' ? 'sample' : 'reference',
    title,
    documentId: null,
    shown: true,
  };
}

/** The blocks of a text without its closing: a greeting is everybody's. */
export function bodyOf(
  sections: FrozenText['sections'] | readonly Section[],
  content: readonly SectionContent[],
): Body {
  const last = sections.at(-1);
  const closing = last !== undefined && last.level === 0 && sections.length > 1 ? last.key : undefined;
  return keyed(
    content
      .filter(({ key }) => key !== closing)
      .flatMap(({ key, blocks }) => blocks.map((block) => ({ sectionKey: key, id: block.id, text: blockText(block) }))),
  );
}

function keyed(blocks: readonly Block[]): Body {
  return { key: hashOf(blocks.map(({ sectionKey, id, text }) => [sectionKey, id, text])), blocks };
}

export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64');
}

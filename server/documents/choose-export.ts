/**
 * Which text leaves the house, for whom. 清稿 is the approved version and nothing else; a draft is a version, or the text as it
 * stands, and will bear the mark 未审定. Every export is an act in the audit log.
 */
import type { z } from 'zod';
import type { exportQuery } from '../../shared/api/documents.ts';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { FrozenText } from '../../shared/document/frozen-text.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { auditSubject } from './carry-out.ts';
import { type Document, enter } from './document-facts.ts';
import { freezeText } from './frozen-text.ts';
import { findStanding, versionOf } from './view-text.ts';

type Wish = z.output<typeof exportQuery>;

export type Chosen = {
  readonly text: FrozenText;
  /** What the file is called, without its ending. */
  readonly name: string;
  readonly unitName: string;
  /** Writes the act into the audit log; the file is handed out only after that. */
  readonly record: () => Promise<void>;
};

export async function chooseExport(
  tools: UseCases,
  person: Person,
  id: DocumentId,
  wish: Wish,
): Promise<Result<Chosen, Refusal>> {
  const { storage } = tools;
  const entered = await enter(storage.records, person, id, wish.as === 'clean' ? 'export_clean' : 'export_draft');
  if (!entered.ok) return entered;
  const document = entered.value;
  const version = await wishedVersion(tools, person, document, wish);
  if (!version.ok) return version;
  const text = version.value?.text ?? freezeText(document, (await tools.rooms.read(id, document.bodyKeys)).content);
  const facts = { form: wish.as, format: wish.format, version: version.value?.number ?? 0 };
  const act = { act: 'export', actor: person, subject: auditSubject(document), facts } as const;
  return ok({
    text,
    name: auditSubject(document),
    unitName: document.meeting.unit.name,
    record: () => storage.transact((records) => tools.record(records, act)),
  });
}

/** The version to export; undefined for the text as it stands. */
async function wishedVersion(
  { storage: { records } }: UseCases,
  person: Person,
  document: Document,
  { as, version: number }: Wish,
): Promise<Result<Row<'version'> | undefined, Refusal>> {
  if (as === 'draft') return (await findStanding(records, document, person, number)) ?? ok(undefined);
  const { lifecycle } = document.row;
  if (lifecycle.state !== 'approved' && lifecycle.state !== 'filed')
    throw new Error('the access table admits 清稿 only of decided texts');
  const approved = await versionOf(records, document, lifecycle.versionId);
  if (approved === undefined) throw new Error(`approved version ${lifecycle.versionId} is missing`);
  if (number === undefined || number === approved.number) return ok(approved);
  return err(refusal('wrong_state', 'this version is not the approved one', { state: lifecycle.state }));
}

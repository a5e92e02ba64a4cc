/**
 * 亲笔 as its readers get it. Who writes a text sees it as it stands now, or any of its versions; who reviews it sees what was
 * sealed into the versions, and a replay of the words that stand in them. What was taken out before is in no answer.
 */
import { standingsOf } from '../../shared/access/can.ts';
import type { AuthorshipAnswer, ReplayAnswer } from '../../shared/api/authorship.ts';
import type { Named } from '../../shared/api/documents.ts';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { actorIn, type Document, enter, readsVersion } from '../documents/document-facts.ts';
import { named } from '../documents/view-document.ts';
import { findStanding } from '../documents/view-text.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { isIntact } from './seal.ts';

type Tools = Pick<UseCases, 'storage' | 'hand'>;

export async function viewAuthorship(
  { storage, hand }: Tools,
  person: Person,
  id: DocumentId,
  number: number | undefined,
): Promise<Result<AuthorshipAnswer, Refusal>> {
  const { records } = storage;
  const found = await findText(records, person, id, number);
  if (!found.ok) return found;
  const { document, version } = found.value;
  const sealed = version === undefined ? undefined : await records.hand.get(version.id);
  // A version of before there were seals: the journal still knows.
  const report = sealed?.report ?? (await hand.report(id, keysOf(found.value), version?.journalSeq));
  return ok({
    version: described(version),
    people: await peopleOf(records, document, [...report.writers.map((writer) => writer.id)]),
    report,
    seal:
      version === undefined || sealed === undefined
        ? null
        : { sha256: sealed.sha256, intact: isIntact(version, sealed) },
  });
}

const pageSteps = 1_000;

export async function viewReplay(
  { storage, hand }: Tools,
  person: Person,
  id: DocumentId,
  { version: number, from }: { readonly version?: number | undefined; readonly from: number },
): Promise<Result<ReplayAnswer, Refusal>> {
  const { records } = storage;
  const found = await findText(records, person, id, number);
  if (!found.ok) return found;
  const { document, version } = found.value;
  const { blocks, steps } = await hand.replay(id, keysOf(found.value), version?.journalSeq);
  const page = steps.slice(from, from + pageSteps);
  const next = from + page.length;
  return ok({
    version: described(version),
    people: await peopleOf(records, document, [...new Set(page.map(({ by }) => by))]),
    blocks: [...blocks],
    steps: page,
    from,
    total: steps.length,
    next: next < steps.length ? next : null,
  });
}

type Found = { readonly document: Document; readonly version: Row<'version'> | undefined };

/** The version that is asked for, or, without a number, what this person may know of the text now. */
async function findText(
  records: Records,
  person: Person,
  id: DocumentId,
  number: number | undefined,
): Promise<Result<Found, Refusal>> {
  const entered = await enter(records, person, id, 'authorship');
  if (!entered.ok) return entered;
  const document = entered.value;
  const standing = await findStanding(records, document, person, number);
  if (standing !== undefined) return standing.ok ? ok({ document, version: standing.value }) : standing;
  if (writesIt(document, person)) return ok({ document, version: undefined });
  const versions = await records.version.find({ documentId: id }, { by: 'number', descending: true });
  const version = versions.find((each) => readsVersion(document, person, each.id));
  return version === undefined ? err(refusal('not_found', 'no version yet')) : ok({ document, version });
}

/** Whether the text is this person's own, in every state of it. */
function writesIt(document: Document, person: Person): boolean {
  return standingsOf(actorIn(document.meeting, person), document.facts).some(
    (standing) => standing === 'author' || standing === 'team_leader' || standing === 'drafter',
  );
}

function keysOf({ document, version }: Found): readonly string[] {
  return version === undefined ? document.bodyKeys : version.text.content.map(({ key }) => key);
}

function described(version: Row<'version'> | undefined): AuthorshipAnswer['version'] {
  return version === undefined ? null : { id: version.id, number: version.number, at: version.at };
}

type WriterId = AuthorshipAnswer['report']['writers'][number]['id'];

/** Also of somebody who has left the meeting since. */
async function peopleOf(records: Records, { meeting }: Document, ids: readonly WriterId[]): Promise<Named[]> {
  const people: Named[] = [];
  for (const id of ids) {
    if (id === 'server') continue;
    const person = meeting.persons.get(id) ?? (await records.person.get(id));
    if (person !== undefined) people.push(named(person));
  }
  return people;
}

/** A document as its page shows it: facts, names, what this reader may do. No text. */
import { allowedActions } from '../../shared/access/can.ts';
import { roomAccess } from '../../shared/access/room-access.ts';
import type { DocumentView, Named } from '../../shared/api/documents.ts';
import type { Refusal } from '../../shared/api/errors.ts';
import type { Lifecycle } from '../../shared/document/lifecycle.ts';
import type { DocumentId, UserId } from '../../shared/ids.ts';
import { schemaNumber } from '../../shared/protocol/version.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import {
  actorIn,
  type Document,
  enter,
  followsReview,
  isSelfReviewed,
  readsVersion,
  reviewersOf,
} from './document-facts.ts';
import { titleLines } from './frozen-text.ts';

export async function viewDocument(
  records: Records,
  person: Person,
  id: DocumentId,
): Promise<Result<DocumentView, Refusal>> {
  const document = await enter(records, person, id, 'read');
  return document.ok ? ok(await describe(records, document.value, person)) : err(document.error);
}

/** The view of a document this person is known to be allowed to read. */
export async function describe(records: Records, document: Document, person: Person): Promise<DocumentView> {
  const { row, meeting, owner, facts } = document;
  const actor = actorIn(meeting, person);
  const lifecycle = followsReview(document, person) ? row.lifecycle : withoutWords(row.lifecycle);
  return {
    id: row.id,
    kind: row.kind,
    title: titleLines(document).join('\n'),
    owner: owner === undefined ? null : named(owner),
    meetingId: meeting.row.id,
    meetingTitle: meeting.row.title,
    submitBy: meeting.row.submitBy,
    lifecycle,
    people: await peopleOf(records, document),
    access: roomAccess(actor, facts),
    may: allowedActions(actor, facts),
    sections: [...document.sections],
    quota: [...document.quota],
    round: lifecycle.round,
    currentVersion: await currentVersion(records, document, person),
    reviewers: reviewersOf(document).map(({ name }) => name),
    selfReviewed: isSelfReviewed(document),
    lastRead: await lastRead(records, document, person),
    schema: schemaNumber,
  };
}

export function named({ id, name, duty }: Person): Named {
  return { id, name, duty };
}

/** Whoever follows the review reads why a text was returned; a mere reader sees only that it was. */
function withoutWords(lifecycle: Lifecycle): Lifecycle {
  return lifecycle.state === 'returned' ? { ...lifecycle, reason: 'other', words: '' } : lifecycle;
}

/** The newest frozen version this reader may see. */
async function currentVersion(records: Records, document: Document, person: Person) {
  const versions = await records.version.find({ documentId: document.row.id }, { by: 'number', descending: true });
  const newest = versions.find(({ id }) => readsVersion(document, person, id));
  return newest === undefined ? null : { id: newest.id, number: newest.number };
}

async function lastRead(records: Records, document: Document, person: Person) {
  const [reading] = await records.reading.find({ documentId: document.row.id, userId: person.id });
  const version = reading === undefined ? undefined : await records.version.get(reading.versionId);
  if (reading === undefined || version === undefined) return null;
  return { versionId: version.id, number: version.number, at: reading.at };
}

/** Names for every user id on the page: the participants, and whoever acted and has left the meeting since. */
async function peopleOf(records: Records, { row, meeting }: Document): Promise<Named[]> {
  const people = new Map<UserId, Named>([...meeting.persons].map(([id, person]) => [id, named(person)]));
  for (const id of actorsOf(row.lifecycle)) {
    const person = people.has(id) ? undefined : await records.person.get(id);
    if (person !== undefined) people.set(id, named(person));
  }
  return [...people.values()];
}

function actorsOf(lifecycle: Lifecycle): UserId[] {
  switch (lifecycle.state) {
    case 'drafting':
      return [];
    case 'in_review':
      return [lifecycle.submitterId];
    case 'returned':
      return [lifecycle.by];
    case 'approved':
      return [lifecycle.approverId];
    case 'filed':
      return [lifecycle.approverId, lifecycle.by];
  }
}

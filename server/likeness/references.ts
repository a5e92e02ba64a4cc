/**
 * The reference library: what the office loads for a meeting, or for all meetings of the unit. Everybody who takes part in
 * the meeting reads it; its leader and its office keep it.
 */
import type { z } from 'zod';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type {
  changeReferenceBody,
  createReferenceBody,
  Reference,
  ReferencesAnswer,
  ReferenceWithText,
} from '../../shared/api/references.ts';
import { countCharacters } from '../../shared/document/content.ts';
import type { MeetingId, ReferenceId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { instant } from '../clock.ts';
import { type MeetingFacts, mayManage, type Person, roleOf } from '../meetings/meeting-facts.ts';
import { enterMeeting } from '../meetings/view-meeting.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { Act, UseCases } from '../use-cases.ts';

/** What a meeting's library may hold in all: comparing with it must not keep anybody waiting. */
export const libraryBounds = { texts: 60, length: 1_000_000 } as const;

/** The texts a meeting is compared with, its own and the unit's, in the order in which they were added. */
export async function referencesOf(records: Records, { row }: Pick<MeetingFacts, 'row'>): Promise<Row<'reference'>[]> {
  const rows = await records.reference.find({ unitId: row.unitId }, { by: 'id' });
  return rows.filter(({ meetingId }) => meetingId === null || meetingId === row.id);
}

export async function listReferences(
  records: Records,
  person: Person,
  id: MeetingId,
): Promise<Result<ReferencesAnswer, Refusal>> {
  const meeting = await enterLibrary(records, person, id);
  if (!meeting.ok) return meeting;
  const rows = await referencesOf(records, meeting.value);
  const references = await Promise.all(rows.map((row) => describe(records, row)));
  return ok({ references, mayEdit: mayManage(meeting.value, person) });
}

export async function readReference(
  records: Records,
  person: Person,
  id: MeetingId,
  referenceId: ReferenceId,
): Promise<Result<ReferenceWithText, Refusal>> {
  const meeting = await enterLibrary(records, person, id);
  if (!meeting.ok) return meeting;
  const row = await find(records, meeting.value, referenceId);
  return row === undefined ? err(missing()) : ok({ ...(await describe(records, row)), text: row.text });
}

export async function addReference(
  tools: UseCases,
  person: Person,
  id: MeetingId,
  { scope, text, ...facts }: z.output<typeof createReferenceBody>,
): Promise<Result<ReferenceWithText, Refusal>> {
  return edit(tools, person, id, async (records, meeting) => {
    const row: Row<'reference'> = {
      ...facts,
      id: tools.newId('ref'),
      unitId: meeting.row.unitId,
      meetingId: scope === 'unit' ? null : id,
      text,
      characters: countCharacters(text),
      addedBy: person.id,
      at: instant(tools.clock),
    };
    const full = await overflow(records, row);
    if (full !== undefined) return err(full);
    await records.reference.insert(row);
    await record(tools, records, 'reference_added', person, row);
    return ok({ ...(await describe(records, row)), text });
  });
}

export async function changeReference(
  tools: UseCases,
  person: Person,
  id: MeetingId,
  referenceId: ReferenceId,
  { scope, ...facts }: z.output<typeof changeReferenceBody>,
): Promise<Result<ReferenceWithText, Refusal>> {
  return edit(tools, person, id, async (records, meeting) => {
    const before = await find(records, meeting, referenceId);
    if (before === undefined) return err(missing());
    const { text = before.text, kind = before.kind, title = before.title } = facts;
    const meetingId = scope === undefined ? before.meetingId : scope === 'unit' ? null : id;
    const row = { ...before, kind, title, text, meetingId, characters: countCharacters(text) };
    const full = await overflow(records, row);
    if (full !== undefined) return err(full);
    await records.reference.update(referenceId, { kind, title, text, meetingId, characters: row.characters });
    await record(tools, records, 'reference_changed', person, row);
    return ok({ ...(await describe(records, row)), text });
  });
}

export async function removeReference(
  tools: UseCases,
  person: Person,
  id: MeetingId,
  referenceId: ReferenceId,
): Promise<Result<boolean, Refusal>> {
  return edit(tools, person, id, async (records, meeting) => {
    const row = await find(records, meeting, referenceId);
    if (row === undefined) return err(missing());
    await records.reference.remove(referenceId);
    await record(tools, records, 'reference_removed', person, row);
    return ok(true);
  });
}

/** Takes part in the meeting; administrators see that a meeting is there, and none of its texts. */
async function enterLibrary(records: Records, person: Person, id: MeetingId): Promise<Result<MeetingFacts, Refusal>> {
  const meeting = await enterMeeting(records, person, id);
  if (!meeting.ok) return meeting;
  if (roleOf(meeting.value, person) === undefined) return err(refusal('forbidden', 'for those who take part'));
  return meeting;
}

type Edit<T> = (records: Records, meeting: MeetingFacts) => Promise<Result<T, Refusal>>;

/** One change of the library, in one transaction with its entry in the audit log. */
async function edit<T>(tools: UseCases, person: Person, id: MeetingId, work: Edit<T>): Promise<Result<T, Refusal>> {
  const done = await tools.storage.transact(async (records): Promise<Result<T, Refusal>> => {
    const meeting = await enterLibrary(records, person, id);
    if (!meeting.ok) return meeting;
    if (!mayManage(meeting.value, person)) {
      return err(refusal('forbidden', 'the leader and the office of a meeting keep its library'));
    }
    return work(records, meeting.value);
  });
  if (done.ok) tools.changes.publish({ topic: 'meeting', id, meetingId: id, documentId: undefined });
  return done;
}

/** A text of this meeting's library; one of another meeting or unit is none. */
async function find(records: Records, { row }: MeetingFacts, id: ReferenceId): Promise<Row<'reference'> | undefined> {
  const found = await records.reference.get(id);
  if (found === undefined || found.unitId !== row.unitId) return undefined;
  return found.meetingId === null || found.meetingId === row.id ? found : undefined;
}

/** Why a row cannot stand in the libraries it belongs to, as it is now; one of the unit belongs to those of all its meetings. */
async function overflow(records: Records, row: Row<'reference'>): Promise<Refusal | undefined> {
  const others = (await records.reference.find({ unitId: row.unitId })).filter(({ id }) => id !== row.id);
  const meetings = row.meetingId === null ? [...others, row] : [row];
  for (const meetingId of new Set(meetings.map((each) => each.meetingId))) {
    const library = [...others.filter((each) => each.meetingId === null || each.meetingId === meetingId), row];
    const length = library.reduce((sum, { text }) => sum + text.length, 0);
    if (library.length > libraryBounds.texts || length > libraryBounds.length) {
      return refusal('library_full', 'the library of a meeting is bounded', { most: libraryBounds.length });
    }
  }
  return undefined;
}

const missing = () => refusal('not_found', 'no such reference');

function record(tools: UseCases, records: Records, act: Act['act'], actor: Person, row: Row<'reference'>) {
  return tools.record(records, { act, actor, subject: row.title, facts: { characters: row.characters } });
}

async function describe(records: Records, row: Row<'reference'>): Promise<Reference> {
  const { id, kind, title, characters, at, meetingId, addedBy } = row;
  const person = await records.person.get(addedBy);
  const scope = meetingId === null ? 'unit' : 'meeting';
  return { id, kind, scope, title, characters, addedBy: person?.name ?? '', at };
}

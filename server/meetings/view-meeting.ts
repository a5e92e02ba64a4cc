/** Meetings as people see them: mine, one of them with its settings, and its board. Administrators see names and states. */
import { type Action, can } from '../../shared/access/can.ts';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { BoardRow, Meeting, MeetingSummary } from '../../shared/api/meetings.ts';
import type { MeetingId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import {
  actorIn,
  type Document,
  documentIn,
  documentName,
  isSelfReviewed,
  reviewersOf,
} from '../documents/document-facts.ts';
import { openRemarks } from '../documents/fates.ts';
import { named } from '../documents/view-document.ts';
import { countOpenChanges } from '../proposals/open-changes.ts';
import type { Records } from '../storage/storage.ts';
import type { UseCases } from '../use-cases.ts';
import {
  completeMeeting,
  loadMeeting,
  type MeetingFacts,
  mayAppoint,
  mayManage,
  type Person,
  personOf,
  personsWithRole,
  roleOf,
} from './meeting-facts.ts';

/** The meetings this person takes part in, the newest first; every meeting for an administrator. */
export async function listMeetings(records: Records, person: Person): Promise<MeetingSummary[]> {
  const rows = await records.meeting.find({}, { by: 'id', descending: true });
  const meetings = await Promise.all(rows.map((row) => completeMeeting(records, row)));
  return meetings.filter((meeting) => sees(meeting, person)).map((meeting) => describe(meeting, person, false));
}

/** A meeting this person may see; for everybody else there is none. */
export async function enterMeeting(
  records: Records,
  person: Person,
  id: MeetingId,
): Promise<Result<MeetingFacts, Refusal>> {
  const meeting = await loadMeeting(records, id);
  if (meeting === undefined || !sees(meeting, person)) return err(refusal('not_found', 'no such meeting'));
  return ok(meeting);
}

function sees(meeting: MeetingFacts, person: Person): boolean {
  return roleOf(meeting, person) !== undefined || (person.administrator && !person.disabled);
}

export async function viewMeeting(records: Records, person: Person, id: MeetingId): Promise<Result<Meeting, Refusal>> {
  const meeting = await enterMeeting(records, person, id);
  if (!meeting.ok) return meeting;
  return ok(describe(meeting.value, person, await hasSubmission(records, id)));
}

/** The meeting as the person who has just created or changed it sees it, even if he has left it by doing so. */
export async function viewOwnChange(records: Records, person: Person, id: MeetingId): Promise<Meeting> {
  const meeting = await loadMeeting(records, id);
  if (meeting === undefined) throw new Error(`meeting ${id} is gone`);
  return describe(meeting, person, await hasSubmission(records, id));
}

/** Whether any document of the meeting has ever been submitted. */
export async function hasSubmission(records: Records, meetingId: MeetingId): Promise<boolean> {
  const documents = await records.document.find({ meetingId });
  return documents.some(({ lifecycle }) => lifecycle.round > 0);
}

function describe(meeting: MeetingFacts, person: Person, aspectsFrozen: boolean): Meeting {
  const { row, unit } = meeting;
  return {
    id: row.id,
    unitId: row.unitId,
    unitName: unit.name,
    kind: row.kind,
    title: row.title,
    year: row.year,
    theme: row.theme,
    date: row.date,
    place: row.place,
    submitBy: row.submitBy,
    templateId: row.templateId,
    templateVersion: row.templateVersion,
    aspects: row.aspects,
    aspectsFrozen,
    leaderReview: row.leaderReview,
    teamConditions: row.teamConditions,
    participants: meeting.participants.map(({ id, userId, role, conditions, drafter }) => {
      const { name, duty } = personOf(meeting, userId);
      return {
        id,
        userId,
        name,
        duty,
        role,
        conditions: seesConditions(meeting, person, userId) ? conditions : [],
        drafter,
      };
    }),
    myRole: roleOf(meeting, person) ?? null,
    mayManage: mayManage(meeting, person) || mayAppoint(meeting, person),
  };
}

/** That somebody was questioned or held to account is his business and that of those who manage the meeting. */
function seesConditions(meeting: MeetingFacts, person: Person, userId: Person['id']): boolean {
  return person.id === userId || mayManage(meeting, person) || mayAppoint(meeting, person);
}

/** Every document of the meeting with its state and whom it waits for. No text. */
export async function viewBoard(
  tools: Pick<UseCases, 'storage' | 'rooms'>,
  person: Person,
  id: MeetingId,
): Promise<Result<BoardRow[], Refusal>> {
  const { records } = tools.storage;
  const meeting = await enterMeeting(records, person, id);
  if (!meeting.ok) return meeting;
  const documents = (await records.document.find({ meetingId: id }, { by: 'id' })).map((row) =>
    documentIn(meeting.value, row),
  );
  const rows = await Promise.all(documents.map((document) => boardRow(tools, document, person)));
  const place = new Map(meeting.value.participants.map(({ userId }, index) => [userId, index]));
  const order = ({ kind, owner }: BoardRow) => (kind === 'team' || owner === null ? -1 : (place.get(owner.id) ?? 0));
  return ok(rows.sort((a, b) => order(a) - order(b)));
}

async function boardRow(
  tools: Pick<UseCases, 'storage' | 'rooms'>,
  document: Document,
  person: Person,
): Promise<BoardRow> {
  const { row, meeting, owner, facts } = document;
  const may = (action: Action) => can(actorIn(meeting, person), action, facts);
  const remarks = await openRemarks(tools.storage.records, row.id);
  return {
    id: row.id,
    kind: row.kind,
    title: documentName(document),
    owner: owner === undefined ? null : named(owner),
    state: row.lifecycle.state,
    round: row.lifecycle.round,
    since: row.since,
    waitsFor: waitsFor(document),
    openRemarks: remarks.length,
    openChanges: await countOpenChanges(tools, row.id),
    mayOpen: may('read'),
    mayFinish: may('export_clean') || may('file') || may('recall'),
    selfReviewed: isSelfReviewed(document),
  };
}

function waitsFor(document: Document): BoardRow['waitsFor'] {
  const { meeting, facts } = document;
  switch (facts.lifecycle.state) {
    case 'drafting':
    case 'returned':
      return { holder: 'author', names: authorsOf(document).map(({ name }) => name) };
    case 'in_review':
      return { holder: 'reviewer', names: reviewersOf(document).map(({ name }) => name) };
    case 'approved':
      return { holder: 'office', names: personsWithRole(meeting, 'office').map(({ name }) => name) };
    case 'filed':
      return { holder: 'nobody', names: [] };
  }
}

function authorsOf({ owner, meeting, facts }: Document): Person[] {
  if (owner !== undefined) return [owner];
  const drafters = facts.drafterIds.map((userId) => personOf(meeting, userId));
  return [...personsWithRole(meeting, 'leader'), ...drafters.filter(({ id }) => roleOfId(meeting, id) !== 'leader')];
}

function roleOfId(meeting: MeetingFacts, userId: Person['id']) {
  return meeting.participants.find((participant) => participant.userId === userId)?.role;
}

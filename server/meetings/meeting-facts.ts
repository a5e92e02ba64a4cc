/**
 * A meeting with everything rules ask about it, read in one place: settings, unit, template version, participants, people.
 * Views, use cases and document facts start from here; nobody else joins these tables.
 */
import type { Role } from '../../shared/access/can.ts';
import type { MeetingId, UserId } from '../../shared/ids.ts';
import type { DocumentTemplate, Template } from '../../shared/template/template.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';

export type Person = Row<'person'>;

export type MeetingFacts = {
  readonly row: Row<'meeting'>;
  readonly unit: Row<'unit'>;
  readonly template: Template;
  /** In the order in which they were added. */
  readonly participants: readonly Row<'participant'>[];
  /** Every participant's account, disabled ones included. */
  readonly persons: ReadonlyMap<UserId, Person>;
};

/** The id of a template version's row. */
export function templateRowId(templateId: string, version: number): string {
  return `${templateId}@${version}`;
}

export async function loadMeeting(records: Records, id: MeetingId): Promise<MeetingFacts | undefined> {
  const row = await records.meeting.get(id);
  return row === undefined ? undefined : completeMeeting(records, row);
}

/** The facts around a meeting's row. A row whose unit, template or people are missing is a broken store. */
export async function completeMeeting(records: Records, row: Row<'meeting'>): Promise<MeetingFacts> {
  const unit = await records.unit.get(row.unitId);
  const template = await records.template.get(templateRowId(row.templateId, row.templateVersion));
  if (unit === undefined || template === undefined) throw new Error(`meeting ${row.id} lacks its unit or its template`);
  const participants = await records.participant.find({ meetingId: row.id }, { by: 'id' });
  const persons = new Map<UserId, Person>();
  for (const { userId } of participants) {
    const person = await records.person.get(userId);
    if (person === undefined) throw new Error(`participant ${userId} has no account`);
    persons.set(userId, person);
  }
  return { row, unit, template: template.template, participants, persons };
}

/** The person's role in the meeting; administrators and disabled accounts have none, whatever the rows say. */
export function roleOf(meeting: MeetingFacts, person: Person): Role | undefined {
  if (person.administrator || person.disabled) return undefined;
  return meeting.participants.find(({ userId }) => userId === person.id)?.role;
}

/** Settings, participants and aspects are the business of the meeting's leader and its office. */
export function mayManage(meeting: MeetingFacts, person: Person): boolean {
  const role = roleOf(meeting, person);
  return role === 'leader' || role === 'office';
}

/**
 * After the first set-up a meeting has no leader yet and nobody could manage it: until it has one, an administrator may say
 * who takes part, and nothing else.
 */
export function mayAppoint(meeting: MeetingFacts, person: Person): boolean {
  return person.administrator && !person.disabled && !meeting.participants.some(({ role }) => role === 'leader');
}

/** Whether this role writes an outline of its own. */
export function writesOutline(role: Role): boolean {
  return role === 'leader' || role === 'member';
}

/** The part of the template for one kind of document. */
export function documentTemplate(meeting: MeetingFacts, kind: Row<'document'>['kind']): DocumentTemplate {
  return meeting.template[kind];
}

/** The accounts of the participants with this role, in their order. */
export function personsWithRole(meeting: MeetingFacts, role: Role): Person[] {
  return meeting.participants
    .filter((participant) => participant.role === role)
    .map(({ userId }) => personOf(meeting, userId));
}

/** The account of a participant. */
export function personOf(meeting: MeetingFacts, userId: UserId): Person {
  const person = meeting.persons.get(userId);
  if (person === undefined) throw new Error(`${userId} takes no part in ${meeting.row.id}`);
  return person;
}

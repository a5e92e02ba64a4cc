/**
 * Creating a meeting with its documents: one outline for each leader and member, one team material. The shared texts are
 * seeded before the rows that name them are written, so a document never stands without its seed.
 */
import type { z } from 'zod';
import type { DocumentKind } from '../../shared/access/can.ts';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { createMeetingBody } from '../../shared/api/meetings.ts';
import { born } from '../../shared/document/lifecycle.ts';
import type { MeetingId, UnitId, UserId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { bodyKeys, resolveSections } from '../../shared/template/sections.ts';
import type { Condition, Template } from '../../shared/template/template.ts';
import { instant } from '../clock.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { type Person, writesOutline } from './meeting-facts.ts';
import { checkRoster, type Place } from './roster.ts';
import { newestTemplate } from './templates.ts';

export type NewMeeting = z.output<typeof createMeetingBody>;

/** Leaders and offices create meetings; an administrator does not, and takes no part in one. */
export function mayCreateMeetings(person: Person): boolean {
  return !person.administrator && (person.position === 'leader' || person.position === 'office');
}

export async function createMeeting(
  tools: UseCases,
  person: Person,
  body: NewMeeting,
): Promise<Result<MeetingId, Refusal>> {
  const { storage } = tools;
  if (!mayCreateMeetings(person)) return err(refusal('forbidden', 'leaders and offices create meetings'));
  const template = await newestTemplate(storage.records, body.templateId);
  if (!template.ok) return template;
  const roster = await checkRoster(storage.records, body.participants);
  if (!roster.ok) return roster;
  const meeting = meetingRow(tools, template.value, body, person.unitId, person.id);
  const rows = await prepareDocuments(tools, template.value, meeting, body.participants);
  const written = await storage.transact(async (records): Promise<Result<undefined, Refusal>> => {
    const still = await checkRoster(records, body.participants);
    if (!still.ok) return still;
    await writeMeeting(records, meeting, rows, tools, body.participants);
    await tools.record(records, { act: 'meeting_created', actor: person, subject: meeting.title });
    return ok(undefined);
  });
  if (!written.ok) return written;
  tools.changes.publish({ topic: 'meeting', id: meeting.id, meetingId: meeting.id, documentId: undefined });
  return ok(meeting.id);
}

/**
 * The meeting made with the first set-up, while there is nobody yet to take part in it. Its team material waits for the
 * leader; an administrator may say who takes part until there is one.
 */
export async function createFirstMeeting(
  tools: UseCases,
  administrator: Person,
  { templateId, title, year }: { readonly templateId: string; readonly title: string; readonly year: number },
): Promise<Result<MeetingId, Refusal>> {
  const template = await newestTemplate(tools.storage.records, templateId);
  if (!template.ok) return template;
  const settings = {
    kind: template.value.kind,
    title,
    year,
    theme: template.value.theme,
    date: null,
    place: '',
    submitBy: null,
    leaderReview: 'supervisor',
    teamConditions: [],
  } as const;
  const meeting = meetingRow(
    tools,
    template.value,
    { ...settings, teamConditions: [] },
    administrator.unitId,
    administrator.id,
  );
  const rows = await prepareDocuments(tools, template.value, meeting, []);
  await tools.storage.transact(async (records) => {
    await writeMeeting(records, meeting, rows, tools, []);
    await tools.record(records, { act: 'meeting_created', actor: administrator, subject: title });
  });
  return ok(meeting.id);
}

type Settings = Omit<NewMeeting, 'templateId' | 'participants'>;

function meetingRow(
  { clock, newId }: UseCases,
  template: Template,
  { kind, title, year, theme, date, place, submitBy, leaderReview, teamConditions }: Settings,
  unitId: UnitId,
  createdBy: UserId,
): Row<'meeting'> {
  return {
    id: newId('meet'),
    unitId,
    kind,
    title,
    year,
    theme,
    date,
    place,
    submitBy,
    templateId: template.id,
    templateVersion: template.version,
    aspects: template.aspects,
    leaderReview,
    teamConditions,
    createdBy,
    createdAt: instant(clock),
  };
}

async function prepareDocuments(
  tools: UseCases,
  template: Template,
  meeting: Row<'meeting'>,
  places: readonly Place[],
): Promise<Row<'document'>[]> {
  const rows = [await prepareDocument(tools, template, meeting, 'team', null, meeting.teamConditions)];
  for (const { userId, role, conditions } of places) {
    if (writesOutline(role)) {
      rows.push(await prepareDocument(tools, template, meeting, 'outline', userId, conditions));
    }
  }
  return rows;
}

/** Seeds the shared text of a new document and returns the row that will name it. */
export async function prepareDocument(
  { clock, newId, rooms }: UseCases,
  template: Template,
  meeting: Row<'meeting'>,
  kind: DocumentKind,
  ownerId: UserId | null,
  conditions: readonly Condition[],
): Promise<Row<'document'>> {
  const at = instant(clock);
  const row: Row<'document'> = {
    id: newId('doc'),
    meetingId: meeting.id,
    kind,
    ownerId,
    lifecycle: born,
    epoch: 1,
    since: at,
    createdAt: at,
  };
  await rooms.create(row.id, bodyKeys(resolveSections(template[kind], meeting.aspects, conditions)));
  return row;
}

async function writeMeeting(
  records: Records,
  meeting: Row<'meeting'>,
  documents: readonly Row<'document'>[],
  { newId }: UseCases,
  places: readonly Place[],
): Promise<void> {
  await records.meeting.insert(meeting);
  for (const place of places) await records.participant.insert({ id: newId('part'), meetingId: meeting.id, ...place });
  for (const document of documents) await records.document.insert(document);
}

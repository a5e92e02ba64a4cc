/**
 * Changing a meeting's settings, aspects and participants. Written text is never touched: what would hide words people have
 * written is refused with the names of the documents. The documents concerned are frozen while this is decided, so no word
 * can arrive between the look and the change.
 */
import type { z } from 'zod';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { changeMeetingBody } from '../../shared/api/meetings.ts';
import { hasArrow } from '../../shared/document/lifecycle.ts';
import type { DocumentId, MeetingId, UserId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type Document, documentIn, documentLabel } from '../documents/document-facts.ts';
import { refreshProposals } from '../proposals/closing.ts';
import type { TextAtRest } from '../rooms/rooms.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { prepareDocument } from './create-meeting.ts';
import { type Loss, refuseLosses } from './losses.ts';
import { loadMeeting, type MeetingFacts, mayAppoint, mayManage, type Person, writesOutline } from './meeting-facts.ts';
import { checkRoster, type Place } from './roster.ts';
import { seedSections } from './seed-sections.ts';
import { enterMeeting, hasSubmission } from './view-meeting.ts';

export type MeetingChange = z.output<typeof changeMeetingBody>;

/** The meeting as it would be, and what that means for its documents. */
type Plan = {
  readonly before: MeetingFacts;
  readonly documents: readonly Document[];
  readonly row: Row<'meeting'>;
  readonly places: readonly Place[];
  /** Documents that lose sections, or go as a whole. */
  readonly losses: readonly Loss[];
  /** Documents that gain sections. */
  readonly gains: readonly { readonly document: Document; readonly keys: readonly string[] }[];
  /** Who gets an outline. */
  readonly authors: readonly Place[];
};

export async function changeMeeting(
  tools: UseCases,
  person: Person,
  id: MeetingId,
  change: MeetingChange,
): Promise<Result<undefined, Refusal>> {
  for (;;) {
    const planned = await plan(tools.storage.records, person, id, change);
    if (!planned.ok) return planned;
    const { before, losses, gains, authors, row } = planned.value;
    for (const { document, keys } of gains) await seedSections(tools.rooms, document.row.id, keys);
    const outlines: Row<'document'>[] = [];
    for (const { userId, conditions } of authors) {
      outlines.push(await prepareDocument(tools, before.template, row, 'outline', userId, conditions));
    }
    const done = await frozen(tools, losses, (texts) =>
      tools.storage.transact(async (records) => {
        // Somebody else changed the meeting meanwhile: plan again on what is there now.
        if (await isOutdated(records, planned.value)) return 'again' as const;
        const refused =
          (await refuseAspects(records, planned.value)) ?? refuseFrozen(planned.value) ?? refuseLosses(losses, texts);
        if (refused !== undefined) return err(refused);
        await write(tools, records, person, planned.value, outlines);
        return ok(undefined);
      }),
    );
    if (done === 'again') continue;
    if (done.ok) await spread(tools, planned.value);
    return done;
  }
}

async function plan(
  records: Records,
  person: Person,
  id: MeetingId,
  change: MeetingChange,
): Promise<Result<Plan, Refusal>> {
  const entered = await enterMeeting(records, person, id);
  if (!entered.ok) return entered;
  const before = entered.value;
  const { participants, ...settings } = change;
  const refused = refuseRights(before, person, change) ?? refuseShape(change);
  if (refused !== undefined) return err(refused);
  if (participants !== undefined) {
    const roster = await checkRoster(records, participants, new Set(before.persons.keys()));
    if (!roster.ok) return roster;
  }
  const row = { ...before.row, ...defined(settings) };
  const places = participants ?? before.participants.map(placeOf);
  const documents = (await records.document.find({ meetingId: id }, { by: 'id' })).map((each) =>
    documentIn(before, each),
  );
  const { losses, gains } = effects(documents, afterwards(before, row, places), places);
  const owners = new Set(documents.map(({ row: { ownerId } }) => ownerId));
  const authors = places.filter(({ role, userId }) => writesOutline(role) && !owners.has(userId));
  return ok({ before, documents, row, places, losses, gains, authors });
}

/** Which sections the documents would lose and gain. */
function effects(documents: readonly Document[], after: MeetingFacts, places: readonly Place[]) {
  const losses: Loss[] = [];
  const gains: Plan['gains'][number][] = [];
  for (const document of documents) {
    const { ownerId } = document.row;
    const stays = ownerId === null || isAuthor(places, ownerId);
    const next = stays ? documentIn(after, document.row).bodyKeys : [];
    const lost = document.bodyKeys.filter((key) => !next.includes(key));
    const gained = next.filter((key) => !document.bodyKeys.includes(key));
    if (!stays || lost.length > 0) losses.push({ document, lost, goes: !stays, aspects: after.row.aspects });
    if (gained.length > 0) gains.push({ document, keys: gained });
  }
  return { losses, gains };
}

/** A text that is in review or beyond keeps its sections. */
function refuseFrozen({ losses, gains }: Plan): Refusal | undefined {
  const changing = [...losses.filter(({ goes }) => !goes), ...gains].map(({ document }) => document);
  const documents = changing.filter(({ row }) => !hasArrow(row.lifecycle.state, 'submit'));
  const [first] = documents;
  if (first === undefined) return undefined;
  const details = { state: first.row.lifecycle.state, documents: documents.map(documentLabel) };
  return refusal('wrong_state', 'the sections of a text in review stand still', details);
}

function refuseRights(meeting: MeetingFacts, person: Person, change: MeetingChange): Refusal | undefined {
  if (mayManage(meeting, person)) return undefined;
  const onlyParticipants = Object.keys(defined(change)).every((key) => key === 'participants');
  if (mayAppoint(meeting, person) && onlyParticipants) return undefined;
  return refusal('forbidden', 'the leader and the office of a meeting manage it');
}

function refuseShape({ aspects }: MeetingChange): Refusal | undefined {
  const keys = aspects?.map(({ key }) => key) ?? [];
  if (new Set(keys).size === keys.length) return undefined;
  return refusal('invalid_request', 'two aspects have the same key');
}

/** Aspects stand still from the first submission on; asking for what is there already is no change. */
async function refuseAspects(records: Records, { before, row }: Plan): Promise<Refusal | undefined> {
  if (JSON.stringify(row.aspects) === JSON.stringify(before.row.aspects)) return undefined;
  if (!(await hasSubmission(records, row.id))) return undefined;
  return refusal('aspects_frozen', 'a text of this meeting has been submitted');
}

/** The meeting's facts with new settings and a new list; people who are not known yet have no part in rules about text. */
function afterwards(before: MeetingFacts, row: Row<'meeting'>, places: readonly Place[]): MeetingFacts {
  const rows = new Map(before.participants.map((participant) => [participant.userId, participant]));
  const participants = places.flatMap((place) => {
    const known = rows.get(place.userId);
    return known === undefined ? [] : [{ ...known, ...place }];
  });
  return { ...before, row, participants };
}

function isAuthor(places: readonly Place[], userId: UserId): boolean {
  return places.some((place) => place.userId === userId && writesOutline(place.role));
}

function placeOf({ userId, role, conditions, drafter }: Row<'participant'>): Place {
  return { userId, role, conditions, drafter };
}

/** What was given: zod leaves out what was not, and a change to `undefined` is none. */
function defined<T extends object>(change: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  // The same keys without the undefined ones; `Object.fromEntries` cannot say that in its type.
  return Object.fromEntries(given) as { [Key in keyof T]: Exclude<T[Key], undefined> };
}

/** Freezes every document that would lose something, one inside the other in the order of their ids. */
async function frozen<T>(
  { rooms }: UseCases,
  losses: readonly Loss[],
  work: (texts: ReadonlyMap<DocumentId, TextAtRest>) => Promise<T>,
): Promise<T> {
  const inOrder = [...losses].sort((a, b) => a.document.row.id.localeCompare(b.document.row.id));
  const freezeFrom = async (index: number, texts: ReadonlyMap<DocumentId, TextAtRest>): Promise<T> => {
    const next = inOrder[index];
    if (next === undefined) return work(texts);
    const { row, bodyKeys } = next.document;
    return rooms.freeze(row.id, bodyKeys, 'meeting', (text) =>
      freezeFrom(index + 1, new Map([...texts, [row.id, text]])),
    );
  };
  return freezeFrom(0, new Map());
}

/** A document in its state: the epoch grows with every change of it. */
const standing = ({ id, epoch }: Row<'document'>) => `${id} ${epoch}`;

async function isOutdated(records: Records, { before, documents }: Plan): Promise<boolean> {
  const now = await loadMeeting(records, before.row.id);
  const rows = await records.document.find({ meetingId: before.row.id }, { by: 'id' });
  const same =
    now !== undefined &&
    JSON.stringify([now.row, now.participants]) === JSON.stringify([before.row, before.participants]) &&
    rows.map(standing).join() === documents.map(({ row }) => standing(row)).join();
  return !same;
}

async function write(
  { newId, record }: UseCases,
  records: Records,
  person: Person,
  { before, row, places, losses }: Plan,
  outlines: readonly Row<'document'>[],
): Promise<void> {
  const { id, ...settings } = row;
  await records.meeting.update(id, settings);
  const known = new Map(before.participants.map((participant) => [participant.userId, participant.id]));
  for (const place of places) {
    const participantId = known.get(place.userId);
    if (participantId === undefined) await records.participant.insert({ id: newId('part'), meetingId: id, ...place });
    else await records.participant.update(participantId, place);
    known.delete(place.userId);
  }
  for (const gone of known.values()) await records.participant.remove(gone);
  for (const { document, goes } of losses) if (goes) await records.document.remove(document.row.id);
  for (const outline of outlines) await records.document.insert(outline);
  await record(records, {
    act: 'meeting_changed',
    actor: person,
    subject: row.title,
    facts: { added: outlines.length, participants: places.length },
  });
}

/** Titles, sections and rights may be new in every document of the meeting. */
async function spread(tools: UseCases, { before, documents, losses }: Plan): Promise<void> {
  const { rooms, changes } = tools;
  const meetingId = before.row.id;
  const thawed = new Set(losses.map(({ document }) => document.row.id));
  for (const { row } of documents) {
    if (!thawed.has(row.id)) await rooms.refresh(row.id, 'meeting');
    await refreshProposals(tools, row.id, 'meeting');
    rooms.announce(row.id, 'document', row.id);
    rooms.announce(row.id, 'meeting', meetingId);
    changes.publish({ topic: 'document', id: row.id, meetingId, documentId: row.id });
  }
  changes.publish({ topic: 'meeting', id: meetingId, meetingId, documentId: undefined });
}

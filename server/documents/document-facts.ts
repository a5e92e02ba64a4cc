/**
 * The one place that turns rows into what the access table asks about: a document's facts, who asks, the sections.
 * Rights are read here and nowhere else; routes, use cases and rooms all come through it.
 */
import { type Action, type Actor, can, type DocumentFacts, standingsOf } from '../../shared/access/can.ts';
import { roomAccess } from '../../shared/access/room-access.ts';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import { type CommandName, hasArrow, type Lifecycle, states } from '../../shared/document/lifecycle.ts';
import type { DocumentId, UserId, VersionId } from '../../shared/ids.ts';
import type { RoomAccess } from '../../shared/protocol/frames.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { bodyKeys, resolveSections, type Section } from '../../shared/template/sections.ts';
import { documentTemplate, loadMeeting, type MeetingFacts, type Person, roleOf } from '../meetings/meeting-facts.ts';
import type { RoomFacts } from '../rooms/rooms.ts';
import type { Records, Storage } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';

export type Document = {
  readonly row: Row<'document'>;
  readonly meeting: MeetingFacts;
  /** The author's account; undefined for the team material. */
  readonly owner: Person | undefined;
  readonly facts: DocumentFacts;
  readonly sections: readonly Section[];
  readonly bodyKeys: readonly string[];
  readonly quota: readonly [number, number];
};

export async function loadDocument(records: Records, id: DocumentId): Promise<Document | undefined> {
  const row = await records.document.get(id);
  if (row === undefined) return undefined;
  const meeting = await loadMeeting(records, row.meetingId);
  if (meeting === undefined) throw new Error(`document ${id} has no meeting`);
  return documentIn(meeting, row);
}

/** The document of this row, in its meeting. */
export function documentIn(meeting: MeetingFacts, row: Row<'document'>): Document {
  const author = meeting.participants.find(({ userId }) => userId === row.ownerId);
  const template = documentTemplate(meeting, row.kind);
  const conditions = row.kind === 'team' ? meeting.row.teamConditions : (author?.conditions ?? []);
  const sections = resolveSections(template, meeting.row.aspects, conditions);
  return {
    row,
    meeting,
    owner: author === undefined ? undefined : meeting.persons.get(author.userId),
    facts: {
      kind: row.kind,
      ownerId: row.ownerId ?? undefined,
      leadersOwn: author?.role === 'leader',
      leaderReview: meeting.row.leaderReview,
      drafterIds: meeting.participants.filter(({ drafter }) => drafter).map(({ userId }) => userId),
      lifecycle: row.lifecycle,
    },
    sections,
    bodyKeys: bodyKeys(sections),
    quota: template.quota,
  };
}

/** The person as the access table sees him in this meeting. */
export function actorIn(meeting: MeetingFacts, person: Person): Actor {
  return { userId: person.id, role: roleOf(meeting, person), administrator: person.administrator };
}

/**
 * The document, if this person may do this with it. Who takes no part in its meeting learns nothing, not even that it
 * exists; a participant is told `forbidden`, or `wrong_state` when the act would be his in another state.
 */
export async function enter(
  records: Records,
  person: Person,
  id: DocumentId,
  action: Action,
): Promise<Result<Document, Refusal>> {
  const document = await loadDocument(records, id);
  if (document === undefined) return err(refusal('not_found', 'no such document'));
  const refused = permit(document, person, action);
  return refused === undefined ? ok(document) : err(refused);
}

/** Why this person may not do this, or undefined when he may. */
export function permit(document: Document, person: Person, action: Action): Refusal | undefined {
  const actor = actorIn(document.meeting, person);
  if (actor.role === undefined) return refusal('not_found', 'no such document');
  if (can(actor, action, document.facts)) return undefined;
  const { state } = document.row.lifecycle;
  const command = commandOf(action);
  const outOfState = command === undefined ? can(actor, 'read', document.facts) : !hasArrow(state, command);
  if (outOfState && couldIn(actor, action, document.facts)) {
    return refusal('wrong_state', `${action} is not possible while the document is ${state}`, { state });
  }
  return refusal('forbidden', `this person may not ${action} here`);
}

function commandOf(action: Action): CommandName | undefined {
  switch (action) {
    case 'submit':
    case 'withdraw':
    case 'return':
    case 'approve':
    case 'reopen':
    case 'file':
    case 'recall':
      return action;
    default:
      return undefined;
  }
}

/** Whether this act would be the actor's in some state of the document. */
function couldIn(actor: Actor, action: Action, facts: DocumentFacts): boolean {
  return states.some((state) => can(actor, action, { ...facts, lifecycle: imagined(state, actor.userId) }));
}

function imagined(state: Lifecycle['state'], userId: UserId): Lifecycle {
  const at = '2000-01-01T00:00:00.000Z';
  // The access table reads state, round and submitter only; the version of an imagined state is never looked up.
  const common = { round: 1, versionId: 'ver_00000000000000000000000000' as VersionId, at };
  switch (state) {
    case 'drafting':
      return { state, round: 1 };
    case 'in_review':
      return { ...common, state, submitterId: userId };
    case 'returned':
      return { ...common, state, reason: 'other', words: '', by: userId };
    case 'approved':
      return { ...common, state, approverId: userId };
    case 'filed':
      return {
        ...common,
        state,
        approverId: userId,
        approvedAt: at,
        fileNumber: '-',
        fileDate: '2000-01-01',
        by: userId,
      };
  }
}

/**
 * Which frozen versions this reader may see. Office and supervision read what was approved, not the way there: for them it
 * is the approved version alone.
 */
export function readsVersion(document: Document, person: Person, version: VersionId): boolean {
  const actor = actorIn(document.meeting, person);
  if (!can(actor, 'read', document.facts)) return false;
  if (followsReview(document, person)) return true;
  const { lifecycle } = document.row;
  if (document.facts.kind === 'team' && actor.role === 'member') return true;
  return (lifecycle.state === 'approved' || lifecycle.state === 'filed') && lifecycle.versionId === version;
}

/** Who sees the threads: those who take part in the review, and the supervisors, who may add to them. */
export function readsRemarks(document: Document, person: Person): boolean {
  const actor = actorIn(document.meeting, person);
  if (!can(actor, 'read', document.facts)) return false;
  return followsReview(document, person) || actor.role === 'supervisor';
}

/** Who takes part in the review: authors, reviewers, drafters. Only they see earlier versions and words of a return. */
export function followsReview(document: Document, person: Person): boolean {
  const actor = actorIn(document.meeting, person);
  return standingsOf(actor, document.facts).some(
    (standing) =>
      standing === 'author' || standing === 'reviewer' || standing === 'team_leader' || standing === 'drafter',
  );
}

/** Who reviews this document. */
export function reviewersOf(document: Document): Person[] {
  const { meeting, facts, owner } = document;
  if (isSelfReviewed(document)) return owner === undefined ? [] : [owner];
  const role = facts.leadersOwn ? 'supervisor' : 'leader';
  return meeting.participants.flatMap((participant) => {
    const person = participant.role === role ? meeting.persons.get(participant.userId) : undefined;
    return person === undefined ? [] : [person];
  });
}

/** Whether the leader confirms his own outline. */
export function isSelfReviewed({ facts }: Document): boolean {
  return facts.kind === 'outline' && facts.leadersOwn && facts.leaderReview === 'self';
}

/** What a kind of document is called in lists: 个人发言提纲. */
export function documentName(document: Document): string {
  return documentTemplate(document.meeting, document.row.kind).name;
}

/** A document named among others: 个人发言提纲（李四）. */
export function documentLabel(document: Document): string {
  return document.owner === undefined ? documentName(document) : `${documentName(document)}（${document.owner.name}）`;
}

/** How rooms ask about documents: facts and everybody's access, from the same table as REST. */
export function loadRoomFacts(storage: Pick<Storage, 'records'>) {
  return async (documentId: DocumentId): Promise<RoomFacts | undefined> => {
    const document = await loadDocument(storage.records, documentId);
    if (document === undefined) return undefined;
    const remarks = await storage.records.remark.find({ documentId });
    // Levels and nothing else: a room lives for hours, and a meeting with its template would live with it.
    const levels = new Map<UserId, RoomAccess>();
    for (const [userId, person] of document.meeting.persons) {
      const level = roomAccess(actorIn(document.meeting, person), document.facts);
      if (level !== 'none') levels.set(userId, level);
    }
    return {
      epoch: document.row.epoch,
      bodyKeys: document.bodyKeys,
      remarkIds: new Set(remarks.map(({ id }) => id)),
      accessOf: (userId) => levels.get(userId) ?? 'none',
    };
  };
}

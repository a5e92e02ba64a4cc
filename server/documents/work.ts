/** What waits for a person: for each document he has something to do with, what that is now. */
import { can } from '../../shared/access/can.ts';
import type { WorkItem } from '../../shared/api/work.ts';
import { countSection } from '../../shared/document/content.ts';
import { completeMeeting, type MeetingFacts, type Person, personsWithRole } from '../meetings/meeting-facts.ts';
import { countOpenChanges } from '../proposals/open-changes.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { actorIn, type Document, documentIn, documentName, followsReview } from './document-facts.ts';
import { openRemarks } from './fates.ts';

/** What waits for me first, the nearest deadline first among it. */
export async function listWork(tools: Pick<UseCases, 'storage' | 'rooms'>, person: Person): Promise<WorkItem[]> {
  const { records } = tools.storage;
  const items: WorkItem[] = [];
  for (const { meetingId } of await records.participant.find({ userId: person.id })) {
    const row = await records.meeting.get(meetingId);
    if (row === undefined) continue;
    const meeting = await completeMeeting(records, row);
    for (const documentRow of await records.document.find({ meetingId }, { by: 'id' })) {
      const document = documentIn(meeting, documentRow);
      const kind = workKind(document, person);
      if (kind !== undefined) items.push(await describe(tools, document, person, kind));
    }
  }
  return items.sort(compareWork);
}

/** What this document is to this person now; undefined when it is not his concern. */
export function workKind(document: Document, person: Person): WorkItem['kind'] | undefined {
  const { meeting, facts } = document;
  const actor = actorIn(meeting, person);
  if (!can(actor, 'read', facts)) return undefined;
  const { state } = facts.lifecycle;
  if (can(actor, 'write', facts)) return state === 'drafting' ? 'write' : 'revise';
  if (can(actor, 'approve', facts)) return 'review';
  if (state === 'approved' && can(actor, 'file', facts) && files(meeting, actor.role)) return 'file';
  if (!followsReview(document, person) && actor.role !== 'office') return undefined;
  return state === 'approved' || state === 'filed' ? 'done' : 'waiting';
}

/** Filing is the office's work; where a meeting has none, the leader's. */
function files(meeting: MeetingFacts, role: Row<'participant'>['role'] | undefined): boolean {
  return role === 'office' || (role === 'leader' && personsWithRole(meeting, 'office').length === 0);
}

async function describe(
  { storage, rooms }: Pick<UseCases, 'storage' | 'rooms'>,
  document: Document,
  person: Person,
  kind: WorkItem['kind'],
): Promise<WorkItem> {
  const { row, meeting, owner } = document;
  const part = followsReview(document, person);
  const open = part ? await openRemarks(storage.records, row.id) : [];
  const { content } = await rooms.read(row.id, document.bodyKeys);
  return {
    documentId: row.id,
    meetingId: meeting.row.id,
    meetingTitle: meeting.row.title,
    title: documentName(document),
    ownerName: owner?.name ?? '',
    documentKind: row.kind,
    kind,
    state: row.lifecycle.state,
    round: row.lifecycle.round,
    openRemarks: open.length,
    openChanges: part ? await countOpenChanges({ storage, rooms }, row.id) : 0,
    characters: content.reduce((sum, section) => sum + countSection(section), 0),
    since: row.since,
    submitBy: meeting.row.submitBy,
    words: part && row.lifecycle.state === 'returned' ? row.lifecycle.words : '',
  };
}

const rank: Readonly<Record<WorkItem['kind'], number>> = {
  review: 0,
  revise: 0,
  write: 0,
  file: 0,
  waiting: 1,
  done: 2,
};
const noDeadline = '9999-12-31';

function compareWork(a: WorkItem, b: WorkItem): number {
  return (
    rank[a.kind] - rank[b.kind] ||
    (a.submitBy ?? noDeadline).localeCompare(b.submitBy ?? noDeadline) ||
    a.since.localeCompare(b.since)
  );
}

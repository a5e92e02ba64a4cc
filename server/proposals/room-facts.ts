/**
 * What rooms ask, about documents and about proposals. A proposal's room is its reviewer's alone: he writes while the text is in
 * the review he began it in, and reads afterwards. Others read its changes over REST, once it was handed over.
 */
import { can } from '../../shared/access/can.ts';
import { isId, type ProposalId } from '../../shared/ids.ts';
import type { RoomAccess } from '../../shared/protocol/frames.ts';
import { actorIn, type Document, loadDocument, loadRoomFacts } from '../documents/document-facts.ts';
import type { LoadRoomFacts, RoomFacts } from '../rooms/rooms.ts';
import type { Records, Storage } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import { baseOf } from './proposal-facts.ts';

export function roomFacts(storage: Pick<Storage, 'records'>): LoadRoomFacts {
  const ofDocument = loadRoomFacts(storage);
  return (id) => (isId('prop', id) ? ofProposal(storage.records, id) : ofDocument(id));
}

async function ofProposal(records: Records, id: ProposalId): Promise<RoomFacts | undefined> {
  const proposal = await records.proposal.get(id);
  const document = proposal === undefined ? undefined : await loadDocument(records, proposal.documentId);
  if (proposal === undefined || document === undefined) return undefined;
  const { keys } = await baseOf(records, proposal);
  const level = levelOf(document, proposal);
  return {
    epoch: document.row.epoch,
    bodyKeys: keys,
    // The seed leaves the anchors of remarks out, and none may come in.
    remarkIds: new Set(),
    accessOf: (userId) => (userId === proposal.by ? level : 'none'),
  };
}

function levelOf(document: Document, proposal: Row<'proposal'>): RoomAccess {
  const person = document.meeting.persons.get(proposal.by);
  const actor = person === undefined ? undefined : actorIn(document.meeting, person);
  if (actor === undefined || !can(actor, 'read', document.facts)) return 'none';
  const { lifecycle } = document.row;
  const current = lifecycle.state === 'in_review' && lifecycle.versionId === proposal.versionId;
  return proposal.state === 'open' && current && can(actor, 'propose', document.facts) ? 'write' : 'read';
}

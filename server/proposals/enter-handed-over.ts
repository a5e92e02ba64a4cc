/** The way in to a proposal that was handed over: who may read it, and may do this with the text it is about. */
import type { Action } from '../../shared/access/can.ts';
import type { Refusal } from '../../shared/api/errors.ts';
import type { ProposalId } from '../../shared/ids.ts';
import { err, type Result } from '../../shared/result.ts';
import { enter } from '../documents/document-facts.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import { noSuchChange } from './notes.ts';
import { type Entered, enterProposal } from './proposal-facts.ts';

/** `adopt` settles its changes (PP11), `confirm_fate` answers what became of them (PP18). */
export async function enterHandedOver(
  records: Records,
  person: Person,
  id: ProposalId,
  action: Extract<Action, 'adopt' | 'confirm_fate'>,
): Promise<Result<Entered, Refusal>> {
  const entered = await enterProposal(records, person, id);
  if (!entered.ok) return entered;
  const allowed = await enter(records, person, entered.value.proposal.documentId, action);
  if (!allowed.ok) return allowed;
  return entered.value.proposal.state === 'handed_over' ? entered : err(noSuchChange);
}

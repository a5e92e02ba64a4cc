/**
 * Proposals at the end of a review: a return hands them over to the author, a withdrawal or an approval voids them. Their rooms
 * rest while that is decided, so that no letter comes in that is not in what was handed over.
 */
import type { CommandName } from '../../shared/document/lifecycle.ts';
import type { DocumentId, ProposalId } from '../../shared/ids.ts';
import { compareProposal } from '../../shared/proposals/changes.ts';
import type { TextAtRest } from '../rooms/rooms.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { baseOf } from './proposal-facts.ts';

export type ProposalsAtRest = ReadonlyMap<ProposalId, TextAtRest>;

const endings: readonly CommandName[] = ['return', 'withdraw', 'approve'];

/** Runs `work` while no open proposal of the document can be written; afterwards everybody's access is read anew. */
export async function withProposalsAtRest<T>(
  tools: UseCases,
  id: DocumentId,
  command: CommandName,
  work: (texts: ProposalsAtRest) => Promise<T>,
): Promise<T> {
  if (!endings.includes(command)) return work(new Map());
  const open = await openOnes(tools.storage.records, id);
  const freezeFrom = async (index: number, texts: ProposalsAtRest): Promise<T> => {
    const next = open[index];
    if (next === undefined) return work(texts);
    const { keys } = await baseOf(tools.storage.records, next);
    return tools.rooms.freeze(next.id, keys, command, (text) =>
      freezeFrom(index + 1, new Map([...texts, [next.id, text]])),
    );
  };
  const done = await freezeFrom(0, new Map());
  // One that was begun meanwhile has been closed with the others; its room did not rest.
  await refreshProposals(tools, id, command);
  return done;
}

/** Inside the transaction of the command: what becomes of the proposals that are open. One without a change is void. */
export async function closeProposals(
  records: Records,
  id: DocumentId,
  command: CommandName,
  at: string,
  texts: ProposalsAtRest,
): Promise<void> {
  if (!endings.includes(command)) return;
  for (const row of await openOnes(records, id)) {
    const changes = command === 'return' ? await countChanges(records, row, texts.get(row.id)) : 0;
    const ending = changes > 0 ? ({ state: 'handed_over', changes } as const) : ({ state: 'void' } as const);
    await records.proposal.update(row.id, { ...ending, closedAt: at });
  }
}

async function countChanges(records: Records, row: Row<'proposal'>, text: TextAtRest | undefined): Promise<number> {
  if (text === undefined) return 0;
  const { content } = await baseOf(records, row);
  return compareProposal(content, text.content).changes.length;
}

/** Reads everybody's access to a document's proposals anew, after a change of people or of the document's state. */
export async function refreshProposals(
  { storage, rooms }: Pick<UseCases, 'storage' | 'rooms'>,
  id: DocumentId,
  reason: string,
): Promise<void> {
  for (const row of await storage.records.proposal.find({ documentId: id })) await rooms.refresh(row.id, reason);
}

function openOnes(records: Records, id: DocumentId): Promise<Row<'proposal'>[]> {
  return records.proposal.find({ documentId: id, state: 'open' }, { by: 'id' });
}

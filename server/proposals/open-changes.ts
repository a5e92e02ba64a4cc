/**
 * Changes that were handed over and have no fate. Like remarks they must be answered before the text is submitted again; what
 * stays open takes an explanation, each its own or one for all that remain.
 */
import type { z } from 'zod';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { Change, changeExplanationsBody } from '../../shared/api/proposals.ts';
import type { DocumentId, ProposalId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type Document, enter } from '../documents/document-facts.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { UseCases } from '../use-cases.ts';
import { announceProposal } from './announce.ts';
import { keyOf, notesOf, writeFate } from './notes.ts';
import { readProposed } from './proposal-facts.ts';

/** The changes of every proposal that was handed over, the oldest first. Their texts have come to rest. */
export type HandedOver = readonly {
  readonly id: ProposalId;
  readonly round: number;
  readonly changes: readonly Change[];
}[];

export async function handedOver(
  tools: Pick<UseCases, 'storage' | 'rooms'>,
  documentId: DocumentId,
): Promise<HandedOver> {
  const rows = await tools.storage.records.proposal.find({ documentId, state: 'handed_over' }, { by: 'id' });
  return Promise.all(
    rows.map(async (row) => ({
      id: row.id,
      round: row.round,
      changes: (await readProposed(tools, row)).changes,
    })),
  );
}

/**
 * How many of them have no fate. The board asks it of every text: what was handed over does not change any more, so how many it
 * was stands with the proposal, and a fate is only ever given to one of them.
 */
export async function countOpenChanges(
  { storage, rooms }: Pick<UseCases, 'storage' | 'rooms'>,
  documentId: DocumentId,
): Promise<number> {
  const { records } = storage;
  let open = 0;
  for (const row of await records.proposal.find({ documentId, state: 'handed_over' }, { by: 'id' })) {
    const settled = (await records.changeFate.find({ proposalId: row.id })).filter(({ fate }) => fate !== 'open');
    const all = row.changes ?? (await readProposed({ storage, rooms }, row)).changes.length;
    open += all - settled.length;
  }
  return open;
}

export type OpenChange = { readonly key: string; readonly round: number; readonly change: Change };

/** Those of them the author still owes an answer. */
export async function openChanges(records: Records, proposals: HandedOver): Promise<OpenChange[]> {
  const open: OpenChange[] = [];
  for (const { id, round, changes } of proposals) {
    const notes = await notesOf(records, id, changes);
    for (const change of changes) {
      if ((notes.get(change.id)?.fate ?? 'open') === 'open')
        open.push({ key: keyOf(id, change, notes), round, change });
    }
  }
  return open;
}

/** Why a text cannot be submitted yet, or undefined when every change has its fate. */
export function unansweredChanges(open: readonly OpenChange[]): Refusal | undefined {
  if (open.length === 0) return undefined;
  return refusal('changes_open', 'changes without a fate', {
    changes: open.map(({ key, change }) => ({ key, change })),
  });
}

/** Explains open changes: some each in its words, all that remain in one sentence. All or none; how many it were. */
export async function explainChanges(
  tools: UseCases,
  person: Person,
  id: DocumentId,
  { each, rest }: z.output<typeof changeExplanationsBody>,
): Promise<Result<number, Refusal>> {
  const allowed = await enter(tools.storage.records, person, id, 'adopt');
  if (!allowed.ok) return allowed;
  const proposals = await handedOver(tools, id);
  const words = new Map(each.map((explanation) => [explanation.key, explanation.words]));
  const done = await tools.storage.transact(async (records): Promise<Result<[Document, number], Refusal>> => {
    const document = await enter(records, person, id, 'adopt');
    if (!document.ok) return document;
    const open = await openChanges(records, proposals);
    if ([...words.keys()].some((key) => !open.some((change) => change.key === key))) {
      return err(refusal('not_found', 'no such open change'));
    }
    let count = 0;
    for (const { key, round } of open) {
      const explanation = words.get(key) ?? rest;
      if (explanation === '') continue;
      count += 1;
      const where = { document: document.value, round };
      await writeFate(tools, records, person, where, key, { fate: 'explained', words: explanation });
    }
    return ok([document.value, count]);
  });
  if (!done.ok) return done;
  const [document, count] = done.value;
  announceProposal(tools, document);
  return ok(count);
}

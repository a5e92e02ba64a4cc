/**
 * What a reviewer had changed when the author withdrew the text: nobody received it. At the next submission it can be taken over
 * onto the new version.
 */
import type { Change, Unfinished } from '../../shared/api/proposals.ts';
import { type CarriedOver, carryOver } from '../../shared/proposals/carry-over.ts';
import type { Proposed } from '../../shared/proposals/changes.ts';
import type { Document } from '../documents/document-facts.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { baseOf, readProposed } from './proposal-facts.ts';

type Tools = Pick<UseCases, 'storage' | 'rooms'>;
type Found = { readonly row: Row<'proposal'>; readonly proposed: Proposed };

/**
 * This person's last proposal that changes anything, when it ended with a withdrawal and he has not begun one in this round.
 * What was handed over since, or voided by an approval, ends the offer.
 */
export async function findUnfinished(tools: Tools, { row }: Document, person: Person): Promise<Found | undefined> {
  const { records } = tools.storage;
  const mine = await records.proposal.find({ documentId: row.id, by: person.id }, { by: 'round', descending: true });
  if (mine[0]?.round === row.lifecycle.round) return undefined;
  for (const last of mine) {
    const proposed = await readProposed(tools, last);
    if (proposed.changes.length > 0) return (await wasWithdrawn(records, last)) ? { row: last, proposed } : undefined;
  }
  return undefined;
}

async function wasWithdrawn(records: Records, { documentId, round: number, state }: Row<'proposal'>): Promise<boolean> {
  const [round] = await records.round.find({ documentId, number });
  return state === 'void' && round?.outcome === 'withdrawn';
}

export async function describeUnfinished(records: Records, { row, proposed }: Found): Promise<Unfinished> {
  const { version } = await baseOf(records, row);
  return { id: row.id, round: row.round, versionNumber: version.number, changes: proposed.changes.length };
}

/** The text of a new proposal into which that one is taken over. */
export async function takeOver(tools: Tools, from: Row<'proposal'>, into: Row<'proposal'>): Promise<CarriedOver> {
  const { content } = await baseOf(tools.storage.records, into);
  return carryOver(await readProposed(tools, from), content);
}

/** What found no place when this proposal was begun with an earlier one's changes. Nobody but its reviewer is told. */
export async function leftBehind(tools: Tools, person: Person, row: Row<'proposal'>): Promise<readonly Change[]> {
  if (row.carriedFrom === null || row.by !== person.id || row.state !== 'open') return [];
  const from = await tools.storage.records.proposal.get(row.carriedFrom);
  if (from === undefined) throw new Error(`proposal ${row.carriedFrom} is gone`);
  return (await takeOver(tools, from, row)).left;
}

/** Proposals with what rules ask about them: their document, who may see them, the version they started from. */
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { Proposal } from '../../shared/api/proposals.ts';
import type { SectionContent } from '../../shared/document/content.ts';
import type { ProposalId } from '../../shared/ids.ts';
import { compareProposal, type Proposed } from '../../shared/proposals/changes.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { bodyKeys } from '../../shared/template/sections.ts';
import { type Document, enter, followsReview } from '../documents/document-facts.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';

/** The version a proposal started from, and the sections its text has: the version's, whatever became of the meeting since. */
export type Base = {
  readonly version: Row<'version'>;
  readonly content: readonly SectionContent[];
  readonly keys: readonly string[];
};

export async function baseOf(records: Records, { id, versionId }: Row<'proposal'>): Promise<Base> {
  const version = await records.version.get(versionId);
  if (version === undefined) throw new Error(`proposal ${id} has no version`);
  const { content, sections } = version.text;
  const keys = bodyKeys(sections);
  return {
    version,
    keys,
    content: keys.map((key) => content.find((section) => section.key === key) ?? { key, blocks: [] }),
  };
}

/** A proposal's text beside the version it started from. */
export async function readProposed(
  { storage, rooms }: Pick<UseCases, 'storage' | 'rooms'>,
  row: Row<'proposal'>,
): Promise<Proposed> {
  const base = await baseOf(storage.records, row);
  const { content } = await rooms.read(row.id, base.keys);
  return compareProposal(base.content, content);
}

/** A reviewer sees his own proposals; others see them when they were handed over, if they take part in the review. */
export function seesProposal(document: Document, person: Person, { by, state }: Row<'proposal'>): boolean {
  return by === person.id || (state === 'handed_over' && followsReview(document, person));
}

export type Entered = { readonly proposal: Row<'proposal'>; readonly document: Document };

/** The proposal, if this person may read it; one he may not read does not exist for him. */
export async function enterProposal(
  records: Records,
  person: Person,
  id: ProposalId,
): Promise<Result<Entered, Refusal>> {
  const proposal = await records.proposal.get(id);
  if (proposal === undefined) return err(refusal('not_found', 'no such proposal'));
  const document = await enter(records, person, proposal.documentId, 'read');
  if (!document.ok) return document;
  if (!seesProposal(document.value, person, proposal)) return err(refusal('not_found', 'no such proposal'));
  return ok({ proposal, document: document.value });
}

export async function describeProposal(records: Records, row: Row<'proposal'>): Promise<Proposal> {
  const version = await records.version.get(row.versionId);
  return {
    id: row.id,
    documentId: row.documentId,
    round: row.round,
    versionId: row.versionId,
    versionNumber: version?.number ?? 0,
    by: { id: row.by, name: (await records.person.get(row.by))?.name ?? '' },
    state: row.state,
    at: row.at,
    handedAt: row.state === 'handed_over' ? row.closedAt : null,
  };
}

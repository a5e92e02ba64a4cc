/**
 * Opening a proposal (审改), or going on with it: a room of the reviewer's own, seeded from the version in review, with the changes
 * of an earlier one when he takes them over. The seed is in
 * the journal before the proposal has a row, so that no room can be opened empty; a seed without a row is never found.
 */
import * as Y from 'yjs';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { Proposal } from '../../shared/api/proposals.ts';
import type { Block, SectionContent } from '../../shared/document/content.ts';
import { blockIdAttribute, rootOf, strongMark } from '../../shared/document/schema.ts';
import type { DocumentId, ProposalId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { instant } from '../clock.ts';
import { auditSubject } from '../documents/carry-out.ts';
import { type Document, enter } from '../documents/document-facts.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import { Conflict, type Journal, type Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { unsettled } from './notes.ts';
import { baseOf, describeProposal } from './proposal-facts.ts';
import { findUnfinished, takeOver } from './unfinished.ts';

export async function openProposal(
  tools: UseCases,
  person: Person,
  documentId: DocumentId,
  carry: ProposalId | null,
): Promise<Result<Proposal, Refusal>> {
  const { records } = tools.storage;
  const document = await enter(records, person, documentId, 'propose');
  if (!document.ok) return document;
  const found = await mine(records, document.value, person);
  if (found !== undefined) return ok(await describeProposal(records, found));
  const unfinished = carry === null ? undefined : await findUnfinished(tools, document.value, person);
  if (carry !== unfinished?.row.id && carry !== null) return err(refusal('not_found', 'nothing to take over'));
  const row = newProposal(tools, document.value, person, unfinished?.row.id ?? null);
  const begun = unfinished === undefined ? undefined : await takeOver(tools, unfinished.row, row);
  const content = begun?.content ?? (await baseOf(records, row)).content;
  await seed(tools.storage.journal, row.id, content, row.at);
  const kept = await keep(tools, person, row, begun?.placed ?? []);
  return kept.ok ? ok(await describeProposal(records, kept.value)) : kept;
}

async function mine(records: Records, { row }: Document, person: Person): Promise<Row<'proposal'> | undefined> {
  const { round } = row.lifecycle;
  const [found] = await records.proposal.find({ documentId: row.id, round, by: person.id });
  return found;
}

function newProposal(
  { newId, clock }: UseCases,
  { row }: Document,
  person: Person,
  carriedFrom: ProposalId | null,
): Row<'proposal'> {
  const { lifecycle } = row;
  if (lifecycle.state !== 'in_review') throw new Error('a proposal without a version in review');
  return {
    id: newId('prop'),
    documentId: row.id,
    round: lifecycle.round,
    versionId: lifecycle.versionId,
    by: person.id,
    state: 'open',
    at: instant(clock),
    closedAt: null,
    carriedFrom,
    changes: null,
  };
}

/**
 * The row, unless the review has ended meanwhile; another window's row wins. The reasons of what was taken over go along.
 */
async function keep(
  tools: UseCases,
  person: Person,
  row: Row<'proposal'>,
  placed: readonly string[],
): Promise<Result<Row<'proposal'>, Refusal>> {
  try {
    return await tools.storage.transact(async (records) => {
      const document = await enter(records, person, row.documentId, 'propose');
      if (!document.ok) return document;
      const { lifecycle } = document.value.row;
      if (lifecycle.state !== 'in_review' || lifecycle.versionId !== row.versionId) {
        return err(refusal('wrong_state', 'another version is in review', { state: lifecycle.state }));
      }
      await records.proposal.insert(row);
      if (row.carriedFrom !== null) await carryReasons(records, row.carriedFrom, row.id, placed);
      await tools.record(records, {
        act: 'propose',
        actor: person,
        subject: auditSubject(document.value),
        facts: { round: row.round, ...(row.carriedFrom === null ? {} : { carried: placed.length }) },
      });
      return ok(row);
    });
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    const { documentId, round, by } = row;
    const [found] = await tools.storage.records.proposal.find({ documentId, round, by });
    if (found === undefined) throw error;
    return ok(found);
  }
}

/** Under the ids the changes had: a change that is known by another id now is found beside it (PP10). */
async function carryReasons(
  records: Records,
  from: ProposalId,
  to: ProposalId,
  placed: readonly string[],
): Promise<void> {
  for (const { changeId, reason } of await records.changeFate.find({ proposalId: from }, { by: 'id' })) {
    if (reason === '' || !placed.includes(changeId)) continue;
    const key = { proposalId: to, changeId };
    await records.changeFate.insert({ ...unsettled(`${to}.${changeId}`, key), reason });
  }
}

/** The text as shared text, block ids included: by them its changes are found. */
async function seed(journal: Journal, id: ProposalId, content: readonly SectionContent[], at: string): Promise<void> {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const { key, blocks } of content) doc.getXmlFragment(rootOf(key)).insert(0, blocks.map(elementOf));
  });
  const update = Y.encodeStateAsUpdate(doc);
  const claims = [doc.clientID];
  doc.destroy();
  await journal.commit([{ documentId: id, update, writer: 'server', session: '', cause: 'seed', at, claims }]);
}

function elementOf({ id, kind, runs }: Block): Y.XmlElement {
  const element = new Y.XmlElement(kind);
  element.setAttribute(blockIdAttribute, id);
  const text = new Y.XmlText();
  text.applyDelta(runs.map((run) => ({ insert: run.text, attributes: run.strong ? { [strongMark]: {} } : {} })));
  element.insert(0, [text]);
  return element;
}

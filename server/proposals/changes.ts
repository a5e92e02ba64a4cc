/** The changes of proposals: listed, given reasons by their reviewer, and fates by the author. */

import type { z } from 'zod';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type {
  Change,
  ChangeNote,
  ChangesAnswer,
  changeFateBody,
  Inserted,
  ProposalsAnswer,
} from '../../shared/api/proposals.ts';
import { blockText, type SectionContent } from '../../shared/document/content.ts';
import type { DocumentId, ProposalId } from '../../shared/ids.ts';
import type { Proposed } from '../../shared/proposals/changes.ts';
import { wordsIn } from '../../shared/proposals/taken-words.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type Document, enter } from '../documents/document-facts.ts';
import { Names } from '../documents/names.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { announceProposal } from './announce.ts';
import { enterHandedOver } from './enter-handed-over.ts';
import { isTaken, proposedLetters, readInserted } from './inserted.ts';
import { keyOf, type Notes, noSuchChange, notesOf, parseKey, unsettled, writeFate } from './notes.ts';
import { describeProposal, type Entered, enterProposal, readProposed, seesProposal } from './proposal-facts.ts';
import { describeUnfinished, findUnfinished, leftBehind } from './unfinished.ts';
import { describeNote } from './view-note.ts';

/** The proposals this person may see, the oldest first; and what he may take over from one that was withdrawn from. */
export async function listProposals(
  tools: Pick<UseCases, 'storage' | 'rooms'>,
  person: Person,
  id: DocumentId,
): Promise<Result<ProposalsAnswer, Refusal>> {
  const { records } = tools.storage;
  const document = await enter(records, person, id, 'read');
  if (!document.ok) return document;
  const rows = await records.proposal.find({ documentId: id }, { by: 'id' });
  const seen = rows.filter((row) => seesProposal(document.value, person, row));
  const proposals = await Promise.all(seen.map((row) => describeProposal(records, row)));
  const proposes = (await enter(records, person, id, 'propose')).ok;
  const unfinished = proposes ? await findUnfinished(tools, document.value, person) : undefined;
  return ok({
    proposals,
    unfinished: unfinished === undefined ? null : await describeUnfinished(records, unfinished),
  });
}

type Read = { readonly proposed: Proposed; readonly notes: Notes };

async function read(tools: Pick<UseCases, 'storage' | 'rooms'>, row: Row<'proposal'>): Promise<Read> {
  const proposed = await readProposed(tools, row);
  return { proposed, notes: await notesOf(tools.storage.records, row.id, proposed.changes) };
}

/** The changes of one proposal with both texts, so that a page can bring each into a draft. */
export async function viewChanges(
  tools: Pick<UseCases, 'storage' | 'rooms'>,
  person: Person,
  id: ProposalId,
): Promise<Result<ChangesAnswer, Refusal>> {
  const { records } = tools.storage;
  const entered = await enterProposal(records, person, id);
  if (!entered.ok) return entered;
  const { proposed, notes } = await read(tools, entered.value.proposal);
  const names = new Names(records);
  return ok({
    proposal: await describeProposal(records, entered.value.proposal),
    base: [...proposed.base],
    text: [...proposed.text],
    left: [...(await leftBehind(tools, person, entered.value.proposal))],
    changes: await Promise.all(
      proposed.changes.map(async (change) => ({
        change,
        note: await describeNote(records, id, change.id, notes.get(change.id), names),
      })),
    ),
  });
}

/** A reviewer who changes more than that has written another text. */
const mostNotes = 2_000;

/** Why a change is proposed; the reviewer's, while he writes. The change itself may be on its way to the server still. */
export async function setReason(
  tools: UseCases,
  person: Person,
  key: string,
  reason: string,
): Promise<Result<ChangeNote, Refusal>> {
  const parsed = parseKey(key);
  if (parsed === undefined) return err(noSuchChange);
  const { proposalId, changeId } = parsed;
  const written = await tools.storage.transact(async (records): Promise<Result<Entered, Refusal>> => {
    const entered = await enterProposal(records, person, proposalId);
    if (!entered.ok) return entered;
    const { proposal, document } = entered.value;
    if (proposal.by !== person.id) return err(refusal('forbidden', 'reasons are the reviewer’s'));
    const open = await enter(records, person, proposal.documentId, 'propose');
    if (!open.ok) return open;
    if (proposal.state !== 'open') {
      return err(refusal('wrong_state', 'this proposal is closed', { state: document.row.lifecycle.state }));
    }
    const rows = await records.changeFate.find({ proposalId });
    if (rows.some(({ id }) => id === key)) await records.changeFate.update(key, { reason });
    else if (rows.length >= mostNotes) return err(refusal('too_large', 'too many reasons'));
    else await records.changeFate.insert({ ...unsettled(key, parsed), reason });
    return entered;
  });
  if (!written.ok) return written;
  // His other windows; nobody else knows of the proposal yet.
  tools.rooms.announce(proposalId, 'proposal', written.value.proposal.documentId);
  return ok(
    await describeNote(tools.storage.records, proposalId, changeId, await tools.storage.records.changeFate.get(key)),
  );
}

type FateBody = z.output<typeof changeFateBody>;

/** What became of a change: adopted, partly (edited before), declined or explained with words, or open again. */
export async function setChangeFate(
  tools: UseCases,
  person: Person,
  key: string,
  body: FateBody,
): Promise<Result<ChangeNote, Refusal>> {
  const parsed = parseKey(key);
  if (parsed === undefined) return err(noSuchChange);
  const { records } = tools.storage;
  const seen = await enterHandedOver(records, person, parsed.proposalId, 'adopt');
  if (!seen.ok) return seen;
  const { proposed, notes } = await read(tools, seen.value.proposal);
  const change = proposed.changes.find((one) => keyOf(parsed.proposalId, one, notes) === key);
  if (change === undefined) return err(noSuchChange);
  const letters = await judgeFate(tools, person, seen.value.document, change, body);
  if (!letters.ok) return letters;
  const written = await tools.storage.transact(async (inside): Promise<Result<Entered, Refusal>> => {
    const entered = await enterHandedOver(inside, person, parsed.proposalId, 'adopt');
    if (!entered.ok) return entered;
    if (await isTaken(inside, entered.value.document.row.id, key, body.inserted)) return err(noSuchLetters);
    const { document, proposal } = entered.value;
    await writeFate(tools, inside, person, { document, round: proposal.round }, key, body, letters.value);
    return entered;
  });
  if (!written.ok) return written;
  announceProposal(tools, written.value.document);
  return ok(await describeNote(records, parsed.proposalId, change.id, await records.changeFate.get(key)));
}

const noSuchLetters = refusal('adoption_not_found', 'these words do not stand in the text');

/** The letters that count as adopted with this fate, or why it is refused. */
async function judgeFate(
  tools: UseCases,
  person: Person,
  { row, bodyKeys }: Document,
  change: Change,
  { fate, words, inserted }: FateBody,
): Promise<Result<readonly Inserted[], Refusal>> {
  if (fate === 'declined' && words === '') return err(refusal('decline_needs_words', 'declining needs a word'));
  if (fate === 'explained' && words === '') return err(refusal('fate_needs_words', 'an explanation needs words'));
  if (fate === 'open' || fate === 'declined' || fate === 'explained') {
    return inserted.length > 0 ? err(refusal('invalid_request', 'nothing is put in by this')) : ok([]);
  }
  const letters = await readInserted(tools, row.id, bodyKeys, person.id, inserted);
  if (letters === undefined) return err(noSuchLetters);
  if (fate === 'adopted') {
    const { content } = await tools.rooms.read(row.id, bodyKeys);
    if (!stands(change, content)) return err(noSuchLetters);
  }
  return ok(proposedLetters(wordsIn(change), letters));
}

/** Whether the words that a change puts in stand in the text. */
function stands(change: Change, content: readonly SectionContent[]): boolean {
  const words = wordsIn(change);
  return words === '' || content.some(({ blocks }) => blocks.some((block) => blockText(block).includes(words)));
}

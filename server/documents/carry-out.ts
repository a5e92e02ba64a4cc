/**
 * The one way a document changes its state: the room is frozen, then, in a single transaction, rights and state are read
 * again, the transition is made, its round is kept, the epoch grows and the act enters the audit log. A failed transaction
 * leaves everything as it was. When the room thaws, everybody's access has been read anew.
 */

import type { DocumentView } from '../../shared/api/documents.ts';
import { type ErrorCode, type Refusal, refusal } from '../../shared/api/errors.ts';
import {
  type Command,
  type CommandName,
  type Lifecycle,
  type TransitionRefusal,
  transition,
} from '../../shared/document/lifecycle.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { instant } from '../clock.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import { closeProposals, type ProposalsAtRest, withProposalsAtRest } from '../proposals/closing.ts';
import type { TextAtRest } from '../rooms/rooms.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { Act, UseCases } from '../use-cases.ts';
import { type Document, documentLabel, enter, loadDocument } from './document-facts.ts';
import { describe } from './view-document.ts';

/** A moment inside the transaction: the document as it stands and the text at rest. */
export type Moment = {
  readonly records: Records;
  readonly document: Document;
  readonly text: TextAtRest;
  readonly at: string;
};

/** What a command brings along. */
export type Preparation = {
  readonly command: Command;
  /** Further facts for the audit log. */
  readonly facts?: Act['facts'];
  /** Writes what belongs to the new state, within the same transaction. */
  readonly keep?: (next: Lifecycle) => Promise<void>;
};

/** Work on the text at rest that may take longer than a transaction should. */
export type AtRest = (text: TextAtRest, bodyKeys: readonly string[]) => Promise<void>;

/** `again` when what was read on the text at rest is no longer so: the text rests anew, and everything is read once more. */
export type Prepare = (moment: Moment) => Promise<Result<Preparation, Refusal> | 'again'>;

/**
 * Carries out a command of this person and returns the document as he sees it afterwards. `atRest` runs before the
 * transaction, on the text that `prepare` will see.
 */
export async function carryOut(
  tools: UseCases,
  person: Person,
  id: DocumentId,
  name: CommandName,
  prepare: Prepare,
  atRest?: AtRest,
): Promise<Result<DocumentView, Refusal>> {
  for (;;) {
    const seen = await enter(tools.storage.records, person, id, name);
    if (!seen.ok) return seen;
    const { bodyKeys } = seen.value;
    const done = await tools.rooms.freeze(id, bodyKeys, name, async (text) => {
      await atRest?.(text, bodyKeys);
      return withProposalsAtRest(tools, id, name, (proposals) =>
        tools.storage.transact((records) => step(tools, records, person, id, name, text, bodyKeys, prepare, proposals)),
      );
    });
    if (done === 'again') continue;
    if (!done.ok) return done;
    announce(tools, done.value);
    return ok(await describeAfter(tools, id, person));
  }
}

async function step(
  tools: UseCases,
  records: Records,
  person: Person,
  id: DocumentId,
  name: CommandName,
  text: TextAtRest,
  bodyKeys: readonly string[],
  prepare: Prepare,
  proposals: ProposalsAtRest,
): Promise<Result<Document, Refusal> | 'again'> {
  const entered = await enter(records, person, id, name);
  if (!entered.ok) return entered;
  const document = entered.value;
  // The meeting's settings changed the document's sections in between: the text at rest is not the whole text.
  if (document.bodyKeys.join() !== bodyKeys.join()) return 'again';
  const at = instant(tools.clock);
  const prepared = await prepare({ records, document, text, at });
  if (prepared === 'again' || !prepared.ok) return prepared;
  const next = transition(document.row.lifecycle, prepared.value.command, person.id, at);
  if (!next.ok) return err(refusalOf(next.error));
  await records.document.update(id, { lifecycle: next.value, epoch: document.row.epoch + 1, since: at });
  await prepared.value.keep?.(next.value);
  await closeProposals(records, id, name, at, proposals);
  await tools.record(records, {
    act: name,
    actor: person,
    subject: auditSubject(document),
    facts: { round: next.value.round, ...prepared.value.facts },
  });
  return ok(document);
}

/** A document as the audit log names it. */
export function auditSubject(document: Document): string {
  return document.meeting.row.title + documentLabel(document);
}

function refusalOf(refused: TransitionRefusal): Refusal {
  const code: ErrorCode = refused.code;
  const details = refused.code === 'wrong_state' ? { state: refused.state } : { current: refused.current };
  return refusal(code, 'the document is not in the state for this', details);
}

/** The round that stands behind the document's state. */
export async function currentRound(records: Records, document: Document): Promise<Row<'round'>> {
  const { round: number } = document.row.lifecycle;
  const [round] = await records.round.find({ documentId: document.row.id, number });
  if (round === undefined) throw new Error(`document ${document.row.id} has no round ${number}`);
  return round;
}

function announce({ changes, rooms }: UseCases, { row }: Document): void {
  const where = { meetingId: row.meetingId, documentId: row.id };
  changes.publish({ topic: 'document', id: row.id, ...where });
  changes.publish({ topic: 'versions', id: row.id, ...where });
  changes.publish({ topic: 'meeting', id: row.meetingId, ...where });
  rooms.announce(row.id, 'document', row.id);
  rooms.announce(row.id, 'versions', row.id);
}

async function describeAfter(tools: UseCases, id: DocumentId, person: Person): Promise<DocumentView> {
  const document = await loadDocument(tools.storage.records, id);
  if (document === undefined) throw new Error(`document ${id} is gone after a change of its state`);
  return describe(tools.storage.records, document, person);
}

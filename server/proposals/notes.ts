/** What was said about the changes of a proposal, as rows: which row belongs to which change, and how a fate is written. */
import { refusal } from '../../shared/api/errors.ts';
import type { ChangeFate } from '../../shared/api/fates.ts';
import type { Change, Inserted } from '../../shared/api/proposals.ts';
import { isId, type ProposalId } from '../../shared/ids.ts';
import { changeIdPattern, notedIds } from '../../shared/proposals/notes.ts';
import { instant } from '../clock.ts';
import { auditSubject } from '../documents/carry-out.ts';
import { keepStep } from '../documents/fate-steps.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { withLetters } from './inserted.ts';
import type { Entered } from './proposal-facts.ts';

export const noSuchChange = refusal('not_found', 'no such change');

/** A change of which nothing became yet, or which was opened again. */
export const openFate = { fate: 'open', words: '', by: null, at: null, confirmedBy: null, confirmedAt: null } as const;

export type Key = { readonly proposalId: ProposalId; readonly changeId: string };

/** `<proposal>.<change>`; undefined for anything else. */
export function parseKey(key: string): Key | undefined {
  const dot = key.indexOf('.');
  const [proposalId, changeId] = [key.slice(0, dot), key.slice(dot + 1)];
  return isId('prop', proposalId) && changeIdPattern.test(changeId) ? { proposalId, changeId } : undefined;
}

export type Notes = ReadonlyMap<string, Row<'changeFate'>>;

/** For each change of a proposal the row of what was said about it, where something was. */
export async function notesOf(records: Records, id: ProposalId, changes: readonly Change[]): Promise<Notes> {
  const rows = await records.changeFate.find({ proposalId: id }, { by: 'id' });
  const byChange = new Map(rows.map((note) => [note.changeId, note]));
  const notes = new Map<string, Row<'changeFate'>>();
  for (const [changeId, noted] of notedIds(changes, [...byChange.keys()])) {
    const note = byChange.get(noted);
    if (note !== undefined) notes.set(changeId, note);
  }
  return notes;
}

/** The key of a change: the one under which something was said about it, or its own. */
export function keyOf(id: ProposalId, change: Change, notes: Notes): string {
  return notes.get(change.id)?.id ?? `${id}.${change.id}`;
}

export function unsettled(id: string, { proposalId, changeId }: Key): Row<'changeFate'> {
  return { id, proposalId, changeId, reason: '', ...openFate, inserted: [] };
}

/**
 * Writes a fate, with its step and its entry in the audit log, within the caller's transaction. `letters` are what was adopted
 * with it. A confirmation does not outlive it.
 */
export async function writeFate(
  tools: UseCases,
  records: Records,
  person: Person,
  { document, round }: Pick<Entered, 'document'> & { readonly round: number },
  key: string,
  { fate, words }: { readonly fate: ChangeFate; readonly words: string },
  letters: readonly Inserted[] = [],
): Promise<void> {
  const parsed = parseKey(key);
  if (parsed === undefined) throw new Error(`no key of a change: ${key}`);
  const open = fate === 'open';
  const known = await records.changeFate.get(key);
  const changes = {
    fate,
    words: open ? '' : words,
    by: open ? null : person.id,
    at: open ? null : instant(tools.clock),
    confirmedBy: null,
    confirmedAt: null,
    inserted: withLetters(known?.inserted ?? [], letters),
  };
  if (known !== undefined) await records.changeFate.update(key, changes);
  else await records.changeFate.insert({ ...unsettled(key, parsed), ...changes });
  await keepStep(tools, records, document, person, key, { act: 'set', fate, words: changes.words });
  const subject = auditSubject(document);
  await tools.record(records, { act: 'change_fate', actor: person, subject, facts: { fate, round } });
}

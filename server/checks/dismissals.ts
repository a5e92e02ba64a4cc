/**
 * Questions put aside. A row holds as long as the text it rests on is the same; a changed passage has another hash and is
 * asked again, and the old row stays as a trace of what was said.
 */
import type { Confirmation, Dismissal } from '../../shared/api/checks.ts';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import { type Hit, type HitName, sameHit } from '../../shared/checks/check.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { instant } from '../clock.ts';
import type { Moment } from '../documents/carry-out.ts';
import { type Document, documentLabel, enter } from '../documents/document-facts.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { checkDocument, dismissalFor, findLikeness, hitName } from './check-document.ts';

/** Puts a question of the text as it stands aside with a reason; `null` takes that back. The author's act alone. */
export async function dismiss(
  tools: UseCases,
  person: Person,
  id: DocumentId,
  name: HitName,
  reason: string | null,
): Promise<Result<Dismissal[], Refusal>> {
  const { storage, rooms } = tools;
  const entered = await enter(storage.records, person, id, 'write');
  if (!entered.ok) return entered;
  const { content } = await rooms.read(id, entered.value.bodyKeys);
  const likeness = await findLikeness(tools, person, id);
  const written = await storage.transact(async (records): Promise<Result<undefined, Refusal>> => {
    const document = await enter(records, person, id, 'write');
    if (!document.ok) return document;
    const checked = await checkDocument(records, document.value, content, { person, likeness });
    const hit = checked.hits.find((each) => sameHit(each, name));
    if (hit === undefined) return err(refusal('passage_changed', 'this is not asked of the text as it stands'));
    if (hit.severity === 'block') return err(refusal('forbidden', 'what stops a submission cannot be put aside'));
    const before = dismissalFor(hit, checked.dismissals);
    if (before !== undefined) await records.dismissal.remove(before.id);
    if (reason !== null) await records.dismissal.insert(newRow(tools, id, person, hit, reason, false));
    else if (before === undefined) return ok(undefined);
    await tools.record(records, {
      act: reason === null ? 'check_resumed' : 'check_dismissed',
      actor: person,
      subject: documentLabel(document.value),
      facts: { rule: hit.rule },
    });
    return ok(undefined);
  });
  if (!written.ok) return written;
  tell(tools, entered.value);
  return ok(await listDismissals(storage.records, id));
}

/** Keeps what the author has confirmed with his submission, within its transaction; the log is told the rules, not the words. */
export async function keepConfirmations(
  tools: UseCases,
  { records, document, at }: Moment,
  person: Person,
  asked: readonly Hit[],
  confirmed: readonly Confirmation[],
): Promise<void> {
  const kept: Hit[] = [];
  for (const hit of asked) {
    const confirmation = confirmed.find((each) => sameHit(each, hit));
    if (confirmation === undefined || kept.some((each) => sameHit(each, hit))) continue;
    kept.push(hit);
    const row = newRow(tools, document.row.id, person, hit, confirmation.reason, true);
    await records.dismissal.insert({ ...row, at });
  }
  if (kept.length === 0) return;
  await tools.record(records, {
    act: 'checks_confirmed',
    actor: person,
    subject: documentLabel(document),
    facts: { rules: kept.map(({ rule }) => rule).join(' ') },
  });
}

/** The dismissals of a document, the oldest first, with names. */
export async function listDismissals(records: Records, id: DocumentId): Promise<Dismissal[]> {
  const rows = await records.dismissal.find({ documentId: id }, { by: 'id' });
  return Promise.all(rows.map((row) => describeDismissal(records, row)));
}

export async function describeDismissal(records: Records, row: Row<'dismissal'>): Promise<Dismissal> {
  const { reason, confirmed, by, at } = row;
  return { ...hitName(row), reason, confirmed, by: (await records.person.get(by))?.name ?? '', at };
}

function newRow(
  { newId, clock }: UseCases,
  documentId: DocumentId,
  person: Person,
  { rule, blockId, hash }: Hit,
  reason: string,
  confirmed: boolean,
): Row<'dismissal'> {
  const id = newId('dis');
  return { id, documentId, rule, blockId: blockId ?? '', hash, reason, confirmed, by: person.id, at: instant(clock) };
}

/** Other pages of the text look again. */
function tell({ changes, rooms }: UseCases, { row }: Document): void {
  rooms.announce(row.id, 'document', row.id);
  changes.publish({ topic: 'document', id: row.id, meetingId: row.meetingId, documentId: row.id });
}

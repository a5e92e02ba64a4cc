/**
 * What becomes of a remark (处理结果): the author says it, the reviewer agrees or opens the remark again, and every step is
 * kept. Praise needs none; nothing else may be left without one when a text is submitted again.
 */
import type { z } from 'zod';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { Fate } from '../../shared/api/fates.ts';
import { type explanationsBody, isOpen, type Remark, type remarkConfirmationBody } from '../../shared/api/remarks.ts';
import type { DocumentId, RemarkId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { instant } from '../clock.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { auditSubject } from './carry-out.ts';
import { type Document, enter } from './document-facts.ts';
import { keepStep, refuseUnseen } from './fate-steps.ts';
import { changeRemark, tell } from './remarks.ts';
import { describeRemarks } from './view-remark.ts';

/** The remarks the author still owes an answer. */
export async function openRemarks(records: Records, id: DocumentId): Promise<Row<'remark'>[]> {
  return (await records.remark.find({ documentId: id, fate: 'open' }, { by: 'id' })).filter(isOpen);
}

/** Why a text cannot be submitted yet, or undefined when every remark has its fate. */
export function unanswered(open: readonly Row<'remark'>[]): Refusal | undefined {
  if (open.length === 0) return undefined;
  const remarks = open.map(({ id, quote, words }) => ({ id, quote, words }));
  return refusal('remarks_open', 'remarks without a fate', { remarks });
}

/** What became of a remark: adopted, partly, explained (with words), or open again. A confirmation does not outlive it. */
export async function setFate(
  tools: UseCases,
  person: Person,
  id: RemarkId,
  fate: Fate,
  words: string,
): Promise<Result<Remark, Refusal>> {
  return changeRemark(tools, person, id, 'set_fate', async (records, document) => {
    if (fate === 'explained' && words === '') return err(refusal('fate_needs_words', 'an explanation needs words'));
    await keepFate(tools, records, document, person, id, fate, words);
    return ok(undefined);
  });
}

async function keepFate(
  tools: UseCases,
  records: Records,
  document: Document,
  person: Person,
  id: RemarkId,
  fate: Fate,
  words: string,
): Promise<void> {
  const open = fate === 'open';
  const kept = open ? '' : words;
  await records.remark.update(id, {
    fate,
    fateWords: kept,
    fateBy: open ? null : person.id,
    fateAt: open ? null : instant(tools.clock),
    confirmedBy: null,
    confirmedAt: null,
  });
  await keepStep(tools, records, document, person, id, { act: 'set', fate, words: kept });
  await tools.record(records, { act: 'fate', actor: person, subject: auditSubject(document), facts: { fate } });
}

/** The reviewer agrees with the fate, or opens the remark again: then it counts as one without a fate. */
export async function confirmFate(
  tools: UseCases,
  person: Person,
  id: RemarkId,
  { confirmed, words, seen }: z.output<typeof remarkConfirmationBody>,
): Promise<Result<Remark, Refusal>> {
  return changeRemark(tools, person, id, 'confirm_fate', async (records, document, { fate }) => {
    const refused = await refuseUnseen(records, id, fate, seen);
    if (refused !== undefined) return err(refused);
    const at = instant(tools.clock);
    await records.remark.update(
      id,
      confirmed
        ? { confirmedBy: person.id, confirmedAt: at }
        : { fate: 'open', fateWords: '', fateBy: null, fateAt: null, confirmedBy: null, confirmedAt: null },
    );
    const act = confirmed ? 'confirm' : 'reopen';
    await keepStep(tools, records, document, person, id, { act, fate, words });
    await tools.record(records, {
      act: confirmed ? 'fate_confirmed' : 'fate_reopened',
      actor: person,
      subject: auditSubject(document),
      facts: { fate },
    });
    return ok(undefined);
  });
}

/** Explains several remarks at once: some each in its words, all that remain open in one sentence. All or none. */
export async function explainRemarks(
  tools: UseCases,
  person: Person,
  id: DocumentId,
  { each, rest }: z.output<typeof explanationsBody>,
): Promise<Result<Remark[], Refusal>> {
  const words = new Map(each.map((explanation) => [explanation.remarkId, explanation.words]));
  const done = await tools.storage.transact(async (records): Promise<Result<Document, Refusal>> => {
    const document = await enter(records, person, id, 'set_fate');
    if (!document.ok) return document;
    const open = await openRemarks(records, id);
    if ([...words.keys()].some((remark) => !open.some((row) => row.id === remark))) {
      return err(refusal('not_found', 'no such open remark'));
    }
    for (const row of open) {
      const explanation = words.get(row.id) ?? rest;
      if (explanation !== '') await keepFate(tools, records, document.value, person, row.id, 'explained', explanation);
    }
    return document;
  });
  if (!done.ok) return done;
  tell(tools, done.value);
  return ok(await describeRemarks(tools, done.value));
}

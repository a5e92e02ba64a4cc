/**
 * Remarks (批注): threads in SQL, anchored by a mark in the text. The row is the truth and is written first; a mark that could
 * not be written, or that the author's edits removed, leaves a thread that is shown as detached, never a thread lost.
 */
import type { z } from 'zod';
import type { Action } from '../../shared/access/can.ts';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { AnchorBody, createRemarkBody, Remark } from '../../shared/api/remarks.ts';
import type { DocumentId, RemarkId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { instant } from '../clock.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { attach, type Context, locate } from './anchor.ts';
import { auditSubject } from './carry-out.ts';
import { type Document, enter, readsRemarks } from './document-facts.ts';
import { reattach } from './reattach.ts';
import { describeRemark, describeRemarks } from './view-remark.ts';

/** The threads of a document, the oldest first; none for readers who have no part in the review. */
export async function listRemarks(tools: UseCases, person: Person, id: DocumentId): Promise<Result<Remark[], Refusal>> {
  const document = await enter(tools.storage.records, person, id, 'read');
  if (!document.ok) return document;
  if (!readsRemarks(document.value, person)) return ok([]);
  if (tools.rooms.isCalm(id) && (await reattach(tools, document.value, 'lost'))) tell(tools, document.value);
  return ok(await describeRemarks(tools, document.value));
}

/** Writes a remark over words of the text as it stands now. */
export async function createRemark(
  tools: UseCases,
  person: Person,
  id: DocumentId,
  { anchor, ...written }: z.output<typeof createRemarkBody>,
): Promise<Result<Remark, Refusal>> {
  const { storage, rooms } = tools;
  const entered = await enter(storage.records, person, id, 'remark');
  if (!entered.ok) return entered;
  const { content } = await rooms.read(id, entered.value.bodyKeys);
  const context = locate(content, anchor);
  if (context === undefined) return err(refusal('anchor_not_found', 'these words do not stand there'));
  const kept = await storage.transact(async (records): Promise<Result<Row<'remark'>, Refusal>> => {
    const document = await enter(records, person, id, 'remark');
    if (!document.ok) return document;
    const row = newRemark(tools, document.value, person, { ...anchor, ...context }, written);
    await records.remark.insert(row);
    await tools.record(records, { act: 'remark', actor: person, subject: auditSubject(document.value) });
    return ok(row);
  });
  if (!kept.ok) return kept;
  await mark(tools, anchor, kept.value);
  tell(tools, entered.value);
  return ok(await describeRemark(tools, entered.value, kept.value.id));
}

function newRemark(
  { clock, newId }: UseCases,
  document: Document,
  person: Person,
  { sectionKey, blockId, quote, before, after }: AnchorBody & Context,
  { words, kind, basis }: Omit<z.output<typeof createRemarkBody>, 'anchor'>,
): Row<'remark'> {
  return {
    id: newId('rmk'),
    documentId: document.row.id,
    round: document.row.lifecycle.round,
    sectionKey,
    blockId,
    quote,
    before,
    after,
    words,
    by: person.id,
    at: instant(clock),
    fate: 'open',
    fateWords: '',
    fateBy: null,
    fateAt: null,
    kind,
    basis,
    confirmedBy: null,
    confirmedAt: null,
  };
}

/** The room learns the new id first, so that editors may carry the mark; then the mark is written. */
async function mark({ rooms, log }: UseCases, anchor: AnchorBody, row: Row<'remark'>): Promise<void> {
  try {
    await rooms.refresh(row.documentId, 'remark');
    await rooms.writeAsServer(row.documentId, (doc) => attach(doc, anchor, row.id));
  } catch (error) {
    // The thread is kept; it shows as detached.
    log.error({ err: error, remarkId: row.id }, 'the anchor of a remark was not written');
  }
}

export async function reply(
  tools: UseCases,
  person: Person,
  id: RemarkId,
  words: string,
): Promise<Result<Remark, Refusal>> {
  return changeRemark(tools, person, id, 'reply', async (records, document) => {
    await records.reply.insert({
      id: tools.newId('rpl'),
      remarkId: id,
      words,
      by: person.id,
      at: instant(tools.clock),
    });
    await tools.record(records, { act: 'reply', actor: person, subject: auditSubject(document) });
    return ok(undefined);
  });
}

type Write = (records: Records, document: Document, row: Row<'remark'>) => Promise<Result<undefined, Refusal>>;

/** Changes a thread in a transaction, if this person may do this to it, and tells everybody. */
export async function changeRemark(
  tools: UseCases,
  person: Person,
  id: RemarkId,
  action: Action,
  write: Write,
): Promise<Result<Remark, Refusal>> {
  const changed = await tools.storage.transact(async (records): Promise<Result<Document, Refusal>> => {
    const row = await records.remark.get(id);
    if (row === undefined) return err(refusal('not_found', 'no such remark'));
    const document = await enter(records, person, row.documentId, action);
    if (!document.ok) return document;
    const written = await write(records, document.value, row);
    return written.ok ? document : written;
  });
  if (!changed.ok) return changed;
  tell(tools, changed.value);
  return ok(await describeRemark(tools, changed.value, id));
}

/** Everybody looks at the remarks of this document again. */
export function tell({ changes, rooms }: UseCases, { row }: Document): void {
  changes.publish({ topic: 'remarks', id: row.id, meetingId: row.meetingId, documentId: row.id });
  rooms.announce(row.id, 'remarks', row.id);
}

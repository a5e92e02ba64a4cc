/**
 * Remarks (批注): threads in SQL, anchored by a mark in the text. The row is the truth and is written first; a mark that could
 * not be written, or that the author's edits removed, leaves a thread that is shown as detached, never a thread lost.
 */

import type { Action } from '../../shared/access/can.ts';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { AnchorBody, Fate, Remark } from '../../shared/api/remarks.ts';
import type { DocumentId, RemarkId, UserId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { instant } from '../clock.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { attach, attachedRemarks, locate } from './anchor.ts';
import { auditSubject } from './carry-out.ts';
import { type Document, enter, readsRemarks } from './document-facts.ts';

/** The threads of a document, the oldest first; none for readers who have no part in the review. */
export async function listRemarks(tools: UseCases, person: Person, id: DocumentId): Promise<Result<Remark[], Refusal>> {
  const document = await enter(tools.storage.records, person, id, 'read');
  if (!document.ok) return document;
  if (!readsRemarks(document.value, person)) return ok([]);
  const rows = await tools.storage.records.remark.find({ documentId: id }, { by: 'id' });
  if (rows.length === 0) return ok([]);
  const attached = await readAttached(tools, document.value);
  const names = new Names(tools.storage.records);
  const remarks: Remark[] = [];
  for (const row of rows) remarks.push(await describe(tools.storage.records, names, row, attached));
  return ok(remarks);
}

/** Writes a remark over words of the text as it stands now. */
export async function createRemark(
  tools: UseCases,
  person: Person,
  id: DocumentId,
  anchor: AnchorBody,
  words: string,
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
    const row = newRemark(tools, document.value, person, anchor, context, words);
    await records.remark.insert(row);
    await tools.record(records, { act: 'remark', actor: person, subject: auditSubject(document.value) });
    return ok(row);
  });
  if (!kept.ok) return kept;
  await mark(tools, anchor, kept.value);
  tell(tools, entered.value);
  return ok(await describeOne(tools, entered.value, kept.value.id));
}

function newRemark(
  { clock, newId }: UseCases,
  document: Document,
  person: Person,
  { sectionKey, blockId, quote }: AnchorBody,
  { before, after }: { readonly before: string; readonly after: string },
  words: string,
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
  return change(tools, person, id, 'reply', async (records, document) => {
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

/** What became of a remark: adopted, partly, explained (with words), or open again. */
export async function setFate(
  tools: UseCases,
  person: Person,
  id: RemarkId,
  fate: Fate,
  words: string,
): Promise<Result<Remark, Refusal>> {
  return change(tools, person, id, 'set_fate', async (records, document) => {
    if (fate === 'explained' && words === '') return err(refusal('fate_needs_words', 'an explanation needs words'));
    const open = fate === 'open';
    await records.remark.update(id, {
      fate,
      fateWords: open ? '' : words,
      fateBy: open ? null : person.id,
      fateAt: open ? null : instant(tools.clock),
    });
    await tools.record(records, { act: 'fate', actor: person, subject: auditSubject(document), facts: { fate } });
    return ok(undefined);
  });
}

type Write = (records: Records, document: Document) => Promise<Result<undefined, Refusal>>;

async function change(
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
    const written = await write(records, document.value);
    return written.ok ? document : written;
  });
  if (!changed.ok) return changed;
  tell(tools, changed.value);
  return ok(await describeOne(tools, changed.value, id));
}

function tell({ changes, rooms }: UseCases, { row }: Document): void {
  changes.publish({ topic: 'remarks', id: row.id, meetingId: row.meetingId, documentId: row.id });
  rooms.announce(row.id, 'remarks', row.id);
}

/** Which marks stand in the live text. When it cannot be read, quotes are shown without a place, and nothing is lost. */
async function readAttached({ rooms, log }: UseCases, document: Document): Promise<ReadonlySet<string>> {
  try {
    return await rooms.look(document.row.id, document.bodyKeys, (doc) => attachedRemarks(doc, document.bodyKeys));
  } catch (error) {
    log.warn({ err: error, documentId: document.row.id }, 'anchors could not be read');
    return new Set();
  }
}

async function describeOne(tools: UseCases, document: Document, id: RemarkId): Promise<Remark> {
  const { records } = tools.storage;
  const row = await records.remark.get(id);
  if (row === undefined) throw new Error(`remark ${id} is gone`);
  return describe(records, new Names(records), row, await readAttached(tools, document));
}

async function describe(
  records: Records,
  names: Names,
  row: Row<'remark'>,
  attached: ReadonlySet<string>,
): Promise<Remark> {
  const replies = await records.reply.find({ remarkId: row.id }, { by: 'id' });
  return {
    ...row,
    by: await names.of(row.by),
    fateBy: row.fateBy === null ? null : await names.of(row.fateBy),
    attached: attached.has(row.id),
    replies: await Promise.all(
      replies.map(async ({ id, words, by, at }) => ({ id, words, by: await names.of(by), at })),
    ),
  };
}

/** Names of accounts, each read once. */
class Names {
  readonly #records: Records;
  readonly #known = new Map<UserId, { readonly id: UserId; readonly name: string }>();

  constructor(records: Records) {
    this.#records = records;
  }

  async of(id: UserId): Promise<{ id: UserId; name: string }> {
    const known = this.#known.get(id) ?? { id, name: (await this.#records.person.get(id))?.name ?? '' };
    this.#known.set(id, known);
    return known;
  }
}

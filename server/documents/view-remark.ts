/** Remarks as pages show them: the thread, its history, and the words it stands on now. */
import type { Remark } from '../../shared/api/remarks.ts';
import type { RemarkId } from '../../shared/ids.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { UseCases } from '../use-cases.ts';
import { type Standing, standingRemarks } from './anchor.ts';
import type { Document } from './document-facts.ts';
import { describeSteps } from './fate-steps.ts';
import { Names } from './names.ts';

/** The threads of a document this reader is known to be allowed to see, the oldest first. */
export async function describeRemarks(tools: UseCases, document: Document): Promise<Remark[]> {
  const { records } = tools.storage;
  const rows = await records.remark.find({ documentId: document.row.id }, { by: 'id' });
  if (rows.length === 0) return [];
  const standing = await readStanding(tools, document);
  const names = new Names(records);
  const remarks: Remark[] = [];
  for (const row of rows) remarks.push(await describe(records, names, row, standing.get(row.id)));
  return remarks;
}

export async function describeRemark(tools: UseCases, document: Document, id: RemarkId): Promise<Remark> {
  const { records } = tools.storage;
  const row = await records.remark.get(id);
  if (row === undefined) throw new Error(`remark ${id} is gone`);
  return describe(records, new Names(records), row, (await readStanding(tools, document)).get(id));
}

/** Where the marks stand in the live text. When it cannot be read, quotes are shown without a place, and nothing is lost. */
export async function readStanding(
  { rooms, log }: Pick<UseCases, 'rooms' | 'log'>,
  { row, bodyKeys }: Document,
): Promise<ReadonlyMap<string, Standing>> {
  try {
    return await rooms.look(row.id, bodyKeys, (doc) => standingRemarks(doc, bodyKeys));
  } catch (error) {
    log.warn({ err: error, documentId: row.id }, 'anchors could not be read');
    return new Map();
  }
}

async function describe(
  records: Records,
  names: Names,
  row: Row<'remark'>,
  standing: Standing | undefined,
): Promise<Remark> {
  const replies = await records.reply.find({ remarkId: row.id }, { by: 'id' });
  const place = await records.place.get(row.id);
  return {
    ...row,
    by: await names.of(row.by),
    fateBy: await names.perhaps(row.fateBy),
    confirmedBy: await names.perhaps(row.confirmedBy),
    standing: standing ?? null,
    attached: standing !== undefined,
    likened: standing !== undefined && place?.found === 'likeness',
    replies: await Promise.all(
      replies.map(async ({ id, words, by, at }) => ({ id, words, by: await names.of(by), at })),
    ),
    history: await describeSteps(records, names, row.id),
  };
}

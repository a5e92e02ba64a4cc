/**
 * Earlier years: the approved texts of the same author in earlier meetings, five at most; of the team material those of the same
 * unit. The latest first.
 */
import { loadMeeting } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import { type Document, documentIn } from './document-facts.ts';

export type EarlierText = { readonly document: Document; readonly version: Row<'version'> };

/** So many earlier years are looked at, the latest. */
const mostYears = 5;

/** Whoever asks: whether this reader may read one is asked of each with `readsVersion`. */
export async function earlierTexts(records: Records, document: Document): Promise<EarlierText[]> {
  const found: EarlierText[] = [];
  for (const row of await earlierRows(records, document)) {
    if (found.length === mostYears) break;
    const { lifecycle } = row;
    if (lifecycle.state !== 'approved' && lifecycle.state !== 'filed') continue;
    const version = await records.version.get(lifecycle.versionId);
    const meeting = await loadMeeting(records, row.meetingId);
    if (version === undefined || meeting === undefined) continue;
    found.push({ document: documentIn(meeting, row), version });
  }
  return found;
}

/** The rows of earlier meetings, the latest first. */
async function earlierRows(records: Records, { row, meeting }: Document): Promise<Row<'document'>[]> {
  const found: { readonly row: Row<'document'>; readonly in: Row<'meeting'> }[] = [];
  if (row.ownerId === null) {
    for (const other of await records.meeting.find({ unitId: meeting.row.unitId })) {
      if (!isEarlier(other, meeting.row)) continue;
      const [material] = await records.document.find({ meetingId: other.id, kind: 'team' });
      if (material !== undefined) found.push({ row: material, in: other });
    }
  } else {
    for (const outline of await records.document.find({ ownerId: row.ownerId, kind: 'outline' })) {
      const other = await records.meeting.get(outline.meetingId);
      if (other !== undefined && isEarlier(other, meeting.row)) found.push({ row: outline, in: other });
    }
  }
  return found.sort((a, b) => (isEarlier(a.in, b.in) ? 1 : -1)).map((each) => each.row);
}

/** Meetings of one year are told apart by their ids, which grow. */
function isEarlier(one: Row<'meeting'>, other: Row<'meeting'>): boolean {
  return one.year < other.year || (one.year === other.year && one.id < other.id);
}

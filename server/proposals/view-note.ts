/** What was said about a change as pages show it: the reason, the fate, whether the reviewer agrees, and every step. */
import type { ChangeNote } from '../../shared/api/proposals.ts';
import type { ProposalId } from '../../shared/ids.ts';
import { describeSteps } from '../documents/fate-steps.ts';
import { Names } from '../documents/names.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';

/** `row` is undefined as long as nothing was said. */
export async function describeNote(
  records: Records,
  proposal: ProposalId,
  changeId: string,
  row: Row<'changeFate'> | undefined,
  names = new Names(records),
): Promise<ChangeNote> {
  return {
    key: row?.id ?? `${proposal}.${changeId}`,
    reason: row?.reason ?? '',
    fate: row?.fate ?? 'open',
    words: row?.words ?? '',
    by: await names.perhaps(row?.by ?? null),
    at: row?.at ?? null,
    confirmedBy: await names.perhaps(row?.confirmedBy ?? null),
    history: row === undefined ? [] : await describeSteps(records, names, row.id),
  };
}

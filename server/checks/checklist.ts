/**
 * 审阅清单: the lines a reviewer has ticked for a version. They are his own: nobody else is told of them, and they say nothing about
 * the text.
 */
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import { type ChecklistLine, checklistLines } from '../../shared/checks/checklist.ts';
import type { DocumentId, VersionId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { instant } from '../clock.ts';
import { type Document, enter } from '../documents/document-facts.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import type { Records } from '../storage/storage.ts';
import type { UseCases } from '../use-cases.ts';

/** The person's own ticks on the version in review; none while none is. */
export async function ticksOf(records: Records, { row }: Document, person: Person): Promise<readonly ChecklistLine[]> {
  if (row.lifecycle.state !== 'in_review') return [];
  const { versionId } = row.lifecycle;
  const [kept] = await records.checklist.find({ versionId, userId: person.id });
  return kept?.ticked ?? [];
}

/**
 * Ticks a line or takes the tick away, for who decides on the text and the version he has before him: `stale_version` when
 * another one is in review.
 */
export async function tick(
  { storage, newId, clock }: Pick<UseCases, 'storage' | 'newId' | 'clock'>,
  person: Person,
  documentId: DocumentId,
  { versionId, line, on }: { readonly versionId: VersionId; readonly line: ChecklistLine; readonly on: boolean },
): Promise<Result<readonly ChecklistLine[], Refusal>> {
  return storage.transact(async (records): Promise<Result<readonly ChecklistLine[], Refusal>> => {
    const document = await enter(records, person, documentId, 'approve');
    if (!document.ok) return document;
    const { lifecycle } = document.value.row;
    if (lifecycle.state !== 'in_review' || lifecycle.versionId !== versionId) {
      return err(refusal('stale_version', 'another version is in review'));
    }
    const [kept] = await records.checklist.find({ versionId, userId: person.id });
    const ticked = checklistLines.filter((each) => (each === line ? on : kept?.ticked.includes(each)));
    const at = instant(clock);
    if (kept !== undefined) await records.checklist.update(kept.id, { ticked, at });
    else await records.checklist.insert({ id: newId('chk'), documentId, versionId, userId: person.id, ticked, at });
    return ok(ticked);
  });
}

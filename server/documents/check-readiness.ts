/** The readiness list before submitting, for those who may submit. */
import type { ReadinessAnswer } from '../../shared/api/documents.ts';
import type { Refusal } from '../../shared/api/errors.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { ok, type Result } from '../../shared/result.ts';
import { checkDocument, findLikeness, unconfirmed } from '../checks/check-document.ts';
import type { Person } from '../meetings/meeting-facts.ts';
import { handedOver, openChanges } from '../proposals/open-changes.ts';
import type { UseCases } from '../use-cases.ts';
import { enter } from './document-facts.ts';
import { openRemarks } from './fates.ts';
import { readiness } from './readiness.ts';

export async function checkReadiness(
  tools: Pick<UseCases, 'storage' | 'rooms' | 'likeness'>,
  person: Person,
  id: DocumentId,
): Promise<Result<ReadinessAnswer, Refusal>> {
  const { storage, rooms } = tools;
  const document = await enter(storage.records, person, id, 'submit');
  if (!document.ok) return document;
  const { content } = await rooms.read(id, document.value.bodyKeys);
  const remarks = await openRemarks(storage.records, id);
  const changes = await openChanges(storage.records, await handedOver({ storage, rooms }, id));
  const open = { remarks: remarks.length, changes: changes.length };
  const likeness = await findLikeness(tools, person, id);
  const checked = await checkDocument(storage.records, document.value, content, { person, likeness });
  const points = readiness(document.value, content, open, checked.hits);
  return ok({ points, unconfirmed: unconfirmed(checked) });
}

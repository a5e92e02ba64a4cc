/** Submitting as a person does who answers what the checks ask. */
import type { Person } from '../../server/demo/person.ts';
import { readinessAnswer } from '../../shared/api/documents.ts';

/** Submits a text, having confirmed every question that needs it. */
export async function submitConfirmed(person: Person, id: string): Promise<void> {
  const path = `/api/documents/${id}`;
  const { unconfirmed } = await person.ask('GET', `${path}/readiness`, readinessAnswer);
  const confirmed = unconfirmed.map(({ rule, blockId, hash }) => ({ rule, blockId, hash, reason: '已核对' }));
  await person.act('POST', `${path}/submit`, { confirmed });
}

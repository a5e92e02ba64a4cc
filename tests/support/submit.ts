/** Submitting as a person does who answers what the checks ask. */
import { DemoRefused, type Person } from '../../server/demo/person.ts';
import { readinessAnswer } from '../../shared/api/documents.ts';

/**
 * Submits a text, having confirmed every question that needs it. While others write there may be another one by then: he is
 * asked again, as at the page.
 */
export async function submitConfirmed(person: Person, id: string): Promise<void> {
  const path = `/api/documents/${id}`;
  for (let attempt = 1; ; attempt += 1) {
    const { unconfirmed } = await person.ask('GET', `${path}/readiness`, readinessAnswer);
    const confirmed = unconfirmed.map(({ rule, blockId, hash }) => ({ rule, blockId, hash, reason: '已核对' }));
    try {
      await person.act('POST', `${path}/submit`, { confirmed });
      return;
    } catch (error) {
      if (attempt === 50 || !isAskedAnew(error)) throw error;
    }
  }
}

function isAskedAnew(error: unknown): boolean {
  return error instanceof DemoRefused && error.message.includes(' 409 confirmation_needed');
}

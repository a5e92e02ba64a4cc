/** Who may stand on a meeting's list: real, enabled people, no administrators, nobody twice, exactly one leader. */
import type { z } from 'zod';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { participantBody } from '../../shared/api/meetings.ts';
import type { UserId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Records } from '../storage/storage.ts';

export type Place = z.output<typeof participantBody>;

/** Checks a whole list. `present` are people who are on it already: a disabled account may stay, but not come. */
export async function checkRoster(
  records: Records,
  places: readonly Place[],
  present: ReadonlySet<UserId> = new Set(),
): Promise<Result<undefined, Refusal>> {
  if (new Set(places.map(({ userId }) => userId)).size !== places.length) {
    return err(refusal('invalid_request', 'somebody is on the list twice'));
  }
  if (places.filter(({ role }) => role === 'leader').length !== 1) {
    return err(refusal('leader_count', 'a meeting has exactly one leader'));
  }
  if (places.some(({ role, drafter }) => drafter && role === 'supervisor')) {
    return err(refusal('invalid_request', 'who supervises does not draft'));
  }
  for (const { userId } of places) {
    const person = await records.person.get(userId);
    if (person === undefined) return err(refusal('not_found', `no account ${userId}`));
    if (person.administrator) {
      return err(refusal('administrator_takes_no_part', `${person.name} is an administrator`, { name: person.name }));
    }
    if (person.disabled && !present.has(userId)) {
      return err(refusal('account_disabled', `${person.name}'s account is disabled`, { name: person.name }));
    }
  }
  return ok(undefined);
}

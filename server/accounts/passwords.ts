/** Passwords: the administrator's reset, shown once, and everybody's own change. */
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import { passwordSchema } from '../../shared/api/people.ts';
import type { UserId } from '../../shared/ids.ts';
import { closeCodes } from '../../shared/protocol/close-codes.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { Session } from '../identity/identity.ts';
import type { Row } from '../storage/tables.ts';
import type { InitialPassword } from './create-account.ts';
import { createInitialPassword } from './initial-password.ts';
import { type AccountTools, announceAccount, transactOrRefuse } from './tools.ts';
import { viewAccount } from './view-account.ts';

/** A new initial password; the old one and every session end. */
export async function resetPassword(
  tools: AccountTools,
  administrator: Row<'person'>,
  id: UserId,
): Promise<Result<InitialPassword, Refusal>> {
  const { storage, identity, rooms } = tools;
  const initialPassword = createInitialPassword();
  const hash = await identity.hash(initialPassword);
  const reset = await transactOrRefuse(storage, async (records) => {
    const person = await records.person.get(id);
    if (person === undefined) return err(refusal('not_found', 'no such account'));
    await identity.setPassword(id, hash);
    await records.person.update(id, { mustChangePassword: true });
    await identity.revokeSessions(id);
    const facts = { username: person.username };
    await recordAudit(records, { act: 'password_reset', actor: administrator, subject: person.name, facts }, tools);
    return ok({ ...person, mustChangePassword: true });
  });
  if (!reset.ok) return reset;
  rooms.dismiss(id, closeCodes.signedOut);
  announceAccount(tools, id);
  return ok({ account: viewAccount(reset.value), initialPassword });
}

/** One's own password. This session goes on, all others of the account end. */
export async function changeOwnPassword(
  tools: AccountTools,
  { person, sessionId }: Session,
  current: string,
  next: string,
): Promise<Result<undefined, Refusal>> {
  const { storage, identity, rooms } = tools;
  if (!(await identity.matches(person.id, current))) {
    return err(refusal('password_wrong', 'the current password is wrong'));
  }
  const weak = checkPassword(next);
  if (weak !== undefined) return err(weak);
  if (next === current) return err(refusal('password_weak', 'the new password must differ from the current one'));
  const hash = await identity.hash(next);
  const ended = await storage.transact(async (records) => {
    await identity.setPassword(person.id, hash);
    await records.person.update(person.id, { mustChangePassword: false });
    const facts = { username: person.username };
    await recordAudit(records, { act: 'password_changed', actor: person, subject: person.name, facts }, tools);
    return identity.revokeSessions(person.id, sessionId);
  });
  for (const session of ended) rooms.dismiss(person.id, closeCodes.signedOut, session);
  announceAccount(tools, person.id);
  return ok(undefined);
}

/** A refusal when the password does not keep the rule. */
export function checkPassword(password: string): Refusal | undefined {
  if (passwordSchema.safeParse(password).success) return undefined;
  return refusal('password_weak', 'a password has at least 10 characters, among them a letter and a digit');
}

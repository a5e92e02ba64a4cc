/** Coming and going, on the record. Attempts that a lock refuses are not: the failures that led to it are. */
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import { closeCodes } from '../../shared/protocol/close-codes.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { SignedIn, SignIn, SignInRefusal } from '../identity/identity.ts';
import type { AccountTools } from './tools.ts';

export async function signIn(tools: AccountTools, attempt: SignIn): Promise<Result<SignedIn, Refusal>> {
  const { storage, identity } = tools;
  const address = attempt.address ?? '';
  const result = await identity.signIn(attempt);
  if (!result.ok) {
    tools.onSignInRefused?.(result.error.code, result.error.person?.id);
    await recordFailure(tools, result.error, address);
    return err(explain(result.error));
  }
  const { person } = result.value;
  await storage.transact((records) =>
    recordAudit(
      records,
      { act: 'sign_in', actor: person, subject: person.name, facts: { username: person.username, address } },
      tools,
    ),
  );
  return ok(result.value);
}

/** Ends the session and its live connections; the cookies take it out of the browser. */
export async function signOut(tools: AccountTools, headers: Headers): Promise<readonly string[]> {
  const { session, cookies } = await tools.identity.signOut(headers);
  if (session === undefined) return cookies;
  const { person, sessionId } = session;
  tools.rooms.dismiss(person.id, closeCodes.signedOut, sessionId);
  await tools.storage.transact((records) =>
    recordAudit(
      records,
      { act: 'sign_out', actor: person, subject: person.name, facts: { username: person.username } },
      tools,
    ),
  );
  return cookies;
}

/** What was typed as a username is kept only when it is one: people type passwords into the wrong field. */
async function recordFailure(tools: AccountTools, { code, person }: SignInRefusal, address: string): Promise<void> {
  if (code === 'account_locked') return;
  await tools.storage.transact((records) =>
    recordAudit(
      records,
      {
        act: 'sign_in_failed',
        actor: person,
        subject: person?.name ?? '',
        facts: { ...(person === undefined ? {} : { username: person.username }), address, reason: code },
      },
      tools,
    ),
  );
}

function explain({ code, retryAfterSeconds }: SignInRefusal): Refusal {
  switch (code) {
    case 'credentials_wrong':
      return refusal(code, 'username or password is wrong');
    case 'account_disabled':
      return refusal(code, 'the account is disabled');
    case 'account_locked':
      return refusal(code, 'too many wrong passwords', { retryAfterSeconds });
  }
}

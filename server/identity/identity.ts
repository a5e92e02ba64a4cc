/** Who is asking. The ports that routes, sockets and use cases see; `better-auth.ts` implements them. */
import type { ErrorCode } from '../../shared/api/errors.ts';
import type { UserId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import type { Row } from '../storage/tables.ts';

export type Session = { readonly sessionId: string; readonly person: Row<'person'> };

export interface Identity {
  /** The signed-in person of a request's cookie; undefined when signed out, expired or disabled. */
  who(headers: Headers): Promise<Session | undefined>;
}

export type SignIn = {
  readonly username: string;
  readonly password: string;
  /** Where the request comes from; undefined when nobody knows. */
  readonly address: string | undefined;
  readonly headers: Headers;
};

export type SignedIn = { readonly person: Row<'person'>; readonly cookies: readonly string[] };

export type SignInRefusal = {
  readonly code: Extract<ErrorCode, 'credentials_wrong' | 'account_locked' | 'account_disabled'>;
  /** Whose account it is, when there is one. */
  readonly person: Row<'person'> | undefined;
  /** When it makes sense to try again; 0 unless locked. */
  readonly retryAfterSeconds: number;
};

/** Coming and going. */
export interface Door {
  signIn(attempt: SignIn): Promise<Result<SignedIn, SignInRefusal>>;
  /** Ends the session of these headers; the cookies take it out of the browser. */
  signOut(headers: Headers): Promise<{ readonly session: Session | undefined; readonly cookies: readonly string[] }>;
}

/** Passwords and sessions. What writes joins the transaction in whose work it is called. */
export interface Credentials {
  /** Slow on purpose: hash before a transaction, never inside one. */
  hash(password: string): Promise<string>;
  matches(userId: UserId, password: string): Promise<boolean>;
  /** A username as the store keeps it. */
  normalize(username: string): string;
  createUser(username: string, hash: string): Promise<UserId>;
  setPassword(userId: UserId, hash: string): Promise<void>;
  /** A disabled user can start no session. */
  setDisabled(userId: UserId, disabled: boolean): Promise<void>;
  /** Ends a user's sessions, all or all but one; the result names those that ended. */
  revokeSessions(userId: UserId, keep?: string): Promise<string[]>;
}

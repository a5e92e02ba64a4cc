/**
 * Identity by better-auth over the store's own connection: scrypt hashes, sessions in the database, signed HttpOnly
 * cookies. Only what is here can be reached; its own routes are mounted nowhere. A session starts by the system's clock,
 * because better-auth knows no other; sliding and the lock after wrong passwords go by ours.
 */
import { randomUUID } from 'node:crypto';
import { APIError, type BetterAuthOptions, betterAuth } from 'better-auth';
// Each by itself: `better-auth/plugins` would load every plugin there is.
import { admin } from 'better-auth/plugins/admin';
import { username as usernamePlugin } from 'better-auth/plugins/username';
import { CompiledQuery, type Kysely } from 'kysely';
import { usernameSchema } from '../../shared/api/people.ts';
import { isId, type UserId } from '../../shared/ids.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { NewId } from '../ids.ts';
import type { Storage } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import type { Credentials, Door, Identity, Session, SignedIn, SignIn, SignInRefusal } from './identity.ts';
import { SessionCookie } from './session-cookie.ts';
import { SignInLock } from './sign-in-lock.ts';

export type IdentityDeps = {
  /** A store whose connection better-auth may use. */
  readonly storage: Storage & { readonly db: Kysely<unknown> };
  readonly clock: Clock;
  readonly newId: NewId;
  /** Signs the cookies; another secret signs everybody out. */
  readonly secret: string;
  /** Whether pages are reached over https: cookies are then sent over nothing else. */
  readonly secure: boolean;
  /** A session ends after this many hours without a visit. */
  readonly sessionHours?: number;
  /** Hears of what the library itself reports as an error. */
  readonly onTrouble?: (what: string, error: unknown) => void;
};

const defaultSessionHours = 12;
/** A visit moves the end of its session at most this often. */
const slideMs = 10 * 60 * 1000;
/** The browser keeps the cookie longer than any session: when a session ends is the server's business. */
const cookieDays = 30;
const cookiePrefix = 'duizhao';

const normalize = (name: string) => name.normalize('NFKC').trim().toLowerCase();

/** The options alone, for whoever must know which tables better-auth expects. */
export function identityOptions(deps: IdentityDeps) {
  const { storage, newId, secret, secure, sessionHours = defaultSessionHours, onTrouble } = deps;
  return {
    appName: 'duizhao',
    // Never asked for: nothing here sends anybody to an address. Without it better-auth would look for one by itself.
    baseURL: secure ? 'https://localhost' : 'http://localhost',
    secret,
    // Without this the environment's BETTER_AUTH_SECRETS would win over `secret`.
    secrets: [{ version: 1, value: secret }],
    database: { db: storage.db, type: 'sqlite', transaction: false },
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      // Its messages may quote what somebody sent.
      log: (_level, _message, ...about) =>
        onTrouble?.(
          'identity',
          about.find((each) => each instanceof Error),
        ),
    },
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10, maxPasswordLength: 128 },
    session: { expiresIn: sessionHours * 3600, updateAge: slideMs / 1000, cookieCache: { enabled: false } },
    advanced: {
      cookiePrefix,
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure, path: '/' },
      database: { generateId: ({ model }) => (model === 'user' ? newId('user') : randomUUID()) },
    },
    plugins: [
      usernamePlugin({
        minUsernameLength: 2,
        maxUsernameLength: 32,
        usernameValidator: (name) => usernameSchema.safeParse(name).success,
        usernameNormalization: normalize,
      }),
      admin(),
    ],
  } as const satisfies BetterAuthOptions;
}

export type BetterAuthIdentity = Identity &
  Door &
  Credentials & {
    /** A `Cookie` header that is in order and belongs to no session: what finding out costs, without a visitor. */
    strangersCookie(): string;
  };

export function createIdentity(deps: IdentityDeps): BetterAuthIdentity {
  return new AuthIdentity(deps);
}

type FoundSession = { readonly id: string; readonly userId: string; readonly token: string };
/** A session's row as better-auth writes it. */
type StoredSession = { readonly id: string; readonly userId: string; readonly expiresAt: string };
const sessionOfToken = 'select "id", "userId", "expiresAt" from "session" where "token" = ?';
const moveEnd = 'update "session" set "expiresAt" = ?, "updatedAt" = ? where "token" = ?';

function build(deps: IdentityDeps) {
  return betterAuth(identityOptions(deps));
}

class AuthIdentity implements BetterAuthIdentity {
  readonly #storage: IdentityDeps['storage'];
  readonly #cookie: SessionCookie;
  readonly #auth: ReturnType<typeof build>;
  readonly #lock: SignInLock;
  readonly #clock: Clock;
  readonly #sessionMs: number;
  readonly #sliding = new Set<string>();
  readonly normalize = normalize;

  constructor(deps: IdentityDeps) {
    this.#storage = deps.storage;
    this.#cookie = new SessionCookie(`${deps.secure ? '__Secure-' : ''}${cookiePrefix}.session_token`, deps.secret);
    this.#auth = build(deps);
    this.#lock = new SignInLock(deps.clock);
    this.#clock = deps.clock;
    this.#sessionMs = (deps.sessionHours ?? defaultSessionHours) * 3_600_000;
  }

  async who(headers: Headers): Promise<Session | undefined> {
    if (headers.get('cookie') === null) return undefined;
    const found = await this.#session(headers);
    if (found === undefined) return undefined;
    const person = await this.#person(found.userId);
    return person === undefined || person.disabled ? undefined : { sessionId: found.id, person };
  }

  strangersCookie(): string {
    return this.#cookie.headerFor(randomUUID());
  }

  async signIn({ username, password, address, headers }: SignIn): Promise<Result<SignedIn, SignInRefusal>> {
    const name = normalize(username);
    const [known] = await this.#storage.records.person.find({ username: name });
    const attempt = this.#lock.begin(name, address);
    if (!attempt.admitted) {
      return err({ code: 'account_locked', person: known, retryAfterSeconds: attempt.retryAfterSeconds });
    }
    try {
      const response = await this.#auth.api.signInUsername({
        body: { username: name, password },
        headers: originless(headers),
        returnHeaders: true,
      });
      attempt.succeed();
      if (known === undefined || known.disabled) {
        await this.#endSession(response.response.token);
        return err({ code: 'account_disabled', person: known, retryAfterSeconds: 0 });
      }
      return ok({ person: known, cookies: response.headers.getSetCookie().map(keptByBrowser) });
    } catch (error) {
      const code = refusalOf(error);
      if (code === 'credentials_wrong') attempt.fail();
      else if (code === 'account_disabled') attempt.succeed();
      else attempt.abandon();
      if (code === undefined) throw error;
      return err({ code, person: known, retryAfterSeconds: 0 });
    }
  }

  async signOut(headers: Headers) {
    const found = await this.#session(headers);
    // better-auth would only log a failure and take the cookie away: the session must have ended in the store.
    if (found !== undefined) await this.#endSession(found.token);
    const { headers: answer } = await this.#auth.api.signOut({ headers: originless(headers), returnHeaders: true });
    const person = found === undefined ? undefined : await this.#person(found.userId);
    const session = found === undefined || person === undefined ? undefined : { sessionId: found.id, person };
    return { session, cookies: answer.getSetCookie() };
  }

  async hash(password: string): Promise<string> {
    return (await this.#auth.$context).password.hash(password);
  }

  async matches(userId: UserId, password: string): Promise<boolean> {
    const context = await this.#auth.$context;
    const account = await context.internalAdapter.findCredentialAccount(userId);
    const hash = account?.password;
    return typeof hash === 'string' && context.password.verify({ hash, password });
  }

  async createUser(username: string, hash: string): Promise<UserId> {
    const { internalAdapter } = await this.#auth.$context;
    const user = await internalAdapter.createUser(
      {
        name: username,
        username,
        // better-auth wants one; .invalid can belong to nobody and no mail is ever sent.
        email: `${randomUUID()}@account.invalid`,
        emailVerified: false,
      },
      { method: 'admin' },
    );
    if (!isId('user', user.id)) throw new Error(`better-auth made the user id ${user.id}`);
    await internalAdapter.linkAccount({
      userId: user.id,
      accountId: user.id,
      providerId: 'credential',
      password: hash,
    });
    return user.id;
  }

  async setPassword(userId: UserId, hash: string): Promise<void> {
    await (await this.#auth.$context).internalAdapter.updatePassword(userId, hash);
  }

  async setDisabled(userId: UserId, disabled: boolean): Promise<void> {
    await (await this.#auth.$context).internalAdapter.updateUser(userId, { banned: disabled });
  }

  async revokeSessions(userId: UserId, keep?: string): Promise<string[]> {
    const { internalAdapter } = await this.#auth.$context;
    const ending = (await internalAdapter.listSessions(userId)).filter((session) => session.id !== keep);
    if (ending.length > 0) await internalAdapter.deleteSessions(ending.map((session) => session.token));
    return ending.map((session) => session.id);
  }

  /** Nothing is remembered between two questions: a session that was ended is over with the next. */
  async #session(headers: Headers): Promise<FoundSession | undefined> {
    const token = this.#cookie.tokenIn(headers.get('cookie') ?? '');
    if (token === undefined) return undefined;
    const query = CompiledQuery.raw(sessionOfToken, [token]);
    const [found] = (await this.#storage.db.executeQuery<StoredSession>(query)).rows;
    if (found === undefined) return undefined;
    const left = Date.parse(found.expiresAt) - this.#clock.now();
    if (!(left > 0)) {
      await this.#whenWritable('an ended session could not be removed', () => this.#endSession(token));
      return undefined;
    }
    // Nobody waits for the disk to learn who he is; whoever asks next is behind it in the store's queue.
    if (left < this.#sessionMs - slideMs) void this.#slide(token);
    return { id: found.id, userId: found.userId, token };
  }

  /** Moves a session's end, once however many ask at the same time; when that fails a later visit moves it. */
  async #slide(token: string): Promise<void> {
    if (this.#sliding.has(token)) return;
    this.#sliding.add(token);
    const now = this.#clock.now();
    const values = [new Date(now + this.#sessionMs).toISOString(), new Date(now).toISOString(), token];
    await this.#whenWritable('the end of a session could not be moved', async () => {
      await this.#storage.db.executeQuery(CompiledQuery.raw(moveEnd, values));
    });
    this.#sliding.delete(token);
  }

  /** While the store cannot write, reading goes on. */
  async #whenWritable(otherwise: string, write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      (await this.#auth.$context).logger.warn(otherwise, error);
    }
  }

  async #person(userId: string): Promise<Row<'person'> | undefined> {
    return isId('user', userId) ? this.#storage.records.person.get(userId) : undefined;
  }

  async #endSession(token: string): Promise<void> {
    await (await this.#auth.$context).internalAdapter.deleteSession(token);
  }
}

/** What better-auth may know of a request: its cookies. Origins are judged at our own edge. */
function originless(headers: Headers): Headers {
  const cookie = headers.get('cookie');
  return new Headers(cookie === null ? {} : { cookie });
}

function keptByBrowser(cookie: string): string {
  return cookie.replace(/Max-Age=\d+/i, `Max-Age=${cookieDays * 24 * 3600}`);
}

function refusalOf(error: unknown): 'credentials_wrong' | 'account_disabled' | undefined {
  if (!(error instanceof APIError)) return undefined;
  if (error.body?.code === 'BANNED_USER') return 'account_disabled';
  return error.statusCode < 500 ? 'credentials_wrong' : undefined;
}

/**
 * An office whose doors are real: the application with sign-in, accounts, set-up and audit over a real store, and browsers
 * that keep cookies. The clock starts today, because better-auth dates sessions by the system's.
 */
import type { Hono } from 'hono';
import type { z } from 'zod';
import { createApp } from '../../../server/app.ts';
import { recordAudit } from '../../../server/audit/record-audit.ts';
import { Changes } from '../../../server/changes.ts';
import { systemClock } from '../../../server/clock.ts';
import { createExportText } from '../../../server/export/export-text.ts';
import { Hand } from '../../../server/hand/hand.ts';
import { accountRoutes } from '../../../server/http/accounts.ts';
import { auditRoutes } from '../../../server/http/audit.ts';
import type { Env } from '../../../server/http/respond.ts';
import { setupRoutes } from '../../../server/http/setup.ts';
import { type BetterAuthIdentity, createIdentity } from '../../../server/identity/better-auth.ts';
import { createIds, type NewId } from '../../../server/ids.ts';
import { Likeness } from '../../../server/likeness/likeness.ts';
import { loadTemplates } from '../../../server/meetings/templates.ts';
import { roomFacts } from '../../../server/proposals/room-facts.ts';
import { Registry } from '../../../server/rooms/registry.ts';
import { openSqliteStorage, type SqliteStorage } from '../../../server/storage/sqlite/storage.ts';
import type { Row } from '../../../server/storage/tables.ts';
import type { UseCases } from '../../../server/use-cases.ts';
import { errorSchema } from '../../../shared/api/errors.ts';
import {
  type Account,
  type CreateAccountBody,
  initialPasswordAnswer,
  type SetupBody,
  unitsAnswer,
} from '../../../shared/api/people.ts';
import type { UnitId, UserId } from '../../../shared/ids.ts';
import { builtInTemplates } from '../../../shared/template/templates.ts';
import { FakeClock } from '../../support/fake-clock.ts';

export const setupCode = 'ABCD-EFGH-JKLM';
export const adminPassword = 'guanli-yuan-2022';

type Dismissal = readonly [userId: UserId, code: number, session: string | undefined];

/** The real rooms, with a list of whom they were told to dismiss. */
class WatchedRooms extends Registry {
  readonly dismissed: Dismissal[] = [];

  override dismiss(userId: UserId, code: 4401 | 4403, session?: string): void {
    this.dismissed.push([userId, code, session]);
    super.dismiss(userId, code, session);
  }
}

export type Options = { readonly publicUrl?: string; readonly secure?: boolean; readonly trustProxy?: boolean };

export class PeopleWorld {
  readonly clock = new FakeClock(new Date(systemClock.now()).toISOString());
  readonly newId: NewId = createIds(this.clock);
  readonly changes = new Changes();
  readonly storage: SqliteStorage;
  readonly identity: BetterAuthIdentity;
  readonly rooms: WatchedRooms;
  readonly app: Hono<Env>;
  /** What was reported as a bug. */
  readonly troubles: unknown[] = [];

  private constructor(storage: SqliteStorage, { publicUrl, secure = false, trustProxy = false }: Options) {
    const { clock, newId, changes } = this;
    const trouble = (...what: unknown[]) => void this.troubles.push(what);
    this.storage = storage;
    this.identity = createIdentity({ storage, clock, newId, secret: 'a secret for tests, long enough', secure });
    this.rooms = new WatchedRooms({
      journal: storage.journal,
      clock,
      facts: roomFacts(storage),
      onTrouble: trouble,
    });
    const tools: UseCases = {
      storage,
      rooms: this.rooms,
      clock,
      newId,
      changes,
      log: {
        info: () => undefined,
        // How long a request takes is the machine's business, not the story's.
        warn: (...what: unknown[]) => (what[1] === 'slow request' ? undefined : trouble(...what)),
        error: trouble,
      },
      hand: new Hand({ journal: storage.journal }),
      likeness: new Likeness({ storage, rooms: this.rooms, clock }),
      record: (records, act) => recordAudit(records, act, { clock, newId }),
    };
    const deps = { ...tools, identity: this.identity, trustProxy };
    this.app = createApp({
      ...deps,
      publicUrl,
      exportText: createExportText({ officeFontsDirectory: undefined }),
      routers: [setupRoutes({ ...deps, setupCode }), accountRoutes(deps), auditRoutes(deps)],
      vitals: () => ({ ...this.rooms.status(), eventStreams: changes.listeners }),
    });
  }

  /** An office where nobody has been yet. */
  static async empty(options: Options = {}): Promise<PeopleWorld> {
    const storage = await openSqliteStorage({ path: ':memory:', clock: new FakeClock() });
    await loadTemplates(storage, builtInTemplates);
    return new PeopleWorld(storage, options);
  }

  /** An office that is set up; `browser` is its administrator's. */
  static async open(options: Options = {}): Promise<{ world: PeopleWorld; admin: Browser }> {
    const world = await PeopleWorld.empty(options);
    await world.browser().ok('POST', '/api/setup', world.wish());
    return { world, admin: await world.signedIn('admin', adminPassword) };
  }

  wish(change: Partial<SetupBody> = {}): SetupBody {
    const administrator = { username: 'admin', name: '管理员', password: adminPassword };
    return { code: setupCode, unitName: 'XX市XX局', administrator, ...change };
  }

  browser(address?: string): Browser {
    return new Browser(this.app, address);
  }

  async signedIn(username: string, password: string): Promise<Browser> {
    const browser = this.browser();
    await browser.ok('POST', '/api/auth/sign-in/username', { username, password });
    return browser;
  }

  async account(admin: Browser, change: Partial<CreateAccountBody> = {}): Promise<Newcomer> {
    const body = { ...(await this.newAccount(admin)), ...change };
    const created = initialPasswordAnswer.parse(await admin.ok('POST', '/api/accounts', body));
    return { account: created.account, password: created.initialPassword };
  }

  async newAccount(admin: Browser): Promise<CreateAccountBody> {
    return {
      username: 'lisi',
      name: '李四',
      duty: '党组成员、副局长',
      unitId: await this.rootUnit(admin),
      position: 'member',
    };
  }

  async rootUnit(admin: Browser): Promise<UnitId> {
    const { units } = unitsAnswer.parse(await admin.ok('GET', '/api/units'));
    const [root] = units;
    if (root === undefined) throw new Error('no unit');
    return root.id;
  }

  /** Somebody whose password is his own, signed in. */
  async colleague(admin: Browser, change: Partial<CreateAccountBody> = {}): Promise<Colleague> {
    const { account, password } = await this.account(admin, change);
    const browser = await this.signedIn(account.username, password);
    const own = `own-${password}`;
    await browser.ok('POST', '/api/me/password', { current: password, next: own });
    return { account, password: own, browser };
  }

  async audit(): Promise<Row<'audit'>[]> {
    return this.storage.records.audit.find({}, { by: 'seq' });
  }

  /** The acts on the record after the first `skip`. */
  async acts(skip = 0): Promise<string[]> {
    return (await this.audit()).slice(skip).map(({ act, actor, subject }) => `${act} ${actor}→${subject}`);
  }

  async close(): Promise<void> {
    await this.rooms.close(0);
    await this.storage.close();
  }
}

export type Newcomer = { readonly account: Account; readonly password: string };
export type Colleague = Newcomer & { readonly browser: Browser };

export type Reply = { readonly status: number; readonly body: unknown; readonly headers: Headers };

/** Keeps cookies as a browser does and says where it is. */
export class Browser {
  readonly #app: Hono<Env>;
  readonly #address: string | undefined;
  cookies = new Map<string, string>();

  constructor(app: Hono<Env>, address: string | undefined) {
    this.#app = app;
    this.#address = address;
  }

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const init = {
      method,
      headers: { 'content-type': 'application/json', ...(cookie === '' ? {} : { cookie }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
    const socket = { remoteAddress: this.#address, remotePort: 50_000, remoteFamily: 'IPv4' };
    const env = this.#address === undefined ? {} : { incoming: { socket } };
    const response = await this.#app.request(path, init, env);
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text), headers: response.headers };
  }

  /** The body of a request that must succeed. */
  async ok(method: string, path: string, body?: unknown): Promise<unknown> {
    const reply = await this.ask(method, path, body);
    if (reply.status >= 300) throw new Error(`${method} ${path} answered ${JSON.stringify(reply.body)}`);
    return reply.body;
  }

  async get<S extends z.ZodType>(schema: S, path: string): Promise<z.output<S>> {
    return schema.parse(await this.ok('GET', path));
  }

  /** Status and code of a request that must be refused. */
  async refused(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<string> {
    const reply = await this.ask(method, path, body, headers);
    const parsed = errorSchema.safeParse(reply.body);
    return `${reply.status} ${parsed.success ? parsed.data.error.code : 'not refused'}`;
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/Max-Age=0(?:;|$)/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** The details of a refused answer. */
export function detailsOf({ body }: Reply): unknown {
  return errorSchema.parse(body).error.details;
}

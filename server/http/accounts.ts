/** Routes of sign-in, one's own account, everybody's accounts, people and units. */
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import {
  accountAnswer,
  accountsAnswer,
  changeAccountBody,
  changePasswordBody,
  createAccountBody,
  createUnitBody,
  importAccountsAnswer,
  importAccountsBody,
  initialPasswordAnswer,
  type Me,
  meSchema,
  peopleAnswer,
  renameUnitBody,
  signInBody,
  unitSchema,
  unitsAnswer,
} from '../../shared/api/people.ts';
import { unitId, userId } from '../../shared/ids.ts';
import { changeAccount } from '../accounts/change-account.ts';
import { createAccount, importAccounts } from '../accounts/create-account.ts';
import { changeOwnPassword, resetPassword } from '../accounts/passwords.ts';
import { signIn, signOut } from '../accounts/sign-in.ts';
import type { AccountTools } from '../accounts/tools.ts';
import { createUnit, listUnits, renameUnit } from '../accounts/units.ts';
import { listAccounts, listPeople, viewAccount, viewUnit } from '../accounts/view-account.ts';
import type { Identity } from '../identity/identity.ts';
import { mayCreateMeetings } from '../meetings/create-meeting.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import { administratorsOnly, signedIn } from './guards.ts';
import { answer, type Env, readBody, readId, refuse } from './respond.ts';

export type AccountDeps = Omit<AccountTools, 'identity'> & {
  readonly identity: AccountTools['identity'] & Identity;
  /** Whether `X-Forwarded-For` is believed. */
  readonly trustProxy: boolean;
};

/** What signing out and changing a password answer: that it was done. */
export const doneAnswer = z.object({ done: z.literal(true) });

/** The rule for new passwords is the use case's to judge, with a code of its own. */
const passwordChange = changePasswordBody.extend({ next: z.string().max(1000) });

export function accountRoutes(deps: AccountDeps): Hono<Env> {
  return new Hono<Env>()
    .route('/', doorRoutes(deps))
    .route('/', ownRoutes(deps))
    .route('/', administrationRoutes(deps))
    .route('/', unitRoutes(deps));
}

function doorRoutes(deps: AccountDeps): Hono<Env> {
  return new Hono<Env>()
    .post('/auth/sign-in/username', async (c) => {
      const body = await readBody(c, signInBody);
      if (!body.ok) return refuse(c, body.error);
      const attempt = { ...body.value, address: addressOf(c, deps.trustProxy), headers: c.req.raw.headers };
      const result = await signIn(deps, attempt);
      if (!result.ok) return refuse(c, result.error);
      setCookies(c, result.value.cookies);
      return answer(c, meSchema, await viewMe(deps.storage.records, result.value.person));
    })
    .post('/auth/sign-out', async (c) => {
      setCookies(c, await signOut(deps, c.req.raw.headers));
      return answer(c, doneAnswer, { done: true });
    });
}

function ownRoutes(deps: AccountDeps): Hono<Env> {
  const { records } = deps.storage;
  const member = signedIn(deps.identity);
  return new Hono<Env>()
    .get('/me', member, async (c) => answer(c, meSchema, await viewMe(records, c.var.session.person)))
    .post('/me/password', member, async (c) => {
      const body = await readBody(c, passwordChange);
      if (!body.ok) return refuse(c, body.error);
      const changed = await changeOwnPassword(deps, c.var.session, body.value.current, body.value.next);
      return changed.ok ? answer(c, doneAnswer, { done: true }) : refuse(c, changed.error);
    })
    .get('/people', member, async (c) => answer(c, peopleAnswer, { people: await listPeople(records) }));
}

function administrationRoutes(deps: AccountDeps): Hono<Env> {
  const administrator = [signedIn(deps.identity), administratorsOnly] as const;
  return new Hono<Env>()
    .get('/accounts', ...administrator, async (c) =>
      answer(c, accountsAnswer, { accounts: await listAccounts(deps.storage.records) }),
    )
    .post('/accounts', ...administrator, async (c) => {
      const body = await readBody(c, createAccountBody);
      if (!body.ok) return refuse(c, body.error);
      const created = await createAccount(deps, c.var.session.person, body.value);
      return created.ok ? answer(c, initialPasswordAnswer, created.value, 201) : refuse(c, created.error);
    })
    .post('/accounts/import', ...administrator, async (c) => {
      const body = await readBody(c, importAccountsBody);
      if (!body.ok) return refuse(c, body.error);
      const created = await importAccounts(deps, c.var.session.person, body.value.accounts);
      return created.ok ? answer(c, importAccountsAnswer, { accounts: created.value }, 201) : refuse(c, created.error);
    })
    .patch('/accounts/:account', ...administrator, async (c) => {
      const id = readId(c, 'account', userId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, changeAccountBody);
      if (!body.ok) return refuse(c, body.error);
      const changed = await changeAccount(deps, c.var.session.person, id.value, body.value);
      return changed.ok ? answer(c, accountAnswer, { account: changed.value }) : refuse(c, changed.error);
    })
    .post('/accounts/:account/password', ...administrator, async (c) => {
      const id = readId(c, 'account', userId);
      if (!id.ok) return refuse(c, id.error);
      const reset = await resetPassword(deps, c.var.session.person, id.value);
      return reset.ok ? answer(c, initialPasswordAnswer, reset.value) : refuse(c, reset.error);
    });
}

function unitRoutes(deps: AccountDeps): Hono<Env> {
  const member = signedIn(deps.identity);
  return new Hono<Env>()
    .get('/units', member, async (c) => answer(c, unitsAnswer, { units: await listUnits(deps.storage.records) }))
    .post('/units', member, administratorsOnly, async (c) => {
      const body = await readBody(c, createUnitBody);
      if (!body.ok) return refuse(c, body.error);
      const created = await createUnit(deps, c.var.session.person, body.value);
      return created.ok ? answer(c, unitSchema, created.value, 201) : refuse(c, created.error);
    })
    .patch('/units/:unit', member, administratorsOnly, async (c) => {
      const id = readId(c, 'unit', unitId);
      if (!id.ok) return refuse(c, id.error);
      const body = await readBody(c, renameUnitBody);
      if (!body.ok) return refuse(c, body.error);
      const renamed = await renameUnit(deps, c.var.session.person, id.value, body.value.name);
      return renamed.ok ? answer(c, unitSchema, renamed.value) : refuse(c, renamed.error);
    });
}

async function viewMe(records: Records, person: Row<'person'>): Promise<Me> {
  const unit = await records.unit.get(person.unitId);
  if (unit === undefined) throw new Error(`${person.id} belongs to no unit`);
  return { account: viewAccount(person), unit: viewUnit(unit), mayCreateMeetings: mayCreateMeetings(person) };
}

function setCookies(c: Context, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true });
}

/** Where a request comes from: the socket's other end, or what the trusted proxy before us saw. */
function addressOf(c: Context, trustProxy: boolean): string | undefined {
  // A proxy appends what it saw; whatever stands before that was said by the client.
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  if (forwarded !== undefined && forwarded !== '') return forwarded;
  // Without a socket, as when an application is asked directly, nobody knows.
  return c.env?.incoming === undefined ? undefined : getConnInfo(c).remote.address;
}

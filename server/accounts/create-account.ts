/** Creating accounts, one or a whole table: all or none, each with an initial password that is shown once. */
import type { z } from 'zod';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { Account, createAccountBody } from '../../shared/api/people.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { instant } from '../clock.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import { createInitialPassword } from './initial-password.ts';
import { type AccountTools, transactOrRefuse } from './tools.ts';
import { viewAccount } from './view-account.ts';

export type NewAccount = z.output<typeof createAccountBody>;
export type InitialPassword = { readonly account: Account; readonly initialPassword: string };

/** One account; refused when its username is taken or its unit unknown. */
export async function createAccount(
  tools: AccountTools,
  administrator: Row<'person'>,
  account: NewAccount,
): Promise<Result<InitialPassword, Refusal>> {
  const created = await importAccounts(tools, administrator, [account]);
  if (!created.ok) return created;
  const [only] = created.value;
  if (only === undefined) throw new Error('an account was asked for and none was made');
  return ok(only);
}

/** All of these accounts, or none: the refusal names every username that stands in the way. */
export async function importAccounts(
  tools: AccountTools,
  administrator: Row<'person'>,
  accounts: readonly NewAccount[],
): Promise<Result<InitialPassword[], Refusal>> {
  const wanted = accounts.map((account) => ({ ...account, username: tools.identity.normalize(account.username) }));
  // Asked before the slow hashing, and again inside the transaction that decides.
  const possible = await check(tools.storage.records, wanted);
  if (!possible.ok) return possible;
  const prepared = await hashAll(tools, wanted);
  return transactOrRefuse(tools.storage, async (records) => {
    const still = await check(records, wanted);
    if (!still.ok) return still;
    const created: InitialPassword[] = [];
    for (const { account, initialPassword, hash } of prepared) {
      const person = await writePerson(tools, records, { ...account, mustChangePassword: true }, hash);
      await recordAudit(
        records,
        { act: 'account_created', actor: administrator, subject: person.name, facts: { username: person.username } },
        tools,
      );
      created.push({ account: viewAccount(person), initialPassword });
    }
    return ok(created);
  });
}

/** The user and the person of one account, within the caller's transaction. */
export async function writePerson(
  { identity, clock }: AccountTools,
  records: Records,
  account: Omit<Row<'person'>, 'id' | 'disabled' | 'createdAt'>,
  hash: string,
): Promise<Row<'person'>> {
  const id = await identity.createUser(account.username, hash);
  const person: Row<'person'> = { ...account, id, disabled: false, createdAt: instant(clock) };
  await records.person.insert(person);
  return person;
}

async function check(records: Records, accounts: readonly NewAccount[]): Promise<Result<undefined, Refusal>> {
  for (const unitId of new Set(accounts.map((account) => account.unitId))) {
    if ((await records.unit.get(unitId)) === undefined) return err(refusal('not_found', 'no such unit', { unitId }));
  }
  const seen = new Set<string>();
  const taken = new Set<string>();
  for (const { username } of accounts) {
    const [existing] = await records.person.find({ username });
    if (existing !== undefined || seen.has(username)) taken.add(username);
    seen.add(username);
  }
  if (taken.size === 0) return ok(undefined);
  return err(refusal('username_taken', 'usernames must be unique', { usernames: [...taken] }));
}

type Prepared = { readonly account: NewAccount; readonly initialPassword: string; readonly hash: string };

/** A few at a time: hashing is slow on purpose and other requests need the processor too. */
const hashesAtOnce = 2;

async function hashAll({ identity }: AccountTools, accounts: readonly NewAccount[]): Promise<Prepared[]> {
  const prepared: Prepared[] = [];
  for (let at = 0; at < accounts.length; at += hashesAtOnce) {
    const some = accounts.slice(at, at + hashesAtOnce).map(async (account) => {
      const initialPassword = createInitialPassword();
      return { account, initialPassword, hash: await identity.hash(initialPassword) };
    });
    prepared.push(...(await Promise.all(some)));
  }
  return prepared;
}

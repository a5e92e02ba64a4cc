/** Changing, disabling and enabling an account. Somebody is always left who can administer. */
import type { z } from 'zod';
import { type Refusal, refusal } from '../../shared/api/errors.ts';
import type { Account, changeAccountBody } from '../../shared/api/people.ts';
import type { UserId } from '../../shared/ids.ts';
import { closeCodes } from '../../shared/protocol/close-codes.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';
import { type AccountTools, announceAccount, transactOrRefuse } from './tools.ts';
import { viewAccount } from './view-account.ts';

export type AccountChange = z.output<typeof changeAccountBody>;

/** Makes the change whole or not at all. Disabling ends the account's sessions and live connections at once. */
export async function changeAccount(
  tools: AccountTools,
  administrator: Row<'person'>,
  id: UserId,
  change: AccountChange,
): Promise<Result<Account, Refusal>> {
  const { storage, identity, rooms } = tools;
  const changed = await transactOrRefuse(storage, async (records) => {
    const before = await records.person.get(id);
    if (before === undefined) return err(refusal('not_found', 'no such account'));
    const after = { ...before, ...given(change) };
    const allowed = await check(records, before, after);
    if (!allowed.ok) return allowed;
    await records.person.update(id, given(change));
    if (after.disabled !== before.disabled) {
      await identity.setDisabled(id, after.disabled);
      if (after.disabled) await identity.revokeSessions(id);
    }
    await recordChange(tools, records, administrator, before, after);
    return ok({ before, after });
  });
  if (!changed.ok) return changed;
  const { before, after } = changed.value;
  if (after.disabled && !before.disabled) rooms.dismiss(id, closeCodes.noAccess);
  announceAccount(tools, id);
  return ok(viewAccount(after));
}

/** The change without what was left out. */
function given(change: AccountChange): AccountChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

type Person = Row<'person'>;

async function check(records: Records, before: Person, after: Person): Promise<Result<undefined, Refusal>> {
  if (after.unitId !== before.unitId && (await records.unit.get(after.unitId)) === undefined) {
    return err(refusal('not_found', 'no such unit', { unitId: after.unitId }));
  }
  if (after.administrator && !before.administrator) {
    const [part] = await records.participant.find({ userId: before.id });
    if (part !== undefined) {
      return err(refusal('administrator_takes_no_part', 'who takes part in a meeting cannot be an administrator'));
    }
  }
  if (administers(before) && !administers(after)) {
    const administrators = await records.person.find({ administrator: true, disabled: false });
    if (administrators.every((person) => person.id === before.id)) {
      return err(refusal('last_administrator', 'the last administrator cannot be disabled or demoted'));
    }
  }
  return ok(undefined);
}

function administers(person: Person): boolean {
  return person.administrator && !person.disabled;
}

async function recordChange(
  tools: AccountTools,
  records: Records,
  actor: Person,
  before: Person,
  after: Person,
): Promise<void> {
  const subject = after.name;
  const username = after.username;
  const parts = (['name', 'duty', 'unitId', 'position', 'administrator'] as const).filter(
    (part) => before[part] !== after[part],
  );
  if (parts.length > 0) {
    const facts = { username, changed: parts.join(' ') };
    await recordAudit(records, { act: 'account_changed', actor, subject, facts }, tools);
  }
  if (before.disabled !== after.disabled) {
    const act = after.disabled ? 'account_disabled' : 'account_enabled';
    await recordAudit(records, { act, actor, subject, facts: { username } }, tools);
  }
}

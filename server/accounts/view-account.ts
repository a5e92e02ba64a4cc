/** Accounts and people as answers show them; readers of the two lists are chosen by the routes. */
import type { Account, Person, Unit } from '../../shared/api/people.ts';
import type { Records } from '../storage/storage.ts';
import type { Row } from '../storage/tables.ts';

export function viewAccount({ createdAt: _, ...account }: Row<'person'>): Account {
  return account;
}

export function viewUnit({ id, name, parentId }: Row<'unit'>): Unit {
  return { id, name, parentId };
}

/** Every account, in the order of their making. */
export async function listAccounts(records: Records): Promise<Account[]> {
  return (await records.person.find({}, { by: 'id' })).map(viewAccount);
}

/** Those who can take part in a meeting: no administrators, nobody disabled. */
export async function listPeople(records: Records): Promise<Person[]> {
  const people = await records.person.find({ administrator: false, disabled: false }, { by: 'id' });
  return people.map(({ id, name, duty, unitId, position }) => ({ id, name, duty, unitId, position }));
}

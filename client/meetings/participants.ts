/** The list of participants while it is being put together. Pure. */

import { type Role, roles } from '../../shared/access/can.ts';
import type { Participant, ParticipantBody } from '../../shared/api/meetings.ts';
import type { Person } from '../../shared/api/people.ts';
import type { UnitId, UserId } from '../../shared/ids.ts';
import type { Condition } from '../../shared/template/template.ts';

/** A participant with everything said. */
export type Seat = {
  readonly userId: UserId;
  readonly role: Role;
  readonly conditions: Condition[];
  readonly drafter: boolean;
};

/** A name to show for a seat. */
export type Face = { readonly name: string; readonly duty: string };

/** A person with his usual role; a second leader sits as a member until somebody decides. */
export function seatOf(person: Pick<Person, 'id' | 'position'>, seats: readonly Seat[]): Seat {
  const taken = person.position === 'leader' && seats.some(({ role }) => role === 'leader');
  return { userId: person.id, role: taken ? 'member' : person.position, conditions: [], drafter: false };
}

/** Adds people behind those who are there, each once, ordered by role. */
export function addPeople(seats: readonly Seat[], people: readonly Pick<Person, 'id' | 'position'>[]): Seat[] {
  const all = [...seats];
  for (const person of people) {
    if (!all.some(({ userId }) => userId === person.id)) all.push(seatOf(person, all));
  }
  return byRole(all);
}

/** Leader first, then members, office, supervisors; within a role the order stays. */
export function byRole(seats: readonly Seat[]): Seat[] {
  return [...seats].sort((a, b) => roles.indexOf(a.role) - roles.indexOf(b.role));
}

/** Everybody of a unit, as a beginning: the office takes away who does not come. */
export function everybodyOf(unitId: UnitId, people: readonly Person[]): Seat[] {
  return addPeople(
    [],
    people.filter((person) => person.unitId === unitId),
  );
}

export function changeSeat(seats: readonly Seat[], userId: UserId, change: Partial<Omit<Seat, 'userId'>>): Seat[] {
  return seats.map((seat) => {
    if (seat.userId !== userId) return seat;
    const next = { ...seat, ...change };
    // Only members are appointed drafters; only who writes an outline has conditional sections.
    return {
      ...next,
      drafter: next.role === 'member' || next.role === 'office' ? next.drafter : false,
      conditions: writesOutline(next.role) ? next.conditions : [],
    };
  });
}

export function writesOutline(role: Role): boolean {
  return role === 'leader' || role === 'member';
}

/** Exactly one 主要负责同志. */
export function leaderCount(seats: readonly Seat[]): number {
  return seats.filter(({ role }) => role === 'leader').length;
}

export function seatsOf(participants: readonly Participant[]): Seat[] {
  return participants.map(({ userId, role, conditions, drafter }) => ({ userId, role, conditions, drafter }));
}

/** Names for everybody who may sit: the people to choose from, and those who already take part. */
export function facesOf(people: readonly Person[], participants: readonly Participant[]): ReadonlyMap<UserId, Face> {
  const faces = new Map<UserId, Face>();
  for (const { userId, name, duty } of participants) faces.set(userId, { name, duty });
  for (const { id, name, duty } of people) faces.set(id, { name, duty });
  return faces;
}

export function bodiesOf(seats: readonly Seat[]): ParticipantBody[] {
  return seats.map((seat) => ({ ...seat }));
}

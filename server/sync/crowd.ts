/**
 * How many connections each person has, in one document and in all. Somebody with a few windows on a few machines has a dozen;
 * a program gone wild has thousands.
 */
import type { RoomId, UserId } from '../../shared/ids.ts';

export const maxInOneRoom = 50;
export const maxOfOnePerson = 500;

export class Crowd {
  readonly #counts = new Map<string, number>();

  /** Counts one more in; false when there are too many. */
  enter(userId: UserId, documentId: RoomId): boolean {
    const keys = keysOf(userId, documentId);
    if (this.#count(keys.person) >= maxOfOnePerson || this.#count(keys.place) >= maxInOneRoom) return false;
    for (const key of [keys.person, keys.place]) this.#counts.set(key, this.#count(key) + 1);
    return true;
  }

  /** Counts out one who was counted in. */
  leave(userId: UserId, documentId: RoomId): void {
    const { person, place } = keysOf(userId, documentId);
    for (const key of [person, place]) this.#countOut(key);
  }

  #count(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  #countOut(key: string): void {
    if (this.#count(key) <= 1) this.#counts.delete(key);
    else this.#counts.set(key, this.#count(key) - 1);
  }
}

function keysOf(userId: UserId, documentId: RoomId) {
  return { person: userId, place: `${userId} ${documentId}` };
}

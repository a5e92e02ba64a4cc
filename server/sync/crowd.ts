/**
 * How many connections each person has, in one document and in all. Somebody with a few windows on a few machines has a dozen;
 * a program gone wild has thousands.
 */
import type { RoomId, UserId } from '../../shared/ids.ts';

export const maxInOneRoom = 50;
export const maxOfOnePerson = 500;

export class Crowd {
  readonly #counts = new Map<string, number>();

  /** Counts one more in and returns how to count it out again; undefined when there are too many. */
  enter(userId: UserId, documentId: RoomId): (() => void) | undefined {
    const [person, place] = [userId, `${userId} ${documentId}`];
    if (this.#count(person) >= maxOfOnePerson || this.#count(place) >= maxInOneRoom) return undefined;
    for (const key of [person, place]) this.#counts.set(key, this.#count(key) + 1);
    return () => {
      for (const key of [person, place]) this.#countOut(key);
    };
  }

  #count(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  #countOut(key: string): void {
    if (this.#count(key) <= 1) this.#counts.delete(key);
    else this.#counts.set(key, this.#count(key) - 1);
  }
}

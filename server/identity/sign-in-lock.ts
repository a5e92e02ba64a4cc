/**
 * The lock after repeated wrong passwords: 5 in a row for a username, whether it exists or not, or 30 from an address.
 * An attempt counts from its start, so many at once get no further than many in turn. It lives in memory: a restart is
 * not in an attacker's hand.
 */
import type { Clock } from '../clock.ts';

export const lockMs = 10 * 60 * 1000;
export const failuresPerUsername = 5;
export const failuresPerAddress = 30;
const mostKeys = 20_000;

/** `failures` of which `pending` have no outcome yet; forgotten when nothing happened for as long as a lock lasts. */
type Count = { failures: number; pending: number; lockedUntil: number; touched: number };

export type Attempt =
  | { readonly admitted: false; readonly retryAfterSeconds: number }
  | {
      readonly admitted: true;
      /** The password was right. */
      readonly succeed: () => void;
      /** The password was wrong. */
      readonly fail: () => void;
      /** Nobody knows: the attempt did not come to an end. */
      readonly abandon: () => void;
    };

export class SignInLock {
  readonly #clock: Clock;
  readonly #counts = new Map<string, Count>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Asks to try a password; who is admitted must tell how it ended. */
  begin(username: string, address: string | undefined): Attempt {
    const now = this.#clock.now();
    this.#forget(now);
    const watched = [{ count: this.#count(`user ${username}`, now), limit: failuresPerUsername, forgives: true }];
    if (address !== undefined) {
      watched.push({ count: this.#count(`address ${address}`, now), limit: failuresPerAddress, forgives: false });
    }
    const waitMs = Math.max(...watched.map(({ count, limit }) => waitOf(count, limit, now)));
    if (waitMs > 0) return { admitted: false, retryAfterSeconds: Math.ceil(waitMs / 1000) };
    for (const { count } of watched) count.pending += 1;
    const end = (judge: (watch: (typeof watched)[number]) => void) => {
      for (const watch of watched) {
        watch.count.pending -= 1;
        watch.count.touched = this.#clock.now();
        judge(watch);
      }
    };
    return {
      admitted: true,
      succeed: () =>
        end(({ count, forgives }) => {
          if (forgives) count.failures = 0;
        }),
      fail: () =>
        end(({ count, limit }) => {
          count.failures += 1;
          if (count.failures < limit) return;
          count.lockedUntil = this.#clock.now() + lockMs;
          count.failures = 0;
        }),
      abandon: () => end(() => undefined),
    };
  }

  #count(key: string, now: number): Count {
    const found = this.#counts.get(key);
    if (found !== undefined) return found;
    const fresh: Count = { failures: 0, pending: 0, lockedUntil: 0, touched: now };
    this.#counts.set(key, fresh);
    return fresh;
  }

  #forget(now: number): void {
    for (const [key, count] of this.#counts) {
      if (count.pending === 0 && count.lockedUntil <= now && now - count.touched >= lockMs) this.#counts.delete(key);
    }
    // A flood of invented names must not fill the memory: those that are not locked go first, the oldest before others.
    for (const [key, count] of this.#counts) {
      if (this.#counts.size < mostKeys) return;
      if (count.pending === 0 && count.lockedUntil <= now) this.#counts.delete(key);
    }
  }
}

/** How long somebody has to wait: until the lock ends, or a moment while undecided attempts use up the limit. */
function waitOf({ failures, pending, lockedUntil }: Count, limit: number, now: number): number {
  if (lockedUntil > now) return lockedUntil - now;
  return failures + pending >= limit ? 1000 : 0;
}

/** How much of something a connection may ask for: a supply that refills with time, so that bursts pass and floods do not. */
import type { Clock } from '../clock.ts';

export class Allowance {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #perSecond: number;
  #left: number;
  #at: number;

  constructor(clock: Clock, { most, perSecond }: { readonly most: number; readonly perSecond: number }) {
    this.#clock = clock;
    this.#most = most;
    this.#perSecond = perSecond;
    this.#left = most;
    this.#at = clock.now();
  }

  /** Takes so much; false when it was used up before. Nothing can always be taken. */
  take(amount: number): boolean {
    const now = this.#clock.now();
    const seconds = Math.max(0, now - this.#at) / 1000;
    this.#left = Math.min(this.#most, this.#left + seconds * this.#perSecond);
    this.#at = now;
    if (this.#left <= 0 && amount > 0) return false;
    this.#left -= amount;
    return true;
  }
}

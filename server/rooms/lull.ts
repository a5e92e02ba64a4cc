/** Notices a lull: calls back once nothing was noted for so long. One timer however much is noted, none while nothing is awaited. */
import type { Clock } from '../clock.ts';

export class Lull {
  readonly #clock: Clock;
  readonly #ms: number;
  readonly #onLull: () => void;
  #lastAt = 0;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, ms: number, onLull: () => void) {
    this.#clock = clock;
    this.#ms = ms;
    this.#onLull = onLull;
  }

  /** Something happened. */
  note(): void {
    this.#lastAt = this.#clock.now();
    this.#cancel ??= this.#clock.after(this.#ms, () => this.#look());
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #look(): void {
    const now = this.#clock.now();
    // By a clock that was set back it waits once more as long, and not until that hour comes again.
    this.#lastAt = Math.min(this.#lastAt, now);
    const left = this.#lastAt + this.#ms - now;
    this.#cancel = left > 0 ? this.#clock.after(left, () => this.#look()) : undefined;
    if (left <= 0) this.#onLull();
  }
}

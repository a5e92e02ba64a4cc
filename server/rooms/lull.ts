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
    // A clock that was set back must not make this wait longer than it would have.
    const left = Math.min(this.#lastAt + this.#ms - this.#clock.now(), this.#ms);
    this.#cancel = left > 0 ? this.#clock.after(left, () => this.#look()) : undefined;
    if (left <= 0) this.#onLull();
  }
}

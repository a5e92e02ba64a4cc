/** A clock that stands still until told to move; timers due on the way run in order. */
import type { Clock } from '../../server/clock.ts';

type Timer = { readonly at: number; readonly work: () => void };

export class FakeClock implements Clock {
  #now: number;
  readonly #timers = new Set<Timer>();

  constructor(startIso = '2022-01-10T01:00:00.000Z') {
    this.#now = Date.parse(startIso);
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, work: () => void): () => void {
    const timer = { at: this.#now + ms, work };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#timers].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers.delete(due);
      this.#now = due.at;
      due.work();
    }
    this.#now = end;
  }

  get pending(): number {
    return this.#timers.size;
  }
}

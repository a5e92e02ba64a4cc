/** Time, passed in: nothing in the server asks the system by itself, so tests can hold it still. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `work` once after `ms`; the result cancels it. */
  after(ms: number, work: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** The clock's instant as UTC ISO text. */
export function instant(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}

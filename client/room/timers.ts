/** The clock and chance that rooms are given, so that tests can pass their own. */
export type Timers = {
  readonly now: () => number;
  /** Runs `work` once after `ms`, unless the returned function is called before. */
  readonly after: (ms: number, work: () => void) => () => void;
  /** A number from 0 up to 1. */
  readonly random: () => number;
};

export const browserTimers: Timers = {
  now: () => Date.now(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

/** When somebody wrote: stretches of a sign-in session without a long pause, and how long they were together. Pure. */

/** A longer pause ends a stretch. Writing of this kind has long thoughts in it; a walk to the next room takes longer. */
export const pauseMs = 10 * 60_000;

export type Stretch = {
  readonly writer: string;
  readonly from: number;
  until: number;
  /** New characters that arrived. */
  written: number;
  /** Characters taken out. */
  removed: number;
};

export type Act = {
  readonly writer: string;
  /** The sign-in session; it parts stretches and is shown to nobody. */
  readonly session: string;
  readonly at: number;
  readonly written: number;
  readonly removed: number;
};

export class Stretches {
  readonly all: Stretch[] = [];
  readonly #open = new Map<string, Stretch>();

  note({ writer, session, at, written, removed }: Act): void {
    const key = `${writer} ${session}`;
    const open = this.#open.get(key);
    if (open !== undefined && at - open.until <= pauseMs) {
      open.until = Math.max(open.until, at);
      open.written += written;
      open.removed += removed;
      return;
    }
    const stretch = { writer, from: at, until: at, written, removed };
    this.#open.set(key, stretch);
    this.all.push(stretch);
  }
}

/** Milliseconds in which this writer wrote; stretches at the same time, on two machines, count once. */
export function durationOf(stretches: readonly Pick<Stretch, 'from' | 'until'>[]): number {
  let total = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const { from, until } of [...stretches].sort((a, b) => a.from - b.from)) {
    total += Math.max(0, until - Math.max(from, end));
    end = Math.max(end, until);
  }
  return total;
}

/**
 * How fast a hand is. A text that arrives letter by letter was still not written letter by letter when more arrives than
 * any hand puts down in that time. Pure: it sees times and numbers, in the order of the journal.
 */

/**
 * The most characters of one live update that count as typed. An input method commits at the latest at a punctuation mark;
 * of the 667 clauses of the sample texts 95 in 100 are no longer.
 */
export const typedAtOnce = 20;

/**
 * The most characters that count as typed within a time. Champions copy some 300 characters a minute, dictation runs as
 * fast; writing is far slower. The short windows leave room for a line that stalled for a few seconds.
 */
export const paceWindows = [
  { ms: 2_000, characters: 40 },
  { ms: 10_000, characters: 100 },
  { ms: 60_000, characters: 360 },
  { ms: 600_000, characters: 3_000 },
] as const;

/** `fast`: the index of the shortest window that it was too fast for, or none. */
type Noted = { readonly batch: number; readonly at: number; readonly characters: number; fast: number };
const none = paceWindows.length;
/** One window: what it reaches back to, what it counts, and up to where it has found everything too fast. */
type Reach = { start: number; sum: number; marked: number };

/** The recent typing of one writer, whatever number of pages and client ids he uses. */
export class Pace {
  #noted: Noted[] = [];
  readonly #reach: Reach[] = paceWindows.map(() => ({ start: 0, sum: 0, marked: 0 }));
  #latest = 0;

  /**
   * Notes one more batch of typed characters; returns the batches, this one perhaps included, that now turn out to have
   * come faster than a hand. A clock that goes back counts as one that stands still.
   */
  note(batch: number, at: number, characters: number): number[] {
    this.#latest = Math.max(this.#latest, at);
    this.#noted.push({ batch, at: this.#latest, characters, fast: none });
    for (const reach of this.#reach) reach.sum += characters;
    const found: number[] = [];
    paceWindows.forEach(({ ms, characters: most }, index) => {
      const reach = this.#reach[index];
      if (reach === undefined) return;
      this.#leaveBehind(reach, index, this.#latest - ms);
      if (reach.sum > most) this.#mark(reach, index, found);
    });
    this.#forget();
    return found;
  }

  #leaveBehind(reach: Reach, window: number, since: number): void {
    for (let first = this.#noted[reach.start]; first !== undefined && first.at < since; ) {
      if (first.fast >= window) reach.sum -= first.characters;
      reach.start += 1;
      first = this.#noted[reach.start];
    }
  }

  /**
   * What is too fast for a short window must not make the honest typing around it too fast for a long one: a window does
   * not count what a shorter one has marked.
   */
  #mark(reach: Reach, window: number, found: number[]): void {
    for (let index = Math.max(reach.start, reach.marked); index < this.#noted.length; index += 1) {
      const noted = this.#noted[index];
      if (noted === undefined || noted.fast <= window) continue;
      if (noted.fast === none) found.push(noted.batch);
      for (let longer = window + 1; longer <= Math.min(noted.fast, none - 1); longer += 1) {
        const other = this.#reach[longer];
        if (other !== undefined && index >= other.start) other.sum -= noted.characters;
      }
      noted.fast = window;
    }
    reach.marked = this.#noted.length;
  }

  /** Nobody asks any more for what has left the longest window. */
  #forget(): void {
    const gone = Math.min(...this.#reach.map(({ start }) => start));
    if (gone < 1_024) return;
    this.#noted = this.#noted.slice(gone);
    for (const reach of this.#reach) {
      reach.start -= gone;
      reach.marked = Math.max(0, reach.marked - gone);
    }
  }
}

/**
 * Words that were just taken out of the text. When the same words come in again they are not new: a paragraph was moved,
 * parted, joined, made an item, a deletion undone. They are found by their letters and keep what they were before. Each
 * is found once: the same words twice are a copy. Pure, and bounded in memory.
 *
 * Every letter carries the number of the batch it came with; letters are UTF-16 units.
 */

/** A stretch of letters taken out, and where its ends stood among what had been taken out before. Ids are any strings. */
export type Removal = {
  readonly text: string;
  readonly batches: readonly number[];
  readonly first: string;
  readonly last: string;
  /** Ends of what is gone too and stood beside it with nothing left in between, the nearest first. */
  readonly left: readonly string[];
  readonly right: readonly string[];
};

/** Of the newest removals so many letters are kept. */
export const keptLetters = 40_000;
const keptRuns = 256;
/** Neighbouring removals grow together up to this length: a sentence that was taken back letter by letter. */
const longestRun = 4_096;
/** Fewer letters are found again only where the same update took them out. */
const shortestFound = 8;
/** How many letters in a row show that words were only rearranged within one update. */
const gram = 4;
const triesPerGram = 16;

/** `own`: which of its letters the current update took out. */
type Run = { text: string; batches: readonly number[]; own?: Part; first?: string; last?: string };
type Part = { readonly from: number; readonly to: number };

/** A letter that was not there before. */
export const isNew = -1;

export class Gone {
  /** The newest last. */
  readonly #runs = new Set<Run>();
  readonly #byFirst = new Map<string, Run>();
  readonly #byLast = new Map<string, Run>();
  #letters = 0;
  /** Those that hold what the current update took out. */
  readonly #own = new Set<Run>();

  /** What the next update takes out. */
  note(removals: readonly Removal[]): void {
    for (const run of this.#own) run.own = undefined;
    this.#own.clear();
    for (const removal of removals) this.#join(removal);
    this.#trim();
  }

  /** For each letter that comes in now, the batch it once came with, or `isNew`. */
  find(text: string): number[] {
    const found = new Array<number>(text.length).fill(isNew);
    if (this.#runs.size === 0 || this.#findWhole(text, found)) return found;
    if (this.#own.size > 0 && text.length >= gram) this.#rearranged(text, found);
    if (text.length >= shortestFound) this.#findRunsIn(text, found);
    return found;
  }

  #findWhole(text: string, found: number[]): boolean {
    for (const run of this.#own) {
      const { from, to } = run.own ?? nothing;
      const taken = run.text.slice(from, to);
      const at = text.length >= gram || text === taken ? taken.indexOf(text) : -1;
      if (at >= 0) return this.#give(run, from + at, text.length, found, 0);
    }
    if (text.length < shortestFound) return false;
    for (const run of [...this.#runs].reverse()) {
      const at = run.text.indexOf(text);
      if (at >= 0) return this.#give(run, at, text.length, found, 0);
    }
    return false;
  }

  /** Longer text that holds whole runs: paragraphs put together again. */
  #findRunsIn(text: string, found: number[]): void {
    for (const run of [...this.#runs].reverse()) {
      if (run.text.length < shortestFound) continue;
      const at = text.indexOf(run.text);
      if (at < 0 || found.slice(at, at + run.text.length).some((batch) => batch !== isNew)) continue;
      this.#give(run, 0, run.text.length, found, at);
    }
  }

  /** Letters of this update's own removals in another order: a sentence drawn to another place of its paragraph. */
  #rearranged(text: string, found: number[]): void {
    const grams = new Map<string, { run: Run; at: number }[]>();
    for (const run of this.#own) {
      const { from, to } = run.own ?? nothing;
      for (let at = from; at + gram <= to; at += 1) {
        const key = run.text.slice(at, at + gram);
        const places = grams.get(key);
        if (places === undefined) grams.set(key, [{ run, at }]);
        else if (places.length < triesPerGram) places.push({ run, at });
      }
    }
    const given = new Map<Run, boolean[]>();
    for (let from = 0; from + gram <= text.length; ) {
      const best = longestAt(text, from, grams.get(text.slice(from, from + gram)) ?? [], given);
      if (best === undefined) {
        from += 1;
        continue;
      }
      const taken = given.get(best.run) ?? new Array<boolean>(best.run.text.length).fill(false);
      given.set(best.run, taken.fill(true, best.at, best.at + best.length));
      for (let index = 0; index < best.length; index += 1)
        found[from + index] = best.run.batches[best.at + index] ?? isNew;
      from += best.length;
    }
    for (const [run, taken] of given) this.#keepRest(run, taken);
  }

  /** Hands out letters of a run, which has them no longer. */
  #give(run: Run, at: number, length: number, found: number[], to: number): true {
    for (let index = 0; index < length; index += 1) found[to + index] = run.batches[at + index] ?? isNew;
    this.#keepRest(run, new Array<boolean>(run.text.length).fill(false).fill(true, at, at + length));
    return true;
  }

  #keepRest(run: Run, taken: readonly boolean[]): void {
    const own = run.own ?? nothing;
    this.#drop(run);
    for (let from = 0; from < taken.length; from += 1) {
      if (taken[from] === true) continue;
      let end = from;
      while (end < taken.length && taken[end] !== true) end += 1;
      if (end - from >= gram) {
        const part = { from: Math.max(own.from, from) - from, to: Math.min(own.to, end) - from };
        this.#keep({ text: run.text.slice(from, end), batches: run.batches.slice(from, end), own: part });
      }
      from = end;
    }
  }

  #join({ text, batches, first, last, left, right }: Removal): void {
    let run: Run = { text, batches, own: { from: 0, to: text.length }, first, last };
    const before = firstIn(this.#byLast, left);
    if (before !== undefined && before.text.length + run.text.length <= longestRun) run = this.#append(before, run);
    const behind = firstIn(this.#byFirst, right);
    if (behind !== undefined && behind !== before && behind.text.length + run.text.length <= longestRun) {
      run = this.#append(run, behind);
    }
    this.#keep(run);
  }

  #append(one: Run, other: Run): Run {
    this.#drop(one);
    this.#drop(other);
    const parts = [one.own, move(other.own, one.text.length)].filter((part) => part !== undefined);
    return {
      text: one.text + other.text,
      batches: one.batches.concat(other.batches),
      own: { from: Math.min(...parts.map(({ from }) => from)), to: Math.max(...parts.map(({ to }) => to)) },
      first: one.first,
      last: other.last,
    };
  }

  #keep(run: Run): void {
    this.#runs.add(run);
    this.#letters += run.text.length;
    if (run.own !== undefined && run.own.from < run.own.to) this.#own.add(run);
    if (run.first !== undefined) this.#byFirst.set(run.first, run);
    if (run.last !== undefined) this.#byLast.set(run.last, run);
  }

  #drop(run: Run): void {
    if (!this.#runs.delete(run)) return;
    this.#own.delete(run);
    this.#letters -= run.text.length;
    if (run.first !== undefined && this.#byFirst.get(run.first) === run) this.#byFirst.delete(run.first);
    if (run.last !== undefined && this.#byLast.get(run.last) === run) this.#byLast.delete(run.last);
  }

  #trim(): void {
    for (const run of this.#runs) {
      if (this.#letters <= keptLetters && this.#runs.size <= keptRuns) return;
      this.#drop(run);
    }
  }
}

/** What was found again is in no run any more, and parts none. */
function firstIn(runs: ReadonlyMap<string, Run>, ids: readonly string[]): Run | undefined {
  const id = ids.find((each) => runs.has(each));
  return id === undefined ? undefined : runs.get(id);
}

const nothing: Part = { from: 0, to: 0 };

function move(part: Part | undefined, by: number): Part | undefined {
  return part === undefined ? undefined : { from: part.from + by, to: part.to + by };
}

type Found = { readonly run: Run; readonly at: number; readonly length: number };

/** The longest stretch of `text` from here that stands in one of these places and is not given away yet. */
function longestAt(
  text: string,
  from: number,
  places: readonly { run: Run; at: number }[],
  given: ReadonlyMap<Run, readonly boolean[]>,
): Found | undefined {
  let best: Found | undefined;
  for (const { run, at } of places) {
    const taken = given.get(run);
    let length = 0;
    while (
      from + length < text.length &&
      at + length < run.text.length &&
      taken?.[at + length] !== true &&
      text.charCodeAt(from + length) === run.text.charCodeAt(at + length)
    )
      length += 1;
    // Never half a character: both sides end at the same letters, so one look is enough.
    if (isHigh(text, from + length - 1)) length -= 1;
    if (isHigh(text, from - 1)) continue;
    if (length >= gram && length > (best?.length ?? 0)) best = { run, at, length };
  }
  return best;
}

function isHigh(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code >= 0xd800 && code <= 0xdbff;
}

/**
 * Passages of a text that stand elsewhere word for word. Pure, and deliberately plain: exact runs of characters, found by
 * their first `least` ones; what is alike but not the same is no business of this module.
 */

/** Shorter runs are everybody's turns of phrase. */
export const leastRun = 15;

export type CommonRun = { readonly from: number; readonly to: number };

/** The texts something is looked for in, prepared once. */
export class Elsewhere {
  readonly #owners = new Map<string, Set<string>>();

  /** `owner` names whose text it is: somebody's own words are not looked for among themselves. */
  add(owner: string, text: string): void {
    for (const run of gramsOf(text)) {
      const owners = this.#owners.get(run) ?? new Set();
      owners.add(owner);
      this.#owners.set(run, owners);
    }
  }

  /** The runs of `text` that stand in the text of somebody else, the first first, none touching another. */
  commonRuns(owner: string, text: string): CommonRun[] {
    const runs: CommonRun[] = [];
    let from = 0;
    for (const run of gramsOf(text)) {
      const owners = this.#owners.get(run);
      if (owners !== undefined && (owners.size > 1 || !owners.has(owner))) {
        const last = runs.at(-1);
        const to = from + leastRun;
        if (last !== undefined && from <= last.to) runs[runs.length - 1] = { from: last.from, to };
        else runs.push({ from, to });
      }
      from += 1;
    }
    return runs;
  }
}

function* gramsOf(text: string): Generator<string> {
  for (let at = 0; at + leastRun <= text.length; at += 1) yield text.slice(at, at + leastRun);
}

export type Part = { readonly text: string; readonly common: boolean };

/** A text cut at the ends of its common runs. */
export function parts(text: string, runs: readonly CommonRun[]): Part[] {
  const found: Part[] = [];
  let at = 0;
  const push = (to: number, common: boolean) => {
    if (to > at) found.push({ text: text.slice(at, to), common });
    at = Math.max(at, to);
  };
  for (const { from, to } of runs) {
    push(from, false);
    push(to, true);
  }
  push(text.length, false);
  return found;
}

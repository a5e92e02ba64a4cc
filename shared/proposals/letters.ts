/** The letters of a block as runs: cutting, joining and replacing them. Offsets are UTF-16 units. Pure. */
import type { Run } from '../document/content.ts';

export function textOf(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('');
}

/** Neighbours of one look joined, empty ones dropped: two equal texts have equal runs. */
export function joinRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const { text, strong } of runs) {
    if (text === '') continue;
    const last = joined.at(-1);
    if (last?.strong === strong) joined[joined.length - 1] = { text: last.text + text, strong };
    else joined.push({ text, strong });
  }
  return joined;
}

/** The part of `runs` between two offsets. */
export function cutRuns(runs: readonly Run[], from: number, to: number): Run[] {
  const part: Run[] = [];
  let start = 0;
  for (const { text, strong } of runs) {
    part.push({ text: text.slice(Math.max(0, from - start), Math.max(0, to - start)), strong });
    start += text.length;
  }
  return joinRuns(part);
}

/** `runs` with `put` in the place of what stands between two offsets. */
export function replaceRuns(runs: readonly Run[], from: number, to: number, put: readonly Run[]): Run[] {
  return joinRuns([...cutRuns(runs, 0, from), ...put, ...cutRuns(runs, to, Number.POSITIVE_INFINITY)]);
}

/** `runs` with bold put on or taken off between two offsets. */
export function embolden(runs: readonly Run[], from: number, to: number, strong: boolean): Run[] {
  const between = cutRuns(runs, from, to).map(({ text }) => ({ text, strong }));
  return replaceRuns(runs, from, to, between);
}

export function sameRuns(a: readonly Run[], b: readonly Run[]): boolean {
  const [left, right] = [joinRuns(a), joinRuns(b)];
  return (
    left.length === right.length &&
    left.every((run, index) => run.text === right[index]?.text && run.strong === right[index]?.strong)
  );
}

/** Stretches of one look: where they stand and whether they are bold. */
export function looksOf(
  runs: readonly Run[],
): { readonly from: number; readonly to: number; readonly strong: boolean }[] {
  let start = 0;
  return joinRuns(runs).map(({ text, strong }) => {
    const from = start;
    start += text.length;
    return { from, to: start, strong };
  });
}

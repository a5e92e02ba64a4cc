/** A text while it is replayed: which of its words are there after so many steps. Pure. */
import type { ReplayAnswer } from '../../shared/api/authorship.ts';
import { countCharacters } from '../../shared/document/content.ts';
import type { HandKind } from '../../shared/hand/ledger.ts';

export type PlayedStep = ReplayAnswer['steps'][number];

/** A part of a block: there from step number `step` on. */
type Part = { readonly step: number; readonly from: number; readonly text: string; readonly kind: HandKind };
export type PlayedBlock = ReplayAnswer['blocks'][number] & {
  /** In the order of the text. */
  readonly parts: readonly Part[];
  /** The numbers of the steps that bring something here, ascending. */
  readonly steps: readonly number[];
};
export type PlayedText = {
  readonly blocks: readonly PlayedBlock[];
  readonly steps: readonly PlayedStep[];
  /** Characters that are there after each number of steps, 0 included. */
  readonly characters: readonly number[];
};

export function playedText(blocks: ReplayAnswer['blocks'], steps: readonly PlayedStep[]): PlayedText {
  const parts: Part[][] = blocks.map(() => []);
  const characters = [0];
  steps.forEach((step, index) => {
    let there = characters[index] ?? 0;
    for (const { block, from, text } of step.parts) {
      parts[block]?.push({ step: index, from, text, kind: step.kind });
      there += countCharacters(text);
    }
    characters.push(there);
  });
  return {
    steps,
    characters,
    blocks: blocks.map((block, index) => {
      const own = parts[index] ?? [];
      const brings = [...new Set(own.map(({ step }) => step))];
      return { ...block, parts: own.sort((a, b) => a.from - b.from), steps: brings };
    }),
  };
}

export type PlayedRun = { readonly text: string; readonly kind: HandKind; readonly newest: boolean };

/** The words of a block after its first `here` steps; those of the last one are marked when they are the newest of all. */
export function runsAfter(block: PlayedBlock, here: number, isNewest: boolean): PlayedRun[] {
  const last = block.steps[here - 1];
  const runs: PlayedRun[] = [];
  if (last === undefined) return runs;
  for (const { step, text, kind } of block.parts) {
    if (step > last) continue;
    const newest = isNewest && step === last;
    const before = runs.at(-1);
    if (before !== undefined && before.kind === kind && before.newest === newest) {
      runs[runs.length - 1] = { ...before, text: before.text + text };
    } else runs.push({ text, kind, newest });
  }
  return runs;
}

/** How many of a block's own steps are among the first `done`. */
export function doneHere(block: PlayedBlock, done: number): number {
  let low = 0;
  let high = block.steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((block.steps[middle] ?? 0) < done) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The longest a pause between two steps is shown, at normal speed. */
const longestPauseMs = 1_000;

/** How long the replay waits before step number `index`, at normal speed. */
export function pauseBefore(steps: readonly PlayedStep[], index: number): number {
  const step = steps[index];
  const before = steps[index - 1];
  if (step === undefined || before === undefined) return 0;
  return Math.min(longestPauseMs, Math.max(0, Date.parse(step.at) - Date.parse(before.at)));
}

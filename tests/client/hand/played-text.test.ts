import { describe, expect, test } from 'vitest';
import { doneHere, pauseBefore, playedText, runsAfter } from '../../../client/hand/played-text.ts';
import { parseReplayed } from '../../../client/hand/use-replay-address.ts';
import type { ReplayStep } from '../../../shared/hand/replay.ts';

const step = (second: number, parts: ReplayStep['parts'], kind: ReplayStep['kind'] = 'typed'): ReplayStep => {
  return { at: new Date(Date.UTC(2022, 0, 10, 1, 0, second)).toISOString(), by: 'server', kind, parts, removed: 0 };
};
const blocks = [
  { section: 'opening', id: 'b1', kind: 'paragraph' as const },
  { section: 'measures', id: 'b2', kind: 'item' as const },
];
const text = playedText(blocks, [
  step(0, [{ block: 0, from: 0, text: '一' }]),
  step(1, [{ block: 0, from: 2, text: '三 ' }]),
  step(30, [{ block: 1, from: 0, text: '粘贴的' }], 'piece'),
  step(31, [{ block: 0, from: 1, text: '二' }]),
]);
/** What the page shows after so many steps; the newest words in brackets, a piece with a star. */
const shown = (done: number) =>
  text.blocks.map((block) => {
    const here = doneHere(block, done);
    return runsAfter(block, here, block.steps[here - 1] === done - 1)
      .map(({ text: words, kind, newest }) => `${kind === 'piece' ? '*' : ''}${newest ? `[${words}]` : words}`)
      .join('');
  });

describe('a replayed text', () => {
  test('[HD11] has after each step what had come by then, at its place', () => {
    expect([0, 1, 2, 3, 4].map(shown)).toEqual([
      ['', ''],
      ['[一]', ''],
      ['一[三 ]', ''],
      ['一三 ', '*[粘贴的]'],
      ['一[二]三 ', '*粘贴的'],
    ]);
    expect(text.characters).toEqual([0, 1, 2, 5, 6]);
  });

  test('[HD11] waits as long as its author did, but never longer than a second', () => {
    expect([0, 1, 2, 3, 4].map((index) => pauseBefore(text.steps, index))).toEqual([0, 1_000, 1_000, 1_000, 0]);
  });
});

describe('the address of a replay', () => {
  test('names the text as it stands or a version', () => {
    expect([parseReplayed('now'), parseReplayed('3')]).toEqual([{ version: undefined }, { version: 3 }]);
    expect(['', null, '3-4', 'x'].map(parseReplayed)).toEqual([null, null, null, null]);
  });
});

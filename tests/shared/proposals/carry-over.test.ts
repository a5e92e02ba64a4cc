/** [PP16] A reviewer's changes brought onto a newer version. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { carryOver } from '../../../shared/proposals/carry-over.ts';
import { compareProposal } from '../../../shared/proposals/changes.ts';
import { acts, contents, perform, plain, section, wordsOf } from '../../support/proposed-texts.ts';

describe('carryOver', () => {
  test('[PP16] onto the version they were made on gives the proposal’s text, and leaves nothing', () => {
    fc.assert(
      fc.property(contents, acts(), (base, list) => {
        const text = perform(base, list, 'r');
        const carried = carryOver(compareProposal(base, text), base);
        expect(wordsOf(carried.content)).toEqual(wordsOf(text));
        expect(carried.left).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('[PP16] every change is in the new text, was there already, or is told', () => {
    fc.assert(
      fc.property(contents, acts(), acts(), (base, reviewer, author) => {
        const proposed = compareProposal(base, perform(base, reviewer, 'r'));
        const { placed, left } = carryOver(proposed, perform(base, author, 'a'));
        const ids = proposed.changes.map(({ id }) => id);
        expect([...placed, ...left.map(({ id }) => id)].every((id) => ids.includes(id))).toBe(true);
        expect(placed.some((id) => left.some((change) => change.id === id))).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('[PP16] keeps what the author wrote meanwhile; where both changed the same words the change is left', () => {
    const base = [section('opening', plain('a', '我抓工程质量有偏差，监管不严。'), plain('b', '返工三次。'))];
    const text = [section('opening', plain('a', '我抓工程质量有偏差，监管流于形式。'), plain('b', '返工五次。'))];
    const newer = [section('opening', plain('a', '去年我抓工程质量有偏差，监管不严。'), plain('b', '两次返工。'))];
    const { content, left } = carryOver(compareProposal(base, text), newer);
    expect(wordsOf(content)).toEqual(
      wordsOf([section('opening', plain('a', '去年我抓工程质量有偏差，监管流于形式。'), plain('b', '两次返工。'))]),
    );
    expect(left.map(({ id }) => id)).toEqual([expect.stringMatching(/^b\.e\./)]);
  });
});

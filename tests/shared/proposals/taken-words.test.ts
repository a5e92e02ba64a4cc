/** [HD12] Which letters of what an author put in are the proposed words. */
import { describe, expect, test } from 'vitest';
import { takenWords, wordsIn } from '../../../shared/proposals/taken-words.ts';

const proposed = '三份协议没有送审，台账半年没有核对。';
const taken = (put: string) => takenWords(proposed, put).map(({ from, to }) => put.slice(from, to));

describe('takenWords', () => {
  test('[HD12] finds the proposed words whole, and a part of them alone', () => {
    expect(taken(proposed)).toEqual([proposed]);
    expect(taken(`另外，${proposed}`)).toEqual([proposed]);
    expect(taken('没有')).toEqual(['没有']);
  });

  test('[HD12] finds stretches of four letters and more among others, and leaves what is alike by chance', () => {
    expect(taken('当年三份协议没有送审，我的账目没核对过。')).toEqual(['三份协议没有送审，']);
    expect(taken('有的没的，审而不核。')).toEqual([]);
    expect(taken('')).toEqual([]);
  });

  test('[HD12] never cuts a rare character', () => {
    const put = '甲𠮷乙丙丁戊己';
    expect(takenWords('𠮷乙丙丁子丑', put).map(({ from, to }) => put.slice(from, to))).toEqual(['𠮷乙丙丁']);
  });
});

test('[HD12] changes of place, look and form put no words in', () => {
  const block = { id: 'b', kind: 'paragraph' as const, runs: [{ text: proposed, strong: false }] };
  expect(wordsIn({ kind: 'moved', id: 'b.m', sectionKey: 'opening', fromSection: 'closing', block })).toBe('');
  expect(wordsIn({ kind: 'removed', id: 'b.r', sectionKey: 'opening', block })).toBe('');
  expect(wordsIn({ kind: 'added', id: 'b.a', sectionKey: 'opening', block })).toBe(proposed);
});

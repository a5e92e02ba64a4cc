/**
 * Which of the letters an author put in are words a change proposed: so those count as adopted, and what he added of his own
 * does not. Offsets are UTF-16 units; a rare character is never cut. Pure.
 */
import type { Change } from '../api/proposals.ts';
import { keptRuns } from '../compare/sequence.ts';
import { blockText } from '../document/content.ts';
import { textOf } from './letters.ts';
import type { Range } from './locate.ts';

/** Fewer letters than that in a row may be the same by chance, unless they are all that was proposed or put in. */
const enough = 4;

/** The words a change puts in; a change of place, look or form puts none in. */
export function wordsIn(change: Change): string {
  if (change.kind === 'edited') return textOf(change.after);
  return change.kind === 'added' ? blockText(change.block) : '';
}

/** The stretches of `put` that are the proposed words, in order. */
export function takenWords(proposed: string, put: string): Range[] {
  if (proposed === '' || put === '') return [];
  if (proposed.includes(put)) return [{ from: 0, to: put.length }];
  const at = put.indexOf(proposed);
  if (at !== -1) return [{ from: at, to: at + proposed.length }];
  const [a, b] = [Array.from(proposed), Array.from(put)];
  const codes = (letters: readonly string[]) => Int32Array.from(letters, (letter) => letter.codePointAt(0) ?? 0);
  const runs = keptRuns(codes(a), codes(b), a.length + b.length) ?? [];
  const offset = (nth: number) => b.slice(0, nth).join('').length;
  return runs
    .filter(({ length }) => length >= enough)
    .map(({ from, to, length }) => {
      // A full stop at both ends may have been kept elsewhere.
      let end = length;
      while (a[from + end] !== undefined && a[from + end] === b[to + end]) end += 1;
      return { from: offset(to), to: offset(to + end) };
    });
}

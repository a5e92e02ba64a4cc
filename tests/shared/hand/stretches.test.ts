import { describe, expect, test } from 'vitest';
import { durationOf, pauseMs, Stretches } from '../../../shared/hand/stretches.ts';

const act = (at: number, session = 's1', writer = 'user_1') => ({ writer, session, at, written: 2, removed: 1 });
const minute = 60_000;

describe('stretches of writing', () => {
  test('[HD8] go on over short pauses and end with a long one', () => {
    const stretches = new Stretches();
    for (const at of [0, 5 * minute, 5 * minute + pauseMs, 5 * minute + 2 * pauseMs + 1]) stretches.note(act(at));
    expect(stretches.all).toEqual([
      { writer: 'user_1', from: 0, until: 15 * minute, written: 6, removed: 3 },
      { writer: 'user_1', from: 25 * minute + 1, until: 25 * minute + 1, written: 2, removed: 1 },
    ]);
  });

  test('[HD8] belong to one sign-in of one writer; time on two machines counts once', () => {
    const stretches = new Stretches();
    for (const [at, session] of [
      [0, 'a'],
      [4 * minute, 'b'],
      [6 * minute, 'a'],
      [9 * minute, 'b'],
    ] as const) {
      stretches.note(act(at, session));
    }
    expect(stretches.all.map(({ from, until }) => [from, until])).toEqual([
      [0, 6 * minute],
      [4 * minute, 9 * minute],
    ]);
    expect(durationOf(stretches.all)).toBe(9 * minute);
  });
});

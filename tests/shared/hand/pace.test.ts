import { describe, expect, test } from 'vitest';
import { type Arrival, classify, Ledger } from '../../../shared/hand/ledger.ts';

const arrival = (at: number, characters: number, more: Partial<Arrival> = {}): Arrival => {
  return { writer: 'user_1', at, answer: false, characters, ...more };
};
/** Batches of so many characters, one every so many milliseconds. */
const typing = (from: number, count: number, everyMs: number, characters = 1, writer = 'user_1') =>
  Array.from({ length: count }, (_, index) => arrival(from + index * everyMs, characters, { writer }));
const count = (arrivals: readonly Arrival[]) => {
  const kinds = classify(arrivals);
  return { typed: kinds.filter((kind) => kind === 'typed').length, of: kinds.length };
};

describe('one arrival', () => {
  test('[HD2] of a phrase is typed, of more it is a piece, after a break it came from offline work', () => {
    const kinds = classify([
      arrival(0, 20),
      arrival(10_000, 21),
      arrival(20_000, 20, { answer: true }),
      arrival(30_000, 21, { answer: true }),
      // Nobody types as the server: what it brings came in one piece.
      arrival(40_000, 1, { writer: 'server' }),
    ]);
    expect(kinds).toEqual(['typed', 'piece', 'typed', 'offline', 'piece']);
  });
});

describe('the pace', () => {
  test('[HD4] of a hand is typed, for an hour', () => {
    // Five characters a second would be a champion for a minute; this is four, without end.
    expect(count(typing(0, 14_400, 250))).toEqual({ typed: 14_400, of: 14_400 });
  });

  test('[HD4] a phrase every three seconds is typed', () => {
    expect(count(typing(0, 100, 4_000, 20))).toEqual({ typed: 100, of: 100 });
  });

  test('[HD4] letters that come all at once were not typed one by one, however many updates bring them', () => {
    expect(count(typing(0, 5_000, 0))).toEqual({ typed: 0, of: 5_000 });
    expect(count(typing(0, 41, 0))).toEqual({ typed: 0, of: 41 });
    expect(count(typing(0, 40, 0))).toEqual({ typed: 40, of: 40 });
  });

  test.each([
    [40, 2_000],
    [100, 10_000],
    [360, 60_000],
    [3_000, 600_000],
  ])('[HD4] more than %i characters within %i ms are a row', (characters, ms) => {
    const most = typing(0, characters, Math.floor((ms - 1) / characters));
    expect(count(most).typed).toBe(characters);
    expect(count([...most, arrival(ms - 1, 1)]).typed).toBeLessThan(characters);
    expect(count([...most, arrival(ms + 1, 1)]).typed).toBe(characters + 1);
    const { typed, of } = count(typing(0, characters * 3, ms / (characters + 1)));
    // A row spares what was still slow enough when it began.
    expect(of - typed).toBeGreaterThan(characters);
  });

  test('[HD4] a row is one piece while its pauses are at most ten seconds, and each writer has his own', () => {
    const rows = (pauseMs: number) => {
      const ledger = new Ledger();
      const two = [...typing(0, 100, 0), ...typing(pauseMs, 100, 0), ...typing(pauseMs, 100, 0, 1, 'user_2')];
      for (const each of two) ledger.take(each);
      return ledger.pieces.map(({ writer, characters }) => [writer, characters]);
    };
    expect(rows(10_000)).toEqual([
      ['user_1', 200],
      ['user_2', 100],
    ]);
    expect(rows(10_001)).toEqual([
      ['user_1', 100],
      ['user_1', 100],
      ['user_2', 100],
    ]);
  });

  test('[HD4] a row makes one piece, with when it began and ended and what it brought', () => {
    const ledger = new Ledger();
    for (const each of typing(1_000, 500, 4)) ledger.take(each);
    expect(ledger.pieces).toEqual([
      { kind: 'piece', how: 'row', writer: 'user_1', at: 1_000, until: 2_996, characters: 500 },
    ]);
  });

  test('[HD4] the typing before a row stays typed', () => {
    const honest = typing(0, 600, 500);
    const kinds = classify([...honest, ...typing(310_000, 4_000, 1), ...typing(400_000, 100, 500)]);
    expect(kinds.slice(0, 600).every((kind) => kind === 'typed')).toBe(true);
    expect(kinds.slice(600, 4_600).every((kind) => kind === 'piece')).toBe(true);
    expect(kinds.slice(4_600).every((kind) => kind === 'typed')).toBe(true);
  });

  test('[HD4] is each writer’s own, and a piece does not hasten the typing beside it', () => {
    const both = [...typing(0, 40, 50, 1, 'user_1'), ...typing(0, 40, 50, 1, 'user_2')].sort((a, b) => a.at - b.at);
    expect(count(both).typed).toBe(80);
    const beside = [arrival(0, 3_000), ...typing(100, 30, 50)];
    expect(count(beside).typed).toBe(30);
  });

  test('[HD4] a clock that goes back makes nobody fast or slow', () => {
    expect(count(typing(100_000, 50, -100)).typed).toBe(0);
    expect(count([...typing(100_000, 30, 250), ...typing(50_000, 5, 250)]).typed).toBe(35);
  });
});

describe('what was adopted', () => {
  const brought = ({ pieces }: Ledger) => pieces.map(({ kind, characters }) => [kind, characters]);

  test('[HD12] is no longer part of the piece it came in, however often that is said', () => {
    const ledger = new Ledger();
    const whole = ledger.take(arrival(0, 30));
    ledger.adopt(whole);
    ledger.adopt(whole);
    expect(ledger.kindOf(whole)).toBe('adopted');
    expect(brought(ledger)).toEqual([
      ['piece', 0],
      ['adopted', 30],
    ]);
  });

  test('[HD12] may be a part of a piece, whose rest stays one while it is longer than twenty', () => {
    const ledger = new Ledger();
    const whole = ledger.take(arrival(0, 51));
    const part = ledger.adoptPart(whole, 30);
    expect([ledger.kindOf(whole), ledger.kindOf(part)]).toEqual(['piece', 'adopted']);
    expect(brought(ledger)).toEqual([
      ['piece', 21],
      ['adopted', 30],
    ]);
    const short = ledger.take(arrival(1_000, 50));
    ledger.adoptPart(short, 30);
    expect(ledger.kindOf(short)).toBe('typed');
  });
});

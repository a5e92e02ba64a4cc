/** The bench's own arithmetic: percentiles, bars and their judgement, and updates built and read by hand as Yjs does. */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { asRatio, judge, medianAgainst } from '../../bench/bars.ts';
import { frameOf } from '../../bench/frame.ts';
import { latencies, median, percentile } from '../../bench/measure.ts';
import { align, summarize } from '../../bench/table.ts';
import { letterUpdate, ownParagraph, scanUpdate } from '../../bench/updates.ts';

describe('numbers', () => {
  test('percentiles are values that were measured, whatever the order', () => {
    const samples = Array.from({ length: 100 }, (_, n) => (n * 37) % 100);
    expect(latencies(samples)).toEqual({ p50Ms: 50, p95Ms: 95, p99Ms: 99, maxMs: 99 });
    expect(percentile([7], 0.99)).toBe(7);
    expect(percentile([], 0.5)).toBeNaN();
  });

  test('the median of an even number of rounds lies between the middle ones', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
    expect(median([])).toBeNaN();
  });
});

const servers = [
  { id: 'relay', stores: false },
  { id: 'duizhao', stores: true },
  { id: 'peer', stores: false },
];

/** A round in which the machine was `slow` times slower for everybody. */
function round(slow: number, ours: number) {
  return {
    'c window 1': {
      relay: { updatesPerSecond: 1_000 / slow },
      duizhao: { updatesPerSecond: ours / slow },
      peer: { updatesPerSecond: 1_700 / slow },
    },
  };
}

describe('bars', () => {
  test('a ratio is taken within a round, so a slow round does not change it', () => {
    const rounds = [round(1, 2_000), round(10, 2_000), round(3, 2_000)];
    const ratio = medianAgainst(rounds, 'c window 1', 'updatesPerSecond', ['duizhao', 'relay'], asRatio);
    expect(ratio).toBeCloseTo(2);
    expect(judge(rounds, servers)).toEqual([{ name: 'c window 1', text: '≥ 1.9 × relay', met: true }]);
    expect(summarize(rounds)['c window 1']?.['peer']).toEqual({
      updatesPerSecond: 566.667,
      updatesPerSecondToRelay: 1.7,
    });
  });

  test('a bar that is missed by little is missed', () => {
    expect(judge([round(1, 1_899)], servers)[0]?.met).toBe(false);
  });

  test('nobody is judged on what was not measured', () => {
    const relayOnly = [{ 'c window 1': { relay: { updatesPerSecond: 1 } } }];
    expect(judge(relayOnly, servers)).toEqual([]);
    const withoutRelay = [{ 'c window 1': { duizhao: { updatesPerSecond: 1 } } }];
    expect(judge(withoutRelay, servers)[0]?.met).toBe(false);
  });

  test('a table has its numbers to the right', () => {
    expect(
      align([
        ['case', 'p50'],
        ['relay', '10.5'],
      ]),
    ).toEqual(['case    p50', 'relay  10.5']);
  });
});

describe('updates by hand', () => {
  const client = 1_000_000_000;

  test('Yjs reads a paragraph and the letters behind it as one text', () => {
    const doc = new Y.Doc();
    const { update, clock } = ownParagraph(client, 's:opening');
    Y.applyUpdate(doc, update);
    let typed = '起';
    for (let next = clock; next < clock + 300; next += 1) {
      const letter = letterUpdate(client, next);
      Y.applyUpdate(doc, letter);
      // Three bytes of one character stand before the empty list of deletions.
      typed += new TextDecoder().decode(letter.subarray(-4, -1));
    }
    const text = doc.getXmlFragment('s:opening').toArray().map(String).join('');
    expect(text.replaceAll(/<[^>]*>/g, '')).toBe(typed);
    expect(Y.getState(doc.store, client)).toBe(clock + 300);
    expect(doc.store.pendingStructs).toBeNull();
  });

  test('the scanner finds whose letters an update brings, alone and merged', () => {
    const updates = [client, client + 1].flatMap((author) => {
      const { update, clock } = ownParagraph(author, 's:opening');
      return [update, ...[0, 1, 2].map((n) => letterUpdate(author, clock + n))];
    });
    const seen: [number, number, number][] = [];
    const see = (author: number, from: number, to: number) => seen.push([author, from, to]);
    expect(scanUpdate(Y.mergeUpdates(updates), 0, see)).toBe(true);
    expect(seen.sort(([one], [two]) => one - two)).toEqual([
      [client, 0, 7],
      [client + 1, 0, 7],
    ]);
  });

  test('the scanner leaves to Yjs what it cannot read', () => {
    const doc = new Y.Doc();
    doc.getText('text').insert(0, '粗', { strong: {} });
    expect(scanUpdate(Y.encodeStateAsUpdate(doc), 0, () => undefined)).toBe(false);
  });
});

describe('frames', () => {
  test.each([
    [10, 6],
    [200, 8],
    [70_000, 14],
  ])('a payload of %i bytes stands behind a header of %i, unmasked by a mask of zero', (length, header) => {
    const payload = new Uint8Array(length).fill(7);
    const frame = frameOf(payload);
    expect(frame.length).toBe(header + length);
    expect(frame.subarray(header).equals(payload)).toBe(true);
    expect(frame.readUInt32BE(header - 4)).toBe(0);
  });
});

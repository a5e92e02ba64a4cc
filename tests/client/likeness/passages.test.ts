import { describe, expect, test } from 'vitest';
import { groupPassages, kindsOf } from '../../../client/likeness/group-passages.ts';
import type { Passage } from '../../../shared/api/likeness.ts';

function passage(change: Partial<Passage>): Passage {
  return {
    sectionKey: 'opening',
    blockId: 'block-one',
    from: 0,
    to: 4,
    before: '',
    quote: '四个字的',
    after: '',
    kind: 'colleague',
    severity: 'hint',
    source: null,
    ...change,
  };
}

describe('passages at one place', () => {
  test('are told together, with the weight of the heaviest and each kind once', () => {
    const list = [
      passage({}),
      passage({ kind: 'reference', severity: 'warn' }),
      passage({ kind: 'reference' }),
      passage({ from: 9, to: 12 }),
    ];
    const groups = groupPassages(list);
    expect(groups.map(({ passages }) => passages.length)).toEqual([3, 1]);
    expect(groups.map(({ severity }) => severity)).toEqual(['warn', 'hint']);
    expect(groups.map(kindsOf)).toEqual([['colleague', 'reference'], ['colleague']]);
  });
});

import { describe, expect, it } from 'vitest';
import { foldBlocks, onlyForm } from '../../../client/review/folded-blocks.ts';
import { parsePair } from '../../../client/review/use-comparison.ts';
import type { BlockChange } from '../../../shared/api/documents.ts';

const block = (blockId: string, kind: BlockChange['kind']): BlockChange => ({
  blockId,
  kind,
  segments: [{ kind: 'same', text: blockId }],
});
const shape = (...kinds: BlockChange['kind'][]) =>
  foldBlocks(kinds.map((kind, index) => block(`b${index}`, kind))).map((fold) =>
    fold.kind === 'change' ? fold.change.kind : fold.blocks.length,
  );

describe('foldBlocks', () => {
  it('folds runs of unchanged blocks to their number', () => {
    expect(shape('same', 'same', 'edited', 'same', 'same', 'same')).toEqual([2, 'edited', 3]);
  });

  it('folds a section nobody touched to one line', () => {
    expect(shape('same')).toEqual([1]);
    expect(shape('same', 'same', 'same')).toEqual([3]);
  });

  it('shows a single unchanged block between two changes', () => {
    expect(shape('added', 'same', 'removed')).toEqual(['added', 'same', 'removed']);
  });
});

describe('onlyForm', () => {
  it('tells a change of bold from a change of words', () => {
    expect(onlyForm(block('b1', 'edited'))).toBe(true);
    expect(onlyForm({ ...block('b1', 'edited'), segments: [{ kind: 'added', text: '新' }] })).toBe(false);
    expect(onlyForm(block('b1', 'moved'))).toBe(false);
  });
});

describe('parsePair', () => {
  it('reads two version numbers and nothing else', () => {
    expect(parsePair('1-3')).toEqual({ from: 1, to: 3 });
    for (const wrong of [null, '', '1', '1-', 'a-b', '1-2-3']) expect(parsePair(wrong)).toBeNull();
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffText, type LetterOp, mapOffset } from '../../../client/editor/binding/diff-text.ts';
import { hasLoneSurrogate } from '../../../shared/document/schema.ts';

const words = fc.array(fc.constantFrom('的', '一', '𠮷', '𠮵', 'a')).map((letters) => letters.join(''));

test('the change applied to the old letters gives the new ones, and no half character', () => {
  fc.assert(
    fc.property(words, words, fc.option(fc.nat(20)), (before, after, caret) => {
      const change = diffText(before, after, caret ?? undefined);
      if (change === undefined) {
        expect(after).toBe(before);
        return;
      }
      expect(before.slice(0, change.at) + change.insert + before.slice(change.at + change.remove)).toBe(after);
      expect(hasLoneSurrogate(change.insert)).toBe(false);
      expect(hasLoneSurrogate(before.slice(change.at, change.at + change.remove))).toBe(false);
    }),
  );
});

test('the caret says which of equal letters was typed or deleted', () => {
  expect(diffText('的的', '的的的', 1)).toEqual({ at: 0, remove: 0, insert: '的' });
  expect(diffText('的的', '的的的', 3)).toEqual({ at: 2, remove: 0, insert: '的' });
  expect(diffText('的的的', '的的', 1)).toEqual({ at: 1, remove: 1, insert: '' });
});

test('a caret far from the change does not make the change larger', () => {
  expect(diffText('甲乙丙丁', '甲一丙丁', 4)).toEqual({ at: 1, remove: 1, insert: '一' });
});

test('an offset keeps its letter through the changes of others', () => {
  const ops: readonly LetterOp[] = [{ retain: 2 }, { insert: '新' }, { remove: 1 }, { retain: 1 }];
  // 甲乙|丙丁 becomes 甲乙新丁
  expect([0, 1, 2, 3, 4].map((offset) => mapOffset(offset, ops, -1))).toEqual([0, 1, 2, 3, 4]);
  expect(mapOffset(2, ops, 1)).toBe(3);
  expect(mapOffset(9, ops, 1)).toBe(9);
});

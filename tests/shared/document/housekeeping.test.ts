import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { withoutHousekeeping } from '../../../shared/document/housekeeping.ts';

/** How many changes a copy makes when one person makes words bold and another takes them away. */
function changesOf(doc: Y.Doc): number {
  const [author, other] = [new Y.Doc(), new Y.Doc()];
  author.getText('s:opening').insert(0, '前粗体后');
  for (const copy of [doc, other]) Y.applyUpdate(copy, Y.encodeStateAsUpdate(author));
  const text = doc.getText('s:opening');
  let changes = 0;
  doc.on('update', (_update: Uint8Array, _origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
    if (local) changes += 1;
  });
  author.getText('s:opening').format(1, 2, { strong: {} });
  other.getText('s:opening').delete(1, 2);
  for (const copy of [author, other]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(copy));
  expect(text.toString()).toBe('前后');
  return changes;
}

test('a copy that only listens makes no change of its own, as Yjs would by itself', () => {
  expect(changesOf(withoutHousekeeping(new Y.Doc()))).toBe(0);
  expect(changesOf(new Y.Doc())).toBeGreaterThan(0);
});

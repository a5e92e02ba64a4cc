import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { takeUpdate } from '../../../client/room/take-update.ts';

const give = (from: Y.Doc, to: Y.Doc, known?: Uint8Array) => Y.applyUpdate(to, Y.encodeStateAsUpdate(from, known));

/** A page that keeps a deleted line for undo, and the rest of a word in it of which the server had collected the start. */
function story(): { readonly page: Y.Doc; readonly late: Uint8Array } {
  const [page, author, server] = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
  const root = page.getXmlFragment('s:opening');
  const history = new Y.UndoManager(root);
  const text = new Y.XmlText('我的字');
  root.insert(0, [new Y.XmlElement('paragraph')]);
  (root.get(0) as Y.XmlElement).insert(0, [text]);
  give(page, author);
  give(page, server);
  const theirs = (author.getXmlFragment('s:opening').get(0) as Y.XmlElement).get(0) as Y.XmlText;
  const before = Y.encodeStateVector(author);
  theirs.insert(0, '别');
  give(author, server);
  root.delete(0, 1);
  give(page, server);
  give(server, page, Y.encodeStateVector(page));
  theirs.insert(1, '人的话');
  expect(history.canUndo()).toBe(true);
  return { page, late: Y.encodeStateAsUpdate(author, before) };
}

test('a word whose start was collected elsewhere comes in beside a line that is kept for undo', () => {
  const { page, late } = story();
  takeUpdate(page, late, 'server');
  expect(page.getXmlFragment('s:opening').length).toBe(0);
  const { page: plain, late: same } = story();
  expect(() => Y.applyUpdate(plain, same)).toThrow();
});

test('what is new comes in, what is known does not come again, deletions do', () => {
  const [one, other] = [new Y.Doc(), new Y.Doc()];
  one.getText('t').insert(0, '甲乙𠮷丙');
  takeUpdate(other, Y.encodeStateAsUpdate(one), 'server');
  one.getText('t').insert(5, '丁');
  one.getText('t').delete(0, 1);
  takeUpdate(other, Y.encodeStateAsUpdate(one), 'server');
  takeUpdate(other, Y.encodeStateAsUpdate(one), 'server');
  expect(other.getText('t').toString()).toBe('乙𠮷丙丁');
});

import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { admit } from '../../../server/rooms/admit.ts';
import { rootOf } from '../../../shared/document/schema.ts';
import { userId } from '../../../shared/ids.ts';
import { pair } from '../../client/editor/editing.ts';

const author = userId.parse('user_01ARZ3NDEKTSV4RRFFQ69G5FAV');

test('RM11: a letter put into a word and made bold without a line comes in as one update', () => {
  const [server, page] = [new Y.Doc(), pair(['甲乙丙'])[0]];
  Y.applyUpdate(server, Y.encodeStateAsUpdate(page.doc));
  const before = Y.encodeStateVector(server);
  const element = page.binding.fragment.get(0) as Y.XmlElement;
  const text = element.get(0) as Y.XmlText;
  text.insert(1, '新');
  text.format(1, 1, { strong: {} });
  text.insert(2, '字', { strong: {} });
  server.getXmlFragment(rootOf('opening'));
  const ground = { doc: server, bodyKeys: new Set(['opening']), remarkIds: new Set<string>(), writers: new Map() };
  const admitted = admit(ground, Y.encodeStateAsUpdate(page.doc, before), author, true);
  expect(admitted).toEqual({ ok: true, value: expect.objectContaining({ novel: true }) });
});

test.each([
  ['before', 1, 2],
  ['behind', 2, 1],
])(
  'RM11: words put %s what another wrote at the same place meanwhile come in, between the two as well',
  (_, mine, his) => {
    const [server, page, other] = [new Y.Doc(), pair(['甲乙'])[0], new Y.Doc()];
    Y.applyUpdate(server, Y.encodeStateAsUpdate(page.doc));
    const before = Y.encodeStateVector(server);
    Y.applyUpdate(other, Y.encodeStateAsUpdate(page.doc));
    [page.doc.clientID, other.clientID] = [mine, his];
    const textIn = (doc: Y.Doc) => (doc.getXmlFragment(rootOf('opening')).get(0) as Y.XmlElement).get(0) as Y.XmlText;
    textIn(page.doc).insert(1, '我');
    textIn(other).insert(1, '他');
    for (const doc of [server, page.doc]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, before));
    textIn(page.doc).insert(2, '间');
    server.getXmlFragment(rootOf('opening'));
    const ground = { doc: server, bodyKeys: new Set(['opening']), remarkIds: new Set<string>(), writers: new Map() };
    const admitted = admit(ground, Y.encodeStateAsUpdate(page.doc, Y.encodeStateVector(server)), author, true);
    expect(admitted).toEqual({ ok: true, value: expect.objectContaining({ novel: true }) });
  },
);

test('RM11: what was written behind words that the server has half of comes in with the other half', () => {
  const [server, page] = [new Y.Doc(), pair(['甲乙丙'])[0]];
  Y.applyUpdate(server, Y.encodeStateAsUpdate(page.doc));
  const before = Y.encodeStateVector(server);
  const text = (page.binding.fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText;
  text.insert(1, '来');
  Y.applyUpdate(server, Y.encodeStateAsUpdate(page.doc, before));
  text.insert(2, '了');
  text.insert(3, '又走');
  text.delete(3, 2);
  server.getXmlFragment(rootOf('opening'));
  const ground = { doc: server, bodyKeys: new Set(['opening']), remarkIds: new Set<string>(), writers: new Map() };
  const admitted = admit(ground, Y.encodeStateAsUpdate(page.doc, before), author, true);
  expect(admitted).toEqual({ ok: true, value: expect.objectContaining({ novel: true }) });
});

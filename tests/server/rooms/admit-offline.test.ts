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

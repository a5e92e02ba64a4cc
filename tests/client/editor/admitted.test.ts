import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { toggleItem } from '../../../client/editor/keys.ts';
import { editorSchema } from '../../../client/editor/nodes.ts';
import { admit } from '../../../server/rooms/admit.ts';
import { rootOf } from '../../../shared/document/schema.ts';
import { userId } from '../../../shared/ids.ts';
import { backspace, bold, Editing, enter, section, seeded } from './editing.ts';

const author = userId.parse('user_01ARZ3NDEKTSV4RRFFQ69G5FAV');
const remark = 'rmk_01ARZ3NDEKTSV4RRFFQ69G5FAV';

test('the server admits every update an editor makes, deletions and moved remark anchors included', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(6), fc.nat(100)), { minLength: 3, maxLength: 40 }), (story) => {
      const server = seeded();
      const doc = new Y.Doc();
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(server));
      const editing = new Editing(doc);
      doc.on('update', (update: Uint8Array) => {
        server.getXmlFragment(rootOf(section));
        const ground = {
          doc: server,
          bodyKeys: new Set([section]),
          remarkIds: new Set([remark]),
          writers: new Map([[server.clientID, 'server' as const]]),
        };
        const admitted = admit(ground, update, author, true);
        expect(admitted).toEqual({ ok: true, value: expect.objectContaining({ novel: true }) });
        Y.applyUpdate(server, update);
      });
      editing.caret(0, 0).type('起𠮷草。');
      editing.dispatch(editing.state.tr.addMark(1, 4, editorSchema.mark('remark', { id: remark })));
      for (const [act, at] of story) {
        const block = at % editing.state.doc.childCount;
        const text = editing.state.doc.child(block).textContent;
        const place = at % (text.length + 1);
        const offset = /[\uDC00-\uDFFF]/.test(text.charAt(place)) ? place - 1 : place;
        editing.caret(block, offset);
        if (act === 0) editing.type('𠮵字');
        if (act === 1) editing.run(enter);
        if (act === 2) editing.run(backspace);
        if (act === 3) editing.run(toggleItem);
        if (act === 4) editing.caret(block, 0, offset).run(bold);
        if (act === 5) editing.erase(editing.startOf(block), editing.startOf(block) + offset);
        if (act === 6) editing.erase(editing.startOf(block) - 1, editing.startOf(block) - 1 + text.length + 2);
      }
      expect(Y.encodeStateVector(server)).toEqual(Y.encodeStateVector(doc));
    }),
    { numRuns: 150 },
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { History } from '../../../client/editor/history.ts';
import { toggleItem } from '../../../client/editor/keys.ts';
import { editorSchema } from '../../../client/editor/nodes.ts';
import { admit } from '../../../server/rooms/admit.ts';
import { rootOf } from '../../../shared/document/schema.ts';
import { userId } from '../../../shared/ids.ts';
import { backspace, bold, Editing, enter, section, seeded } from './editing.ts';

const author = userId.parse('user_01ARZ3NDEKTSV4RRFFQ69G5FAV');
const remark = 'rmk_01ARZ3NDEKTSV4RRFFQ69G5FAV';

/** One editor whose every update is judged and then taken in as by a server. */
function judged() {
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
  return { server, doc, editing };
}

function act(editing: Editing, what: number, at: number): void {
  const block = at % editing.state.doc.childCount;
  const text = editing.state.doc.child(block).textContent;
  const place = at % (text.length + 1);
  const offset = /[\uDC00-\uDFFF]/.test(text.charAt(place)) ? place - 1 : place;
  editing.caret(block, offset);
  if (what === 0) editing.type('𠮵字');
  if (what === 1) editing.run(enter);
  if (what === 2) editing.run(backspace);
  if (what === 3) editing.run(toggleItem);
  if (what === 4) editing.caret(block, 0, offset).run(bold);
  if (what === 5) editing.erase(editing.startOf(block), editing.startOf(block) + offset);
  if (what === 6) editing.erase(editing.startOf(block) - 1, editing.startOf(block) - 1 + text.length + 2);
}

function historyOf(editing: Editing): History {
  return new History(editing.doc, [section], {
    caret: () => undefined,
    follow: () => undefined,
    settle: () => undefined,
    writable: () => true,
  });
}

test('the server admits every update an editor makes, deletions and moved remark anchors included', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(6), fc.nat(100)), { minLength: 3, maxLength: 40 }), (story) => {
      const { server, doc, editing } = judged();
      for (const [what, at] of story) act(editing, what, at);
      expect(Y.encodeStateVector(server)).toEqual(Y.encodeStateVector(doc));
    }),
    { numRuns: 150 },
  );
});

/** Words are taken away in a line that was taken away and brought back, with what had been undone in it before. */
const inALineThatCameBack: [number, number][] = [
  [5, 33],
  [7, 0],
  [0, 1],
  [0, 0],
  [3, 0],
  [0, 0],
  [0, 0],
  [7, 0],
  [7, 0],
  [7, 0],
];

test('[RM11] the server admits whatever is undone and redone, and puts it where the editor does', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(14), fc.nat(100)), { minLength: 10, maxLength: 60 }), (story) => {
      const { server, doc, editing } = judged();
      const history = historyOf(editing);
      for (const [what, at] of story) {
        history.separate();
        if (what <= 6) act(editing, what, at);
        else if (what <= 11) history.undo();
        else history.redo();
        expect(server.getXmlFragment(rootOf(section)).toString()).toBe(editing.binding.fragment.toString());
      }
      history.destroy();
      expect(Y.encodeStateVector(server)).toEqual(Y.encodeStateVector(doc));
    }),
    { numRuns: 300, examples: [[inALineThatCameBack]] },
  );
});

test('[RM11] the server admits what is undone beside a letter written and taken back in a line that came back', () => {
  const { server, editing } = judged();
  const history = historyOf(editing);
  const change = (work: () => unknown) => {
    history.separate();
    work();
  };
  change(() => editing.run(enter));
  change(() => editing.type('甲乙丙'));
  const line = editing.startOf(1);
  change(() => editing.erase(line + 1, line + 2));
  change(() => editing.erase(line - 1, line + 3));
  history.undo();
  change(() => editing.caret(1, 1).type('丁'));
  history.undo();
  history.undo();
  expect(editing.lines).toEqual(['起𠮷草。', '甲乙丙']);
  expect(server.getXmlFragment(rootOf(section)).toString()).toBe(editing.binding.fragment.toString());
  history.destroy();
});

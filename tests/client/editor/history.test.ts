import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { History, type HistoryPlace } from '../../../client/editor/history.ts';
import { Editing, enter, meet, seeded } from './editing.ts';

function desk() {
  const doc = seeded('opening', 'causes');
  const opening = new Editing(doc, 'opening');
  const causes = new Editing(doc, 'causes');
  let current = opening;
  const followed: HistoryPlace[] = [];
  let writable = true;
  const history = new History(doc, ['opening', 'causes'], {
    caret: () => ({ section: current === opening ? 'opening' : 'causes', place: current.binding.caretBefore }),
    follow: (where) => followed.push(where),
    settle: () => current.binding.settle(),
    writable: () => writable,
  });
  const write = (editing: Editing, text: string) => {
    current = editing;
    history.separate();
    editing.caret(0, editing.state.doc.child(0).content.size).type(text);
  };
  return { doc, opening, causes, history, followed, write, freeze: () => (writable = false) };
}

describe('one history for all sections', () => {
  test('undoes in the order of writing, across sections, and follows with the caret', () => {
    const { opening, causes, history, followed, write } = desk();
    write(opening, '甲');
    write(causes, '乙');
    write(opening, '丙');
    history.undo();
    history.undo();
    expect([opening.lines, causes.lines]).toEqual([['甲'], ['']]);
    expect(followed.map(({ section }) => section)).toEqual(['opening', 'causes']);
    history.redo();
    expect(causes.lines).toEqual(['乙']);
    history.redo();
    expect(opening.lines).toEqual(['甲丙']);
  });

  test('remembers where the caret was before the edit', () => {
    const { opening, history, followed, write } = desk();
    write(opening, '一二三');
    history.separate();
    opening.caret(0, 1).type('插');
    history.undo();
    const place = followed[0]?.place;
    expect(place === undefined ? undefined : opening.binding.positionOf(place)).toBe(2);
  });

  test('never goes behind the text that came from the server, and never takes back what others wrote', () => {
    const { doc, opening, history, write } = desk();
    const other = new Y.Doc();
    meet(doc, other);
    const theirs = new Editing(other, 'opening');
    write(opening, '我的');
    meet(doc, other);
    theirs.caret(0, 2).type('别人的');
    meet(doc, other);
    history.undo();
    history.undo();
    history.undo();
    expect(opening.lines).toEqual(['别人的']);
  });

  test('takes nothing away from who wrote in the same line meanwhile', () => {
    const { doc, opening, history, write } = desk();
    const other = new Y.Doc();
    write(opening, '甲');
    meet(doc, other);
    const theirs = new Editing(other, 'opening');
    theirs.caret(0, 1).type('别人的');
    history.undo();
    meet(doc, other);
    expect(opening.lines).toEqual(['别人的']);
    expect(theirs.lines).toEqual(['别人的']);
  });

  test('leaves a block of its own, and its id, when others have written in it', () => {
    const { doc, opening, history, write } = desk();
    const other = new Y.Doc();
    write(opening, '甲');
    history.separate();
    opening.run(enter);
    opening.type('乙');
    const ids = opening.ids;
    meet(doc, other);
    new Editing(other, 'opening').caret(1, 1).type('别人的');
    meet(doc, other);
    history.undo();
    expect(opening.lines).toEqual(['甲', '别人的']);
    expect(opening.ids).toEqual(ids);
  });

  test('takes a block of its own back with all that held its letters', () => {
    const { opening, history, write } = desk();
    write(opening, '甲');
    history.separate();
    opening.run(enter);
    opening.type('乙');
    history.undo();
    expect(opening.lines).toEqual(['甲']);
    expect(opening.binding.fragment.length).toBe(1);
    history.redo();
    expect(opening.lines).toEqual(['甲', '乙']);
  });

  test('does nothing once the text may not be written', () => {
    const { opening, history, write, freeze } = desk();
    write(opening, '甲');
    freeze();
    history.undo();
    expect(opening.lines).toEqual(['甲']);
  });

  test('brings a composition into the text before it undoes', () => {
    const { opening, history, write } = desk();
    write(opening, '甲');
    history.separate();
    opening.beginComposition().compose('乙');
    opening.composing = false;
    history.undo();
    expect(opening.lines).toEqual(['甲']);
    history.redo();
    expect(opening.lines).toEqual(['甲乙']);
  });

  test('[RM11] what is undone stands where everybody else puts it, also in a line that came back in parts before', () => {
    const { doc, opening, history, write } = desk();
    const updates = [Y.encodeStateAsUpdate(doc)];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    const change = (work: () => void) => {
      history.separate();
      work();
    };
    write(opening, '甲乙丙');
    change(() => opening.erase(2, 4));
    history.undo();
    change(() => opening.caret(0, 2).type('丁'));
    change(() => opening.erase(3, 4));
    change(() => opening.erase(0, 5));
    history.undo();
    expect(opening.lines).toEqual(['甲乙丙']);
    const one = new Y.Doc();
    for (const update of updates) Y.applyUpdate(one, update);
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    expect([one, other].map((copy) => new Editing(copy, 'opening').lines)).toEqual([['甲乙丙'], ['甲乙丙']]);
  });
});

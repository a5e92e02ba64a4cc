import type { Mark } from '@tiptap/pm/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { remarkFormat } from '../../../client/editor/binding/shared-block.ts';
import { toggleItem } from '../../../client/editor/keys.ts';
import { editorSchema } from '../../../client/editor/nodes.ts';
import { rootOf } from '../../../shared/document/schema.ts';
import { agree, backspace, bold, Editing, enter, meet, pair, section, seeded } from './editing.ts';

describe('typing', () => {
  test('writes letters into the block that is there', () => {
    const editing = new Editing(seeded());
    editing.caret(0, 0).type('民主生活会');
    agree(editing);
    expect(editing.lines).toEqual(['民主生活会']);
    expect(editing.binding.fragment.length).toBe(1);
  });

  test('touches only the letters that changed', () => {
    const [a, b] = pair(['甲乙丙丁']);
    a.caret(0, 1).type('一');
    b.caret(0, 3).type('二');
    meet(a.doc, b.doc);
    expect(a.lines).toEqual(['甲一乙丙二丁']);
    expect(b.lines).toEqual(a.lines);
  });

  test('replaces nothing that arrived in a section that had been emptied under the caret', () => {
    const [a, b] = pair(['一', '二']);
    a.caret(0, 1);
    a.doc.transact(() => a.binding.fragment.delete(0, 2), 'server');
    meet(a.doc, b.doc);
    expect(a.lines).toEqual([]);
    b.dispatch(b.state.tr.insert(0, editorSchema.node('paragraph', { id: null }, [editorSchema.text('新的段落')])));
    meet(a.doc, b.doc);
    a.type('甲');
    meet(a.doc, b.doc);
    expect(a.lines).toEqual(['甲新的段落']);
    expect(b.lines).toEqual(a.lines);
  });

  test('never tears a rare character in two', () => {
    const [a, b] = pair(['𠮷']);
    const seen: string[] = [];
    b.doc.on('update', () => seen.push(JSON.stringify(b.binding.fragment.toString())));
    a.dispatch(a.state.tr.insertText('𠮵', 1, 3));
    meet(a.doc, b.doc);
    expect(b.lines).toEqual(['𠮵']);
    expect(seen.join()).not.toMatch(/\\ud[89a-f]/i);
  });

  test('keeps the caret out of a rare character that others put where it stood', () => {
    const [a, b] = pair(['甲乙丙']);
    a.caret(0, 1);
    const [block] = b.sharedNodes;
    const item = editorSchema.node('item', block?.attrs, [editorSchema.text('𠮷乙丙')]);
    b.dispatch(b.state.tr.replaceWith(0, b.state.doc.content.size, item));
    meet(a.doc, b.doc);
    expect(a.lines).toEqual(['*𠮷乙丙']);
    a.type('丁');
    meet(a.doc, b.doc);
    expect(b.lines).toEqual(['*丁𠮷乙丙']);
  });

  test('tells 的|的 from |的的 by the caret', () => {
    const [a, b] = pair(['的的']);
    a.caret(0, 0).type('的');
    b.caret(0, 1).type('乙');
    meet(a.doc, b.doc);
    expect(a.lines).toEqual(['的的乙的']);
  });

  test('keeps the caret behind the letters it stood behind, so two hands at one place do not weave', () => {
    const [a, b] = pair(['起']);
    a.caret(0, 1);
    b.caret(0, 1);
    for (const _ of [1, 2, 3]) {
      a.type('甲');
      b.type('乙');
      meet(a.doc, b.doc);
    }
    expect(['起甲甲甲乙乙乙', '起乙乙乙甲甲甲']).toContain(a.lines[0]);
    expect(b.lines).toEqual(a.lines);
  });

  test('joins the letters of two people who began the same empty block at once', () => {
    const [a, b] = pair();
    a.caret(0, 0).type('甲');
    b.caret(0, 0).type('乙');
    meet(a.doc, b.doc);
    agree(a);
    expect(a.lines[0]?.length).toBe(2);
    a.caret(0, 2).type('丙');
    meet(a.doc, b.doc);
    expect(b.lines[0]).toBe(a.lines[0]);
    expect(a.lines[0]?.endsWith('丙')).toBe(true);
  });
});

describe('blocks', () => {
  test('splitting leaves the id with the part that has the start', () => {
    const [a, b] = pair(['前半后半']);
    const [id] = a.ids;
    a.caret(0, 2).run(enter);
    expect(a.lines).toEqual(['前半', '后半']);
    expect(a.ids[0]).toBe(id);
    expect(a.ids[1]).not.toBe(id);
    meet(a.doc, b.doc);
    expect(b.ids).toEqual(a.ids);
    agree(b);
  });

  test('Enter at the start opens a block before and leaves the words in theirs', () => {
    const [a] = pair(['有话']);
    const [id] = a.ids;
    a.caret(0, 0).run(enter);
    expect(a.lines).toEqual(['', '有话']);
    expect(a.ids[1]).toBe(id);
  });

  test('edits by others arrive in the part that kept the words', () => {
    const [a, b] = pair(['前半后半']);
    a.caret(0, 2).run(enter);
    b.caret(0, 0).type('乙');
    meet(a.doc, b.doc);
    expect(a.lines).toEqual(['乙前半', '后半']);
    expect(b.lines).toEqual(a.lines);
  });

  test('joining, deleting and undoing the number keep both sides alike', () => {
    const [a, b] = pair(['一', '二', '三']);
    a.caret(1, 0).run(toggleItem);
    a.caret(2, 0).run(backspace);
    meet(a.doc, b.doc);
    expect(b.lines).toEqual(['一', '*二三']);
    b.caret(1, 0).run(backspace);
    meet(a.doc, b.doc);
    expect(a.lines).toEqual(['一', '二三']);
    agree(a);
    agree(b);
  });

  test('a block deleted by one while the other types in it is gone for both', () => {
    const [a, b] = pair(['一', '二']);
    a.caret(1, 1);
    a.erase(a.startOf(1) - 1, a.state.doc.content.size);
    b.caret(1, 1).type('！');
    meet(a.doc, b.doc);
    expect(a.lines).toEqual(['一']);
    expect(b.lines).toEqual(['一']);
  });

  test('leaves an element of a newer schema where it is', () => {
    const doc = seeded();
    doc.getXmlFragment(rootOf(section)).insert(0, [new Y.XmlElement('table')]);
    const editing = new Editing(doc);
    editing.caret(0, 0).type('字').run(enter);
    expect(editing.lines).toEqual(['字', '']);
    expect(
      editing.binding.fragment.toArray().map((child) => (child instanceof Y.XmlElement ? child.nodeName : '')),
    ).toEqual(['table', 'paragraph', 'paragraph']);
  });

  test('keeps the caret in a block whose kind somebody else changed', () => {
    const [a, b] = pair(['要点', '其他']);
    a.caret(0, 1);
    b.caret(0, 0).run(toggleItem);
    meet(a.doc, b.doc);
    expect(a.lines[0]).toBe('*要点');
    expect(a.caretAt).toEqual({ block: 0, offset: 1 });
  });
});

describe('marks', () => {
  const anchor = editorSchema.mark('remark', { id: 'rmk_01ARZ3NDEKTSV4RRFFQ69G5FAV' });
  const other = editorSchema.mark('remark', { id: 'rmk_01ARZ3NDEKTSV4RRFFQ69G5FAW' });
  const keyOf = (mark: Mark) => remarkFormat(mark.attrs['id']);

  test('bold words and overlapping remarks survive the way through the shared text', () => {
    const [a, b] = pair(['甲乙丙丁戊']);
    a.caret(0, 0, 2).run(bold);
    a.dispatch(a.state.tr.addMark(2, 5, anchor));
    a.dispatch(a.state.tr.addMark(4, 6, other));
    meet(a.doc, b.doc);
    expect(b.state.doc.toJSON()).toEqual(a.state.doc.toJSON());
    expect(JSON.stringify(b.state.doc.toJSON())).toContain(other.attrs['id']);
    agree(b);
  });

  test('an anchor the server wrote under any key is not written again', () => {
    const [a, b] = pair(['甲乙丙']);
    const element = a.binding.fragment.get(0);
    if (!(element instanceof Y.XmlElement)) throw new Error('no block');
    const text = element.get(0);
    if (!(text instanceof Y.XmlText)) throw new Error('no text');
    a.doc.transact(() => text.format(0, 2, { remark: { id: anchor.attrs['id'] } }), 'server');
    a.caret(0, 3).type('丁');
    expect(Object.keys(text.toDelta()[0].attributes)).toEqual(['remark']);
    meet(a.doc, b.doc);
    agree(a);
    agree(b);
  });

  test('overlapping remarks of letters that move to another block are the same there', () => {
    const [a, b] = pair(['甲乙', '丙丁']);
    const [first, second] = a.binding.fragment.toArray().map((block) => (block as Y.XmlElement).get(0) as Y.XmlText);
    a.doc.transact(() => {
      first?.format(0, 2, { [keyOf(anchor)]: anchor.attrs });
      second?.format(0, 1, { [keyOf(anchor)]: anchor.attrs });
      second?.format(0, 2, { [keyOf(other)]: other.attrs });
    }, 'server');
    a.caret(1, 0).run(backspace);
    meet(a.doc, b.doc);
    for (const editing of [a, b]) {
      expect(editing.lines).toEqual(['甲乙丙丁']);
      agree(editing);
    }
  });

  test('words typed behind a remark do not belong to it', () => {
    const [a] = pair(['甲乙']);
    a.dispatch(a.state.tr.addMark(1, 3, anchor));
    a.caret(0, 2).type('丙');
    expect(a.state.doc.child(0).lastChild?.marks).toEqual([]);
    agree(a);
  });
});

type Act =
  | {
      readonly who: 0 | 1;
      readonly name: 'type' | 'erase' | 'gone' | 'item' | 'bold' | 'enter' | 'back';
      readonly at: number;
    }
  | { readonly who: 0 | 1; readonly name: 'compose' | 'settle'; readonly at: number }
  | { readonly who: 0 | 1; readonly name: 'meet'; readonly at: number };

const acts = fc.array(
  fc.record({
    who: fc.constantFrom<0 | 1>(0, 1),
    name: fc.constantFrom<Act['name']>(
      'type',
      'type',
      'erase',
      'gone',
      'item',
      'bold',
      'enter',
      'back',
      'compose',
      'settle',
      'meet',
    ),
    at: fc.nat(200),
  }),
  { minLength: 5, maxLength: 60 },
);

function act(editing: Editing, { name, at }: Act): void {
  const { doc } = editing.state;
  if (doc.childCount === 0) return;
  const block = at % doc.childCount;
  const whole = (place: number): number =>
    /[\uDC00-\uDFFF]/.test(doc.child(block).textContent.charAt(place)) ? place - 1 : place;
  const offset = whole(at % (doc.child(block).content.size + 1));
  if (editing.composing) {
    if (name === 'compose') editing.compose('q');
    if (name === 'settle') editing.compose('字', 1).endComposition();
    return;
  }
  editing.caret(block, offset);
  if (name === 'type') editing.type(at % 3 === 0 ? '𠮷的' : '的');
  const end = whole(Math.min(offset + (at % 4), doc.child(block).content.size));
  if (name === 'erase') editing.erase(editing.startOf(block) + offset, editing.startOf(block) + end);
  if (name === 'gone' && doc.childCount > 1)
    editing.erase(editing.startOf(block) - 1, editing.startOf(block) - 1 + doc.child(block).nodeSize);
  if (name === 'item') editing.run(toggleItem);
  if (name === 'bold') editing.caret(block, 0, offset).run(bold);
  if (name === 'enter') editing.run(enter);
  if (name === 'back') editing.run(backspace);
  if (name === 'compose') editing.beginComposition().compose('q');
}

test('whatever two people do, both end with one text and each editor shows what is shared', () => {
  fc.assert(
    fc.property(acts, (story) => {
      const [a, b] = pair(['第一段的的', '第二段']);
      const both = [a, b] as const;
      for (const step of story) {
        if (step.name === 'meet') meet(a.doc, b.doc);
        else act(both[step.who], step as Act);
        for (const editing of both) if (!editing.composing) agree(editing);
      }
      for (const editing of both) if (editing.composing) editing.endComposition();
      meet(a.doc, b.doc);
      expect(a.state.doc.toJSON()).toEqual(b.state.doc.toJSON());
      agree(a);
      agree(b);
    }),
    { numRuns: 300 },
  );
});

import { TextSelection } from '@tiptap/pm/state';
import { describe, expect, test } from 'vitest';
import { findAll } from '../../../client/editor/find.ts';
import { toggleItem } from '../../../client/editor/keys.ts';
import { editorSchema } from '../../../client/editor/nodes.ts';
import { selectedText } from '../../../client/editor/plain-text.ts';
import { completeBlocks, randomBlockId } from '../../../client/editor/plugins/block-ids.ts';
import { itemFromMarker } from '../../../client/editor/plugins/item-rules.ts';
import { anchorOf, remarkRange, remarksAt, stretchOf } from '../../../client/editor/selection.ts';
import { remarksInText, textFacts } from '../../../client/editor/text-facts.ts';
import { readContent } from '../../../shared/document/content.ts';
import { blockIdPattern } from '../../../shared/document/schema.ts';
import { backspace, Editing, enter, pair, section, seeded } from './editing.ts';

/** Types as on the page: after each letter the rule for numbers looks at the paragraph. */
function typeWithRules(editing: Editing, text: string): void {
  for (const letter of text) {
    const before = editing.state;
    editing.type(letter);
    const tr = itemFromMarker(before, editing.state);
    if (tr !== null) editing.dispatch(tr);
  }
}

describe('numbers that are typed', () => {
  test.each(['1.我学习不够', '1、我学习不够', '（一）我学习不够', '(1)我学习不够', '2．我学习不够'])(
    '%s becomes an item once words follow',
    (text) => {
      const editing = new Editing(seeded());
      editing.caret(0, 0);
      typeWithRules(editing, text);
      expect(editing.lines).toEqual(['*我学习不够']);
      expect(editing.caretAt).toEqual({ block: 0, offset: 5 });
    },
  );

  test('a date behind the number is words', () => {
    const editing = new Editing(seeded());
    editing.caret(0, 0);
    typeWithRules(editing, '1.2022年每月学习');
    expect(editing.lines).toEqual(['*2022年每月学习']);
  });

  test.each(['1.5万元已到位', '2021年上半年', '一是政治站位不高', '12345'])('%s stays a paragraph', (text) => {
    const editing = new Editing(seeded());
    editing.caret(0, 0);
    typeWithRules(editing, text);
    expect(editing.lines).toEqual([text]);
  });

  test('a number that was taken back by undo is not formatted again by the next letter', () => {
    const editing = new Editing(seeded());
    editing.caret(0, 0).type('1.我');
    const before = editing.state;
    editing.type('学');
    expect(itemFromMarker(before, editing.state)).toBeNull();
  });
});

describe('Enter and Backspace', () => {
  test('Enter in an item begins the next item, in an empty one it ends the list', () => {
    const [editing] = pair(['要点']);
    editing.caret(0, 0).run(toggleItem);
    editing.caret(0, 2).run(enter);
    expect(editing.lines).toEqual(['*要点', '*']);
    editing.run(enter);
    expect(editing.lines).toEqual(['*要点', '']);
  });

  test('Backspace at the start of an item first makes it a paragraph', () => {
    const [editing] = pair(['一', '二']);
    editing.caret(1, 0).run(toggleItem);
    editing.caret(1, 0).run(backspace);
    expect(editing.lines).toEqual(['一', '二']);
    editing.run(backspace);
    expect(editing.lines).toEqual(['一二']);
  });
});

describe('block ids', () => {
  test('random ids have the agreed form', () => {
    for (let count = 0; count < 50; count += 1) expect(randomBlockId()).toMatch(blockIdPattern);
  });

  test('of two blocks with one id the first keeps it', () => {
    const [editing] = pair(['一']);
    const [id] = editing.ids;
    editing.dispatch(editing.state.tr.insert(editing.state.doc.content.size, editing.state.doc.child(0)));
    expect(editing.ids[0]).toBe(id);
    expect(new Set(editing.ids).size).toBe(2);
  });

  test('a section that lost its last block gets an empty paragraph', () => {
    const [editing] = pair(['一', '二']);
    editing.erase(0, editing.state.doc.content.size);
    expect(editing.lines).toEqual(['']);
    expect(completeBlocks(editing.state, randomBlockId)).toBeNull();
  });
});

describe('selection and anchors', () => {
  test('selected words of one block are an anchor in UTF-16 offsets', () => {
    const [editing] = pair(['周𠮷同志', '第二段']);
    editing.caret(0, 1, 3);
    expect(anchorOf(section, editing.state)).toEqual({
      sectionKey: section,
      blockId: editing.ids[0],
      from: 1,
      to: 3,
      quote: '𠮷',
    });
    const anchor = anchorOf(section, editing.state);
    expect(anchor === null ? null : stretchOf(anchor, editing.state)).toEqual({ block: 0, from: 1, to: 3 });
  });

  test('nothing, blanks, or words of two blocks are none', () => {
    const [editing] = pair(['甲　乙', '丙']);
    editing.caret(0, 1);
    expect(anchorOf(section, editing.state)).toBeNull();
    editing.caret(0, 1, 2);
    expect(anchorOf(section, editing.state)).toBeNull();
    const across = TextSelection.create(editing.state.doc, 1, editing.startOf(1) + 1);
    editing.dispatch(editing.state.tr.setSelection(across));
    expect(anchorOf(section, editing.state)).toBeNull();
  });

  test('overlapping remarks are found at a place, the shorter first, and in the order of the text', () => {
    const [editing] = pair(['甲乙丙丁戊']);
    const [long, short] = ['rmk_01ARZ3NDEKTSV4RRFFQ69G5FAV', 'rmk_01ARZ3NDEKTSV4RRFFQ69G5FAW'];
    editing.dispatch(editing.state.tr.addMark(1, 6, editorSchema.mark('remark', { id: long })));
    editing.dispatch(editing.state.tr.addMark(3, 5, editorSchema.mark('remark', { id: short })));
    expect(remarksAt(editing.state, 4)).toEqual([short, long]);
    expect(remarkRange(editing.state, short)).toEqual({ from: 3, to: 5 });
    expect(remarksInText(editing.doc, [section])).toEqual([long, short]);
  });
});

describe('facts and copies', () => {
  test('characters are counted as the server counts them', () => {
    const [editing] = pair(['周𠮷 同志', '二']);
    const facts = textFacts(editing.doc, [section]);
    expect(facts.total).toBe(5);
    expect(readContent(editing.doc, [section])[0]?.blocks.length).toBe(2);
  });

  test('copied blocks carry the numbers that are rendered', () => {
    const [editing] = pair(['引', '一', '二']);
    editing.caret(1, 0).run(toggleItem);
    editing.caret(2, 0).run(toggleItem);
    const all = TextSelection.create(editing.state.doc, 1, editing.state.doc.content.size - 1);
    editing.dispatch(editing.state.tr.setSelection(all));
    expect(selectedText(editing.state, 'arabic')).toBe('引\n1.一\n2.二');
    expect(selectedText(editing.state, 'chinese')).toBe('引\n（一）一\n（二）二');
    editing.caret(2, 0, 1);
    expect(selectedText(editing.state, 'arabic')).toBe('二');
  });

  test('find sees all sections and disregards case and width', () => {
    const sections = [
      { key: 'a', blocks: ['ＰＰＴ不如ppt', '无'] },
      { key: 'b', blocks: ['再说PPT'] },
    ];
    expect(findAll(sections, 'ppt')).toEqual([
      { section: 'a', block: 0, from: 0, to: 3 },
      { section: 'a', block: 0, from: 5, to: 8 },
      { section: 'b', block: 0, from: 2, to: 5 },
    ]);
    expect(findAll(sections, '  ')).toEqual([]);
  });
});

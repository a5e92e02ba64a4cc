import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { toggleItem } from '../../../client/editor/keys.ts';
import { agree, Editing, enter, meet, pair } from './editing.ts';

describe('composition', () => {
  test('sends no intermediate letters', () => {
    const [a, b] = pair(['会议']);
    let sent = 0;
    a.doc.on('update', () => {
      sent += 1;
    });
    a.caret(0, 2).beginComposition().compose('min').compose("min'zhu", 3);
    meet(a.doc, b.doc);
    expect(sent).toBe(0);
    expect(b.lines).toEqual(['会议']);
    a.compose('民主', 7).endComposition();
    meet(a.doc, b.doc);
    expect(b.lines).toEqual(['会议民主']);
    agree(a);
  });

  test('remote changes to the block wait, other blocks stay live', () => {
    const [a, b] = pair(['一二', '三四']);
    a.caret(0, 2).beginComposition().compose('wu');
    b.caret(0, 0).type('零');
    b.caret(1, 2).type('五');
    meet(a.doc, b.doc);
    expect(a.lines).toEqual(['一二wu', '三四五']);
    a.compose('屋', 2).endComposition();
    expect(a.lines).toEqual(['零一二屋', '三四五']);
    expect(a.caretAt).toEqual({ block: 0, offset: 4 });
    meet(a.doc, b.doc);
    expect(b.lines).toEqual(a.lines);
  });

  test('lands among letters that others changed on both sides of it', () => {
    const [a, b] = pair(['甲乙丙丁']);
    a.caret(0, 2).beginComposition().compose('x');
    b.caret(0, 0).type('【');
    b.erase(4, 5);
    b.caret(0, b.state.doc.child(0).content.size).type('】');
    meet(a.doc, b.doc);
    a.compose('新', 1).endComposition();
    meet(a.doc, b.doc);
    expect(a.lines).toEqual(b.lines);
    expect(a.lines).toEqual(['【甲乙新丁】']);
    agree(a);
  });

  test('takes nothing away that others put between the letters it replaces', () => {
    const [a, b] = pair(['甲乙丙丁']);
    a.caret(0, 1, 3).beginComposition();
    a.dispatch(a.state.tr.insertText('x'));
    b.caret(0, 2).type('【别人的】');
    b.erase(4, 5);
    meet(a.doc, b.doc);
    a.compose('新字', 1).endComposition();
    meet(a.doc, b.doc);
    expect(a.lines).toEqual(['甲新字【人的】丁']);
    expect(b.lines).toEqual(a.lines);
    expect(a.caretAt).toEqual({ block: 0, offset: 3 });
    agree(a);
  });

  test('lands right in a line that was empty and that somebody else begins meanwhile', () => {
    const [a, b] = pair();
    a.caret(0, 0).beginComposition().compose('min');
    b.caret(0, 0).type('会议');
    meet(a.doc, b.doc);
    expect(a.lines).toEqual(['min']);
    a.compose('民主', 3).endComposition();
    meet(a.doc, b.doc);
    expect(a.lines).toEqual(b.lines);
    expect(['民主会议', '会议民主']).toContain(a.lines[0]);
    agree(a);
  });

  test('lands right among letters of two who began the line at once', () => {
    const [a, b] = pair();
    const c = new Editing(seededFrom(a.doc));
    b.caret(0, 0).type('一二');
    meet(a.doc, b.doc);
    c.caret(0, 0).type('𠮷三');
    a.caret(0, 1).beginComposition().compose('x');
    meet(b.doc, c.doc);
    meet(a.doc, b.doc);
    a.compose('字', 1).endComposition();
    meet(a.doc, b.doc, c.doc);
    expect(a.lines).toEqual(b.lines);
    expect(a.lines[0]).toContain('一字二');
    expect(a.lines[0]).toContain('𠮷三');
    agree(a);
  });

  test('blocks that come and go above do not disturb it', () => {
    const [a, b] = pair(['一', '二', '三']);
    a.caret(2, 1).beginComposition().compose('si');
    b.caret(0, 1).run(enter);
    b.type('新');
    b.erase(b.startOf(2) - 1, b.startOf(3) - 1);
    meet(a.doc, b.doc);
    expect(a.lines).toEqual(['一', '新', '三si']);
    a.compose('四', 2).endComposition();
    meet(a.doc, b.doc);
    expect(b.lines).toEqual(['一', '新', '三四']);
  });

  test('loses nothing that waits when another block gets a new id meanwhile', () => {
    const [a, b] = pair(['一', '二']);
    a.caret(1, 0).run(toggleItem);
    b.caret(1, 0).run(toggleItem);
    b.caret(0, 1).beginComposition().compose('q');
    a.caret(0, 1).type('甲');
    // Both replaced the same block at once: two blocks with one id, of which one gets another at the next local change.
    meet(a.doc, b.doc);
    b.compose('字', 1).endComposition();
    meet(a.doc, b.doc);
    expect(['一甲字', '一字甲']).toContain(b.lines[0]);
    agree(b);
  });

  test('keeps the word in a paragraph of its own when somebody deletes its block', () => {
    const [a, b] = pair(['一', '二', '三']);
    a.caret(1, 1).beginComposition().compose('新词');
    b.erase(b.startOf(1) - 1, b.startOf(2) - 1);
    meet(a.doc, b.doc);
    expect(a.lines).toEqual(['一', '新词', '三']);
    a.endComposition();
    meet(a.doc, b.doc);
    expect(b.lines).toEqual(a.lines);
    expect(new Set(a.ids).size).toBe(3);
    agree(a);
    agree(b);
  });

  test('puts the word into the block that took the place of its own', () => {
    const [a, b] = pair(['一', '二二', '三']);
    a.caret(1, 1).beginComposition().compose('新词');
    b.caret(1, 0).run(toggleItem);
    meet(a.doc, b.doc);
    a.endComposition();
    meet(a.doc, b.doc);
    expect(a.lines).toEqual(['一', '*二新词二', '三']);
    expect(b.lines).toEqual(a.lines);
    agree(a);
  });

  test('ends quietly when somebody deletes its block before a letter is composed', () => {
    const [a, b] = pair(['一', '二']);
    a.caret(1, 1).beginComposition();
    b.erase(b.startOf(1) - 1, b.state.doc.content.size);
    meet(a.doc, b.doc);
    a.endComposition();
    meet(a.doc, b.doc);
    expect(a.lines).toEqual(['一']);
    agree(a);
  });
});

/** Another copy of the same text. */
function seededFrom(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  meet(doc, copy);
  return copy;
}

/** [PP14] What is drawn of changes in the text, and what is not while an input method composes. */

import type { DecorationSet } from '@tiptap/pm/view';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createBlock } from '../../../client/editor/binding/shared-block.ts';
import type { Drawing } from '../../../client/editor/section.ts';
import { ProposedDrawing } from '../../../client/proposals/proposed-drawing.ts';
import { RevisionDrawing } from '../../../client/proposals/revision-drawing.ts';
import { readContent, type SectionContent } from '../../../shared/document/content.ts';
import { rootOf } from '../../../shared/document/schema.ts';
import { compareProposal } from '../../../shared/proposals/changes.ts';
import { plain, section } from '../../support/proposed-texts.ts';
import { Editing } from '../editor/editing.ts';

const words = { added: '新增', moved: '移动', form: '编号', strong: '加粗' };
const version: SectionContent[] = [
  section(
    'opening',
    plain('block001', '对分包单位监管不严，返工三次。'),
    plain('block002', '第二段。'),
    plain('block003', '第三段。'),
  ),
];

function open(drawing: Drawing): Editing {
  const doc = new Y.Doc();
  const blocks = version[0]?.blocks ?? [];
  doc.getXmlFragment(rootOf('opening')).insert(
    0,
    blocks.map(({ id, kind, runs }) =>
      createBlock(
        kind,
        id,
        runs.map((run) => ({ ...run, remarks: [] })),
      ),
    ),
  );
  const editing = new Editing(doc);
  const plugin = drawing('opening', editing.binding);
  editing.state = editing.state.reconfigure({ plugins: [...editing.state.plugins, plugin] });
  return editing;
}

type Drawn = { readonly from: number; readonly to: number; readonly what: string };

function drawn(editing: Editing): Drawn[] {
  const plugin = editing.state.plugins.at(-1);
  const set = plugin?.props.decorations?.call(plugin, editing.state) as DecorationSet | undefined;
  return (set?.find() ?? [])
    .map(({ from, to, spec, ...rest }) => {
      const { attrs } = (rest as { type: { attrs?: Record<string, string> } }).type;
      return { from, to, what: spec.key ?? attrs?.['data-revision'] ?? attrs?.['class'] ?? '' };
    })
    .sort((a, b) => a.from - b.from || a.what.localeCompare(b.what));
}

const whatIs = (editing: Editing) => drawn(editing).map(({ what }) => what);

describe('the reviewer’s own changes', () => {
  const revising = () => {
    const revisions = new RevisionDrawing(words);
    const editing = open(revisions.drawing);
    const compare = () => {
      revisions.show(compareProposal(version, readContent(editing.doc, ['opening'])));
      editing.dispatch(editing.state.tr);
    };
    compare();
    return { editing, compare };
  };

  test('[PP14] nothing is drawn in the text as it was submitted', () => {
    expect(whatIs(revising().editing)).toEqual([]);
  });

  test('[PP14] what is put in is underlined at once, what is taken out stands struck through where it stood', () => {
    const { editing } = revising();
    editing.caret(0, 7, 9);
    editing.dispatch(editing.state.tr.insertText('流于形式'));
    expect(drawn(editing)).toEqual([
      { from: 8, to: 8, what: 'gone-7-不严' },
      { from: 8, to: 12, what: 'revision-in' },
    ]);
  });

  test('[PP14] new, removed and moved blocks are named as such', () => {
    const { editing, compare } = revising();
    const second = editing.startOf(1) - 1;
    editing.dispatch(editing.state.tr.delete(second, second + editing.state.doc.child(1).nodeSize));
    editing.caret(1, 4).dispatch(editing.state.tr.split(editing.state.selection.head));
    editing.type('另起一段。');
    compare();
    expect(whatIs(editing)).toEqual(['gone-block002-第二段。', 'added', 'revision-in']);
  });

  test('[PP14] while an input method composes, nothing stands beside the caret, and the rest of the block stays drawn', () => {
    const { editing, compare } = revising();
    editing.caret(0, 12, 14);
    editing.dispatch(editing.state.tr.insertText('五回'));
    editing.caret(0, 7, 9);
    editing.dispatch(editing.state.tr.delete(8, 10));
    const before = drawn(editing);
    expect(before.map(({ what }) => what)).toEqual(['gone-7-不严', 'gone-12-三次', 'revision-in']);
    editing.caret(0, 7).beginComposition();
    expect(whatIs(editing)).toEqual(['gone-12-三次', 'revision-in']);
    editing.compose('liu');
    const moved = drawn(editing);
    expect(moved.map(({ what }) => what)).toEqual(['gone-12-三次', 'revision-in']);
    expect(moved[0]?.from).toBe((before[1]?.from ?? 0) + 3);
    editing.compose('流于形式', 3).endComposition();
    compare();
    expect(whatIs(editing)).toEqual(['gone-7-不严', 'revision-in', 'gone-12-三次', 'revision-in']);
  });
});

describe('proposed changes in the author’s text', () => {
  const place = {
    key: 'k',
    sectionKey: 'opening',
    index: 0,
    blockId: 'block001',
    letters: { from: 7, to: 9, quote: '不严' },
    words: '流于形式',
    whole: false,
  };

  test('[PP14] the block is marked, and the one in hand is shown with what would come', () => {
    const proposed = new ProposedDrawing();
    const editing = open(proposed.drawing);
    proposed.show([place], null);
    editing.dispatch(editing.state.tr);
    expect(whatIs(editing)).toEqual(['proposed-block', 'proposed-words']);
    proposed.show([place], 'k');
    editing.dispatch(editing.state.tr);
    expect(whatIs(editing)).toEqual(['proposed-block proposed-block-active', 'proposed-out', 'coming-流于形式']);
  });

  test('[PP14] what is shown moves with the letters while the author writes, and goes when its words go', () => {
    const proposed = new ProposedDrawing();
    const editing = open(proposed.drawing);
    proposed.show([place], null);
    editing.dispatch(editing.state.tr);
    editing.caret(0, 0).type('我');
    expect(drawn(editing).find(({ what }) => what === 'proposed-words')).toMatchObject({ from: 9, to: 11 });
    proposed.show([place], null);
    editing.dispatch(editing.state.tr);
    expect(whatIs(editing)).toEqual(['proposed-block']);
  });

  test('[PP17] a click on its marked words means the change, elsewhere in the block none', () => {
    const proposed = new ProposedDrawing();
    const { state } = open(proposed.drawing);
    proposed.show([place, { ...place, key: 'put', letters: { from: 3, to: 3, quote: '' } }], null);
    const at = (offset: number) => proposed.changeAt('opening', state, 1 + offset);
    expect([at(3), at(6), at(7), at(8), at(9), at(10)]).toEqual([undefined, undefined, 'k', 'k', 'k', undefined]);
    expect(proposed.changeAt('closing', state, 8)).toBeUndefined();
  });

  test('[PP17] a click in a block means the change that is about the block as a whole, marked words first', () => {
    const proposed = new ProposedDrawing();
    const { state } = open(proposed.drawing);
    const whole = { ...place, key: 'gone', letters: undefined, words: '', whole: true };
    proposed.show([whole, place], null);
    const at = (offset: number) => proposed.changeAt('opening', state, 1 + offset);
    expect([at(2), at(8)]).toEqual(['gone', 'k']);
    proposed.show([{ ...whole, whole: false }], null);
    expect(at(2)).toBeUndefined();
  });

  test('[PP17] words that stand no longer are not what was marked', () => {
    const proposed = new ProposedDrawing();
    const editing = open(proposed.drawing);
    proposed.show([place], null);
    editing.erase(8, 10);
    editing.caret(0, 7).type('空喊');
    expect(proposed.changeAt('opening', editing.state, 9)).toBeUndefined();
  });
});

/** What people do at a desk, at random: writing, taking away, moving, pasting, composing, taking back. */
import { type Command, TextSelection } from '@tiptap/pm/state';
import { toggleItem, toggleStrong } from '../../client/editor/keys.ts';
import { appendBlocks, insertBlocks } from '../../client/editor/paste/insert.ts';
import type { NewBlock } from '../../client/editor/paste/to-blocks.ts';
import { blocksOf, type Editing } from '../client/editor/editing.ts';
import type { EditorDesk } from './editor-desk.ts';
import type { Letters } from './editor-letters.ts';
import type { Random } from './random.ts';

type Act = (desk: EditorDesk, random: Random, letters: Letters) => void;

/** The end of the grapheme-free whole character at or before an offset: places between two halves are nobody's. */
function whole(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  return code >= 0xdc00 && code <= 0xdfff ? offset - 1 : offset;
}

function place(section: Editing, random: Random): { readonly block: number; readonly offset: number } {
  const block = random.below(section.state.doc.childCount);
  const text = section.state.doc.child(block).textContent;
  const chance = random.next();
  if (chance < 0.15) return { block, offset: 0 };
  if (chance < 0.4) return { block, offset: text.length };
  return { block, offset: whole(text, random.below(text.length + 1)) };
}

/** Goes to some section, as a click does; one without blocks gets one. */
function enter(desk: EditorDesk, random: Random): Editing {
  if (random.next() < 0.3) {
    desk.focused = random.pick([...desk.sections.keys()]);
    desk.history.separate();
  }
  const section = desk.section();
  if (section.state.doc.childCount === 0) {
    const { paragraph } = section.state.schema.nodes;
    if (paragraph !== undefined) section.dispatch(section.state.tr.insert(0, paragraph.create({ id: null })));
  }
  return section;
}

function caret(desk: EditorDesk, random: Random): Editing {
  const section = enter(desk, random);
  const { block, offset } = place(section, random);
  return section.caret(block, offset);
}

/** A selection of a few letters, or across a few blocks. */
function select(desk: EditorDesk, random: Random, far: number): Editing {
  const section = enter(desk, random);
  const from = place(section, random);
  const inside = random.next() >= far;
  const count = section.state.doc.childCount;
  const toBlock = inside ? from.block : Math.min(count - 1, from.block + random.below(3));
  const text = section.state.doc.child(toBlock).textContent;
  const end = toBlock === from.block ? from.offset + random.below(6) : random.below(text.length + 1);
  const offset = whole(text, Math.min(text.length, end));
  const ends = [section.startOf(from.block) + from.offset, section.startOf(toBlock) + offset];
  const [anchor = 1, head = 1] = random.next() < 0.5 ? ends : ends.reverse();
  section.dispatch(section.state.tr.setSelection(TextSelection.create(section.state.doc, anchor, head)));
  return section;
}

function press(desk: EditorDesk, section: Editing, key: string): void {
  const command: Command | undefined = desk.keys[key];
  if (command !== undefined) section.run(command);
}

function newBlocks(random: Random, letters: Letters): NewBlock[] {
  return Array.from({ length: 1 + random.below(4) }, () => {
    const runs = Array.from({ length: 1 + random.below(2) }, () => ({
      text: letters.word(random, 1 + random.below(3)),
      strong: random.next() < 0.3,
      remarks: [],
    }));
    return { kind: random.next() < 0.3 ? 'item' : 'paragraph', runs } as const;
  });
}

export const acts = {
  type: (desk, random, letters) => {
    const section = random.next() < 0.5 ? enter(desk, random) : caret(desk, random);
    section.type(letters.word(random, 1 + random.below(3)));
  },
  'type over': (desk, random, letters) => {
    const section = select(desk, random, 0.2);
    section.dispatch(section.state.tr.insertText(letters.word(random, 2)));
  },
  erase: (desk, random) => {
    const section = select(desk, random, 0.25);
    section.dispatch(section.state.tr.deleteSelection());
  },
  'erase a block': (desk, random) => {
    const section = enter(desk, random);
    const { block } = place(section, random);
    const start = section.startOf(block) - 1;
    section.erase(start, start + section.state.doc.child(block).nodeSize);
  },
  'erase a section': (desk, random) => {
    const section = enter(desk, random);
    section.erase(0, section.state.doc.content.size);
  },
  split: (desk, random) => press(desk, caret(desk, random), 'Enter'),
  join: (desk, random) => {
    const section = enter(desk, random);
    const block = random.below(section.state.doc.childCount);
    const back = random.next() < 0.6;
    section.caret(block, back ? 0 : section.state.doc.child(block).content.size);
    press(desk, section, back ? 'Backspace' : 'Delete');
  },
  kind: (desk, random) => {
    select(desk, random, 0.3).run(toggleItem);
  },
  bold: (desk, random) => {
    select(desk, random, 0.2).run(toggleStrong);
  },
  move: (desk, random) => {
    const section = enter(desk, random);
    const blocks = blocksOf(section.state.doc);
    if (blocks.length < 2) return;
    const block = random.below(blocks.length);
    const moved = section.state.doc.child(block);
    const start = section.startOf(block) - 1;
    const target = random.below(blocks.length);
    const tr = section.state.tr.delete(start, start + moved.nodeSize);
    let at = 0;
    for (let index = 0; index < target; index += 1) at += tr.doc.maybeChild(index)?.nodeSize ?? 0;
    section.dispatch(tr.insert(at, moved));
  },
  'move to another section': (desk, random) => {
    const section = enter(desk, random);
    const { block } = place(section, random);
    const moved = section.state.doc.child(block);
    const start = section.startOf(block) - 1;
    section.erase(start, start + moved.nodeSize);
    const other = desk.section(random.pick([...desk.sections.keys()]));
    other.dispatch(other.state.tr.insert(other.state.doc.content.size, moved));
  },
  paste: (desk, random, letters) => {
    const section = random.next() < 0.3 ? select(desk, random, 0.5) : caret(desk, random);
    desk.history.separate();
    section.dispatch(insertBlocks(section.state, newBlocks(random, letters)));
    desk.history.separate();
  },
  'paste behind': (desk, random, letters) => {
    const section = enter(desk, random);
    section.dispatch(appendBlocks(section.state, newBlocks(random, letters)));
  },
  undo: (desk, random) => {
    for (let times = 1 + random.below(3); times > 0; times -= 1) desk.history.undo();
  },
  redo: (desk, random) => {
    for (let times = 1 + random.below(2); times > 0; times -= 1) desk.history.redo();
  },
  compose: (desk, random, letters) => {
    const section = random.next() < 0.7 ? caret(desk, random) : select(desk, random, 0.3);
    section.beginComposition();
    if (section.state.selection.empty) section.compose(letters.word(random, 1));
    else section.dispatch(section.state.tr.insertText(letters.word(random, 1)));
  },
} satisfies Readonly<Record<string, Act>>;
export type ActName = keyof typeof acts;

const weights: Readonly<Record<ActName, number>> = {
  type: 30,
  'type over': 4,
  erase: 9,
  'erase a block': 3,
  'erase a section': 0.3,
  split: 8,
  join: 7,
  kind: 4,
  bold: 5,
  move: 2,
  'move to another section': 1,
  paste: 4,
  'paste behind': 1,
  undo: 7,
  redo: 4,
  compose: 8,
};

export function pickAct(random: Random): ActName {
  const entries = Object.entries(weights) as [ActName, number][];
  let left = random.next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  return 'type';
}

/** While an input method is open: its letters change, its word is chosen or given up, or something ends it. */
export const composingActs = {
  'compose on': (desk, random, letters) => {
    const section = desk.composing;
    if (section === undefined) return;
    const replaced = random.next() < 0.7 ? composedBefore(section, random) : 0;
    section.compose(letters.word(random, 1), replaced);
  },
  'compose the word': (desk, random, letters) => {
    const section = desk.composing;
    section?.compose(letters.word(random, 2), composedBefore(section, random));
    section?.endComposition();
  },
  'end composing': (desk) => {
    desk.composing?.endComposition();
  },
  'undo while composing': (desk) => {
    const section = desk.composing;
    desk.history.undo();
    section?.endComposition();
  },
} satisfies Readonly<Record<string, Act>>;

/** A few whole letters before the caret, which the input method takes back. */
function composedBefore(section: Editing, random: Random): number {
  const { $head } = section.state.selection;
  const text = $head.parent.textContent;
  const from = whole(text, Math.max(0, $head.parentOffset - random.below(3)));
  return $head.parentOffset - from;
}

export function pickComposingAct(random: Random): keyof typeof composingActs {
  const chance = random.next();
  if (chance < 0.45) return 'compose on';
  if (chance < 0.85) return 'compose the word';
  return chance < 0.95 ? 'end composing' : 'undo while composing';
}

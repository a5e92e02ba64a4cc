/**
 * What keys do in a section. A section ends where the next begins: arrows, Tab and their shifted twins cross over. Pure
 * commands on a state; whoever knows the neighbours passes `cross`.
 */
import { chainCommands, deleteSelection, joinBackward, joinForward, toggleMark } from '@tiptap/pm/commands';
import { type Command, type EditorState, TextSelection } from '@tiptap/pm/state';
import { strongMark } from '../../shared/document/schema.ts';

/** Leaves the section; `left` is the caret's horizontal place, to keep the column. False at the document's ends. */
export type Cross = (direction: 'before' | 'after', place: 'start' | 'end', left?: number) => boolean;

/** The block the caret is in, when the selection lies in one. */
function caretBlock(state: EditorState) {
  const { $from, $to } = state.selection;
  return $from.depth === 1 && $from.sameParent($to) ? { node: $from.parent, position: $from.before(1) } : undefined;
}

/** Turns every selected block into an item, or back when all are. */
export const toggleItem: Command = (state, dispatch) => {
  const { paragraph, item } = state.schema.nodes;
  if (paragraph === undefined || item === undefined) return false;
  const { from, to } = state.selection;
  const blocks: { readonly position: number; readonly isItem: boolean }[] = [];
  state.doc.nodesBetween(from, to, (node, position) => {
    if (node.isTextblock) blocks.push({ position, isItem: node.type === item });
    return false;
  });
  if (blocks.length === 0) return false;
  const target = blocks.every(({ isItem }) => isItem) ? paragraph : item;
  const { tr } = state;
  for (const { position } of blocks) tr.setNodeMarkup(position, target, state.doc.nodeAt(position)?.attrs);
  dispatch?.(tr.scrollIntoView());
  return true;
};

export const toggleStrong: Command = (state, dispatch, view) => {
  const strong = state.schema.marks[strongMark];
  return strong === undefined ? false : toggleMark(strong)(state, dispatch, view);
};

/** An empty item becomes a paragraph, by Enter or by Backspace at its start. */
const emptyItemToParagraph: Command = (state, dispatch) => {
  const block = caretBlock(state);
  const { paragraph, item } = state.schema.nodes;
  if (block === undefined || block.node.type !== item || block.node.content.size > 0 || paragraph === undefined) {
    return false;
  }
  dispatch?.(state.tr.setNodeMarkup(block.position, paragraph, block.node.attrs));
  return true;
};

const itemToParagraph: Command = (state, dispatch) => {
  const block = caretBlock(state);
  const { paragraph, item } = state.schema.nodes;
  const atStart = state.selection.empty && state.selection.$from.parentOffset === 0;
  if (block === undefined || block.node.type !== item || !atStart || paragraph === undefined) return false;
  dispatch?.(state.tr.setNodeMarkup(block.position, paragraph, block.node.attrs));
  return true;
};

/** At the start of a block with words an empty one is put before it: the words keep their block, its id and remarks. */
const openBlockBefore: Command = (state, dispatch) => {
  const block = caretBlock(state);
  const { $from, empty } = state.selection;
  if (block === undefined || !empty || $from.parentOffset > 0 || block.node.content.size === 0) return false;
  dispatch?.(state.tr.insert(block.position, block.node.type.create({ id: null })).scrollIntoView());
  return true;
};

const splitHere: Command = (state, dispatch) => {
  const { tr } = state;
  if (!state.selection.empty) tr.deleteSelection();
  const $from = tr.selection.$from;
  if ($from.depth !== 1) return false;
  tr.split($from.pos, 1, [{ type: $from.parent.type, attrs: { id: null } }]);
  dispatch?.(tr.scrollIntoView());
  return true;
};

function crossing(direction: 'before' | 'after', key: 'up' | 'down' | 'left' | 'right', cross: Cross): Command {
  return (state, _dispatch, view) => {
    const { selection } = state;
    if (!(selection instanceof TextSelection) || !selection.empty || view === undefined || view.composing) return false;
    const { $head } = selection;
    const index = $head.index(0);
    if (index !== (direction === 'before' ? 0 : state.doc.childCount - 1)) return false;
    if (!view.endOfTextblock(key, state)) return false;
    const vertical = key === 'up' || key === 'down';
    const left = vertical ? view.coordsAtPos($head.pos).left : undefined;
    return cross(direction, direction === 'before' ? 'end' : 'start', left);
  };
}

function tabbing(direction: 'before' | 'after', cross: Cross): Command {
  return (_state, _dispatch, view) => view?.composing !== true && cross(direction, 'end');
}

/** The whole key map of a section. `history` undoes across sections. */
export function sectionKeys(cross: Cross, history: { undo(): void; redo(): void }): Record<string, Command> {
  const undo: Command = () => {
    history.undo();
    return true;
  };
  const redo: Command = () => {
    history.redo();
    return true;
  };
  const enter = chainCommands(emptyItemToParagraph, openBlockBefore, splitHere);
  const backspace = chainCommands(deleteSelection, itemToParagraph, joinBackward);
  const forward = chainCommands(deleteSelection, joinForward);
  return {
    Enter: enter,
    'Shift-Enter': enter,
    Backspace: backspace,
    'Shift-Backspace': backspace,
    Delete: forward,
    'Mod-b': toggleStrong,
    'Mod-Shift-7': toggleItem,
    'Mod-z': undo,
    'Mod-y': redo,
    'Mod-Shift-z': redo,
    ArrowUp: crossing('before', 'up', cross),
    ArrowLeft: crossing('before', 'left', cross),
    ArrowDown: crossing('after', 'down', cross),
    ArrowRight: crossing('after', 'right', cross),
    Tab: tabbing('after', cross),
    'Shift-Tab': tabbing('before', cross),
  };
}

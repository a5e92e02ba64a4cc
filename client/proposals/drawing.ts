/**
 * Draws into a section without touching its text. While an input method composes, its block is not drawn anew: what was drawn
 * there moves along with the letters, and nothing stays beside the caret (design 4.11).
 */
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { Drawing } from '../editor/section.ts';

/** Draws the blocks of a section; `skip` is the block to leave out, -1 for none. */
export type Draw = (key: string, state: EditorState, skip: number) => Decoration[];

/** Hears of a click into a section; true when it was for what is drawn there. */
export type Clicked = (key: string, state: EditorState, position: number) => boolean;

/** `stamp` says when what is drawn from has changed: as long as it is the same, what stands is only moved along. */
export function drawingOf(draw: Draw, stamp?: () => unknown, clicked?: Clicked): Drawing {
  type Drawn = { readonly set: DecorationSet; readonly stamp: unknown; readonly held: boolean };
  return (key, binding) => {
    const pluginKey = new PluginKey<Drawn>('duizhao.drawing');
    const fresh = (state: EditorState): Drawn => ({
      set: DecorationSet.create(state.doc, draw(key, state, -1)),
      stamp: stamp?.(),
      held: false,
    });
    const next = (tr: Transaction, before: Drawn, state: EditorState): Drawn => {
      const held = binding.heldIndex;
      const moved = before.set.map(tr.mapping, tr.doc);
      const settled = held === -1 && !before.held;
      if (settled && stamp !== undefined && stamp() === before.stamp) return { ...before, set: moved };
      if (held === -1) return fresh(state);
      const drawn = [...draw(key, state, held), ...kept(moved, state, held)];
      return { set: DecorationSet.create(state.doc, drawn), stamp: stamp?.(), held: true };
    };
    return new Plugin<Drawn>({
      key: pluginKey,
      state: { init: (_config, state) => fresh(state), apply: (tr, before, _old, state) => next(tr, before, state) },
      props: {
        decorations: (state) => pluginKey.getState(state)?.set ?? DecorationSet.empty,
        handleClick: (view, position) => clicked?.(key, view.state, position) ?? false,
      },
    });
  };
}

/** What is drawn in the block that is being composed in and does not touch the caret. */
function kept(set: DecorationSet, { doc, selection }: EditorState, held: number): Decoration[] {
  const start = startOf(doc, held);
  const block = doc.maybeChild(held);
  if (start === undefined || block === null) return [];
  const inside = set.find(start, start + block.nodeSize);
  return inside.filter(({ from, to }) => to < selection.from || from > selection.to);
}

/** Where the nth block begins. */
export function startOf(doc: Node, index: number): number | undefined {
  if (index < 0 || index >= doc.childCount) return undefined;
  let position = 0;
  for (let before = 0; before < index; before += 1) position += doc.child(before).nodeSize;
  return position;
}

/** Words that are not in the text, drawn as taken out. */
export function gone(at: number, words: string, tag: 'span' | 'p', key: string): Decoration {
  const draw = (): HTMLElement => {
    const place = document.createElement(tag);
    place.className = tag === 'p' ? 'revision-gone' : 'revision-out';
    const del = document.createElement('del');
    del.textContent = words;
    place.append(del);
    return place;
  };
  return Decoration.widget(at, draw, { side: -1, key: `gone-${key}-${words}`, ignoreSelection: true });
}

/**
 * "1." or （一） typed before words at the start of a paragraph makes it a numbered item, because its number is rendered.
 * Hangs on what the text has become, not on keys: full-width marks come from input methods. Never while one composes.
 */
import { type EditorState, Plugin, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { fromShared } from '../binding/binding.ts';
import { idOf } from '../binding/block-node.ts';
import { itemMarkerLength } from '../paste/markers.ts';

/** The change that makes the caret's paragraph an item, when its words have just got behind a marker. */
export function itemFromMarker(before: EditorState, state: EditorState): Transaction | null {
  const { $head, empty } = state.selection;
  const block = $head.parent;
  const item = state.schema.nodes['item'];
  if (!empty || $head.depth !== 1 || block.type.name !== 'paragraph' || item === undefined) return null;
  const length = itemMarkerLength(block.textContent);
  if (length === 0 || length >= block.textContent.length || $head.parentOffset <= length) return null;
  let wordsBefore = false;
  before.doc.forEach((old) => {
    if (idOf(old) !== idOf(block)) return;
    const known = itemMarkerLength(old.textContent);
    wordsBefore = old.type !== block.type || (known > 0 && old.textContent.length > known);
  });
  if (wordsBefore) return null;
  const start = $head.before(1);
  return state.tr.delete(start + 1, start + 1 + length).setNodeMarkup(start, item, block.attrs);
}

export function itemRules(isHeld: () => boolean, beforeFormatting: () => void): Plugin & { check(): void } {
  let view: EditorView | undefined;
  let since: EditorState | undefined;
  const check = (): void => {
    if (view === undefined || since === undefined || view.composing || isHeld()) return;
    const tr = itemFromMarker(since, view.state);
    since = undefined;
    if (tr === null) return;
    beforeFormatting();
    view.dispatch(tr);
  };
  const plugin = new Plugin({
    state: {
      init: () => false,
      apply: (tr, _value, before) => {
        if (tr.docChanged && tr.getMeta(fromShared) !== true) since ??= before;
        return false;
      },
    },
    view: (created) => {
      view = created;
      return { update: check, destroy: () => (view = undefined) };
    },
  });
  return Object.assign(plugin, { check });
}

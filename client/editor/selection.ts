/** From a selection in a section to the place a remark can be anchored to, and back. Pure. */
import type { EditorState } from '@tiptap/pm/state';
import type { AnchorBody } from '../../shared/api/remarks.ts';
import { remarkMark } from '../../shared/document/schema.ts';
import { idOf } from './binding/block-node.ts';
import type { Stretch } from './plugins/lights.ts';

/** The longest quote the server takes. */
const maxQuote = 2000;

/** The selected words as an anchor; null when nothing is selected, or when the selection leaves its block. */
export function anchorOf(sectionKey: string, state: EditorState): AnchorBody | null {
  const { $from, $to, empty } = state.selection;
  if (empty || $from.depth !== 1 || !$from.sameParent($to)) return null;
  const blockId = idOf($from.parent);
  const quote = $from.parent.textBetween($from.parentOffset, $to.parentOffset);
  if (blockId === undefined || quote.trim() === '' || quote.length > maxQuote) return null;
  return { sectionKey, blockId, from: $from.parentOffset, to: $to.parentOffset, quote };
}

/** Where an anchor's words stand in this state, by block and offsets; null when they no longer do. */
export function stretchOf(anchor: AnchorBody, state: EditorState): Stretch | null {
  let found: Stretch | null = null;
  state.doc.forEach((block, _position, index) => {
    if (idOf(block) !== anchor.blockId) return;
    if (block.textBetween(0, block.content.size).slice(anchor.from, anchor.to) !== anchor.quote) return;
    found = { block: index, from: anchor.from, to: anchor.to };
  });
  return found;
}

/** The first place of a remark's anchor, as document positions. */
export function remarkRange(
  state: EditorState,
  id: string,
): { readonly from: number; readonly to: number } | undefined {
  let from: number | undefined;
  let to = 0;
  state.doc.descendants((node, position) => {
    if (!node.marks.some((mark) => mark.type.name === remarkMark && mark.attrs['id'] === id)) return;
    from ??= position;
    to = position + node.nodeSize;
  });
  return from === undefined ? undefined : { from, to };
}

/** The remarks whose anchors cover a position, the shortest anchor first. */
export function remarksAt(state: EditorState, position: number): string[] {
  const $position = state.doc.resolve(position);
  const marks = [...($position.nodeBefore?.marks ?? []), ...($position.nodeAfter?.marks ?? [])];
  const ids = new Set(marks.filter(({ type }) => type.name === remarkMark).map(({ attrs }) => String(attrs['id'])));
  const length = (id: string): number => {
    const range = remarkRange(state, id);
    return range === undefined ? 0 : range.to - range.from;
  };
  return [...ids].sort((a, b) => length(a) - length(b));
}

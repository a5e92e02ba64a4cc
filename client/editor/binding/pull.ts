/**
 * From the shared text to the editor: turns the agreed blocks into what the fragment holds now, in steps as small as the
 * change, so that carets, decorations and a composition elsewhere stay where they are. Pure.
 */
import { type Node, Slice } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import * as Y from 'yjs';
import { idOf, nodeOf } from './block-node.ts';
import type { Entry } from './push.ts';

/** Adds the steps to `tr` and returns the new entries. The blocks of `held` and of unchanged elements are not looked at. */
export function pullBlocks(
  tr: Transaction,
  fragment: Y.XmlFragment,
  entries: readonly Entry[],
  changed: (element: Y.XmlElement) => boolean,
  held: Y.XmlElement | undefined,
): Entry[] {
  const { schema } = tr.doc.type;
  const elements = fragment.toArray().filter((child): child is Y.XmlElement => child instanceof Y.XmlElement);
  const present = new Set(elements);
  const result: Entry[] = [];
  let old = 0;
  let position = 0;
  const dropGone = (): void => {
    for (let entry = entries[old]; entry !== undefined && !present.has(entry.element); entry = entries[old]) {
      old += 1;
      const shown = shownNode(tr, entry, position);
      if (shown !== undefined) tr.delete(position, position + shown.nodeSize);
    }
  };
  for (const element of elements) {
    dropGone();
    const entry = entries[old];
    if (entry?.element === element) {
      old += 1;
      const next = element === held || !changed(element) ? entry : updateBlock(tr, entry, position);
      result.push(next);
      position += shownNode(tr, next, position)?.nodeSize ?? 0;
    } else {
      const node = nodeOf(schema, element);
      result.push({ element, node });
      if (node !== undefined) {
        tr.insert(position, node);
        position += node.nodeSize;
      }
    }
  }
  dropGone();
  return result;
}

/** The block at `position` that shows this entry; the editor may be ahead of the entry while a composition is held. */
function shownNode(tr: Transaction, entry: Entry, position: number): Node | undefined {
  if (entry.node === undefined) return undefined;
  return tr.doc.nodeAt(position) ?? undefined;
}

function updateBlock(tr: Transaction, entry: Entry, position: number): Entry {
  const shown = shownNode(tr, entry, position);
  const next = nodeOf(tr.doc.type.schema, entry.element);
  if (shown === undefined || next === undefined) return entry;
  return { element: entry.element, node: replaceBlock(tr, shown, next, position) };
}

/** Makes the block at `position`, now `shown`, equal to `next`; returns the node that stands there afterwards. */
export function replaceBlock(tr: Transaction, shown: Node, next: Node, position: number): Node {
  if (idOf(shown) !== idOf(next)) tr.setNodeMarkup(position, undefined, next.attrs);
  const from = shown.content.findDiffStart(next.content);
  if (from !== null) {
    const end = shown.content.findDiffEnd(next.content);
    if (end !== null) {
      // The two ends may overlap where the same letters repeat.
      const overlap = Math.max(0, from - Math.min(end.a, end.b));
      const inside = position + 1;
      const slice = new Slice(next.content.cut(from, end.b + overlap), 0, 0);
      tr.replace(inside + from, inside + end.a + overlap, slice);
    }
  }
  return tr.doc.nodeAt(position) ?? next;
}

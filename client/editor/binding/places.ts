/**
 * Places in the text that survive changes by others: a position in a section's editor as a Yjs relative position, and back.
 * A place clings to the letter before it, so two people typing at one spot do not weave their words together.
 */
import type { Node } from '@tiptap/pm/model';
import * as Y from 'yjs';
import type { Entry } from './push.ts';
import { textsOf } from './shared-block.ts';

/** A place: an offset in a block's letters, or the block itself when it has none. `blockId` finds a rewritten block. */
export type Place = {
  readonly relative: Y.RelativePosition;
  readonly blockId: string | undefined;
  readonly offset: number;
};

/** The shown block that contains a document position, its index among the shown blocks, and the offset in its letters. */
export function blockAt(doc: Node, position: number): { readonly index: number; readonly offset: number } | undefined {
  const $position = doc.resolve(Math.min(position, doc.content.size));
  if ($position.depth === 0) return undefined;
  return { index: $position.index(0), offset: $position.parentOffset };
}

/** The document position of an offset in the nth shown block. */
export function positionOf(doc: Node, index: number, offset: number): number | undefined {
  if (index < 0 || index >= doc.childCount) return undefined;
  let position = 1;
  for (let before = 0; before < index; before += 1) position += doc.child(before).nodeSize;
  return position + Math.min(offset, doc.child(index).content.size);
}

/** The position itself, or the one before the character whose halves it parts. */
export function wholePosition(doc: Node, position: number): number {
  const { parent, parentOffset, depth } = doc.resolve(position);
  if (depth === 0) return position;
  const [before = 0, behind = 0] = [parentOffset - 1, parentOffset].map((at) => parent.textContent.charCodeAt(at));
  const parted = before >= 0xd800 && before <= 0xdbff && behind >= 0xdc00 && behind <= 0xdfff;
  return parted ? position - 1 : position;
}

function shown(entries: readonly Entry[]): Entry[] {
  return entries.filter((entry) => entry.node !== undefined);
}

export function placeOf(entries: readonly Entry[], doc: Node, position: number): Place | undefined {
  const at = blockAt(doc, position);
  const entry = at === undefined ? undefined : shown(entries)[at.index];
  if (at === undefined || entry === undefined) return undefined;
  const id: unknown = doc.child(at.index).attrs['id'];
  const blockId = typeof id === 'string' ? id : undefined;
  let start = 0;
  for (const text of textsOf(entry.element)) {
    if (at.offset <= start + text.length) {
      return {
        relative: Y.createRelativePositionFromTypeIndex(text, at.offset - start, -1),
        blockId,
        offset: at.offset,
      };
    }
    start += text.length;
  }
  return { relative: Y.createRelativePositionFromTypeIndex(entry.element, 0, -1), blockId, offset: at.offset };
}

/** Where a place is now; undefined when its block is gone. */
export function positionOfPlace(entries: readonly Entry[], doc: Node, shared: Y.Doc, place: Place): number | undefined {
  const found = Y.createAbsolutePositionFromRelativePosition(place.relative, shared);
  const blocks = shown(entries);
  if (found !== null) {
    const index = blocks.findIndex(
      ({ element }) => element === found.type || textsOf(element).some((t) => t === found.type),
    );
    const block = blocks[index];
    if (block !== undefined) return positionOf(doc, index, offsetIn(block.element, found));
  }
  // A block whose kind was changed is a new element with the same id.
  const index = place.blockId === undefined ? -1 : blocks.findIndex(({ node }) => node?.attrs['id'] === place.blockId);
  return positionOf(doc, index, place.offset);
}

function offsetIn(element: Y.XmlElement, found: Y.AbsolutePosition): number {
  let start = 0;
  for (const text of textsOf(element)) {
    if (text === found.type) return start + found.index;
    start += text.length;
  }
  return 0;
}

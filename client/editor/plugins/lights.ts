/**
 * What is lit in a section: the remark in hand, settled remarks, the words found by 查找, the words that were selected
 * before the focus went to the rail, and the passage a check asks about. Drawn only; nothing of it is in the text.
 */
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { remarkMark } from '../../../shared/document/schema.ts';

/** A stretch of one block, by the block's index in its section. */
export type Stretch = { readonly block: number; readonly from: number; readonly to: number };

export type Lights = {
  readonly activeRemark: string | null;
  /** Remarks whose fate is set: their anchors step back. */
  readonly settledRemarks: ReadonlySet<string>;
  readonly found: readonly Stretch[];
  readonly current: Stretch | null;
  readonly selected: Stretch | null;
  /** What a check asks about. */
  readonly asked: Stretch | null;
};

export const noLights: Lights = {
  activeRemark: null,
  settledRemarks: new Set(),
  found: [],
  current: null,
  selected: null,
  asked: null,
};

export function lightsPlugin(lights: () => Lights, heldIndex: () => number): Plugin {
  return new Plugin({ props: { decorations: (state) => draw(state, lights(), heldIndex()) } });
}

function draw(state: EditorState, lights: Lights, held: number): DecorationSet {
  const decorations: Decoration[] = [];
  const blockStarts: number[] = [];
  state.doc.forEach((block, position, index) => {
    blockStarts.push(position + 1);
    if (index !== held) drawRemarks(block, position + 1, lights, decorations);
  });
  const add = (stretch: Stretch | null, name: string): void => {
    if (stretch === null || stretch.block === held) return;
    const start = blockStarts[stretch.block];
    const size = state.doc.maybeChild(stretch.block)?.content.size;
    if (start === undefined || size === undefined || stretch.to > size) return;
    decorations.push(Decoration.inline(start + stretch.from, start + stretch.to, { class: name }));
  };
  for (const stretch of lights.found) add(stretch, 'found');
  add(lights.current, 'found-current');
  add(lights.selected, 'anchor-pending');
  add(lights.asked, 'asked');
  return DecorationSet.create(state.doc, decorations);
}

function drawRemarks(block: Node, start: number, lights: Lights, decorations: Decoration[]): void {
  block.forEach((child, offset) => {
    const ids = child.marks.filter((mark) => mark.type.name === remarkMark).map((mark) => String(mark.attrs['id']));
    if (ids.length === 0) return;
    const active = lights.activeRemark !== null && ids.includes(lights.activeRemark);
    const settled = ids.every((id) => lights.settledRemarks.has(id));
    if (!active && !settled) return;
    const name = active ? 'remark-active' : 'remark-settled';
    decorations.push(Decoration.inline(start + offset, start + offset + child.nodeSize, { class: name }));
  });
}

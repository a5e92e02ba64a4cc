/**
 * The reviewer's changes in his own text, live: what he put in underlined, what he took out struck through where it stood,
 * blocks that are new, moved or of another form named in the margin.
 */
import type { Node } from '@tiptap/pm/model';
import type { EditorState } from '@tiptap/pm/state';
import { Decoration } from '@tiptap/pm/view';
import { type Block, blockText, type Run } from '../../shared/document/content.ts';
import { type Edit, editsOf, type Proposed } from '../../shared/proposals/changes.ts';
import { textOf } from '../../shared/proposals/letters.ts';
import { idOf, runsOf } from '../editor/binding/block-node.ts';
import type { Drawing } from '../editor/section.ts';
import { drawingOf, gone } from './drawing.ts';

/** What the margin says of a block. */
export type MarginWords = Readonly<Record<'added' | 'moved' | 'form' | 'strong', string>>;

type Known = { readonly was: Block | undefined; readonly moved: boolean };
type SectionView = {
  readonly blocks: ReadonlyMap<string, Known>;
  readonly gone: ReadonlyMap<string, readonly Block[]>;
};
/** Blocks that were removed at the end of their section. */
const atEnd = '';

export class RevisionDrawing {
  readonly drawing: Drawing;
  readonly #words: MarginWords;
  #sections: ReadonlyMap<string, SectionView> = new Map();
  /** A block is compared once for each state of its words. */
  readonly #edits = new WeakMap<Node, { readonly was: Block; readonly edits: readonly Edit[] }>();

  constructor(words: MarginWords) {
    this.#words = words;
    this.drawing = drawingOf((key, state, skip) => this.#draw(key, state, skip));
  }

  show(proposed: Proposed): void {
    this.#sections = sectionViews(proposed);
  }

  #draw(key: string, state: EditorState, skip: number): Decoration[] {
    const view = this.#sections.get(key);
    const drawn: Decoration[] = [];
    if (view === undefined) return drawn;
    const out = (before: string, position: number) => {
      for (const block of view.gone.get(before) ?? [])
        drawn.push(gone(position, blockText(block) || '¶', 'p', block.id));
    };
    state.doc.forEach((node, position, index) => {
      const id = idOf(node) ?? '';
      out(id, position);
      if (index !== skip) this.#drawBlock(node, position, view.blocks.get(id), drawn);
    });
    out(atEnd, state.doc.content.size);
    return drawn;
  }

  #drawBlock(node: Node, position: number, known: Known | undefined, drawn: Decoration[]): void {
    const mark = (what: keyof MarginWords) =>
      drawn.push(
        Decoration.node(position, position + node.nodeSize, {
          class: 'revision-block',
          'data-revision': what,
          'data-revision-words': this.#words[what],
        }),
      );
    const start = position + 1;
    if (known?.was === undefined) {
      mark('added');
      if (node.content.size > 0) drawn.push(put(start, start + node.content.size));
      return;
    }
    if (known.moved) mark('moved');
    else if (known.was.kind !== node.type.name) mark('form');
    for (const edit of this.#editsOf(node, known.was)) {
      const at = start + edit.now;
      if (edit.kind === 'strong') {
        const title = this.#words.strong;
        drawn.push(Decoration.inline(at, at + edit.words.length, { class: 'revision-strong', title }));
        continue;
      }
      const [out, added] = [textOf(edit.before), textOf(edit.after)];
      if (out !== '') drawn.push(gone(at, out, 'span', String(edit.at)));
      if (added !== '') drawn.push(put(at, at + added.length));
    }
  }

  #editsOf(node: Node, was: Block): readonly Edit[] {
    const known = this.#edits.get(node);
    if (known?.was === was) return known.edits;
    const edits = editsOf(was.runs, plainRuns(node));
    this.#edits.set(node, { was, edits });
    return edits;
  }
}

function put(from: number, to: number): Decoration {
  return Decoration.inline(from, to, { nodeName: 'ins', class: 'revision-in' });
}

function plainRuns(node: Node): Run[] {
  return runsOf(node).map(({ text, strong }) => ({ text, strong }));
}

function sectionViews({ base, text, baseSpots, textSpots, origin, moved }: Proposed): Map<string, SectionView> {
  const kept = new Set(origin.values());
  const views = new Map<string, SectionView>();
  for (const key of new Set([...text, ...base].map((section) => section.key))) {
    const blocks = new Map<string, Known>();
    const removed = baseSpots.filter((spot) => spot.sectionKey === key && !kept.has(spot));
    const before = new Map<string, Block[]>();
    let next = 0;
    const outUpTo = (index: number, id: string) => {
      const from = next;
      while (removed[next] !== undefined && (removed[next]?.index ?? 0) < index) next += 1;
      if (next > from)
        before.set(
          id,
          removed.slice(from, next).map(({ block }) => block),
        );
    };
    for (const spot of textSpots) {
      if (spot.sectionKey !== key) continue;
      const was = origin.get(spot);
      blocks.set(spot.block.id, { was: was?.block, moved: moved.has(spot) });
      if (was?.sectionKey === key && !moved.has(spot)) outUpTo(was.index, spot.block.id);
    }
    outUpTo(Number.POSITIVE_INFINITY, atEnd);
    views.set(key, { blocks, gone: before });
  }
  return views;
}

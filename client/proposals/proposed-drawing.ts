/**
 * Proposed changes in the author's text: a rule beside each block one is about, its words marked; the one in hand is shown
 * whole, with what would go and what would come. Nothing of it is in the text.
 */
import type { EditorState } from '@tiptap/pm/state';
import { Decoration } from '@tiptap/pm/view';
import { idOf } from '../editor/binding/block-node.ts';
import type { Drawing } from '../editor/section.ts';
import { remarksAt } from '../editor/selection.ts';
import { drawingOf, startOf } from './drawing.ts';

/** Where a change is shown: letters of a block that say `quote`, or the whole block. */
export type ShownPlace = {
  readonly key: string;
  readonly sectionKey: string;
  readonly index: number;
  readonly blockId: string;
  readonly letters: { readonly from: number; readonly to: number; readonly quote: string } | undefined;
  /** What would come in its place, shown for the one in hand. */
  readonly words: string;
  /** Whether the change is about the block as a whole: then a click anywhere in it means the change. */
  readonly whole: boolean;
};

/** Hears which change was clicked, null for none, and whether a remark stands there too; true when it takes it in hand. */
type Taken = (key: string | null, remarked: boolean) => boolean;

export class ProposedDrawing {
  readonly drawing: Drawing;
  #places: readonly ShownPlace[] = [];
  #active: string | null = null;
  #stamp = 0;
  #taken: Taken = () => false;

  constructor() {
    this.drawing = drawingOf(
      (key, state, skip) => this.#draw(key, state, skip),
      () => this.#stamp,
      (key, state, position) =>
        this.#taken(this.changeAt(key, state, position) ?? null, remarksAt(state, position).length > 0),
    );
  }

  show(places: readonly ShownPlace[], active: string | null): void {
    this.#places = places;
    this.#active = active;
    this.#stamp += 1;
  }

  /** From now on clicks are told to `taken`. */
  heed(taken: Taken): void {
    this.#taken = taken;
  }

  /** The change whose marked words, or else whose block, are at a position of a section. */
  changeAt(sectionKey: string, state: EditorState, position: number): string | undefined {
    const at = state.doc.resolve(position);
    const [index, offset] = [at.index(0), at.parentOffset];
    const block = state.doc.maybeChild(index);
    if (block === null) return undefined;
    const here = this.#places.filter(
      (place) => place.sectionKey === sectionKey && place.index === index && place.blockId === idOf(block),
    );
    const marked = here.find(({ letters }) => {
      if (letters === undefined || letters.from === letters.to) return false;
      const stands = block.textContent.slice(letters.from, letters.to) === letters.quote;
      return stands && letters.from <= offset && offset <= letters.to;
    });
    return (marked ?? here.find(({ whole }) => whole))?.key;
  }

  #draw(key: string, state: EditorState, skip: number): Decoration[] {
    const drawn: Decoration[] = [];
    for (const place of this.#places) {
      if (place.sectionKey !== key || place.index === skip) continue;
      const node = state.doc.maybeChild(place.index);
      const start = startOf(state.doc, place.index);
      if (node === null || start === undefined || idOf(node) !== place.blockId) continue;
      const active = place.key === this.#active;
      const name = active ? 'proposed-block proposed-block-active' : 'proposed-block';
      drawn.push(Decoration.node(start, start + node.nodeSize, { class: name }));
      const { letters } = place;
      if (letters === undefined || node.textContent.slice(letters.from, letters.to) !== letters.quote) continue;
      const [from, to] = [start + 1 + letters.from, start + 1 + letters.to];
      if (from < to) drawn.push(Decoration.inline(from, to, { class: active ? 'proposed-out' : 'proposed-words' }));
      if (active && place.words !== '') drawn.push(coming(to, place.words));
    }
    return drawn;
  }
}

function coming(at: number, words: string): Decoration {
  const draw = (): HTMLElement => {
    const place = document.createElement('span');
    place.className = 'proposed-in';
    const ins = document.createElement('ins');
    ins.textContent = words;
    place.append(ins);
    return place;
  };
  return Decoration.widget(at, draw, { side: 1, key: `coming-${words}`, ignoreSelection: true });
}

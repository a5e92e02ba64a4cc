/**
 * Proposed changes in the author's text: a rule beside each block one is about, its words marked; the one in hand is shown
 * whole, with what would go and what would come. Nothing of it is in the text.
 */
import type { EditorState } from '@tiptap/pm/state';
import { Decoration } from '@tiptap/pm/view';
import { idOf } from '../editor/binding/block-node.ts';
import type { Drawing } from '../editor/section.ts';
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
};

export class ProposedDrawing {
  readonly drawing: Drawing;
  #places: readonly ShownPlace[] = [];
  #active: string | null = null;
  #stamp = 0;

  constructor() {
    this.drawing = drawingOf(
      (key, state, skip) => this.#draw(key, state, skip),
      () => this.#stamp,
    );
  }

  show(places: readonly ShownPlace[], active: string | null): void {
    this.#places = places;
    this.#active = active;
    this.#stamp += 1;
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

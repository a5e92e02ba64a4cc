/**
 * Where others are in this section: a thin line with a name, and what they have selected. Nothing is put into the block the
 * input method composes in (design 4.11). Sends our own caret while the section has the focus.
 */
import { type EditorState, Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { caretsIn, type RemoteCaret } from '../../room/presence.ts';
import type { Binding } from '../binding/binding.ts';

/** How many tones carets have; a person has the same one in every section. */
const tones = 6;

function toneOf(userId: string): number {
  let sum = 0;
  for (const character of userId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return sum % tones;
}

function label(caret: RemoteCaret): HTMLElement {
  const line = document.createElement('span');
  line.className = `remote-caret remote-tone-${toneOf(caret.userId)}`;
  // Zero-width joiners keep the line from being a place where the browser would put the caret.
  line.append('\u2060');
  const name = document.createElement('span');
  name.className = 'remote-caret-name';
  name.textContent = caret.name;
  line.append(name, '\u2060');
  return line;
}

export function remoteCarets(section: string, binding: Binding, awareness: Awareness, ownUserId: string): Plugin {
  const carets = () => caretsIn(awareness.getStates(), section, awareness.clientID, ownUserId);
  return new Plugin({
    props: { decorations: (state) => decorate(state, binding, carets()) },
    view: (view) => {
      let scheduled = false;
      const redraw = (): void => {
        if (scheduled) return;
        scheduled = true;
        requestAnimationFrame(() => {
          scheduled = false;
          if (!view.isDestroyed) view.dispatch(view.state.tr);
        });
      };
      const heard = (changes: { added: number[]; updated: number[]; removed: number[] }): void => {
        const all = [...changes.added, ...changes.updated, ...changes.removed];
        if (all.some((id) => id !== awareness.clientID)) redraw();
      };
      awareness.on('change', heard);
      return {
        update: (_view, before) => {
          const typed = before.doc !== view.state.doc;
          if (typed || !before.selection.eq(view.state.selection)) announce(view, section, binding, awareness);
          // Drawn again once editor and shared text agree on the blocks.
          if (typed && carets().length > 0) redraw();
        },
        destroy: () => awareness.off('change', heard),
      };
    },
  });
}

/** Tells the others where our caret is; readers are present without a caret. */
export function announce(view: EditorView, section: string, binding: Binding, awareness: Awareness): void {
  if (!view.hasFocus() || !view.editable || binding.heldIndex !== -1) return;
  const anchor = binding.placeOf(view.state.selection.anchor)?.relative;
  const head = binding.placeOf(view.state.selection.head)?.relative;
  const known = anchor !== undefined && head !== undefined;
  const cursor = known
    ? { anchor: Y.relativePositionToJSON(anchor) as unknown, head: Y.relativePositionToJSON(head) as unknown }
    : null;
  awareness.setLocalState({ section, cursor });
}

function decorate(state: EditorState, binding: Binding, carets: readonly RemoteCaret[]): DecorationSet {
  const decorations: Decoration[] = [];
  for (const caret of carets) {
    const head = resolve(caret.head, binding);
    const anchor = resolve(caret.anchor, binding);
    if (head === undefined || head > state.doc.content.size) continue;
    if (state.doc.resolve(head).index(0) === binding.heldIndex) continue;
    decorations.push(
      Decoration.widget(head, () => label(caret), { key: `caret-${caret.clientId}`, side: 10, ignoreSelection: true }),
    );
    if (anchor === undefined || anchor === head || anchor > state.doc.content.size) continue;
    const tone = `remote-selection remote-tone-${toneOf(caret.userId)}`;
    decorations.push(Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), { class: tone }));
  }
  return DecorationSet.create(state.doc, decorations);
}

function resolve(json: unknown, binding: Binding): number | undefined {
  try {
    const relative = Y.createRelativePositionFromJSON(json);
    return binding.positionOf({ relative, blockId: undefined, offset: 0 });
  } catch {
    // What a peer sent as its caret is no position: it is shown without one.
    return undefined;
  }
}

/**
 * A caret for reading: a text that cannot be written can still be walked through and selected with the keys, so that remarks
 * need no mouse. The browser shows and moves a caret only where one may write; here its selection is moved by us and a
 * thin line stands where it is. Writing is not touched.
 */
import { type EditorState, Plugin, PluginKey, TextSelection } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';

type Direction = 'backward' | 'forward' | 'left' | 'right';
type Granularity = 'character' | 'word' | 'line' | 'lineboundary' | 'documentboundary';
export type Step = { readonly extend: boolean; readonly direction: Direction; readonly by: Granularity };

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey'>;

/** Where a key leads; undefined for keys that lead nowhere in a text. */
export function stepOf({ key, shiftKey, ctrlKey, altKey, metaKey }: Key): Step | undefined {
  if (altKey || metaKey) return undefined;
  const step = (direction: Direction, by: Granularity): Step => ({ extend: shiftKey, direction, by });
  switch (key) {
    case 'ArrowLeft':
      return step('left', ctrlKey ? 'word' : 'character');
    case 'ArrowRight':
      return step('right', ctrlKey ? 'word' : 'character');
    case 'ArrowUp':
      return ctrlKey ? undefined : step('backward', 'line');
    case 'ArrowDown':
      return ctrlKey ? undefined : step('forward', 'line');
    case 'Home':
      return step('backward', ctrlKey ? 'documentboundary' : 'lineboundary');
    case 'End':
      return step('forward', ctrlKey ? 'documentboundary' : 'lineboundary');
    default:
      return undefined;
  }
}

/** True while the keys lead: only then is the line drawn, so that it never stands in the way of a mouse that selects. */
const byKeys = new PluginKey<boolean>('duizhao.readingByKeys');

/** `reading` says whether the text can only be read at present. */
export function readingCaret(reading: () => boolean): Plugin<boolean> {
  let pointing = false;
  return new Plugin<boolean>({
    key: byKeys,
    state: {
      init: () => false,
      apply: (tr, leading) => (tr.getMeta(byKeys) as boolean | undefined) ?? leading,
    },
    props: {
      attributes: (): { [name: string]: string } => (reading() ? { tabindex: '0' } : {}),
      decorations: (state) => (reading() ? caretOf(state) : null),
      handleDOMEvents: {
        // Not `handleKeyDown`: where nothing may be written the editor asks it nothing.
        keydown: (view, event) => {
          const step = !reading() || event.isComposing ? undefined : stepOf(event);
          if (step === undefined || !walk(view, step)) return false;
          event.preventDefault();
          return true;
        },
        mousedown: (view) => {
          pointing = true;
          rest(view);
          return false;
        },
        mouseup: () => {
          pointing = false;
          return false;
        },
        focus: (view) => {
          if (reading() && !pointing) enter(view);
          return false;
        },
        blur: (view) => {
          pointing = false;
          rest(view);
          return false;
        },
      },
    },
  });
}

function rest(view: EditorView): void {
  if (byKeys.getState(view.state) === true) view.dispatch(view.state.tr.setMeta(byKeys, false));
}

/** Who comes by Tab begins at the beginning; a selection that is here already stays. */
function enter(view: EditorView): void {
  const selection = view.dom.ownerDocument.getSelection();
  if (selection === null || view.dom.contains(selection.anchorNode) || view.state.doc.content.size === 0) return;
  const start = TextSelection.near(view.state.doc.resolve(0), 1);
  // The editor leaves the browser's selection alone where nothing may be written, unless it is inside already.
  const { node, offset } = view.domAtPos(start.head);
  selection.collapse(node, offset);
  view.dispatch(view.state.tr.setSelection(start).setMeta(byKeys, true));
}

function walk(view: EditorView, { extend, direction, by }: Step): boolean {
  const selection = view.dom.ownerDocument.getSelection();
  if (selection === null || !view.dom.contains(selection.focusNode)) return false;
  const before = { node: selection.focusNode, offset: selection.focusOffset };
  selection.modify(extend ? 'extend' : 'move', direction, by);
  // A step out of this section is not taken: Tab leads from one section to the next.
  if (!view.dom.contains(selection.focusNode)) {
    if (before.node !== null) selection.extend(before.node, before.offset);
    return true;
  }
  const anchor = positionOf(view, selection.anchorNode, selection.anchorOffset);
  const head = positionOf(view, selection.focusNode, selection.focusOffset);
  if (anchor !== undefined && head !== undefined) {
    const { doc, tr } = view.state;
    const walked = TextSelection.between(doc.resolve(anchor), doc.resolve(head));
    view.dispatch(tr.setSelection(walked).setMeta(byKeys, true).scrollIntoView());
  }
  return true;
}

function positionOf(view: EditorView, node: Node | null, offset: number): number | undefined {
  return node === null ? undefined : view.posAtDOM(node, offset);
}

function caretOf(state: EditorState): DecorationSet | null {
  if (byKeys.getState(state) !== true || !state.selection.empty) return null;
  const line = (): HTMLElement => {
    const element = document.createElement('span');
    element.className = 'reading-caret';
    return element;
  };
  return DecorationSet.create(state.doc, [Decoration.widget(state.selection.head, line, { side: -1, key: 'reading' })]);
}

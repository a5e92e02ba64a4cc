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

const focus = new PluginKey<boolean>('duizhao.readingFocus');

/** `reading` says whether the text can only be read at present. */
export function readingCaret(reading: () => boolean): Plugin<boolean> {
  return new Plugin<boolean>({
    key: focus,
    state: {
      init: () => false,
      apply: (tr, focused) => (tr.getMeta(focus) as boolean | undefined) ?? focused,
    },
    props: {
      attributes: (): { [name: string]: string } => (reading() ? { tabindex: '0' } : {}),
      decorations: (state) => (reading() ? caretOf(state) : null),
      handleDOMEvents: {
        // Not `handleKeyDown`: where nothing may be written the editor asks it nothing.
        keydown: (mounted, event) => {
          const step = !reading() || event.isComposing ? undefined : stepOf(event);
          if (step === undefined || !walk(mounted, step)) return false;
          event.preventDefault();
          return true;
        },
        focus: (mounted) => {
          if (reading()) enter(mounted);
          return false;
        },
        blur: (mounted) => {
          if (focus.getState(mounted.state) === true) mounted.dispatch(mounted.state.tr.setMeta(focus, false));
          return false;
        },
      },
    },
  });
}

/** Who comes by Tab begins at the beginning; who comes by a click stays where he clicked. */
function enter(view: EditorView): void {
  const selection = view.dom.ownerDocument.getSelection();
  const here = selection?.anchorNode !== null && view.dom.contains(selection?.anchorNode ?? null);
  view.dispatch(view.state.tr.setMeta(focus, true));
  if (here || selection === null || view.state.doc.content.size === 0) return;
  const start = TextSelection.near(view.state.doc.resolve(0), 1);
  // The editor leaves the browser's selection alone where nothing may be written, unless it is inside already.
  const { node, offset } = view.domAtPos(start.head);
  selection.collapse(node, offset);
  view.dispatch(view.state.tr.setSelection(start));
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
    view.dispatch(tr.setSelection(TextSelection.between(doc.resolve(anchor), doc.resolve(head))).scrollIntoView());
  }
  return true;
}

function positionOf(view: EditorView, node: Node | null, offset: number): number | undefined {
  return node === null ? undefined : view.posAtDOM(node, offset);
}

function caretOf(state: EditorState): DecorationSet | null {
  if (focus.getState(state) !== true || !state.selection.empty) return null;
  const line = (): HTMLElement => {
    const element = document.createElement('span');
    element.className = 'reading-caret';
    return element;
  };
  return DecorationSet.create(state.doc, [Decoration.widget(state.selection.head, line, { side: -1, key: 'reading' })]);
}

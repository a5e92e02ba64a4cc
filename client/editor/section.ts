/**
 * One section's editor: TipTap over its fragment of the shared text, with the plugins of this folder. It knows its
 * neighbours only through the desk that made it.
 */
import { Editor, Extension } from '@tiptap/core';
import { keymap } from '@tiptap/pm/keymap';
import { Plugin, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import { rootOf } from '../../shared/document/schema.ts';
import type { ItemNumbering } from '../../shared/template/template.ts';
import { Binding } from './binding/binding.ts';
import type { History } from './history.ts';
import { type Cross, sectionKeys } from './keys.ts';
import { sectionNodes } from './nodes.ts';
import { selectedText } from './plain-text.ts';
import { blockIds, completeBlocks, randomBlockId } from './plugins/block-ids.ts';
import { itemRules } from './plugins/item-rules.ts';
import { type Lights, lightsPlugin } from './plugins/lights.ts';
import { promptCaret } from './plugins/prompt-caret.ts';
import { readingCaret } from './plugins/reading-caret.ts';
import { announce, remoteCarets } from './plugins/remote-carets.ts';
import { sharedText } from './plugins/shared-text.ts';

export type SectionOptions = {
  readonly key: string;
  readonly element: HTMLElement;
  readonly label: string;
  readonly numbering: ItemNumbering;
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly userId: string;
  readonly editable: boolean;
  readonly history: History;
  readonly cross: Cross;
  readonly lights: () => Lights;
  /** The selection moved here, or the words under it changed. */
  readonly selected: (section: Section) => void;
  readonly focused: (section: Section, focus: boolean) => void;
  readonly clicked: (section: Section, position: number) => void;
  /** True when the paste was dealt with. */
  readonly pasted: (section: Section, data: DataTransfer) => boolean;
  readonly drawings: readonly Drawing[];
};

/** Something the page draws into every section; it is told where an input method composes. */
export type Drawing = (key: string, binding: Binding) => Plugin;

export class Section {
  readonly key: string;
  readonly binding: Binding;
  readonly editor: Editor;
  readonly #options: SectionOptions;
  #editable: boolean;

  constructor(options: SectionOptions) {
    this.key = options.key;
    this.#options = options;
    this.#editable = options.editable;
    this.binding = new Binding(options.doc.getXmlFragment(rootOf(options.key)), options.doc);
    this.editor = new Editor({
      element: options.element,
      extensions: [...sectionNodes, this.#extension()],
      editable: options.editable,
      injectCSS: false,
      enableInputRules: false,
      enablePasteRules: false,
      enableCoreExtensions: {
        clipboardTextSerializer: false,
        focusEvents: false,
        keymap: false,
        drop: false,
        paste: false,
        delete: false,
        textDirection: false,
      },
    });
  }

  get view(): EditorView {
    return this.editor.view;
  }

  setEditable(editable: boolean): void {
    if (this.#editable === editable) return;
    this.#editable = editable;
    this.binding.settle();
    this.editor.setEditable(editable, false);
    if (editable) this.announce();
  }

  /** Puts the caret here; a section without a block gets one. */
  focus(place: 'start' | 'end' | number, left?: number): void {
    this.ensureBlock();
    const { view } = this;
    const { doc } = view.state;
    const inside = (position: number) => Math.max(0, Math.min(position, doc.content.size));
    const edge = place === 'start' ? 1 : place === 'end' ? doc.content.size - 1 : place;
    const at = left === undefined ? edge : this.#column(edge, left);
    const selection = TextSelection.near(doc.resolve(inside(at)), place === 'start' ? 1 : -1);
    view.dispatch(view.state.tr.setSelection(selection).scrollIntoView());
    view.focus();
  }

  /** The place on the line of `at` that stands under `left`. */
  #column(at: number, left: number): number {
    const line = this.view.coordsAtPos(Math.max(0, at));
    const found = this.view.posAtCoords({ left, top: (line.top + line.bottom) / 2 });
    return found?.pos ?? at;
  }

  ensureBlock(): void {
    if (!this.editor.isEditable || this.view.state.doc.childCount > 0) return;
    const tr = completeBlocks(this.view.state, randomBlockId);
    if (tr !== null) this.view.dispatch(tr);
  }

  announce(): void {
    announce(this.view, this.key, this.binding, this.#options.awareness);
  }

  /** Draws the lights anew. */
  redraw(): void {
    if (!this.view.isDestroyed) this.view.dispatch(this.view.state.tr);
  }

  destroy(): void {
    this.binding.settle();
    this.editor.destroy();
  }

  #extension(): Extension {
    const { awareness, userId, history, cross, lights, numbering, drawings } = this.#options;
    const { binding, key } = this;
    const rules = itemRules(
      () => binding.heldIndex !== -1,
      () => history.separate(),
    );
    return Extension.create({
      name: 'section',
      addProseMirrorPlugins: () => [
        promptCaret(),
        sharedText(binding, () => rules.check()),
        blockIds(),
        rules,
        remoteCarets(key, binding, awareness, userId),
        lightsPlugin(lights, () => binding.heldIndex),
        ...drawings.map((draw) => draw(key, binding)),
        readingCaret(() => !this.#editable),
        keymap(sectionKeys(cross, history)),
        this.#hands(numbering),
      ],
    });
  }

  /** Focus, clicks, the clipboard. */
  #hands(numbering: ItemNumbering): Plugin {
    const options = this.#options;
    return new Plugin({
      props: {
        attributes: () => ({
          role: 'textbox',
          'aria-label': options.label,
          'aria-multiline': 'true',
          'aria-readonly': String(!this.#editable),
          lang: 'zh-CN',
          spellcheck: 'false',
          autocorrect: 'off',
          autocapitalize: 'off',
        }),
        handleClick: (_view, position) => {
          options.clicked(this, position);
          return false;
        },
        handlePaste: (_view, event) => event.clipboardData !== null && options.pasted(this, event.clipboardData),
        handleDrop: (view, event, _slice, moved) => {
          if (moved) return false;
          const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
          if (event.dataTransfer === null) return true;
          if (at !== null && view.editable) {
            view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
          }
          options.pasted(this, event.dataTransfer);
          return true;
        },
        clipboardTextSerializer: (_slice, view) => selectedText(view.state, numbering),
        handleDOMEvents: {
          mousedown: () => {
            this.ensureBlock();
            return false;
          },
          focus: () => {
            this.ensureBlock();
            options.focused(this, true);
            queueMicrotask(() => this.announce());
            return false;
          },
          blur: () => {
            options.focused(this, false);
            return false;
          },
        },
      },
      view: () => ({
        update: (view, before) => {
          if (before.doc !== view.state.doc || !before.selection.eq(view.state.selection)) options.selected(this);
        },
      }),
    });
  }
}

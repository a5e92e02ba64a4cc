/** All sections of one text with their editors and the one history, as a page has them, without a page. */
import type { Command } from '@tiptap/pm/state';
import * as Y from 'yjs';
import { nodeOf } from '../../client/editor/binding/block-node.ts';
import { History } from '../../client/editor/history.ts';
import { sectionKeys } from '../../client/editor/keys.ts';
import { editorSchema } from '../../client/editor/nodes.ts';
import { hasLoneSurrogate } from '../../shared/document/schema.ts';
import { blocksOf, Editing } from '../client/editor/editing.ts';
import type { Letters, Seen } from './editor-letters.ts';

export class EditorDesk {
  readonly doc: Y.Doc;
  readonly sections: ReadonlyMap<string, Editing>;
  readonly history: History;
  readonly keys: Readonly<Record<string, Command>>;
  focused: string;
  #writable = false;

  constructor(doc: Y.Doc, keys: readonly string[]) {
    this.doc = doc;
    this.sections = new Map(keys.map((key) => [key, new Editing(doc, key)]));
    this.focused = keys[0] ?? '';
    this.history = new History(doc, keys, {
      caret: () => ({ section: this.focused, place: this.section().binding.caretBefore }),
      follow: ({ section }) => {
        this.focused = section;
      },
      settle: () => this.settle(),
      writable: () => this.#writable,
    });
    this.keys = sectionKeys(() => false, this.history);
  }

  section(key = this.focused): Editing {
    const section = this.sections.get(key);
    if (section === undefined) throw new Error(`no section ${key}`);
    return section;
  }

  get composing(): Editing | undefined {
    return [...this.sections.values()].find((section) => section.composing);
  }

  /** The browser gives a composition up when its line is taken away under it. */
  noticeLostComposition(): void {
    const section = this.composing;
    if (section !== undefined && section.binding.heldIndex === -1) section.endComposition();
  }

  /** As the page does: a text that closes or opens lets compositions flow. */
  setWritable(writable: boolean): void {
    if (this.#writable === writable) return;
    this.#writable = writable;
    this.settle();
  }

  /** Lets compositions flow into the text. */
  settle(): void {
    for (const section of this.sections.values()) section.binding.settle();
  }

  destroy(): void {
    for (const section of this.sections.values()) section.binding.detach();
    this.history.destroy();
  }

  /** What is shown now, letter by letter. */
  see(letters: Letters): Seen {
    const seen = new Map<string, string>();
    const blocks = new Set<string>();
    for (const { binding, state } of this.sections.values()) {
      const shown = binding.entries.filter((entry) => entry.node !== undefined);
      for (const { element } of binding.entries) blocks.add(identityOf(element));
      blocksOf(state.doc).forEach((block, index) => {
        const element = shown[index]?.element;
        const place = element === undefined ? 'nowhere' : identityOf(element);
        for (const letter of letters.in(block.textContent)) seen.set(letter, place);
      });
    }
    return { letters: seen, blocks };
  }

  hasTornLetter(): boolean {
    return [...this.sections.values()].some(
      ({ state }) => /\ufffd/.test(state.doc.textContent) || hasLoneSurrogate(state.doc.textContent),
    );
  }

  /** The keys of sections whose editor does not show what is shared; the line being composed in is its own affair. */
  outOfStep(): string[] {
    return [...this.sections].filter(([, section]) => !inStep(section)).map(([key]) => key);
  }
}

function identityOf(element: Y.XmlElement): string {
  const id = element._item?.id;
  return id === undefined ? 'root' : `${id.client}:${id.clock}`;
}

function inStep({ binding, state }: Editing): boolean {
  const shared = binding.fragment.toArray().filter((child) => child instanceof Y.XmlElement);
  const nodes = shared.map((element) => nodeOf(editorSchema, element)).filter((node) => node !== undefined);
  const shown = blocksOf(state.doc);
  const held = binding.heldIndex;
  return shown.length === nodes.length && shown.every((block, at) => at === held || nodes[at]?.eq(block) === true);
}

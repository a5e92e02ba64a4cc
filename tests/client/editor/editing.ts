/** An editor without a page: state, plugins and binding of one section over a shared text, driven by hand. */
import type { Node } from '@tiptap/pm/model';
import { type Command, EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import { expect } from 'vitest';
import * as Y from 'yjs';
import { Binding, type BoundView } from '../../../client/editor/binding/binding.ts';
import { nodeOf } from '../../../client/editor/binding/block-node.ts';
import { sectionKeys } from '../../../client/editor/keys.ts';
import { editorSchema } from '../../../client/editor/nodes.ts';
import { blockIds } from '../../../client/editor/plugins/block-ids.ts';
import { rootOf } from '../../../shared/document/schema.ts';

export const section = 'opening';

let made = 0;
export function nextId(): string {
  made += 1;
  return `block-${String(made).padStart(6, '0')}`;
}

export class Editing implements BoundView {
  state: EditorState;
  composing = false;
  readonly doc: Y.Doc;
  readonly binding: Binding;

  constructor(doc: Y.Doc = new Y.Doc(), key = section) {
    this.doc = doc;
    this.state = EditorState.create({ schema: editorSchema, plugins: [blockIds(nextId)] });
    this.binding = new Binding(doc.getXmlFragment(rootOf(key)), doc);
    this.binding.attach(this);
  }

  dispatch(tr: Transaction): void {
    this.state = this.state.applyTransaction(tr).state;
    this.binding.viewChanged();
  }

  run(command: Command): boolean {
    return command(this.state, (tr) => this.dispatch(tr));
  }

  /** Puts the caret at an offset of the nth block. */
  caret(block: number, offset: number, head = offset): this {
    const start = this.startOf(block);
    const selection = TextSelection.create(this.state.doc, start + offset, start + head);
    this.dispatch(this.state.tr.setSelection(selection));
    return this;
  }

  type(text: string): this {
    for (const character of text) this.dispatch(this.state.tr.insertText(character));
    return this;
  }

  erase(from: number, to: number): this {
    this.dispatch(this.state.tr.delete(from, to));
    return this;
  }

  startOf(block: number): number {
    let position = 1;
    for (let index = 0; index < block; index += 1) position += this.state.doc.child(index).nodeSize;
    return position;
  }

  get caretAt(): { readonly block: number; readonly offset: number } {
    const { $head } = this.state.selection;
    return { block: $head.index(0), offset: $head.parentOffset };
  }

  get lines(): string[] {
    return blocksOf(this.state.doc).map((block) => `${block.type.name === 'item' ? '*' : ''}${block.textContent}`);
  }

  get ids(): unknown[] {
    return blocksOf(this.state.doc).map((block) => block.attrs['id']);
  }

  /** The shared text as an editor that has just opened would show it. */
  get sharedNodes(): Node[] {
    const elements = this.binding.fragment.toArray().filter((child) => child instanceof Y.XmlElement);
    return elements.map((element) => nodeOf(editorSchema, element)).filter((node) => node !== undefined);
  }

  /** Begins a composition; what the input method shows is written with `compose`. */
  beginComposition(): this {
    this.binding.startComposition();
    this.composing = true;
    return this;
  }

  compose(text: string, replacing = 0): this {
    const { head } = this.state.selection;
    this.dispatch(this.state.tr.insertText(text, head - replacing, head));
    return this;
  }

  endComposition(): this {
    this.composing = false;
    this.binding.endComposition();
    return this;
  }
}

export function blocksOf(doc: Node): Node[] {
  const blocks: Node[] = [];
  doc.forEach((block) => {
    blocks.push(block);
  });
  return blocks;
}

/** Gives each text what the others have; until somebody calls this they are apart. */
export function meet(...docs: readonly Y.Doc[]): void {
  for (const from of docs) {
    for (const to of docs) {
      if (from !== to) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), 'remote');
    }
  }
}

/** A text with one empty paragraph, as the server seeds it. */
export function seeded(...keys: readonly string[]): Y.Doc {
  const doc = new Y.Doc();
  for (const key of keys.length === 0 ? [section] : keys) {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.setAttribute('id', nextId());
    doc.getXmlFragment(rootOf(key)).insert(0, [paragraph]);
  }
  return doc;
}

const noCross = () => false;
const keys = sectionKeys(noCross, { undo: () => undefined, redo: () => undefined });

function key(name: string): Command {
  const command = keys[name];
  if (command === undefined) throw new Error(`no key ${name}`);
  return command;
}

export const enter = key('Enter');
export const backspace = key('Backspace');
export const bold = key('Mod-b');

/** Two editors of one text, in agreement. */
export function pair(lines: readonly string[] = []): [Editing, Editing] {
  const origin = seeded();
  const [docA, docB] = [new Y.Doc(), new Y.Doc()];
  meet(origin, docA, docB);
  const a = new Editing(docA);
  const b = new Editing(docB);
  lines.forEach((line, index) => {
    if (index > 0) a.run(enter);
    else a.caret(0, 0);
    a.type(line);
  });
  meet(docA, docB);
  return [a, b];
}

/** Editor and shared text say the same, marks and ids included. */
export function agree(editing: Editing): void {
  const shown = editing.state.doc.toJSON().content ?? [];
  expect(shown).toEqual(editing.sharedNodes.map((node) => node.toJSON()));
}

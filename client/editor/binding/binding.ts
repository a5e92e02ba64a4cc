/**
 * Holds one section's editor and its `Y.XmlFragment` together (design 4.11).
 *
 * Both directions are computed block by block from what was last agreed. While an input method composes in a block, that
 * block is *held*: its letters are not sent and remote changes to it wait, all other blocks stay live. When the composition
 * ends, what was composed is placed among the letters as they are by then.
 */
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Selection, TextSelection, type Transaction } from '@tiptap/pm/state';
import type * as Y from 'yjs';
import { idOf, marksOf, nodeOf, runsOf, sliceRuns } from './block-node.ts';
import { diffText, type LetterOp, mapOffset, mapRange, type Range } from './diff-text.ts';
import { blockAt, type Place, placeOf, positionOf, positionOfPlace, wholePosition } from './places.ts';
import { pullBlocks, replaceBlock } from './pull.ts';
import { type CaretHint, type Entry, insertRuns, pushBlocks } from './push.ts';
import { removeLetters, type StyledRun } from './shared-block.ts';
import { changesIn, type Holder, holdersOf } from './waiting.ts';

/** The origin of every transaction an editor makes; the history tracks it. */
export const editorOrigin = { name: 'editor' } as const;

/** Marks a transaction that brings the shared text's state into the editor. */
export const fromShared = 'duizhao.fromShared';

/** What a binding needs of an editor view. */
export type BoundView = {
  readonly state: EditorState;
  readonly composing: boolean;
  dispatch(tr: Transaction): void;
};

/** The block being composed in, what happened to its letters since, and what held them when that was last looked at. */
type Held = { readonly element: Y.XmlElement; readonly ops: LetterOp[][]; texts: readonly Holder[] };
/** Letters that were being composed when their block was taken away, and where they stood. */
type Composed = {
  readonly blockId: string | undefined;
  readonly index: number;
  readonly at: number;
  readonly runs: readonly StyledRun[];
};
type Places = { readonly anchor: Place | undefined; readonly head: Place | undefined };

export class Binding {
  readonly fragment: Y.XmlFragment;
  readonly #doc: Y.Doc;
  #view: BoundView | undefined;
  #entries: Entry[] = [];
  #held: Held | undefined;
  #composing = false;
  #pushing = false;
  #pulling = false;
  #before: Places | undefined;
  #homeless: Composed | undefined;
  #caret: Place | undefined;

  constructor(fragment: Y.XmlFragment, doc: Y.Doc) {
    this.fragment = fragment;
    this.#doc = doc;
  }

  /** Where the caret was when editor and text last agreed: before the edit that runs now, for the history. */
  get caretBefore(): Place | undefined {
    return this.#caret;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** The index of the shown block that is being composed in, or -1. */
  get heldIndex(): number {
    return this.#shown().findIndex((entry) => entry.element === this.#held?.element);
  }

  attach(view: BoundView): void {
    this.#view = view;
    this.#doc.on('beforeAllTransactions', this.#remember);
    this.#doc.on('afterAllTransactions', this.#forget);
    this.fragment.observeDeep(this.#onShared);
    this.#pull(() => true);
  }

  detach(): void {
    this.settle();
    this.#view = undefined;
    this.#doc.off('beforeAllTransactions', this.#remember);
    this.#doc.off('afterAllTransactions', this.#forget);
    this.fragment.unobserveDeep(this.#onShared);
  }

  /** To be called after every state change of the view. */
  viewChanged(): void {
    const view = this.#view;
    if (view === undefined || this.#pulling || this.#pushing) return;
    if (this.#composing || view.composing) this.#changedWhileComposing(view);
    else this.settle();
    this.#caret = this.placeOf(this.#view?.state.selection.head ?? 0);
  }

  #changedWhileComposing(view: BoundView): void {
    if (this.#held === undefined) this.#hold(view.state.selection);
    const held = this.#held;
    // A composition that began by replacing several blocks joins them: that part cannot wait, unless others' letters do.
    const joining = this.#shown().length !== view.state.doc.childCount && held?.ops.length === 0;
    this.#push(joining ? undefined : held?.element);
    if (joining || this.heldIndex === -1) {
      this.#held = undefined;
      this.#hold(view.state.selection);
    }
  }

  get isComposing(): boolean {
    return this.#composing;
  }

  /** Holds the caret's block from now on: a composition begins. */
  startComposition(): void {
    const view = this.#view;
    this.#composing = true;
    if (view === undefined || this.#held !== undefined) return;
    this.#hold(view.state.selection);
    // Redraws once without what others put beside the caret, before the input method takes the line over.
    view.dispatch(view.state.tr);
  }

  endComposition(): void {
    this.#composing = false;
    this.viewChanged();
  }

  /** Lets everything flow: what was composed goes out, what waited comes in. */
  settle(): void {
    const held = this.#held;
    this.#held = undefined;
    if (this.#view === undefined) return;
    if (held !== undefined && held.ops.length > 0) this.#merge(held);
    else this.#push(undefined);
  }

  placeOf(position: number): Place | undefined {
    const view = this.#view;
    return view === undefined ? undefined : placeOf(this.#entries, view.state.doc, position);
  }

  positionOf(place: Place): number | undefined {
    const view = this.#view;
    return view === undefined ? undefined : positionOfPlace(this.#entries, view.state.doc, this.#doc, place);
  }

  #shown(): Entry[] {
    return this.#entries.filter((entry) => entry.node !== undefined);
  }

  #hold(selection: Selection): void {
    const entry = this.#shown()[selection.$head.index(0)];
    if (entry !== undefined) this.#held = { element: entry.element, ops: [], texts: holdersOf(entry.element) };
  }

  // — to the shared text —

  #push(held: Y.XmlElement | undefined): void {
    const view = this.#view;
    if (view === undefined) return;
    const { doc, selection } = view.state;
    const blocks = childrenOf(doc);
    const shown = this.#shown();
    if (shown.length === blocks.length && shown.every(({ node }, index) => node === blocks[index])) return;
    const caret: CaretHint | undefined = blockAt(doc, selection.head);
    this.#pushing = true;
    try {
      this.#doc.transact(() => {
        this.#entries = pushBlocks(this.fragment, this.#entries, blocks, caret, held);
      }, editorOrigin);
    } finally {
      this.#pushing = false;
    }
  }

  /** The composed letters among letters that others changed meanwhile. */
  #merge(held: Held): void {
    const view = this.#view;
    const index = this.#shown().findIndex((entry) => entry.element === held.element);
    const agreed = this.#shown()[index]?.node;
    if (view === undefined || agreed === undefined || index >= view.state.doc.childCount) {
      this.#pull(() => true);
      return;
    }
    const local = view.state.doc.child(index);
    const caret = blockAt(view.state.doc, view.state.selection.head);
    const localCaret = caret?.index === index ? caret.offset : undefined;
    const ops = held.ops;
    const change = diffText(agreed.textContent, local.textContent, localCaret);
    const through = (offset: number, side: -1 | 1): number => ops.reduce((at, one) => mapOffset(at, one, side), offset);
    let caretNow = localCaret === undefined ? undefined : through(localCaret, -1);
    if (change !== undefined) {
      const from = through(change.at, -1);
      const end = change.at + change.insert.length;
      const replaced: readonly Range[] = [{ from: change.at, to: change.at + change.remove }];
      const gone = ops.reduce((ranges, one) => ranges.flatMap((range) => mapRange(range, one)), replaced);
      this.#writeMerged(held.element, gone, from, sliceRuns(runsOf(local), change.at, end));
      if (localCaret !== undefined && localCaret >= change.at) {
        if (localCaret <= end) caretNow = from + (localCaret - change.at);
        else {
          const behind = through(localCaret - change.insert.length + change.remove, -1);
          caretNow = behind - gone.reduce((sum, range) => sum + range.to - range.from, 0) + change.insert.length;
        }
      }
    }
    this.#showMerged(held.element, index, caretNow);
  }

  #writeMerged(element: Y.XmlElement, gone: readonly Range[], at: number, runs: ReturnType<typeof runsOf>): void {
    this.#pushing = true;
    try {
      this.#doc.transact(() => {
        for (const { from, to } of [...gone].reverse()) removeLetters(element, from, to);
        insertRuns(element, at, runs);
      }, editorOrigin);
    } finally {
      this.#pushing = false;
    }
  }

  #showMerged(element: Y.XmlElement, index: number, caret: number | undefined): void {
    const view = this.#view;
    const next = view === undefined ? undefined : nodeOf(view.state.schema, element);
    if (view === undefined || next === undefined) return;
    const { tr } = view.state;
    const start = positionOf(tr.doc, index, 0);
    if (start === undefined) return;
    const node = replaceBlock(tr, tr.doc.child(index), next, start - 1);
    this.#entries = this.#entries.map((entry) => (entry.element === element ? { element, node } : entry));
    if (caret !== undefined) tr.setSelection(TextSelection.create(tr.doc, start + Math.min(caret, node.content.size)));
    this.#dispatch(view, tr);
  }

  // — from the shared text —

  readonly #remember = (): void => {
    const view = this.#view;
    if (view === undefined || this.#before !== undefined) return;
    const { doc, selection } = view.state;
    this.#before = {
      anchor: placeOf(this.#entries, doc, selection.anchor),
      head: placeOf(this.#entries, doc, selection.head),
    };
  };

  readonly #forget = (): void => {
    this.#before = undefined;
    const composed = this.#homeless;
    this.#homeless = undefined;
    if (composed !== undefined && this.#view !== undefined) this.#view.dispatch(bringBack(this.#view.state, composed));
  };

  readonly #onShared = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    if (this.#pushing || this.#view === undefined) return;
    const touched = new Set<unknown>();
    for (const event of events) {
      touched.add(event.target);
      touched.add(event.target.parent);
    }
    if (this.#held !== undefined) this.#wait(this.#held, events);
    this.#pull((element) => touched.has(element));
  };

  /** Notes what happened to the held block's letters, in offsets of the whole block. */
  #wait(held: Held, events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void {
    const ops = changesIn(held.element, held.texts, events);
    if (ops === undefined) return;
    held.texts = holdersOf(held.element);
    held.ops.push(ops);
  }

  #pull(changed: (element: Y.XmlElement) => boolean): void {
    const view = this.#view;
    if (view === undefined) return;
    const { tr } = view.state;
    const composing = this.#held !== undefined;
    const composed = this.#composed(view.state);
    this.#entries = pullBlocks(tr, this.fragment, this.#entries, changed, this.#held?.element);
    if (composing && this.heldIndex === -1) {
      this.#held = undefined;
      this.#homeless = composed;
    }
    if (!tr.docChanged) return;
    if (!composing) this.#restoreSelection(tr);
    // With nothing in it an editor has selected all of it; the first words to arrive must not stand selected.
    if (view.state.doc.childCount === 0) tr.setSelection(Selection.near(tr.doc.resolve(0), 1));
    this.#dispatch(view, tr);
  }

  /** What has been composed so far in the held block and is nowhere else. */
  #composed({ doc, selection }: EditorState): Composed | undefined {
    const index = this.heldIndex;
    const agreed = this.#shown()[index]?.node;
    if (agreed === undefined || index >= doc.childCount) return undefined;
    const local = doc.child(index);
    const caret = blockAt(doc, selection.head);
    const change = diffText(agreed.textContent, local.textContent, caret?.index === index ? caret.offset : undefined);
    if (change === undefined || change.insert === '') return undefined;
    const runs = sliceRuns(runsOf(local), change.at, change.at + change.insert.length);
    return { blockId: idOf(agreed), index, at: change.at, runs };
  }

  /** Carets cling to the letters they stood behind, wherever the change was. */
  #restoreSelection(tr: Transaction): void {
    const before = this.#before;
    if (before?.anchor === undefined || before.head === undefined) return;
    const anchor = positionOfPlace(this.#entries, tr.doc, this.#doc, before.anchor);
    const head = positionOfPlace(this.#entries, tr.doc, this.#doc, before.head);
    if (anchor === undefined || head === undefined) return;
    tr.setSelection(TextSelection.between(tr.doc.resolve(anchor), tr.doc.resolve(head)));
  }

  #dispatch(view: BoundView, tr: Transaction): void {
    // What others changed may have moved the caret between the halves of a rare character.
    const [anchor, head] = [tr.selection.anchor, tr.selection.head];
    const whole = [wholePosition(tr.doc, anchor), wholePosition(tr.doc, head)] as const;
    if (whole[0] !== anchor || whole[1] !== head) tr.setSelection(TextSelection.create(tr.doc, ...whole));
    this.#pulling = true;
    try {
      view.dispatch(tr.setMeta(fromShared, true).setMeta('addToHistory', false));
    } finally {
      this.#pulling = false;
    }
  }
}

function childrenOf(doc: Node): Node[] {
  const children: Node[] = [];
  doc.forEach((child) => {
    children.push(child);
  });
  return children;
}

/** Composed letters whose block is gone: into the block that took its place, or in a paragraph of their own where it stood. */
function bringBack({ doc, schema, tr }: EditorState, { blockId, index, at, runs }: Composed): Transaction {
  const letters = runs.map((run) => schema.text(run.text, marksOf(schema, run)));
  const heir = childrenOf(doc).findIndex((block) => blockId !== undefined && idOf(block) === blockId);
  const inside = positionOf(doc, heir, at);
  if (inside !== undefined) return tr.insert(wholePosition(doc, inside), letters);
  const place = positionOf(doc, index, 0);
  return tr.insert(place === undefined ? doc.content.size : place - 1, schema.node('paragraph', { id: null }, letters));
}

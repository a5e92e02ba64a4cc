/**
 * One undo history for all sections of a page. It holds only what was typed here since the text arrived, so undo never goes
 * behind the first sync and never takes back what others wrote. The caret follows to the place that was undone.
 */
import * as Y from 'yjs';
import { rootOf } from '../../shared/document/schema.ts';
import { editorOrigin } from './binding/binding.ts';
import type { Place } from './binding/places.ts';
import { nameTrueNeighbours } from './true-neighbours.ts';

export type HistoryPlace = { readonly section: string; readonly place: Place | undefined };

export type HistoryEyes = {
  /** Where the caret was before the edit that runs now. */
  readonly caret: () => HistoryPlace | undefined;
  /** Shows what was undone or redone. */
  readonly follow: (where: HistoryPlace) => void;
  /** Brings composed letters into the text before anything is taken back. */
  readonly settle: () => void;
  readonly writable: () => boolean;
};

/**
 * Undo takes back letters first and what held them last. A block that is not empty by then holds what others wrote in it, and
 * stays, with its id. What holds a block's letters goes with its block only: somebody may be writing in it whom this page has
 * not heard yet.
 */
function isMine(item: Y.Item): boolean {
  if (item.parentSub !== null) return false;
  if (!(item.content instanceof Y.ContentType)) return true;
  const { type } = item.content;
  if (type instanceof Y.XmlText) return false;
  return (
    !(type instanceof Y.XmlElement) || type.toArray().every((child) => child instanceof Y.XmlText && child.length === 0)
  );
}

/** Edits closer together than this are one step. */
const captureTimeoutMs = 600;

export class History {
  readonly #manager: Y.UndoManager;
  readonly #eyes: HistoryEyes;
  readonly #forget: () => void;
  readonly #fragments = new Map<Y.XmlFragment, string>();

  constructor(doc: Y.Doc, keys: readonly string[], eyes: HistoryEyes) {
    this.#eyes = eyes;
    for (const key of keys) this.#fragments.set(doc.getXmlFragment(rootOf(key)), key);
    this.#manager = new Y.UndoManager([...this.#fragments.keys()], {
      doc,
      trackedOrigins: new Set([editorOrigin]),
      captureTimeout: captureTimeoutMs,
      deleteFilter: isMine,
    });
    const straighten = (transaction: Y.Transaction): void => {
      if (transaction.origin === this.#manager) nameTrueNeighbours(transaction);
    };
    doc.on('beforeObserverCalls', straighten);
    this.#forget = () => doc.off('beforeObserverCalls', straighten);
    this.#manager.on('stack-item-added', (event) => {
      event.stackItem.meta.set(this, this.#eyes.caret());
    });
    this.#manager.on('stack-item-popped', (event) => {
      // Written by this class alone, under its own key.
      const before = event.stackItem.meta.get(this) as HistoryPlace | undefined;
      const section = this.#changedSection(event.changedParentTypes) ?? before?.section;
      if (section === undefined) return;
      this.#eyes.follow({ section, place: before?.section === section ? before.place : undefined });
    });
  }

  /** Sections that appeared while the page was open are undone with the others. */
  include(doc: Y.Doc, keys: readonly string[]): void {
    for (const key of keys) {
      const fragment = doc.getXmlFragment(rootOf(key));
      if (this.#fragments.has(fragment)) continue;
      this.#fragments.set(fragment, key);
      this.#manager.addToScope(fragment);
    }
  }

  get canUndo(): boolean {
    return this.#manager.undoStack.length > 0;
  }

  get canRedo(): boolean {
    return this.#manager.redoStack.length > 0;
  }

  undo(): void {
    this.#eyes.settle();
    if (this.#eyes.writable()) this.#manager.undo();
  }

  redo(): void {
    this.#eyes.settle();
    if (this.#eyes.writable()) this.#manager.redo();
  }

  /** What comes next is a step of its own. */
  separate(): void {
    this.#manager.stopCapturing();
  }

  destroy(): void {
    this.#manager.destroy();
    this.#forget();
  }

  #changedSection(changed: ReadonlyMap<unknown, unknown>): string | undefined {
    for (const type of changed.keys()) {
      const key = type instanceof Y.XmlFragment ? this.#fragments.get(type) : undefined;
      if (key !== undefined) return key;
    }
    for (const type of changed.keys()) {
      if (!(type instanceof Y.AbstractType)) continue;
      for (let parent = type.parent; parent !== null; parent = parent.parent) {
        const key = parent instanceof Y.XmlFragment ? this.#fragments.get(parent) : undefined;
        if (key !== undefined) return key;
      }
    }
    return undefined;
  }
}

/**
 * The shared text of one room: opened from the store, changed only by admitted updates, and given to those who join. A large
 * text that the store has as one piece is handed out from there before it is taken apart (opening it takes far longer than
 * sending it). It knows no connection and no commit.
 */
import * as Y from 'yjs';
import { withoutHousekeeping } from '../../shared/document/housekeeping.ts';
import { rootOf } from '../../shared/document/schema.ts';
import type { LoadedDocument } from '../storage/storage.ts';

/** States up to this size are opened at once: that takes a few milliseconds. */
const openAtOnceBytes = 128 * 1024;

export class LiveText {
  #loaded: LoadedDocument | undefined;
  #bodyKeys: readonly string[];
  #doc: Y.Doc | undefined;
  /** The whole text as one update, while that is true. */
  #state: Uint8Array | undefined;
  #vector: Uint8Array | undefined;
  #bytes: number;

  /** Throws when what was loaded has a gap. */
  constructor(loaded: LoadedDocument, bodyKeys: readonly string[]) {
    this.#loaded = loaded;
    this.#bodyKeys = bodyKeys;
    this.#bytes = (loaded.checkpoint?.state.length ?? 0) + sum(loaded.entries.map((entry) => entry.update.length));
    if (loaded.entries.length === 0) this.#state = loaded.checkpoint?.state;
    if (this.#state === undefined || this.#state.length <= openAtOnceBytes) this.open();
  }

  get isOpen(): boolean {
    return this.#doc !== undefined;
  }

  /** Bytes of updates that made it. */
  get bytes(): number {
    return this.#bytes;
  }

  get doc(): Y.Doc {
    return this.#doc ?? this.open();
  }

  /** Takes the loaded text apart, if that has not been done. */
  open(): Y.Doc {
    if (this.#doc !== undefined) return this.#doc;
    if (this.#loaded === undefined) throw new Error('the text was let go');
    this.#doc = openText(this.#loaded, this.#bodyKeys);
    this.#loaded = undefined;
    return this.#doc;
  }

  /** The template has other sections now. */
  setBodyKeys(bodyKeys: readonly string[]): void {
    this.#bodyKeys = bodyKeys;
    if (this.#doc !== undefined) for (const key of bodyKeys) this.#doc.getXmlFragment(rootOf(key));
  }

  /** Applies an admitted update of so many bytes; false when Yjs cannot take it, and then the text is spoilt. */
  apply(update: Uint8Array): boolean {
    const { doc } = this;
    this.changed(update.length);
    try {
      Y.applyUpdate(doc, update);
    } catch {
      return false;
    }
    return doc.store.pendingStructs === null && doc.store.pendingDs === null;
  }

  /** What was encoded before does not hold any more. */
  changed(bytes: number): void {
    this.#bytes += bytes;
    this.#state = undefined;
    this.#vector = undefined;
  }

  /** The encoded state vector. */
  vector(): Uint8Array {
    this.#vector ??= Y.encodeStateVector(this.doc);
    return this.#vector;
  }

  /** Everything there is, as one update. */
  state(): Uint8Array {
    this.#state ??= Y.encodeStateAsUpdate(this.doc);
    return this.#state;
  }

  /** What somebody with this state vector lacks, at least. Throws on bytes that are no state vector. */
  since(stateVector: Uint8Array): Uint8Array {
    if (stateVector.length === 1 && stateVector[0] === 0) return this.state();
    if (this.#doc !== undefined) return Y.encodeStateAsUpdate(this.#doc, stateVector);
    Y.decodeStateVector(stateVector);
    return this.state();
  }

  close(): void {
    this.#doc?.destroy();
    this.#loaded = undefined;
    this.#state = undefined;
  }
}

/** A text as the store has it, with a root for every section. Throws when the journal has a gap. */
export function openText(loaded: LoadedDocument, bodyKeys: readonly string[]): Y.Doc {
  const doc = withoutHousekeeping(new Y.Doc());
  for (const key of bodyKeys) doc.getXmlFragment(rootOf(key));
  doc.transact(() => {
    if (loaded.checkpoint !== undefined) Y.applyUpdate(doc, loaded.checkpoint.state);
    for (const entry of loaded.entries) Y.applyUpdate(doc, entry.update);
  });
  if (doc.store.pendingStructs !== null) throw new Error('the journal has a gap: a text cannot be opened whole');
  return doc;
}

/** Runs an edit of the server's own; the update it made, or undefined when it changed nothing. */
export function recordEdit<T>(
  doc: Y.Doc,
  change: (doc: Y.Doc) => T,
): { readonly value: T; readonly update?: Uint8Array } {
  const updates: Uint8Array[] = [];
  const listen = (update: Uint8Array) => updates.push(update);
  doc.on('update', listen);
  try {
    const value = doc.transact(() => change(doc));
    return updates.length === 0 ? { value } : { value, update: Y.mergeUpdates(updates) };
  } finally {
    doc.off('update', listen);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/**
 * The shared text of one room: opened from the store, changed only by admitted updates, and given to those who join. Taking a
 * text apart takes far longer than sending it, and apart it takes twenty times the memory: a text that there is in one piece
 * is handed out before it is opened, and a small one that rests is kept as that piece. It knows no connection and no commit.
 */
import * as Y from 'yjs';
import { withoutHousekeeping } from '../../shared/document/housekeeping.ts';
import { rootOf } from '../../shared/document/schema.ts';
import { textHash } from '../../shared/document/text-hash.ts';
import type { LoadedDocument } from '../storage/storage.ts';

/** Opening more than this holds everybody up: it waits until the text has gone out. */
const largeBytes = 128 * 1024;
/** A resting text up to this size is let go: opening it again takes a millisecond or two. */
const letGoBytes = 32 * 1024;

export class LiveText {
  #bodyKeys: readonly string[];
  /** The text taken apart. Without it `#state` is there. */
  #doc: Y.Doc | undefined;
  /** The whole text as one update, while that is true. */
  #state: Uint8Array | undefined;
  #vector: Uint8Array | undefined;
  #hash: Uint8Array | undefined;
  #bytes: number;
  /** Which client the server itself is in this text, however often it is opened. */
  #ownClient: number | undefined;

  /** Throws when what was loaded has a gap. */
  constructor(loaded: LoadedDocument, bodyKeys: readonly string[]) {
    this.#bodyKeys = bodyKeys;
    this.#bytes = (loaded.checkpoint?.state.length ?? 0) + sum(loaded.entries.map((entry) => entry.update.length));
    if (loaded.entries.length === 0) this.#state = loaded.checkpoint?.state;
    if (this.#state === undefined) this.#doc = openText(loaded, bodyKeys);
  }

  get isOpen(): boolean {
    return this.#doc !== undefined;
  }

  /** Whether the state vector is there, or takes no more than to be encoded. */
  get knowsVector(): boolean {
    return this.#doc !== undefined || this.#vector !== undefined;
  }

  /** Whether it can be opened without holding anybody up. */
  get isAtHand(): boolean {
    return this.#doc !== undefined || (this.#state?.length ?? 0) <= largeBytes;
  }

  /** Bytes of updates that made it. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The text taken apart, which it stays until it is let go. */
  get doc(): Y.Doc {
    return this.#doc ?? this.open();
  }

  /** Takes the text apart, if that has not been done. */
  open(): Y.Doc {
    if (this.#doc !== undefined) return this.#doc;
    const doc = this.#openAgain();
    if (this.#ownClient !== undefined) doc.clientID = this.#ownClient;
    this.#doc = doc;
    return doc;
  }

  /** Keeps a small text as one piece from now on; `doc` must not be held any longer. False when it stays open. */
  letGo(): boolean {
    if (this.#doc === undefined || this.state().length > letGoBytes) return false;
    this.vector();
    this.#ownClient = this.#doc.clientID;
    this.#doc.destroy();
    this.#doc = undefined;
    return true;
  }

  /** Looks at the text without keeping a small one open for it. `see` must not change it. */
  look<T>(see: (doc: Y.Doc) => T): T {
    if (this.#doc !== undefined || !this.isAtHand) return see(this.doc);
    const doc = this.#openAgain();
    try {
      return see(doc);
    } finally {
      doc.destroy();
    }
  }

  #openAgain(): Y.Doc {
    if (this.#state === undefined) throw new Error('the text was closed');
    return openText({ checkpoint: { state: this.#state }, entries: [] }, this.#bodyKeys);
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
    this.#hash = undefined;
  }

  /** The encoded state vector. */
  vector(): Uint8Array {
    this.#vector ??=
      this.#doc === undefined ? Y.encodeStateVectorFromUpdate(this.state()) : Y.encodeStateVector(this.#doc);
    return this.#vector;
  }

  /** The hash of what it says (RM16). */
  hash(): Uint8Array {
    this.#hash ??= this.look(textHash);
    return this.#hash;
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
    this.#state = undefined;
  }
}

/** What a text is opened from; updates behind the state in their order. */
type Pieces = Pick<LoadedDocument, 'entries'> & { readonly checkpoint: { readonly state: Uint8Array } | undefined };

/** A text as the store has it, with a root for every section. Throws when the journal has a gap. */
export function openText(loaded: Pieces, bodyKeys: readonly string[]): Y.Doc {
  const doc = forgetful(withoutHousekeeping(new Y.Doc()));
  for (const key of bodyKeys) doc.getXmlFragment(rootOf(key));
  doc.transact(() => {
    if (loaded.checkpoint !== undefined) Y.applyUpdate(doc, loaded.checkpoint.state);
    for (const entry of loaded.entries) Y.applyUpdate(doc, entry.update);
  });
  if (doc.store.pendingStructs !== null) throw new Error('the journal has a gap: a text cannot be opened whole');
  return doc;
}

/**
 * Yjs drops a list of what it has just done and begins the next one at once. In a room where somebody types at leisure that list is
 * old by the time it is filled, and V8 keeps what an old list holds until it collects all its garbage: some 3 KB a letter.
 */
function forgetful(doc: Y.Doc): Y.Doc {
  doc.on('afterAllTransactions', (_doc, transactions) => {
    transactions.length = 0;
  });
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

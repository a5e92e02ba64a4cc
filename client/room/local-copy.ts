/**
 * The copy of a text on this machine (IndexedDB, one database per user and document): what was typed without a connection
 * is there after a reload and after a crash. Browsers without IndexedDB work without it, and the page says so.
 */
import { clearDocument, IndexeddbPersistence } from 'y-indexeddb';
import type * as Y from 'yjs';
import { unsavedDocuments } from './unsaved.ts';

export interface LocalCopy {
  /** Loads what was kept into the document; true when there was something. False copies keep nothing. */
  readonly loaded: Promise<boolean>;
  readonly keeps: boolean;
  /** Stops keeping; what was kept stays. */
  close(): Promise<void>;
  /** Stops keeping and forgets what was kept. */
  clear(): Promise<void>;
}

export type OpenLocalCopy = (userId: string, documentId: string, doc: Y.Doc) => LocalCopy;

const openTimeoutMs = 4_000;

function nameOf(userId: string, documentId: string): string {
  return `duizhao:${userId}:${documentId}`;
}

/** Forgets a text that was kept for a user, without opening it. */
export function forgetLocalCopy(userId: string, documentId: string): void {
  if (typeof indexedDB === 'undefined') return;
  void clearDocument(nameOf(userId, documentId)).catch(() => undefined); // nothing to forget
}

/** The documents of whose copies nothing is unsaved, of all copies of a user on this machine. */
export function savedCopies(names: readonly string[], userId: string, unsaved: readonly string[]): string[] {
  const prefix = nameOf(userId, '');
  return names
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((documentId) => !unsaved.includes(documentId));
}

/** Forgets a user's copies, all but those with words that are nowhere else. For who signs out on a shared machine. */
export async function forgetSavedCopies(userId: string): Promise<void> {
  if (typeof indexedDB === 'undefined' || indexedDB.databases === undefined) return;
  const names = (await indexedDB.databases()).flatMap(({ name }) => (name === undefined ? [] : [name]));
  for (const documentId of savedCopies(names, userId, unsavedDocuments(userId))) forgetLocalCopy(userId, documentId);
}

export const openBrowserCopy: OpenLocalCopy = (userId, documentId, doc) => {
  if (typeof indexedDB === 'undefined') return withoutCopy;
  return new BrowserCopy(nameOf(userId, documentId), doc);
};

/** For browsers and private windows that keep nothing. */
export const withoutCopy: LocalCopy = {
  loaded: Promise.resolve(false),
  keeps: false,
  close: () => Promise.resolve(),
  clear: () => Promise.resolve(),
};

class BrowserCopy implements LocalCopy {
  readonly loaded: Promise<boolean>;
  readonly #persistence: IndexeddbPersistence;
  readonly #doc: Y.Doc;
  #keeps = false;

  constructor(name: string, doc: Y.Doc) {
    this.#doc = doc;
    this.#persistence = new IndexeddbPersistence(name, doc);
    this.loaded = Promise.race([
      this.#persistence.whenSynced.then(() => true),
      // A forbidden or broken IndexedDB never syncs: the text then works without a copy.
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), openTimeoutMs)),
    ]).then((opened) => {
      this.#keeps = opened;
      return opened && this.#doc.store.clients.size > 0;
    });
  }

  get keeps(): boolean {
    return this.#keeps;
  }

  async close(): Promise<void> {
    this.#keeps = false;
    await Promise.race([this.#persistence.destroy(), pause()]);
  }

  async clear(): Promise<void> {
    await this.loaded;
    const { db } = this.#persistence;
    this.#keeps = false;
    if (db === null) return;
    // The store is emptied rather than deleted: another tab may hold the database open, which would block a deletion.
    await new Promise<void>((resolve) => {
      const transaction = db.transaction(['updates', 'custom'], 'readwrite');
      transaction.objectStore('updates').clear();
      transaction.objectStore('custom').clear();
      transaction.oncomplete = () => resolve();
      transaction.onerror = () => resolve();
      transaction.onabort = () => resolve();
    });
    await this.close();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, openTimeoutMs));
}

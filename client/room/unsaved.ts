/**
 * Which texts hold words that are on this machine only. One mark per user, document and open page in local storage, written
 * with every unsaved keystroke and taken away by the server's acknowledgement, so it is still there after a crash. Two
 * windows of one text have a mark each: what one has stored says nothing of the other.
 */
export type KeyValueStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const prefix = 'duizhao.unsaved:';

/** Marks as they stood at one moment: the page's next keystroke gives its mark another value. */
export type Marks = ReadonlyMap<string, string>;

function keyOf(userId: string, documentId: string): string {
  return `${prefix}${userId}:${documentId}`;
}

/** `page` tells this page from the user's others; `value` must be another one with every keystroke. */
export function markUnsaved(
  store: KeyValueStore,
  userId: string,
  documentId: string,
  page: string,
  value: string,
): void {
  try {
    store.setItem(`${keyOf(userId, documentId)}:${page}`, value);
  } catch {
    // A full or forbidden local storage: the open page still knows, only the memory across a crash is missing.
  }
}

export function markSaved(store: KeyValueStore, userId: string, documentId: string, page: string): void {
  store.removeItem(`${keyOf(userId, documentId)}:${page}`);
}

/** The marks of all pages of a text, open ones and such that are no more. */
export function marksOf(store: KeyValueStore, userId: string, documentId: string): Marks {
  const own = keyOf(userId, documentId);
  return new Map(keysOf(store).flatMap((key) => (key.startsWith(own) ? [[key, store.getItem(key) ?? '']] : [])));
}

/** Takes marks away whose words are durable by now; one that has changed since stands for newer words and stays. */
export function forgetMarks(store: KeyValueStore, marks: Marks): void {
  for (const [key, value] of marks) if (store.getItem(key) === value) store.removeItem(key);
}

export function isUnsaved(store: KeyValueStore, userId: string, documentId: string): boolean {
  return marksOf(store, userId, documentId).size > 0;
}

/** The documents with words on this machine that are not in the database; of one user, or of everybody here. */
export function unsavedDocuments(userId?: string, store: KeyValueStore = localStorage): string[] {
  const found = new Set<string>();
  for (const key of keysOf(store)) {
    const [user, documentId] = key.slice(prefix.length).split(':');
    if (documentId !== undefined && (userId === undefined || user === userId)) found.add(documentId);
  }
  return [...found];
}

function keysOf(store: KeyValueStore): string[] {
  const keys: string[] = [];
  for (let index = 0; index < store.length; index += 1) {
    const key = store.key(index);
    if (key?.startsWith(prefix)) keys.push(key);
  }
  return keys;
}

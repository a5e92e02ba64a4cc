/**
 * Which texts hold words that are on this machine only. One mark per user and document in local storage, set with the first
 * unsaved keystroke and taken away by the server's acknowledgement, so it is still there after a crash.
 */
export type KeyValueStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

const prefix = 'duizhao.unsaved:';

function keyOf(userId: string, documentId: string): string {
  return `${prefix}${userId}:${documentId}`;
}

export function isUnsaved(store: KeyValueStore, userId: string, documentId: string): boolean {
  return store.getItem(keyOf(userId, documentId)) !== null;
}

export function markUnsaved(store: KeyValueStore, userId: string, documentId: string): void {
  try {
    store.setItem(keyOf(userId, documentId), '1');
  } catch {
    // A full or forbidden local storage: the open page still knows, only the memory across a crash is missing.
  }
}

export function markSaved(store: KeyValueStore, userId: string, documentId: string): void {
  store.removeItem(keyOf(userId, documentId));
}

/** The documents with words on this machine that are not in the database; of one user, or of everybody here. */
export function unsavedDocuments(userId?: string, store: KeyValueStore = localStorage): string[] {
  const found: string[] = [];
  for (let index = 0; index < store.length; index += 1) {
    const key = store.key(index);
    if (key === null || !key.startsWith(prefix)) continue;
    const [user, documentId] = key.slice(prefix.length).split(':');
    if (documentId !== undefined && (userId === undefined || user === userId)) found.push(documentId);
  }
  return found;
}

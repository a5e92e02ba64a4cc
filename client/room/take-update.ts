/** Takes an update from elsewhere into this page's text. */
import * as Y from 'yjs';

/**
 * Yjs 13.6 throws on a struct of which the known part has been collected while its neighbour is kept for undo, and then the
 * text stays behind for good. Parts that are known are cut off before, so no struct is ever known in part.
 */
export function takeUpdate(doc: Y.Doc, update: Uint8Array, origin: unknown): void {
  const isFirst = doc.store.clients.size === 0;
  Y.applyUpdate(doc, isFirst ? update : Y.diffUpdate(update, Y.encodeStateVector(doc)), origin);
}

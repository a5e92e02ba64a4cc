/**
 * Yjs tidies up by itself: after every change that came from elsewhere it deletes formats that have become redundant, on each
 * copy as that copy sees it. For the room such a deletion is an update that nobody made: a reader’s page would be refused for
 * it, and the server’s live text would know what its journal does not.
 */
import type * as Y from 'yjs';

/** Leaves this copy as people made it. Redundant formats stay; what the text looks like is the same. */
export function withoutHousekeeping(doc: Y.Doc): Y.Doc {
  doc.on('afterTransaction', (transaction) => {
    transaction._needFormattingCleanup = false;
  });
  return doc;
}

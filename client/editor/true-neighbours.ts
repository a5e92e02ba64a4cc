/**
 * Yjs puts what it undoes between the neighbours of old, or between what has become of them. In a line that was taken away and
 * brought back those two may stand the wrong way round, be one and the same, or have other words between them by now. A struct
 * that names such neighbours stands elsewhere in the next copy that takes it in: texts part, and the server refuses it. So
 * before anybody hears of an undo, all that it wrote is told between what it really stands.
 */
import * as Y from 'yjs';

/**
 * Gives every struct that the transaction wrote the neighbours that it had when it was put where it is, as typing does.
 * For Yjs' event `beforeObserverCalls`: nothing has been merged, collected or sent by then.
 */
export function nameTrueNeighbours({ doc, beforeState }: Y.Transaction): void {
  const written = writtenSince(doc, beforeState.get(doc.clientID) ?? 0);
  const lefts = new Map<Y.Item, Y.Item | null>();
  const rights = new Map<Y.Item, Y.Item | null>();
  // The last one first: what was there before it is what remains of the list without the later ones.
  for (const item of written.reverse()) {
    const left = lefts.has(item) ? (lefts.get(item) ?? null) : item.left;
    const right = rights.has(item) ? (rights.get(item) ?? null) : item.right;
    item.origin = left?.lastId ?? null;
    item.rightOrigin = right?.id ?? null;
    if (left !== null) rights.set(left, right);
    if (right !== null) lefts.set(right, left);
  }
}

/** The items of lists; values of keys have their own order. */
function writtenSince(doc: Y.Doc, clock: number): Y.Item[] {
  const structs = doc.store.clients.get(doc.clientID) ?? [];
  if (clock >= Y.getState(doc.store, doc.clientID)) return [];
  const items: Y.Item[] = [];
  for (let index = Y.findIndexSS(structs, clock); index < structs.length; index += 1) {
    const struct = structs[index];
    if (struct instanceof Y.Item && struct.parentSub === null) items.push(struct);
  }
  return items;
}

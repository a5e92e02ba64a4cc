/**
 * What one update did to the letters of a text: which came in and which were taken out, read from Yjs itself while it has
 * applied the update and has not yet collected what was deleted. Nothing of what the client says about itself is read.
 */
import * as Y from 'yjs';
import { keptLetters, type Removal } from '../../shared/hand/gone.ts';

/** Letters that came in and stand. */
export type Insertion = { readonly client: number; readonly clock: number; readonly text: string };

/** Letters that stood before and stand no longer. */
export type Deletion = Omit<Removal, 'batches'> & { readonly client: number; readonly clock: number };

export type LetterChanges = {
  readonly insertions: readonly Insertion[];
  /** As many as are kept; `removed` are all. */
  readonly deletions: readonly Deletion[];
  /** Texts taken out, those included of which no place is kept. */
  readonly removed: readonly string[];
};

/** To be called in `afterTransaction`. */
export function changesOf(transaction: Y.Transaction): LetterChanges {
  const { deletions, removed } = deletionsOf(transaction);
  return { insertions: insertionsOf(transaction), deletions, removed };
}

function insertionsOf({ doc, beforeState, afterState }: Y.Transaction): Insertion[] {
  const found: Insertion[] = [];
  for (const [client, end] of afterState) {
    const before = beforeState.get(client) ?? 0;
    const structs = end > before ? doc.store.clients.get(client) : undefined;
    if (structs === undefined) continue;
    for (let index = Y.findIndexSS(structs, before); index < structs.length; index += 1) {
      const item = structs[index];
      if (!(item instanceof Y.Item) || item.deleted || !(item.content instanceof Y.ContentString)) continue;
      const known = Math.max(0, before - item.id.clock);
      found.push({ client, clock: item.id.clock + known, text: item.content.str.slice(known) });
    }
  }
  return found;
}

function deletionsOf({ doc, beforeState, deleteSet }: Y.Transaction) {
  const deletions: Deletion[] = [];
  const removed: string[] = [];
  let kept = 0;
  for (const [client, ranges] of deleteSet.clients) {
    const structs = doc.store.clients.get(client);
    const known = beforeState.get(client) ?? 0;
    if (structs === undefined) continue;
    for (const { clock, len } of ranges) {
      for (let index = Y.findIndexSS(structs, clock); index < structs.length; index += 1) {
        const item = structs[index];
        // Items were cut where the deletion begins and ends.
        if (item === undefined || item.id.clock >= Math.min(clock + len, known)) break;
        if (!(item instanceof Y.Item) || !(item.content instanceof Y.ContentString)) continue;
        removed.push(item.content.str);
        kept += item.length;
        if (kept <= keptLetters) deletions.push(deletionOf(item, item.content.str));
      }
    }
  }
  return { deletions, removed };
}

function deletionOf(item: Y.Item, text: string): Deletion {
  const { client, clock } = item.id;
  const first = `${client}:${clock}`;
  const last = `${client}:${clock + item.length - 1}`;
  return { client, clock, text, first, last, left: goneBeside(item, 'left'), right: goneBeside(item, 'right') };
}

/** So far one looks for something gone beside a letter. */
const stepsAside = 32;

/** The ends of what is gone too on this side, up to the next letter that stands. */
function goneBeside(item: Y.Item, side: 'left' | 'right'): string[] {
  const ids: string[] = [];
  let beside = item[side];
  for (let step = 0; step < stepsAside && beside !== null; step += 1) {
    if (beside.countable && !beside.deleted) break;
    if (beside.deleted && isText(beside)) {
      const { client, clock } = beside.id;
      ids.push(`${client}:${side === 'left' ? clock + beside.length - 1 : clock}`);
    }
    beside = beside[side];
  }
  return ids;
}

/** A letter, also one whose text has been collected. */
function isText({ content }: Y.Item): boolean {
  return content instanceof Y.ContentString || content instanceof Y.ContentDeleted;
}

/**
 * Every block keeps an id: a new one comes with it, and an old one's is deleted only with its block or for a new id in its place.
 * An update cannot be judged struct by struct here; this looks at what it leaves behind.
 */
import type * as Y from 'yjs';
import { blockIdAttribute } from '../../shared/document/schema.ts';
import type { Place } from './admit.ts';
import { Denied, type Id, type Range, type Struct } from './decode-update.ts';

type Deletions = ReadonlyMap<number, readonly Range[]>;

export class BlockIds {
  readonly #newBlocks: Struct[] = [];
  readonly #lost: Y.Item[] = [];
  readonly #newIds = new Map<Place['holder'], Struct[]>();

  /** Hears of every struct that will stand somewhere, in causal order. */
  note(struct: Struct, { holder, sub }: Place): void {
    if (struct.kind === 'block') this.#newBlocks.push(struct);
    if (sub !== blockIdAttribute) return;
    const known = this.#newIds.get(holder);
    if (known === undefined) this.#newIds.set(holder, [struct]);
    else known.push(struct);
  }

  /** Hears of every id in the room that the update deletes. */
  losesId(item: Y.Item): void {
    this.#lost.push(item);
  }

  check(deletions: Deletions): void {
    for (const block of this.#newBlocks) {
      if (!this.#isNamed(block, null, deletions) && !covers(deletions, block)) throw noId();
    }
    for (const { parent, lastId } of this.#lost) {
      // An item of the room stands in a type; its block is that type's own item.
      const { _item: block } = parent as Y.AbstractType<unknown>;
      const isGoing = block === null || block.deleted || covers(deletions, block.id);
      if (!isGoing && !this.#isNamed(parent as Place['holder'], lastId, deletions)) throw noId();
    }
  }

  /** Whether an id remains behind `from` when each new one takes the place of the one it stands behind. */
  #isNamed(holder: Place['holder'], from: Id | null, deletions: Deletions): boolean {
    let last = from;
    let named = false;
    for (const struct of this.#newIds.get(holder) ?? []) {
      const { client, clock, length, kind, origin } = struct;
      if (origin?.client !== last?.client || origin?.clock !== last?.clock) continue;
      last = { client, clock: clock + length - 1 };
      named = kind === 'id' && !covers(deletions, struct);
    }
    return named;
  }
}

function noId(): Denied {
  return new Denied('invalid_content', 'a block without an id');
}

function covers(deletions: Deletions, { client, clock }: Id): boolean {
  const ranges = deletions.get(client) ?? [];
  let low = 0;
  let high = ranges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range === undefined) return false;
    if (clock < range.clock) high = middle - 1;
    else if (clock >= range.clock + range.length) low = middle + 1;
    else return true;
  }
  return false;
}

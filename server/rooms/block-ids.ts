/**
 * Every block keeps an id: a new one comes with it, and an old one's is deleted only with its block or for a new id in its place.
 * An update cannot be judged struct by struct here; this looks at what it leaves behind.
 */
import * as Y from 'yjs';
import { blockIdAttribute } from '../../shared/document/schema.ts';
import type { Place } from './admit.ts';
import { Denied, type Id, type Range, type Struct } from './decode-update.ts';

type Deletions = ReadonlyMap<number, readonly Range[]>;

export class BlockIds {
  readonly #newBlocks: Struct[] = [];
  readonly #lost: Y.Item[] = [];
  /** Made with the first one: typing brings none. */
  #newIds: Map<Place['holder'], Struct[]> | undefined;

  /** Hears of every struct that will stand somewhere, in causal order. */
  note(struct: Struct, { holder, sub }: Place): void {
    if (struct.kind === 'block') this.#newBlocks.push(struct);
    if (sub !== blockIdAttribute) return;
    this.#newIds ??= new Map();
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
      const holder = parent as Place['holder']; // an item of the room stands in a type
      if (!isGoing(holder, deletions) && !this.#isNamed(holder, lastId, deletions)) throw noId();
    }
    for (const [holder, structs] of this.#newIds ?? []) {
      if (!endAlive(structs, deletions) && !isGoing(holder, deletions)) throw noId();
    }
  }

  /** Whether an id remains behind `from` when each new one takes the place of the one it stands behind. */
  #isNamed(holder: Place['holder'], from: Id | null, deletions: Deletions): boolean {
    let last = from;
    let named = false;
    for (const struct of this.#newIds?.get(holder) ?? []) {
      if (!isAt(struct.origin, last)) continue;
      last = lastOf(struct);
      named = isAlive(struct, deletions);
    }
    return named;
  }
}

/** A tombstone takes the place of an id just as a new id does: each must have a living one behind it. */
function endAlive(structs: readonly Struct[], deletions: Deletions): boolean {
  const followed: Id[] = [];
  for (const struct of [...structs].reverse()) {
    if (!isAlive(struct, deletions) && !followed.some((id) => isAt(id, lastOf(struct)))) return false;
    if (struct.origin !== null) followed.push(struct.origin);
  }
  return true;
}

function isAlive(struct: Struct, deletions: Deletions): boolean {
  return struct.kind === 'id' && !covers(deletions, struct);
}

/** Whether the block goes with its id, or has gone. */
function isGoing(holder: Place['holder'], deletions: Deletions): boolean {
  if (!(holder instanceof Y.AbstractType)) return covers(deletions, holder);
  const { _item: block } = holder;
  return block === null || block.deleted || covers(deletions, block.id);
}

function lastOf({ client, clock, length }: Struct): Id {
  return { client, clock: clock + length - 1 };
}

function isAt(one: Id | null, other: Id | null): boolean {
  return one?.client === other?.client && one?.clock === other?.clock;
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

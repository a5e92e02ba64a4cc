/**
 * The neighbours a new struct names, looked at before Yjs does. Who writes puts a struct between two that stand side by side in
 * what he sees; what others wrote there meanwhile may lie between them now, but nothing that he must have seen. Neighbours that
 * were never side by side would let two copies place the struct differently, depending on what they knew first. And Yjs walks
 * from the left one to the right one: thousands of structs whose neighbours are far apart would be walked for minutes, so
 * the walks are bounded from above, in time that is itself bounded.
 */
import * as Y from 'yjs';
import type { Judged, Place } from './admit.ts';
import { Denied, type Id, type Struct } from './decode-update.ts';

/** Steps that one update may ask for: some tens of milliseconds. */
export const maxSteps = 500_000;
/** Taking a struct in at all. */
const stepsPerStruct = 5;
/** Deleting a struct of the room costs this much: all of a long text may go at once, not millions of crumbs. */
const stepsPerDeletion = 5;
/** Cutting a struct of the room in two moves all later ones of its client; a step moves this many. */
const stepsPerCut = 20;
const movedPerStep = 256;

type Neighbour = Judged | Y.Item | Y.GC | undefined;

/** Between which structs of the room a new one will stand, and how many of the room's are between them. */
type Spot = { readonly left: Y.Item | null; readonly right: Y.Item | null; readonly between: number };
type Counted = {
  readonly struct: Struct;
  readonly spot: Spot;
  readonly steps: number;
  /** The room's units on both sides, other new structs passed over. */
  readonly leftId: Id | null;
  readonly rightId: Id | null;
};

/** The new structs of one list (a type's children, or the values of one key). */
class List {
  readonly counted = new Map<Struct, Counted>();
  /** How many stand behind each struct of the room, where the place is certain. */
  readonly behind = new Map<Y.Item | null, number>();
  /** How many stand somewhere in a wider span. */
  loose = 0;
  last: Counted | undefined;
}

export class SearchSteps {
  #steps = 0;
  readonly #lists = new Map<object, List>();

  get steps(): number {
    return this.#steps;
  }

  countStruct(): void {
    this.#add(stepsPerStruct);
  }

  /** `whole` is the struct as it came, by which others know it, when `struct` is only what is new of it. */
  count(struct: Struct, place: Place, left: Neighbour, right: Neighbour, whole = struct): void {
    // The values of a key are walked from the first.
    if (place.sub !== null) this.#add(2 * this.#valuesOf(place));
    const known = this.#lists.get(place.holder);
    const list = known ?? new List();
    if (known === undefined) this.#lists.set(place.holder, list);
    const counted = goesOn(list.last, struct) ?? this.#countApart(list, struct, place, left, right);
    this.#add(counted.steps);
    if (counted.spot.between > 0) list.loose += 1;
    else list.behind.set(counted.spot.left, (list.behind.get(counted.spot.left) ?? 0) + 1);
    list.counted.set(whole, counted);
    list.last = counted;
  }

  countDeletion(): void {
    this.#add(stepsPerDeletion);
  }

  /** A struct of the room will be cut before its unit `clock`, if that is inside it; `siblings` is how many its client has. */
  countCut(struct: Y.Item | Y.GC, clock: number, siblings: number): void {
    if (clock > struct.id.clock && clock < struct.id.clock + struct.length) {
      this.#add(stepsPerCut + Math.floor(siblings / movedPerStep));
    }
  }

  #countApart(list: List, struct: Struct, place: Place, left: Neighbour, right: Neighbour): Counted {
    const leftId = isFresh(left) ? (list.counted.get(left.struct)?.leftId ?? null) : struct.origin;
    const rightId = isFresh(right) ? (list.counted.get(right.struct)?.rightId ?? null) : struct.rightOrigin;
    checkSideBySide(struct, left, right, leftId);
    const from = left instanceof Y.Item ? left : (spotOf(list, left)?.left ?? null);
    const to = right instanceof Y.Item ? right : (spotOf(list, right)?.right ?? null);
    if (from !== null && from === to && !isInOrder(leftId, rightId)) throw neverSideBySide();
    const [ofLeft, ofRight] = [spotOf(list, left), spotOf(list, right)];
    if ((isInside(ofLeft) && to !== ofLeft?.right) || (isInside(ofRight) && from !== ofRight?.left)) {
      throw neverSideBySide();
    }
    const seen = [ofLeft?.right, ofRight?.left].filter((item) => item != null);
    const spot = this.#spot(place, struct, from, to, seen);
    return { struct, spot, steps: spot.between + (list.behind.get(spot.left) ?? 0) + list.loose, leftId, rightId };
  }

  /** `seen` are neighbours of new neighbours: who saw those has seen these, which therefore do not lie in between. */
  #spot(place: Place, struct: Struct, left: Y.Item | null, right: Y.Item | null, seen: readonly Y.Item[]): Spot {
    if (!(place.holder instanceof Y.AbstractType) || place.sub !== null) return { left, right, between: 0 };
    if (left !== null && left === right) return { left, right, between: 0 };
    let between = 0;
    let item = left === null ? place.holder._start : left.right;
    for (; item !== null && item !== right; item = item.right) {
      between += 1;
      if (between > maxSteps) this.#add(between);
      if (isKnownTo(item, struct) || seen.includes(item)) throw neverSideBySide();
    }
    if (item !== right) throw neverSideBySide();
    return { left, right, between };
  }

  #valuesOf({ holder, sub }: Place): number {
    let count = this.#lists.get(holder)?.counted.size ?? 0;
    if (!(holder instanceof Y.AbstractType) || sub === null) return count;
    for (let value = holder._map.get(sub) ?? null; value !== null; value = value.left) count += 1;
    return count;
  }

  #add(steps: number): void {
    this.#steps += steps;
    if (this.#steps > maxSteps) throw new Denied('too_large', 'structs too far from their neighbours');
  }
}

/** Whether a new struct parts one of the room. */
function isInside(spot: Spot | undefined): boolean {
  return spot !== undefined && spot.left !== null && spot.left === spot.right;
}

function spotOf(list: List, neighbour: Neighbour): Spot | undefined {
  return isFresh(neighbour) ? list.counted.get(neighbour.struct)?.spot : undefined;
}

/** A struct right behind or right before the last one has no further to go than that one had. */
function goesOn(last: Counted | undefined, struct: Struct): Counted | undefined {
  if (last === undefined) return undefined;
  const { client, clock, length, origin, rightOrigin } = last.struct;
  const behind = isAt(struct.origin, client, clock + length - 1) && areSame(struct.rightOrigin, rightOrigin);
  const before = isAt(struct.rightOrigin, client, clock) && areSame(struct.origin, origin);
  return behind || before ? { ...last, struct } : undefined;
}

/** Both neighbours in one struct of the room: only one behind the other. */
function isInOrder(left: Id | null, right: Id | null): boolean {
  return left !== null && right !== null && left.clock + 1 === right.clock;
}

function neverSideBySide(): Denied {
  return new Denied('invalid_content', 'neighbours that were never side by side');
}

/** Whether whoever wrote the struct had seen the item: his own, and what its neighbours' writers wrote before them. */
function isKnownTo({ id }: Y.Item, { client, origin, rightOrigin }: Struct): boolean {
  return (
    id.client === client ||
    (origin?.client === id.client && id.clock < origin.clock) ||
    (rightOrigin?.client === id.client && id.clock < rightOrigin.clock)
  );
}

/**
 * Who sees the right neighbour has seen its own left one, which is therefore not to the right of ours; and the other way round.
 * What stands inside a struct of the room has the unit before it on its left, or new ones that were put between the two.
 * Of two neighbours that are new and of one client, the later was put beside the earlier.
 */
function checkSideBySide({ origin, rightOrigin }: Struct, left: Neighbour, right: Neighbour, leftId: Id | null): void {
  const before = rightOrigin === null ? null : leftOf(right, rightOrigin);
  const behind = origin === null ? null : rightOf(left);
  if (origin === null && before !== null) throw neverSideBySide();
  if (rightOrigin === null && behind !== null) throw neverSideBySide();
  if (origin === null || rightOrigin === null || areSame(before, origin)) return;
  const isWithin = before !== null && before.client === rightOrigin.client && before.clock + 1 === rightOrigin.clock;
  const isInside = right instanceof Y.Item && rightOrigin.clock > right.id.clock;
  if (isWithin && isInside && !areSame(before, leftId)) throw neverSideBySide();
  if (!isFresh(left) || !isFresh(right) || origin.client !== rightOrigin.client) return;
  if (!areSame(behind, rightOrigin)) throw neverSideBySide();
}

/** The unit that stood to the left of the unit `id` when that was written. */
function leftOf(neighbour: Neighbour, id: Id): Id | null {
  if (neighbour === undefined || neighbour instanceof Y.GC) return null;
  const { origin, clock } = isFresh(neighbour)
    ? neighbour.struct
    : { origin: neighbour.origin, clock: neighbour.id.clock };
  return id.clock > clock ? { client: id.client, clock: id.clock - 1 } : origin;
}

function rightOf(neighbour: Neighbour): Id | null {
  if (neighbour === undefined || neighbour instanceof Y.GC) return null;
  return isFresh(neighbour) ? neighbour.struct.rightOrigin : neighbour.rightOrigin;
}

function isFresh(neighbour: Neighbour): neighbour is Judged {
  return neighbour !== undefined && 'where' in neighbour;
}

function isAt(id: Id | null, client: number, clock: number): boolean {
  return id !== null && id.client === client && id.clock === clock;
}

/** Whether two neighbours are one, or both are none. */
export function areSame(one: Id | null, other: Id | null): boolean {
  if (one === null || other === null) return one === other;
  return isAt(one, other.client, other.clock);
}

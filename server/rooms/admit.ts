/**
 * Whether an update may enter a room: read-only against the room's text, decided before anything is applied, so a refused
 * update leaves no trace. An update is admitted whole or refused whole (design 4.4).
 */
import * as Y from 'yjs';
import { blockIdAttribute, sectionKeyOf } from '../../shared/document/schema.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Writer } from '../storage/storage.ts';
import { BlockIds } from './block-ids.ts';
import {
  type DecodedUpdate,
  type Denial,
  Denied,
  decodeUpdate,
  endOf,
  type Id,
  type Range,
  type Struct,
} from './decode-update.ts';
import { partsPair, splitsPair } from './half-characters.ts';
import { areSame, SearchSteps } from './search-steps.ts';

export type { Denial } from './decode-update.ts';

/** What the judgement rests on. */
export type Ground = {
  readonly doc: Y.Doc;
  readonly bodyKeys: ReadonlySet<string>;
  readonly remarkIds: ReadonlySet<string>;
  /** Who owns which client id in this document. */
  readonly writers: ReadonlyMap<number, Writer>;
};

export type Admission = {
  /** False when the room has all of it already (a reader's answer to the server's step 1). */
  readonly novel: boolean;
  /** Client ids that become the writer's. */
  readonly claims: readonly number[];
  /** What it will cost to take in, above all how far Yjs will have to search for the places of its structs. */
  readonly steps: number;
  /** What is to be taken in and handed on: the update as it came, or without what is known where that matters. */
  readonly update: Uint8Array;
};

/** Judges one update of `writer`. `mayWrite` false refuses whatever would change the text. */
export function admit(
  ground: Ground,
  update: Uint8Array,
  writer: Writer,
  mayWrite: boolean,
): Result<Admission, Denial> {
  const decoded = decodeUpdate(update);
  if (!decoded.ok) return decoded;
  try {
    const judgement = new Judgement(ground, decoded.value, writer, mayWrite);
    const admission = judgement.pass();
    const rest = judgement.mustBeCut ? Y.diffUpdate(update, Y.encodeStateVector(ground.doc)) : update;
    return ok({ ...admission, update: rest });
  } catch (error) {
    if (error instanceof Denied) return err(error.denial);
    throw error;
  }
}

/** A shared type as Yjs declares it. */
type SharedType = Exclude<Y.Item['parent'], Y.ID | null>;
/** A struct of the room. */
type Stored = Y.Item | Y.GC;

/** Where a struct stands: the type that holds it (of the room, or new in this update), what that type is, and the key. */
export type Place = {
  readonly holder: SharedType | Struct;
  readonly level: 'section' | 'block' | 'text';
  readonly root: string;
  readonly sub: string | null;
};
/** `gone`: its surroundings were deleted and collected; Yjs will collect it too. */
type Where = Place | 'gone';

/** A struct of this update, once it is judged. */
export type Judged = { readonly struct: Struct; readonly where: Where };

/** One client's structs, up to where the room knows him, and the first that is not judged. */
type Queue = { readonly structs: readonly Struct[]; readonly known: number; next: number };

class Judgement {
  readonly #ground: Ground;
  readonly #update: DecodedUpdate;
  readonly #writer: Writer;
  readonly #mayWrite: boolean;
  readonly #judged = new Map<number, Judged[]>();
  readonly #search = new SearchSteps();
  readonly #blockIds = new BlockIds();
  #novel = false;
  #mustBeCut = false;

  constructor(ground: Ground, update: DecodedUpdate, writer: Writer, mayWrite: boolean) {
    this.#ground = ground;
    this.#update = update;
    this.#writer = writer;
    this.#mayWrite = mayWrite;
  }

  /** Whether Yjs could take in only what is new of this update. */
  get mustBeCut(): boolean {
    return this.#mustBeCut;
  }

  pass(): Omit<Admission, 'update'> {
    const claims = this.#checkOwnership();
    this.#walkStructs();
    this.#walkDeletions();
    this.#blockIds.check(this.#update.deletions);
    return { novel: this.#novel, claims, steps: this.#search.steps };
  }

  #state(client: number): number {
    return Y.getState(this.#ground.doc.store, client);
  }

  #change(): void {
    this.#novel = true;
    if (!this.#mayWrite) throw new Denied('read_only', 'the text is not open for writing');
  }

  #checkOwnership(): number[] {
    const claims: number[] = [];
    for (const [client, structs] of this.#update.structs) {
      if (endOf(structs) <= this.#state(client)) continue;
      const owner = this.#ground.writers.get(client);
      if (owner === undefined) claims.push(client);
      else if (owner !== this.#writer) throw new Denied('foreign_client', String(client));
    }
    return claims;
  }

  /** In causal order, as Yjs will integrate: each client's next struct as soon as all it names is there. */
  #walkStructs(): void {
    let waiting: Queue[] = [];
    for (const [client, structs] of this.#update.structs) {
      const known = this.#state(client);
      const first = structs[0];
      if (first !== undefined && first.clock > known) throw new Denied('missing_predecessors', String(client));
      waiting.push({ structs, known, next: 0 });
    }
    while (waiting.length > 0) {
      let progressed = false;
      for (const queue of waiting) progressed = this.#walk(queue) || progressed;
      waiting = waiting.filter(({ structs, next }) => next < structs.length);
      if (waiting.length > 0 && !progressed) throw new Denied('missing_predecessors', 'causes are missing');
    }
  }

  /** Judges what is ready of one client; false when nothing was. */
  #walk(queue: Queue): boolean {
    const from = queue.next;
    for (
      let struct = queue.structs[from];
      struct !== undefined && this.#isReady(struct);
      struct = queue.structs[queue.next]
    ) {
      this.#judge(struct, queue.known);
      queue.next += 1;
    }
    return queue.next > from;
  }

  #isReady(struct: Struct): boolean {
    const { origin, rightOrigin, parent } = struct;
    return (
      (origin === null || this.#has(origin, struct)) &&
      (rightOrigin === null || this.#has(rightOrigin, struct)) &&
      (parent === null || typeof parent === 'string' || this.#has(parent, struct))
    );
  }

  #has(id: Id, asker: Struct): boolean {
    if (id.client === asker.client) return id.clock < asker.clock;
    const last = this.#judged.get(id.client)?.at(-1)?.struct;
    return id.clock < Math.max(last === undefined ? 0 : last.clock + last.length, this.#state(id.client));
  }

  #judge(struct: Struct, known: number): void {
    const left = struct.origin === null ? undefined : this.#find(struct.origin);
    const right = struct.rightOrigin === null ? undefined : this.#find(struct.rightOrigin);
    // Yjs cuts at the neighbours of every struct it is handed, also of those it knows.
    if (struct.origin !== null && left !== undefined) this.#cut(left, struct.origin.client, struct.origin.clock + 1);
    if (struct.rightOrigin !== null && right !== undefined) {
      this.#cut(right, struct.rightOrigin.client, struct.rightOrigin.clock);
    }
    // And it makes the root that a struct names before it looks whether it knows the struct.
    if (typeof struct.parent === 'string' && !this.#ground.doc.share.has(struct.parent)) throw outside(struct.parent);
    if (struct.clock + struct.length <= known) return;
    this.#change();
    this.#search.countStruct();
    const where = struct.kind === 'collected' ? 'gone' : this.#whereOf(struct, left, right);
    const judged = { struct, where };
    const list = this.#judged.get(struct.client);
    if (list === undefined) this.#judged.set(struct.client, [judged]);
    else list.push(judged);
    if (struct.clock < known) this.#checkContinuation(struct, where, known);
    if (struct.remark !== undefined && !this.#ground.remarkIds.has(struct.remark)) {
      throw new Denied('invalid_content', 'a remark that is not here');
    }
    if (where === 'gone') return;
    this.#checkContent(struct, where);
    if (struct.clock < known) {
      // Yjs puts the rest behind what is known of it.
      const origin = { client: struct.client, clock: known - 1 };
      const rest = { ...struct, clock: known, length: struct.clock + struct.length - known, origin };
      this.#search.count(rest, where, this.#find(origin), right, struct);
    } else this.#search.count(struct, where, left, right);
    this.#blockIds.note(struct, where);
  }

  #cut(found: Judged | Stored, client: number, clock: number): void {
    checkCut(found, clock);
    if (!isFresh(found)) this.#search.countCut(found, clock, this.#ground.doc.store.clients.get(client)?.length ?? 0);
  }

  /**
   * A struct whose first part is known must go on where that part stands. When that place was collected the rest is too, but
   * Yjs throws on such a struct whole: what is known of it is cut off, for this room, for the journal and for everybody else.
   */
  #checkContinuation(struct: Struct, where: Where, known: number): void {
    if (struct.kind === 'collected') return;
    const before = Y.getItem(this.#ground.doc.store, Y.createID(struct.client, known - 1));
    const isCollected = where === 'gone' && !(before instanceof Y.Item);
    const isSame = where !== 'gone' && isSamePlace(this.#whereStored(before), where);
    if (!isCollected && !(isSame && areSame(before.rightOrigin, struct.rightOrigin))) {
      throw new Denied('invalid_content', 'a torn struct');
    }
    this.#mustBeCut ||= isCollected;
    if (splitsPair(struct, known - struct.clock)) throw new Denied('half_character', 'a torn struct');
  }

  #whereOf(struct: Struct, left: Judged | Stored | undefined, right: Judged | Stored | undefined): Where {
    const { parent, sub } = struct;
    if (typeof parent === 'string') return this.#rootPlace(parent, sub);
    if (parent !== null) return this.#insideOf(parent, sub);
    if (left !== undefined && right !== undefined) {
      if (areSiblings(left, right)) return this.#placeOf(left);
      // Yjs asks only the left one, and only while neither is collected: then two replays could differ.
      const where = this.#placeOf(left);
      if (!isSamePlace(where, this.#placeOf(right))) {
        throw new Denied('invalid_content', 'neighbours in different places');
      }
      return where;
    }
    const only = left ?? right;
    if (only === undefined) throw new Denied('malformed', 'a struct without a place');
    return this.#placeOf(only);
  }

  #rootPlace(name: string, sub: string | null): Place {
    const key = sectionKeyOf(name);
    const type = this.#ground.doc.share.get(name);
    if (key === undefined || type === undefined || !this.#ground.bodyKeys.has(key)) {
      throw outside(name);
    }
    return { holder: type, level: 'section', root: name, sub };
  }

  #insideOf(id: Id, sub: string | null): Where {
    const found = this.#find(id);
    const where = this.#placeOf(found);
    if (where === 'gone') return 'gone';
    if (isFresh(found)) {
      const { kind } = found.struct;
      if (kind === 'deleted') return 'gone';
      if (kind !== 'block' && kind !== 'text') throw new Denied('invalid_content', 'a parent that holds nothing');
      return { holder: found.struct, level: kind, root: where.root, sub };
    }
    if (!(found instanceof Y.Item) || found.content instanceof Y.ContentDeleted) return 'gone';
    if (!(found.content instanceof Y.ContentType)) throw new Denied('invalid_content', 'a parent that holds nothing');
    const { type } = found.content;
    return { holder: type, level: type instanceof Y.XmlText ? 'text' : 'block', root: where.root, sub };
  }

  /** A struct named by id, of this update or of the room; `#isReady` has seen that it is there. */
  #find(id: Id): Judged | Stored {
    if (id.clock >= this.#state(id.client)) return findIn(this.#judged.get(id.client) ?? [], id.clock);
    return Y.getItem(this.#ground.doc.store, id as Y.ID) as Stored; // Yjs looks at an id's two numbers only
  }

  #placeOf(found: Judged | Stored): Where {
    return isFresh(found) ? found.where : this.#whereStored(found);
  }

  #whereStored(struct: Stored): Where {
    if (!(struct instanceof Y.Item) || !(struct.parent instanceof Y.AbstractType)) return 'gone';
    let top: SharedType = struct.parent;
    for (let holder = top._item; holder !== null; holder = top._item) {
      if (!(holder.parent instanceof Y.AbstractType)) return 'gone';
      top = holder.parent;
    }
    const holder = struct.parent;
    const level = holder === top ? 'section' : holder instanceof Y.XmlText ? 'text' : 'block';
    return { holder, level, root: Y.findRootTypeKey(top), sub: struct.parentSub };
  }

  #checkContent({ kind }: Struct, { level, root, sub }: Place): void {
    if (sub !== null && (level !== 'block' || sub !== blockIdAttribute)) throw new Denied('invalid_content', 'a key');
    if (kind === 'deleted') return;
    this.#checkWritable(root, 'an insertion');
    const fits =
      level === 'section'
        ? kind === 'block'
        : level === 'text'
          ? kind === 'string' || kind === 'format'
          : kind === (sub === null ? 'text' : 'id');
    if (!fits) throw new Denied('invalid_content', `${kind} in a ${level}`);
  }

  #checkWritable(root: string, what: string): void {
    const key = sectionKeyOf(root);
    if (key === undefined || !this.#ground.bodyKeys.has(key)) throw new Denied('section_not_writable', what);
  }

  #walkDeletions(): void {
    for (const [client, ranges] of this.#update.deletions) {
      const known = this.#state(client);
      const fresh = this.#judged.get(client) ?? [];
      const end = Math.max(known, endOf(this.#update.structs.get(client) ?? []));
      for (const { clock, length } of ranges) {
        if (clock + length > end) throw new Denied('missing_predecessors', 'deletes what is not there');
        if (clock < known) this.#checkDeletion(client, clock, Math.min(clock + length, known));
        if (clock + length > known) checkDeletionOfNew(fresh, known, { clock, length });
      }
    }
  }

  #checkDeletion(client: number, from: number, to: number): void {
    const structs = this.#ground.doc.store.clients.get(client);
    if (structs === undefined) return;
    for (let index = Y.findIndexSS(structs, from); index < structs.length; index += 1) {
      const struct = structs[index];
      if (struct === undefined || struct.id.clock >= to) break;
      if (!(struct instanceof Y.Item) || struct.deleted) continue;
      this.#change();
      this.#search.countDeletion();
      const where = this.#whereStored(struct);
      if (where === 'gone') throw new Denied('section_not_writable', 'a deletion');
      this.#checkWritable(where.root, 'a deletion');
      this.#cut(struct, client, from);
      this.#cut(struct, client, to);
      if (where.sub === blockIdAttribute) this.#blockIds.losesId(struct);
    }
  }
}

function outside(root: string): Denied {
  return new Denied('outside_template', root.slice(0, 80));
}

function isFresh(found: Judged | Stored): found is Judged {
  return 'where' in found;
}

/** Whether two structs of the room stand in the same type, without asking where that is. */
function areSiblings(left: Judged | Stored, right: Judged | Stored): boolean {
  return (
    left instanceof Y.Item &&
    right instanceof Y.Item &&
    left.parent === right.parent &&
    left.parentSub === right.parentSub
  );
}

function isSamePlace(one: Where, other: Where): boolean {
  if (one === 'gone' || other === 'gone') return one === other;
  return one.holder === other.holder && one.sub === other.sub;
}

function findIn(judged: readonly Judged[], clock: number): Judged {
  let low = 0;
  let high = judged.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const entry = judged[middle];
    if (entry === undefined) break;
    const { struct } = entry;
    if (clock < struct.clock) high = middle - 1;
    else if (clock >= struct.clock + struct.length) low = middle + 1;
    else return entry;
  }
  throw new Denied('missing_predecessors', 'a cause is not there');
}

function checkDeletionOfNew(fresh: readonly Judged[], known: number, { clock, length }: Range): void {
  if (clock >= known) checkCut(findIn(fresh, clock), clock);
  checkCut(findIn(fresh, clock + length - 1), clock + length);
}

/** Nothing may be parted before its unit `clock` when that unit is the second half of a character. */
function checkCut(found: Judged | Stored, clock: number): void {
  const torn = isFresh(found)
    ? splitsPair(found.struct, clock - found.struct.clock)
    : found instanceof Y.Item && found.content instanceof Y.ContentString
      ? partsPair(found.content.str, clock - found.id.clock)
      : false;
  if (torn) throw new Denied('half_character', 'a character in two');
}

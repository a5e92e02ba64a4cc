/**
 * Whether an update may enter a room: read-only against the room's text, decided before anything is applied, so a refused
 * update leaves no trace. An update is admitted whole or refused whole (design 4.4).
 */
import * as Y from 'yjs';
import {
  blockIdAttribute,
  blockIdPattern,
  hasLoneSurrogate,
  isBlockKind,
  isRemarkFormat,
  sectionKeyOf,
  strongMark,
} from '../../shared/document/schema.ts';
import type { UpdateRefusal } from '../../shared/protocol/frames.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Writer } from '../storage/storage.ts';
import { type DecodedUpdate, decodeUpdate, endOf, type Struct } from './decode-update.ts';

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
};

export type Denial = { readonly code: UpdateRefusal | 'malformed'; readonly detail: string };

/** Judges one update of `writer`. `mayWrite` false refuses whatever would change the text. */
export function admit(
  ground: Ground,
  update: Uint8Array,
  writer: Writer,
  mayWrite: boolean,
): Result<Admission, Denial> {
  const decoded = decodeUpdate(update);
  if (!decoded.ok) {
    if (decoded.error === 'malformed') return deny('malformed', 'not an update');
    return decoded.error === 'gap'
      ? deny('missing_predecessors', 'a gap in the clocks')
      : deny('too_large', 'a length');
  }
  try {
    return ok(new Judgement(ground, decoded.value, writer, mayWrite).pass());
  } catch (error) {
    if (error instanceof Denied) return err(error.denial);
    throw error;
  }
}

function deny(code: Denial['code'], detail: string): Result<never, Denial> {
  return err({ code, detail });
}

/** Carries a denial out of the walk; never leaves this module. */
class Denied extends Error {
  readonly denial: Denial;
  constructor(code: Denial['code'], detail: string) {
    super(code);
    this.denial = { code, detail };
  }
}

/** A shared type as Yjs declares it. */
type SharedType = Exclude<Y.Item['parent'], Y.ID | null>;

/** Where a struct stands: the type it is in, that type's section, and the key when it is an attribute. */
type Place = {
  readonly type: SharedType;
  readonly root: string;
  readonly sub: string | null;
};
/** `gone`: its surroundings were deleted and collected; Yjs will collect it too. */
type Where = Place | 'gone';

type Judged = { readonly struct: Struct; readonly where: Where };

class Judgement {
  readonly #ground: Ground;
  readonly #update: DecodedUpdate;
  readonly #writer: Writer;
  readonly #mayWrite: boolean;
  readonly #judged = new Map<number, Judged[]>();
  #novel = false;

  constructor(ground: Ground, update: DecodedUpdate, writer: Writer, mayWrite: boolean) {
    this.#ground = ground;
    this.#update = update;
    this.#writer = writer;
    this.#mayWrite = mayWrite;
  }

  pass(): Admission {
    const claims = this.#checkOwnership();
    this.#walkStructs();
    this.#walkDeletions();
    return { novel: this.#novel, claims };
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
    const next = new Map<number, number>();
    for (const [client, structs] of this.#update.structs) {
      const first = structs[0];
      if (first !== undefined && first.id.clock > this.#state(client)) {
        throw new Denied('missing_predecessors', String(client));
      }
      next.set(client, 0);
    }
    let waiting = next.size > 0;
    while (waiting) {
      waiting = false;
      let progressed = false;
      for (const [client, structs] of this.#update.structs) {
        let index = next.get(client) ?? 0;
        for (let struct = structs[index]; struct !== undefined && this.#isReady(struct); struct = structs[index]) {
          this.#judge(struct);
          index += 1;
          progressed = true;
        }
        next.set(client, index);
        if (index < structs.length) waiting = true;
      }
      if (waiting && !progressed) throw new Denied('missing_predecessors', 'causes are missing');
    }
  }

  #isReady(struct: Struct): boolean {
    if (!(struct instanceof Y.Item)) return true;
    return [struct.origin, struct.rightOrigin, parentId(struct)].every((id) => id === null || this.#has(id, struct));
  }

  #has(id: Y.ID, asker: Struct): boolean {
    if (id.client === asker.id.client) return id.clock < asker.id.clock;
    const last = this.#judged.get(id.client)?.at(-1);
    return id.clock < Math.max(last === undefined ? 0 : endOf([last.struct]), this.#state(id.client));
  }

  #judge(struct: Struct): void {
    const { client, clock } = struct.id;
    const known = this.#state(client);
    if (clock + struct.length <= known) return;
    this.#change();
    const where = struct instanceof Y.Item ? this.#whereOf(struct) : 'gone';
    const list = this.#judged.get(client);
    if (list === undefined) this.#judged.set(client, [{ struct, where }]);
    else list.push({ struct, where });
    if (!(struct instanceof Y.Item)) return;
    if (clock < known) this.#checkContinuation(struct, where, known);
    this.#checkSplits(struct);
    if (where !== 'gone') this.#checkContent(struct, where);
  }

  /** A struct whose first part is known must go on where that part stands. */
  #checkContinuation(struct: Y.Item, where: Where, known: number): void {
    const before = this.#find(Y.createID(struct.id.client, known - 1)).where;
    if (before === 'gone' || where === 'gone') return;
    if (before.type !== where.type || before.sub !== where.sub) throw new Denied('invalid_content', 'a torn struct');
    if (splitsPair(struct, known - struct.id.clock)) throw new Denied('half_character', 'a torn struct');
  }

  /** An insertion between two halves of a character would tear it. */
  #checkSplits(struct: Y.Item): void {
    const { origin, rightOrigin } = struct;
    if (origin !== null) this.#checkSplit(origin, 1);
    if (rightOrigin !== null) this.#checkSplit(rightOrigin, 0);
  }

  #checkSplit(id: Y.ID, after: 0 | 1): void {
    const { struct } = this.#find(id);
    if (struct instanceof Y.Item && splitsPair(struct, id.clock - struct.id.clock + after)) {
      throw new Denied('half_character', 'an insertion inside a character');
    }
  }

  #whereOf(item: Y.Item): Where {
    const { parent } = item;
    if (typeof parent === 'string') return this.#rootPlace(parent, item.parentSub);
    const id = parentId(item);
    if (id !== null) return this.#insideOf(id, item.parentSub);
    const left = item.origin === null ? undefined : this.#find(item.origin).where;
    const right = item.rightOrigin === null ? undefined : this.#find(item.rightOrigin).where;
    if (left === 'gone' || right === 'gone') return 'gone';
    if (left !== undefined && right !== undefined && (left.type !== right.type || left.sub !== right.sub)) {
      throw new Denied('invalid_content', 'neighbours in different places');
    }
    const where = left ?? right;
    if (where === undefined) throw new Denied('malformed', 'a struct without a place');
    return where;
  }

  #rootPlace(name: string, sub: string | null): Place {
    const key = sectionKeyOf(name);
    const type = this.#ground.doc.share.get(name);
    if (key === undefined || type === undefined || !this.#ground.bodyKeys.has(key)) {
      throw new Denied('outside_template', name.slice(0, 80));
    }
    return { type, root: name, sub };
  }

  #insideOf(id: Y.ID, sub: string | null): Where {
    const { struct, where } = this.#find(id);
    if (!(struct instanceof Y.Item) || where === 'gone') return 'gone';
    if (!(struct.content instanceof Y.ContentType)) {
      if (struct.content instanceof Y.ContentDeleted) return 'gone';
      throw new Denied('invalid_content', 'a parent that holds nothing');
    }
    return { type: struct.content.type, root: where.root, sub };
  }

  /** A struct named by id, in this update or in the room; `#isReady` has seen that it is there. */
  #find(id: Y.ID): Judged {
    if (id.clock >= this.#state(id.client)) return findIn(this.#judged.get(id.client) ?? [], id.clock);
    const struct = Y.getItem(this.#ground.doc.store, id) as Struct; // the store also holds collected structs
    return { struct, where: this.#whereStored(struct) };
  }

  #whereStored(struct: Struct): Where {
    // An integrated item's parent is a type; null once its surroundings were collected.
    if (!(struct instanceof Y.Item) || !(struct.parent instanceof Y.AbstractType)) return 'gone';
    let top: SharedType = struct.parent;
    for (let holder = top._item; holder !== null; holder = top._item) {
      if (!(holder.parent instanceof Y.AbstractType)) return 'gone';
      top = holder.parent;
    }
    return { type: struct.parent, root: Y.findRootTypeKey(top), sub: struct.parentSub };
  }

  #checkContent(item: Y.Item, place: Place): void {
    const { content } = item;
    if (content instanceof Y.ContentDeleted) return;
    const key = sectionKeyOf(place.root);
    if (key === undefined || !this.#ground.bodyKeys.has(key)) throw new Denied('section_not_writable', place.root);
    const fits =
      place.type instanceof Y.XmlText
        ? this.#fitsText(content, place.sub)
        : place.type instanceof Y.XmlElement
          ? fitsBlock(content, place.sub)
          : fitsSection(content, place.sub);
    if (!fits) throw new Denied('invalid_content', content.constructor.name);
  }

  #fitsText(content: Y.Item['content'], sub: string | null): boolean {
    if (sub !== null) return false;
    if (content instanceof Y.ContentString) {
      // On the wire half a surrogate pair has become U+FFFD.
      if (hasLoneSurrogate(content.str) || content.str.includes('\ufffd'))
        throw new Denied('half_character', 'half a character');
      return !hasControlCharacter(content.str);
    }
    if (!(content instanceof Y.ContentFormat)) return false;
    const { key, value } = content as { key: string; value: unknown }; // Yjs declares any value
    if (key === strongMark) return value === null || isPlainObject(value);
    if (!isRemarkFormat(key)) return false;
    return value === null || (isPlainObject(value) && this.#isKnownRemark(value));
  }

  #isKnownRemark(value: object): boolean {
    return 'id' in value && typeof value.id === 'string' && this.#ground.remarkIds.has(value.id);
  }

  #walkDeletions(): void {
    for (const [client, ranges] of this.#update.deletions) {
      const known = this.#state(client);
      const end = endOf(this.#update.structs.get(client) ?? []);
      for (const { clock, length } of ranges) {
        if (clock + length > Math.max(known, end))
          throw new Denied('missing_predecessors', 'deletes what is not there');
        if (clock < known) this.#checkDeletion(client, clock, Math.min(clock + length, known));
      }
    }
  }

  #checkDeletion(client: number, from: number, to: number): void {
    const structs = this.#ground.doc.store.clients.get(client);
    if (structs === undefined || from >= to) return;
    for (let index = Y.findIndexSS(structs, from); index < structs.length; index += 1) {
      const struct = structs[index];
      if (struct === undefined || struct.id.clock >= to) break;
      if (!(struct instanceof Y.Item) || struct.deleted) continue;
      this.#change();
      const where = this.#whereStored(struct);
      const key = where === 'gone' ? undefined : sectionKeyOf(where.root);
      if (key === undefined || !this.#ground.bodyKeys.has(key)) throw new Denied('section_not_writable', 'a deletion');
      if (splitsPair(struct, from - struct.id.clock) || splitsPair(struct, to - struct.id.clock)) {
        throw new Denied('half_character', 'a deletion of half a character');
      }
    }
  }
}

function parentId(item: Y.Item): Y.ID | null {
  return item.parent instanceof Y.ID ? item.parent : null;
}

function findIn(judged: readonly Judged[], clock: number): Judged {
  let low = 0;
  let high = judged.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const entry = judged[middle];
    if (entry === undefined) break;
    const { struct } = entry;
    if (clock < struct.id.clock) high = middle - 1;
    else if (clock >= struct.id.clock + struct.length) low = middle + 1;
    else return entry;
  }
  throw new Denied('missing_predecessors', 'a cause is not there');
}

/** Whether cutting the struct before its `offset`th unit would part a surrogate pair. */
function splitsPair(struct: Y.Item, offset: number): boolean {
  if (!(struct.content instanceof Y.ContentString) || offset <= 0 || offset >= struct.length) return false;
  const before = struct.content.str.charCodeAt(offset - 1);
  return before >= 0xd800 && before <= 0xdbff;
}

function fitsSection(content: Y.Item['content'], sub: string | null): boolean {
  if (sub !== null || !(content instanceof Y.ContentType)) return false;
  return content.type instanceof Y.XmlElement && isBlockKind(content.type.nodeName);
}

function fitsBlock(content: Y.Item['content'], sub: string | null): boolean {
  if (sub === null) return content instanceof Y.ContentType && content.type instanceof Y.XmlText;
  if (sub !== blockIdAttribute || !(content instanceof Y.ContentAny) || content.arr.length !== 1) return false;
  const value: unknown = content.arr[0];
  return typeof value === 'string' && blockIdPattern.test(value);
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Texts hold no control characters but tab and line feed. */
function hasControlCharacter(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if ((code < 0x20 && code !== 0x09 && code !== 0x0a) || code === 0x7f) return true;
  }
  return false;
}

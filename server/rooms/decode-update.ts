/**
 * An update's bytes as structs and deletions, before anything is applied. It reads Yjs' first format and nothing else, makes
 * none of Yjs' objects, trusts no declared length, and stops at the first byte that cannot belong to a document of ours.
 * Whatever passes is read by Yjs to the same structs, in the same order, to the same last byte.
 */
import * as decoding from 'lib0/decoding';
import { blockIdPattern, isBlockKind, isRemarkFormat, strongMark } from '../../shared/document/schema.ts';
import type { UpdateRefusal } from '../../shared/protocol/frames.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { measureText } from './measure-text.ts';

export type Id = { readonly client: number; readonly clock: number };
export type Range = { readonly clock: number; readonly length: number };

/** `collected` is Yjs' GC, `deleted` a tombstone; `block` and `text` are the nodes of the schema, `id` a block's attribute. */
export type Kind = 'collected' | 'deleted' | 'string' | 'format' | 'block' | 'text' | 'id';

/** One struct. Where it stands is said by its origins, or by `parent` (a root's name or an id) when it has none. */
export type Struct = {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
  readonly kind: Kind;
  readonly origin: Id | null;
  readonly rightOrigin: Id | null;
  readonly parent: Id | string | null;
  readonly sub: string | null;
  /** The bytes of a `string`. */
  readonly bytes: Uint8Array | undefined;
  /** The remark that a `format` anchors; undefined for bold and for the end of a mark. */
  readonly remark: string | undefined;
};

export type DecodedUpdate = {
  /** Structs by client id, in clock order and without gaps. */
  readonly structs: ReadonlyMap<number, readonly Struct[]>;
  /** Deletions by client id: ascending, apart, never empty. */
  readonly deletions: ReadonlyMap<number, readonly Range[]>;
};

export type Denial = { readonly code: UpdateRefusal | 'malformed'; readonly detail: string };

/** Carries a denial out of the walk through an update; never leaves `decodeUpdate` and `admit`. */
export class Denied extends Error {
  readonly denial: Denial;
  constructor(code: Denial['code'], detail: string) {
    super(code);
    this.denial = { code, detail };
  }
}

/** An update may touch this many client ids: one per offline session of one person is a handful. */
const maxClients = 64;
/** A day of writing without a line is a few thousand structs. */
const maxStructs = 20_000;
/** No honest struct is longer: texts are a few thousand characters. */
const maxStructLength = 10_000_000;
/** 2^32: client ids are random 32-bit numbers. */
const clientIdLimit = 4_294_967_296;
/** Bytes of names, attributes and the values of marks. */
const maxNameBytes = 200;

/** Decodes one update. A gap in its clocks means that it names causes it does not bring. */
export function decodeUpdate(update: Uint8Array): Result<DecodedUpdate, Denial> {
  try {
    return ok(readUpdate(decoding.createDecoder(update)));
  } catch (error) {
    if (error instanceof Denied) return err(error.denial);
    // lib0 throws on truncated or impossible input.
    return err({ code: 'malformed', detail: 'not an update' });
  }
}

function readUpdate(decoder: decoding.Decoder): DecodedUpdate {
  const structs = new Map<number, Struct[]>();
  const clients = decoding.readVarUint(decoder);
  if (clients > maxClients) throw new Denied('too_large', 'client ids');
  let left = maxStructs;
  for (let index = 0; index < clients; index += 1) {
    const count = decoding.readVarUint(decoder);
    const client = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    if (client >= clientIdLimit || structs.has(client) || count === 0) throw malformed();
    left -= count;
    if (left < 0) throw new Denied('too_large', 'structs');
    structs.set(client, readStructs(decoder, client, clock, count));
  }
  const deletions = readDeletions(decoder);
  if (decoder.pos !== decoder.arr.length) throw malformed();
  return { structs, deletions };
}

function malformed(): Denied {
  return new Denied('malformed', 'not an update');
}

function readStructs(decoder: decoding.Decoder, client: number, from: number, count: number): Struct[] {
  const structs: Struct[] = [];
  let clock = from;
  for (let index = 0; index < count; index += 1) {
    const struct = readStruct(decoder, client, clock);
    if (struct.length < 1 || struct.length > maxStructLength) throw new Denied('too_large', 'a length');
    clock += struct.length;
    if (!Number.isSafeInteger(clock)) throw malformed();
    structs.push(struct);
  }
  return structs;
}

const hasOrigin = 0x80;
const hasRightOrigin = 0x40;
const hasSub = 0x20;
const contentBits = 0x1f;
/** Yjs' numbers for what a struct holds. */
const refs = { collected: 0, deleted: 1, string: 4, format: 6, type: 7, any: 8, lastContent: 9, skip: 10 } as const;

function readStruct(decoder: decoding.Decoder, client: number, clock: number): Struct {
  const info = decoding.readUint8(decoder);
  if (info === refs.skip) throw new Denied('missing_predecessors', 'a gap in the clocks');
  if (info === refs.collected) return collected(client, clock, decoding.readVarUint(decoder));
  const origin = (info & hasOrigin) === 0 ? null : readId(decoder);
  const rightOrigin = (info & hasRightOrigin) === 0 ? null : readId(decoder);
  let parent: Id | string | null = null;
  let sub: string | null = null;
  if (origin === null && rightOrigin === null) {
    parent = decoding.readVarUint(decoder) === 1 ? readName(decoder) : readId(decoder);
    if ((info & hasSub) !== 0) sub = readName(decoder);
  }
  return readContent(decoder, info & contentBits, { client, clock, origin, rightOrigin, parent, sub });
}

function collected(client: number, clock: number, length: number): Struct {
  const nowhere = { origin: null, rightOrigin: null, parent: null, sub: null };
  return { client, clock, length, kind: 'collected', ...nowhere, bytes: undefined, remark: undefined };
}

type Head = Omit<Struct, 'length' | 'kind' | 'bytes' | 'remark'>;

function made(head: Head, kind: Kind, length: number, bytes?: Uint8Array, remark?: string): Struct {
  const { client, clock, origin, rightOrigin, parent, sub } = head;
  return { client, clock, length, kind, origin, rightOrigin, parent, sub, bytes, remark };
}

function readContent(decoder: decoding.Decoder, ref: number, head: Head): Struct {
  switch (ref) {
    case refs.string:
      return readText(decoder, head);
    case refs.deleted:
      return made(head, 'deleted', decoding.readVarUint(decoder));
    case refs.format:
      return made(head, 'format', 1, undefined, readMark(decoder));
    case refs.type:
      return made(head, readNode(decoder), 1);
    case refs.any:
      readBlockId(decoder);
      return made(head, 'id', 1);
    default:
      if (ref > refs.lastContent || ref === refs.collected) throw malformed();
      throw new Denied('invalid_content', `content ${ref}`);
  }
}

function readText(decoder: decoding.Decoder, head: Head): Struct {
  const bytes = readBytes(decoder, decoding.readVarUint(decoder));
  const length = measureText(bytes);
  if (length === 'malformed') throw malformed();
  if (length === 'half_character') throw new Denied('half_character', 'half a character');
  if (length === 'control_character') throw new Denied('invalid_content', 'a control character');
  return made(head, 'string', length, bytes);
}

/** A mark of the schema, begun with its value or ended with null. */
function readMark(decoder: decoding.Decoder): string | undefined {
  const key = readName(decoder);
  const value: unknown = JSON.parse(readName(decoder));
  if (key !== strongMark && !isRemarkFormat(key)) throw new Denied('invalid_content', 'a mark');
  if (value === null) return undefined;
  const fields = typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : undefined;
  if (key === strongMark && fields?.length === 0) return undefined;
  const only = fields?.length === 1 ? fields[0] : undefined;
  if (key !== strongMark && only?.[0] === 'id' && typeof only[1] === 'string') return only[1];
  throw new Denied('invalid_content', 'a mark’s value');
}

/** Yjs' numbers for the two shared types of the schema. */
const elementRef = 3;
const textRef = 6;
const lastTypeRef = 6;

function readNode(decoder: decoding.Decoder): 'block' | 'text' {
  const ref = decoding.readVarUint(decoder);
  if (ref === textRef) return 'text';
  if (ref > lastTypeRef) throw malformed();
  if (ref === elementRef && isBlockKind(readName(decoder))) return 'block';
  throw new Denied('invalid_content', 'a node');
}

const anyString = 119;

function readBlockId(decoder: decoding.Decoder): void {
  if (decoding.readVarUint(decoder) === 1 && decoding.readUint8(decoder) === anyString) {
    if (blockIdPattern.test(readName(decoder))) return;
  }
  throw new Denied('invalid_content', 'an attribute');
}

function readId(decoder: decoding.Decoder): Id {
  const client = decoding.readVarUint(decoder);
  return { client, clock: decoding.readVarUint(decoder) };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function readName(decoder: decoding.Decoder): string {
  const length = decoding.readVarUint(decoder);
  const bytes = readBytes(decoder, length);
  if (length > maxNameBytes) throw new Denied('invalid_content', 'a name');
  return utf8.decode(bytes);
}

/** lib0 would hand out less than was declared. */
function readBytes(decoder: decoding.Decoder, length: number): Uint8Array {
  if (length > decoder.arr.length - decoder.pos) throw malformed();
  return decoding.readUint8Array(decoder, length);
}

const noDeletions: DecodedUpdate['deletions'] = new Map();

/** As Yjs writes them: each client once, its ranges in order. Others would be walked over again and again. */
function readDeletions(decoder: decoding.Decoder): DecodedUpdate['deletions'] {
  const clients = decoding.readVarUint(decoder);
  // Typing takes nothing back.
  if (clients === 0) return noDeletions;
  const deletions = new Map<number, Range[]>();
  for (let index = 0; index < clients; index += 1) {
    const client = decoding.readVarUint(decoder);
    const count = decoding.readVarUint(decoder);
    if (deletions.has(client)) throw malformed();
    const ranges: Range[] = [];
    let end = 0;
    for (let each = 0; each < count; each += 1) {
      const clock = decoding.readVarUint(decoder);
      const length = decoding.readVarUint(decoder);
      if (clock < end || length === 0) throw malformed();
      end = clock + length;
      if (!Number.isSafeInteger(end)) throw malformed();
      ranges.push({ clock, length });
    }
    deletions.set(client, ranges);
  }
  return deletions;
}

/** The first clock behind these structs. */
export function endOf(structs: readonly Struct[]): number {
  const last = structs.at(-1);
  return last === undefined ? 0 : last.clock + last.length;
}

/**
 * Updates written by hand, field by field, as no Yjs would write them. Nothing here asks whether they are sensible.
 */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

export type ForgedId = { readonly client: number; readonly clock: number };

/** What a struct holds: Yjs' number for it, and its bytes. */
export type ForgedContent = {
  readonly ref: number;
  readonly length: number;
  readonly write: (encoder: encoding.Encoder) => void;
};

export type ForgedStruct = {
  readonly content: ForgedContent;
  readonly origin?: ForgedId | undefined;
  readonly rightOrigin?: ForgedId | undefined;
  /** A root's name, or a struct that holds a type; written only when there are no origins. */
  readonly parent?: string | ForgedId | undefined;
  readonly sub?: string | undefined;
  /** The info byte, when it is to say something else than what follows. */
  readonly info?: number | undefined;
};

export type ForgedGroup = {
  readonly client: number;
  readonly clock: number;
  readonly structs: readonly ForgedStruct[];
  /** How many structs it says it has. */
  readonly count?: number;
};

export type ForgedDeletions = {
  readonly client: number;
  readonly ranges: readonly (readonly [clock: number, length: number])[];
  readonly count?: number;
};

export const content = {
  collected: (length: number): ForgedContent => ({
    ref: 0,
    length,
    write: (encoder) => encoding.writeVarUint(encoder, length),
  }),
  deleted: (length: number): ForgedContent => ({
    ref: 1,
    length,
    write: (encoder) => encoding.writeVarUint(encoder, length),
  }),
  json: (...values: readonly unknown[]): ForgedContent => ({
    ref: 2,
    length: values.length,
    write: (encoder) => {
      encoding.writeVarUint(encoder, values.length);
      for (const value of values) encoding.writeVarString(encoder, JSON.stringify(value));
    },
  }),
  binary: (bytes: Uint8Array): ForgedContent => ({
    ref: 3,
    length: 1,
    write: (encoder) => encoding.writeVarUint8Array(encoder, bytes),
  }),
  string: (text: string): ForgedContent => ({
    ref: 4,
    length: text.length,
    write: (encoder) => encoding.writeVarString(encoder, text),
  }),
  /** A string's bytes as they are, well-formed or not. */
  rawString: (bytes: Uint8Array): ForgedContent => ({
    ref: 4,
    length: bytes.length,
    write: (encoder) => encoding.writeVarUint8Array(encoder, bytes),
  }),
  embed: (value: unknown): ForgedContent => ({
    ref: 5,
    length: 1,
    write: (encoder) => encoding.writeVarString(encoder, JSON.stringify(value)),
  }),
  format: (key: string, json: string): ForgedContent => ({
    ref: 6,
    length: 1,
    write: (encoder) => {
      encoding.writeVarString(encoder, key);
      encoding.writeVarString(encoder, json);
    },
  }),
  /** 0 array, 1 map, 2 text, 3 element, 4 fragment, 5 hook, 6 XML text. */
  type: (ref: number, name?: string): ForgedContent => ({
    ref: 7,
    length: 1,
    write: (encoder) => {
      encoding.writeVarUint(encoder, ref);
      if (name !== undefined) encoding.writeVarString(encoder, name);
    },
  }),
  any: (...values: readonly encoding.AnyEncodable[]): ForgedContent => ({
    ref: 8,
    length: values.length,
    write: (encoder) => {
      encoding.writeVarUint(encoder, values.length);
      for (const value of values) encoding.writeAny(encoder, value);
    },
  }),
  subdocument: (guid: string): ForgedContent => ({
    ref: 9,
    length: 1,
    write: (encoder) => {
      encoding.writeVarString(encoder, guid);
      encoding.writeAny(encoder, {});
    },
  }),
  skip: (length: number): ForgedContent => ({
    ref: 10,
    length,
    write: (encoder) => encoding.writeVarUint(encoder, length),
  }),
};

/** One update. The order of groups and ranges is kept as it is. */
export function forge(groups: readonly ForgedGroup[], deletions: readonly ForgedDeletions[] = []): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, groups.length);
  for (const { client, clock, structs, count } of groups) {
    encoding.writeVarUint(encoder, count ?? structs.length);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    for (const struct of structs) writeStruct(encoder, struct);
  }
  encoding.writeVarUint(encoder, deletions.length);
  for (const { client, ranges, count } of deletions) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, count ?? ranges.length);
    for (const range of ranges) for (const number of range) encoding.writeVarUint(encoder, number);
  }
  return encoding.toUint8Array(encoder);
}

function writeStruct(encoder: encoding.Encoder, struct: ForgedStruct): void {
  const { content: held, origin, rightOrigin, parent, sub } = struct;
  const isPlain = held.ref === 0 || held.ref === 10;
  const flags =
    (origin === undefined ? 0 : 0x80) | (rightOrigin === undefined ? 0 : 0x40) | (sub === undefined ? 0 : 0x20);
  encoding.writeUint8(encoder, struct.info ?? (isPlain ? held.ref : held.ref | flags));
  if (!isPlain) {
    if (origin !== undefined) writeId(encoder, origin);
    if (rightOrigin !== undefined) writeId(encoder, rightOrigin);
    if (origin === undefined && rightOrigin === undefined) {
      encoding.writeVarUint(encoder, typeof parent === 'object' ? 0 : 1);
      if (typeof parent === 'object') writeId(encoder, parent);
      else encoding.writeVarString(encoder, parent ?? '');
      if (sub !== undefined) encoding.writeVarString(encoder, sub);
    }
  }
  held.write(encoder);
}

function writeId(encoder: encoding.Encoder, { client, clock }: ForgedId): void {
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
}

/** A real update taken to pieces that can be changed and written again. */
export function takeApart(update: Uint8Array): { groups: ForgedGroup[]; deletions: ForgedDeletions[] } {
  const { structs, ds } = Y.decodeUpdate(update);
  const groups = new Map<number, { client: number; clock: number; structs: ForgedStruct[] }>();
  for (const struct of structs) {
    const { client, clock } = struct.id;
    const group = groups.get(client) ?? { client, clock, structs: [] };
    group.structs.push(piece(struct));
    groups.set(client, group);
  }
  const deletions = [...ds.clients].map(([client, ranges]) => ({
    client,
    ranges: ranges.map(({ clock, len }) => [clock, len] as const),
  }));
  return { groups: [...groups.values()], deletions };
}

function piece(struct: Y.Item | Y.GC | Y.Skip): ForgedStruct {
  if (!(struct instanceof Y.Item)) {
    return { content: struct instanceof Y.GC ? content.collected(struct.length) : content.skip(struct.length) };
  }
  const { origin, rightOrigin, parentSub } = struct;
  // Before integration the parent is a root's name, an id, or null.
  const parent = struct.parent as unknown as string | Y.ID | null;
  return {
    content: contentOf(struct.content, struct.length),
    origin: origin ?? undefined,
    rightOrigin: rightOrigin ?? undefined,
    parent: parent ?? undefined,
    sub: parentSub ?? undefined,
  };
}

function contentOf(held: Y.Item['content'], length: number): ForgedContent {
  const ref = held.getRef();
  const write = (encoder: encoding.Encoder) => {
    const bytes = new Y.UpdateEncoderV1();
    held.write(bytes, 0);
    encoding.writeUint8Array(encoder, encoding.toUint8Array(bytes.restEncoder));
  };
  return { ref, length, write };
}

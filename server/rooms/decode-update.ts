/**
 * An update's bytes as structs and deletions, before anything is applied. Nothing here trusts a declared length.
 */
import * as Y from 'yjs';
import { err, ok, type Result } from '../../shared/result.ts';

export type Struct = Y.Item | Y.GC;
export type Range = { readonly clock: number; readonly length: number };

export type DecodedUpdate = {
  /** Structs by client id, in clock order and without gaps. */
  readonly structs: ReadonlyMap<number, readonly Struct[]>;
  readonly deletions: ReadonlyMap<number, readonly Range[]>;
};

export type Undecodable = 'malformed' | 'gap' | 'too_large';

/** An update may touch this many client ids: one per offline session of one person is a handful. */
const maxClients = 64;
/** No honest struct is longer: texts are a few thousand characters. */
const maxStructLength = 10_000_000;
/** 2^32: client ids are random 32-bit numbers. */
const clientIdLimit = 4_294_967_296;

/** Decodes one update. `gap` means that it skips clocks and so names causes it does not bring. */
export function decodeUpdate(update: Uint8Array): Result<DecodedUpdate, Undecodable> {
  let raw: ReturnType<typeof Y.decodeUpdate>;
  try {
    raw = Y.decodeUpdate(update);
  } catch {
    // lib0 throws on truncated or impossible input.
    return err('malformed');
  }
  const structs = new Map<number, Struct[]>();
  let current: number | undefined;
  for (const struct of raw.structs) {
    if (struct instanceof Y.Skip) return err('gap');
    const { client, clock } = struct.id;
    if (!isCount(clock) || client >= clientIdLimit || !isCount(struct.length)) return err('malformed');
    if (struct.length < 1 || struct.length > maxStructLength) return err('too_large');
    const list = structs.get(client);
    if (list === undefined) structs.set(client, [struct]);
    else if (current !== client) return err('malformed');
    else if (endOf(list) !== clock) return err('gap');
    else list.push(struct);
    current = client;
  }
  const deletions = readDeletions(raw.ds.clients);
  if (deletions === undefined) return err('malformed');
  if (structs.size > maxClients) return err('too_large');
  return ok({ structs, deletions });
}

/** The first clock behind these structs. */
export function endOf(structs: readonly Struct[]): number {
  const last = structs.at(-1);
  return last === undefined ? 0 : last.id.clock + last.length;
}

function readDeletions(clients: Map<number, { clock: number; len: number }[]>): Map<number, Range[]> | undefined {
  const deletions = new Map<number, Range[]>();
  for (const [client, ranges] of clients) {
    const kept: Range[] = [];
    for (const { clock, len } of ranges) {
      if (!isCount(clock) || !isCount(len) || !isCount(clock + len)) return undefined;
      kept.push({ clock, length: len });
    }
    deletions.set(client, kept);
  }
  return deletions;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

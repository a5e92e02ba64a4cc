/**
 * The wire, and the only owner of its numbers. One message per WebSocket frame.
 * 0–3 belong to y-websocket (sync, awareness, auth, query awareness); ours start at 100.
 * Integers are lib0 varUints, texts lib0 varStrings, bytes lib0 varUint8Arrays.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { err, ok, type Result } from '../result.ts';

export const messageTypes = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  saved: 100,
  access: 101,
  refused: 102,
  changed: 103,
  atRest: 104,
} as const;

export const syncSteps = { step1: 0, step2: 1, update: 2 } as const;

export type RoomAccess = 'none' | 'read' | 'write';
const levels = ['none', 'read', 'write'] as const satisfies readonly RoomAccess[];

/** Why an update was refused; the page explains each in the user's language. */
export const refusalCodes = [
  'read_only', // the actor may not write (any more)
  'foreign_client', // a client id that belongs to somebody else
  'outside_template', // a root that is not a section of this document
  'section_not_writable', // a section this actor may not write
  'invalid_content', // a node, mark or attribute the schema does not know
  'half_character', // a torn surrogate pair
  'missing_predecessors', // structs whose causes the server has not got
  'too_large', // over the size limit of one update, or of the document
  'too_fast', // over the rate limit
] as const;
export type UpdateRefusal = (typeof refusalCodes)[number];

export const changedTopics = ['document', 'remarks', 'proposal', 'versions', 'meeting'] as const;
export type ChangedTopic = (typeof changedTopics)[number];

export type ClientFrame =
  | { readonly type: 'sync_step1'; readonly stateVector: Uint8Array }
  | { readonly type: 'sync_step2'; readonly update: Uint8Array }
  | { readonly type: 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly update: Uint8Array }
  | { readonly type: 'query_awareness' };

export type BadFrame = { readonly code: 'bad_frame' };

/** What a client may send: messages 0, 1 and 3, complete and with nothing behind them. */
export function decodeClientFrame(bytes: Uint8Array): Result<ClientFrame, BadFrame> {
  try {
    const decoder = decoding.createDecoder(bytes);
    const frame = readClientFrame(decoder);
    if (frame === undefined || decoding.hasContent(decoder)) return err({ code: 'bad_frame' });
    return ok(frame);
  } catch {
    // lib0 throws on truncated input: a malformed frame is an expected no.
    return err({ code: 'bad_frame' });
  }
}

function readClientFrame(decoder: decoding.Decoder): ClientFrame | undefined {
  switch (decoding.readVarUint(decoder)) {
    case messageTypes.sync:
      return readSync(decoder);
    case messageTypes.awareness:
      return { type: 'awareness', update: decoding.readVarUint8Array(decoder) };
    case messageTypes.queryAwareness:
      return { type: 'query_awareness' };
    default:
      return undefined;
  }
}

function readSync(decoder: decoding.Decoder): ClientFrame | undefined {
  const step = decoding.readVarUint(decoder);
  const bytes = decoding.readVarUint8Array(decoder);
  if (step === syncSteps.step1) return { type: 'sync_step1', stateVector: bytes };
  if (step === syncSteps.step2) return { type: 'sync_step2', update: bytes };
  if (step === syncSteps.update) return { type: 'update', update: bytes };
  return undefined;
}

function frame(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

/** A sync message: `step1` carries a state vector, `step2` and `update` an update. */
export function encodeSync(step: keyof typeof syncSteps, bytes: Uint8Array): Uint8Array {
  return frame(messageTypes.sync, (encoder) => {
    encoding.writeVarUint(encoder, syncSteps[step]);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

export function encodeAwareness(update: Uint8Array): Uint8Array {
  return frame(messageTypes.awareness, (encoder) => encoding.writeVarUint8Array(encoder, update));
}

/** Asks who is here; answered at once, also while nothing can be committed. */
export function encodeQueryAwareness(): Uint8Array {
  return frame(messageTypes.queryAwareness, () => undefined);
}

/**
 * What is durable: `seq` is the room's journal position, `stateVector` the room's encoded state vector, `updates` how many
 * of this connection's updates (the answer to the server's step 1 included) are in the database. Deletions do not show in a
 * state vector; the count covers them.
 */
export type SavedFrame = { readonly seq: number; readonly stateVector: Uint8Array; readonly updates: number };

export function encodeSaved(saved: SavedFrame): Uint8Array {
  return savedEncoder(saved.seq, saved.stateVector)(saved.updates);
}

/** For many receivers of one commit, whose frames differ in the last number only. */
export function savedEncoder(seq: number, stateVector: Uint8Array): (updates: number) => Uint8Array {
  const common = frame(messageTypes.saved, (encoder) => {
    encoding.writeVarUint(encoder, seq);
    encoding.writeVarUint8Array(encoder, stateVector);
  });
  return (updates) => {
    const bytes = new Uint8Array(common.length + varUintLength(updates));
    bytes.set(common);
    let at = common.length;
    let left = updates;
    for (; left > 127; left = Math.floor(left / 128)) bytes[at++] = (left % 128) | 128;
    bytes[at] = left;
    return bytes;
  };
}

function varUintLength(value: number): number {
  let length = 1;
  for (let left = value; left > 127; left = Math.floor(left / 128)) length += 1;
  return length;
}

/** What this connection may do from now on. `epoch` grows with every change of the document's state. */
export type AccessFrame = { readonly level: RoomAccess; readonly epoch: number; readonly reason: string };

export function encodeAccess(access: AccessFrame): Uint8Array {
  return frame(messageTypes.access, (encoder) => {
    encoding.writeVarUint(encoder, levels.indexOf(access.level));
    encoding.writeVarUint(encoder, access.epoch);
    encoding.writeVarString(encoder, access.reason);
  });
}

export type RefusedFrame = { readonly code: UpdateRefusal; readonly detail: string };

export function encodeRefused(refused: RefusedFrame): Uint8Array {
  return frame(messageTypes.refused, (encoder) => {
    encoding.writeVarString(encoder, refused.code);
    encoding.writeVarString(encoder, refused.detail);
  });
}

export type ChangedFrame = { readonly topic: ChangedTopic; readonly id: string };

export function encodeChanged(changed: ChangedFrame): Uint8Array {
  return frame(messageTypes.changed, (encoder) => {
    encoding.writeVarString(encoder, changed.topic);
    encoding.writeVarString(encoder, changed.id);
  });
}

/**
 * The room as it stands in the database while nobody writes: who holds everything up to `stateVector` and nothing more must
 * get the same `textHash` (SHA-256, 32 bytes).
 */
export type AtRestFrame = { readonly seq: number; readonly stateVector: Uint8Array; readonly textHash: Uint8Array };

export function encodeAtRest(atRest: AtRestFrame): Uint8Array {
  return frame(messageTypes.atRest, (encoder) => {
    encoding.writeVarUint(encoder, atRest.seq);
    encoding.writeVarUint8Array(encoder, atRest.stateVector);
    encoding.writeVarUint8Array(encoder, atRest.textHash);
  });
}

/** Readers for the client: each gets a decoder that stands behind the message's type. */
export function readSaved(decoder: decoding.Decoder): SavedFrame {
  const seq = decoding.readVarUint(decoder);
  const stateVector = decoding.readVarUint8Array(decoder);
  return { seq, stateVector, updates: decoding.readVarUint(decoder) };
}

export function readAccess(decoder: decoding.Decoder): AccessFrame {
  const level = levels[decoding.readVarUint(decoder)] ?? 'none';
  const epoch = decoding.readVarUint(decoder);
  return { level, epoch, reason: decoding.readVarString(decoder) };
}

export function readRefused(decoder: decoding.Decoder): RefusedFrame {
  const code = decoding.readVarString(decoder);
  const known = refusalCodes.find((candidate) => candidate === code) ?? 'invalid_content';
  return { code: known, detail: decoding.readVarString(decoder) };
}

export function readChanged(decoder: decoding.Decoder): ChangedFrame {
  const topic = decoding.readVarString(decoder);
  const known = changedTopics.find((candidate) => candidate === topic) ?? 'document';
  return { topic: known, id: decoding.readVarString(decoder) };
}

export function readAtRest(decoder: decoding.Decoder): AtRestFrame {
  const seq = decoding.readVarUint(decoder);
  const stateVector = decoding.readVarUint8Array(decoder);
  return { seq, stateVector, textHash: decoding.readVarUint8Array(decoder) };
}

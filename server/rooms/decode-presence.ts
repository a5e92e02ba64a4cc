/**
 * An awareness message's bytes as carets. Its frame is checked at once; its JSON is read only for the caret that goes out, and
 * nothing but a caret is taken from it.
 */
import * as decoding from 'lib0/decoding';
import { z } from 'zod';

/** What a client says of itself: where its caret is, as bytes of JSON, or that it has gone. */
export type Caret = {
  readonly client: number;
  readonly clock: number;
  readonly isGone: boolean;
  readonly json: Uint8Array;
};

/** A page tells of itself, and echoes those it has just heard of. */
const maxStates = 400;
const maxMessageBytes = 256 * 1024;
const maxStateBytes = 2_000;
/** Client ids are 32-bit numbers, and nobody moves a caret four billion times. A larger number could not be counted up any more. */
const limit = 4_294_967_296;

const id = z.object({ client: z.number().int().nonnegative(), clock: z.number().int().nonnegative() });
/** A relative position of Yjs. */
const position = z.object({
  type: id.nullish(),
  tname: z.string().max(80).nullish(),
  item: id.nullish(),
  assoc: z.number().int().nullish(),
});
const caretSchema = z.object({
  cursor: z.object({ anchor: position, head: position }).nullish(),
  section: z.string().max(80).nullish(),
});

/** Undefined when the message is malformed. */
export function decodePresence(message: Uint8Array): Caret[] | undefined {
  if (message.length > maxMessageBytes) return undefined;
  try {
    const decoder = decoding.createDecoder(message);
    const count = decoding.readVarUint(decoder);
    if (count > maxStates) return undefined;
    const carets: Caret[] = [];
    for (let index = 0; index < count; index += 1) {
      const client = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      const json = decoding.readVarUint8Array(decoder);
      if (client >= limit || clock >= limit) return undefined;
      carets.push({ client, clock, isGone: isNull(json), json });
    }
    return decoder.pos === message.length ? carets : undefined;
  } catch {
    // lib0 throws on truncated input: the message is malformed.
    return undefined;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Undefined when it is no caret; then the state is passed over. */
export function parseCaret({ json }: Caret): z.infer<typeof caretSchema> | undefined {
  if (json.length > maxStateBytes) return undefined;
  try {
    return caretSchema.safeParse(JSON.parse(utf8.decode(json))).data;
  } catch {
    // Not JSON, or no text at all: an expected no.
    return undefined;
  }
}

/** JSON’s `null`: the client has gone. */
function isNull(json: Uint8Array): boolean {
  return json.length === 4 && json[0] === 0x6e && json[1] === 0x75 && json[2] === 0x6c && json[3] === 0x6c;
}

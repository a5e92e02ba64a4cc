/**
 * Who is here and where (RM6). The server writes the identity into every state; a client may set only the caret of the one
 * client id it speaks for. States are coalesced and die with their connection.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { z } from 'zod';
import { encodeAwareness } from '../../shared/protocol/frames.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from './connection.ts';

export const presenceIntervalMs = 100;
const maxStateLength = 2_000;
const maxStates = 400;

const caretSchema = z.object({
  cursor: z.object({ anchor: z.unknown(), head: z.unknown() }).nullish(),
  section: z.string().max(80).nullish(),
});

type State = { readonly connection: Connection; readonly clock: number; readonly json: string };

export class Presence {
  readonly #clock: Clock;
  readonly #receivers: () => Iterable<Connection>;
  readonly #states = new Map<number, State>();
  readonly #dirty = new Map<number, { clock: number; json: string; from: Connection }>();
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, receivers: () => Iterable<Connection>) {
    this.#clock = clock;
    this.#receivers = receivers;
  }

  /** Takes a client's awareness message; false when it is malformed. Others' states in it are echoes and are passed over. */
  receive(connection: Connection, update: Uint8Array, mayUse: (client: number) => boolean): boolean {
    const entries = decode(update);
    if (entries === undefined) return false;
    for (const { client, clock, json } of entries) {
      if (connection.caret === undefined && json !== 'null' && !this.#states.has(client) && mayUse(client)) {
        connection.caret = client;
      }
      if (connection.caret === client) this.#set(connection, client, clock, json);
    }
    return true;
  }

  /** Everybody's state for a newcomer, or undefined when nobody has one. */
  everybody(): Uint8Array | undefined {
    if (this.#states.size === 0) return undefined;
    return encode([...this.#states].map(([client, { clock, json }]) => ({ client, clock, json })));
  }

  leave(connection: Connection): void {
    const client = connection.caret;
    const state = client === undefined ? undefined : this.#states.get(client);
    if (client === undefined || state === undefined || state.connection !== connection) return;
    this.#states.delete(client);
    this.#mark(connection, client, state.clock + 1, 'null');
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#dirty.clear();
    this.#states.clear();
  }

  #set(connection: Connection, client: number, clock: number, json: string): void {
    const before = this.#states.get(client);
    if (before !== undefined && clock <= before.clock) return;
    if (json === 'null') {
      this.#states.delete(client);
      this.#mark(connection, client, clock, 'null');
      return;
    }
    const caret = parseCaret(json);
    if (caret === undefined) return;
    const { userId, name } = connection.visitor;
    const state = JSON.stringify({ ...caret, user: { id: userId, name } });
    this.#states.set(client, { connection, clock, json: state });
    this.#mark(connection, client, clock, state);
  }

  #mark(from: Connection, client: number, clock: number, json: string): void {
    this.#dirty.set(client, { clock, json, from });
    this.#cancel ??= this.#clock.after(presenceIntervalMs, () => this.#flush());
  }

  #flush(): void {
    this.#cancel = undefined;
    const changes = [...this.#dirty].map(([client, change]) => ({ client, ...change }));
    this.#dirty.clear();
    const forAll = encode(changes);
    for (const connection of this.#receivers()) {
      if (!connection.subscribed) continue;
      const others = changes.filter((change) => change.from !== connection);
      if (others.length === changes.length) connection.send([forAll]);
      else if (others.length > 0) connection.send([encode(others)]);
    }
  }
}

type Entry = { readonly client: number; readonly clock: number; readonly json: string };

function decode(update: Uint8Array): Entry[] | undefined {
  try {
    const decoder = decoding.createDecoder(update);
    const count = decoding.readVarUint(decoder);
    if (count > maxStates) return undefined;
    const entries: Entry[] = [];
    for (let index = 0; index < count; index += 1) {
      const client = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      entries.push({ client, clock, json: decoding.readVarString(decoder) });
    }
    return entries;
  } catch {
    // lib0 throws on truncated input: the message is malformed.
    return undefined;
  }
}

function encode(entries: readonly Entry[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const { client, clock, json } of entries) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, json);
  }
  return encodeAwareness(encoding.toUint8Array(encoder));
}

function parseCaret(json: string): z.infer<typeof caretSchema> | undefined {
  if (json.length > maxStateLength) return undefined;
  try {
    const parsed = caretSchema.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // not JSON: an expected no, the state is passed over.
    return undefined;
  }
}

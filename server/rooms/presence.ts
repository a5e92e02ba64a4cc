/**
 * Who is here and where (RM6). The server writes the identity into every state; a client may set only the caret of the one
 * client id it speaks for. States are coalesced and die with their connection; what comes between two rounds is kept as bytes
 * and only the last of it is ever looked at.
 */
import * as encoding from 'lib0/encoding';
import { encodeAwareness } from '../../shared/protocol/frames.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from './connection.ts';
import { type Caret, decodePresence, parseCaret } from './decode-presence.ts';

export const presenceIntervalMs = 100;

/** A client's state as it goes out, encoded once. */
type State = { readonly clock: number; readonly entry: Uint8Array };
/** What a client said last and nobody has heard yet. */
type Said = { readonly connection: Connection; readonly caret: Caret };

export class Presence {
  readonly #clock: Clock;
  readonly #receivers: () => Iterable<Connection>;
  /** Client ids that connections speak for, whether they show a caret or not. */
  readonly #taken = new Set<number>();
  readonly #states = new Map<number, State>();
  readonly #said = new Map<number, Said>();
  readonly #left = new Map<number, Said>();
  readonly #asking = new Set<Connection>();
  #everybody: Uint8Array | undefined;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, receivers: () => Iterable<Connection>) {
    this.#clock = clock;
    this.#receivers = receivers;
  }

  /** Takes a client's awareness message; false when it is malformed. Others' states in it are echoes and are passed over. */
  receive(connection: Connection, update: Uint8Array, mayUse: (client: number) => boolean): boolean {
    const carets = decodePresence(update);
    if (carets === undefined) return false;
    for (const caret of carets) {
      const { client } = caret;
      if (connection.caret === undefined && !caret.isGone && !this.#taken.has(client) && mayUse(client)) {
        connection.caret = client;
        this.#taken.add(client);
      }
      if (connection.caret === client) this.#hear(connection, caret);
    }
    return true;
  }

  /** Everybody's state for a newcomer, or undefined when nobody has one. */
  everybody(): Uint8Array | undefined {
    if (this.#states.size === 0) return undefined;
    this.#everybody ??= together([...this.#states.values()].map(({ entry }) => entry));
    return this.#everybody;
  }

  /** Everybody's state for who asks again: with the next round. */
  ask(connection: Connection): void {
    this.#asking.add(connection);
    this.#plan();
  }

  leave(connection: Connection): void {
    const client = connection.caret;
    if (client === undefined) return;
    connection.caret = undefined;
    this.#taken.delete(client);
    this.#said.delete(client);
    const state = this.#states.get(client);
    if (state === undefined) return;
    this.#forget(client);
    // Under the clock of his last state: the next one is his who comes back, and pages pass over what is not newer.
    this.#left.set(client, { connection, caret: { client, clock: state.clock, isGone: true, json: gone } });
    this.#plan();
  }

  /** The room is gone: who leaves it now is no news to anybody. */
  close(): void {
    this.#cancel?.();
    this.#states.clear();
  }

  #hear(connection: Connection, caret: Caret): void {
    const { client, clock } = caret;
    const before = this.#said.get(client)?.caret ?? this.#states.get(client);
    if (before !== undefined && clock <= before.clock) return;
    // The bytes belong to a frame that may be large and that the network would like back.
    this.#said.set(client, { connection, caret: { ...caret, json: caret.json.slice() } });
    this.#plan();
  }

  #forget(client: number): void {
    this.#states.delete(client);
    this.#everybody = undefined;
  }

  #plan(): void {
    this.#cancel ??= this.#clock.after(presenceIntervalMs, () => this.#flush());
  }

  /** One frame for all; only who alone has said something hears nothing of it. */
  #flush(): void {
    this.#cancel = undefined;
    const entries: Uint8Array[] = [];
    const from = new Set<Connection>();
    for (const [client, { connection, caret }] of [...this.#left, ...this.#said]) {
      const entry = this.#settle(client, connection, caret);
      if (entry === undefined) continue;
      entries.push(entry);
      from.add(connection);
    }
    this.#left.clear();
    this.#said.clear();
    const asking = new Set(this.#asking);
    this.#asking.clear();
    const changes = entries.length === 0 ? undefined : together(entries);
    for (const connection of this.#receivers()) {
      const isOwn = from.size === 1 && from.has(connection);
      const frame = asking.has(connection) ? this.everybody() : isOwn || !connection.subscribed ? undefined : changes;
      if (frame !== undefined) connection.send([frame]);
    }
  }

  /** What was said becomes the client's state; undefined when it is no caret. */
  #settle(client: number, connection: Connection, caret: Caret): Uint8Array | undefined {
    const { clock } = caret;
    if (caret.isGone) {
      this.#forget(client);
      return encodeEntry(client, clock, 'null');
    }
    const parsed = parseCaret(caret);
    if (parsed === undefined) return undefined;
    const { userId, name } = connection.visitor;
    const entry = encodeEntry(client, clock, JSON.stringify({ ...parsed, user: { id: userId, name } }));
    this.#states.set(client, { clock, entry });
    this.#everybody = undefined;
    return entry;
  }
}

const gone = new Uint8Array();

function encodeEntry(client: number, clock: number, json: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
  encoding.writeVarString(encoder, json);
  return encoding.toUint8Array(encoder);
}

function together(entries: readonly Uint8Array[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const entry of entries) encoding.writeUint8Array(encoder, entry);
  return encodeAwareness(encoding.toUint8Array(encoder));
}

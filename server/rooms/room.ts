/**
 * One document, live: its text, the connections on it, and the updates between arrival and commit (RM1–RM8).
 * The order is always validate → commit → publish → acknowledge. It knows sockets only as `Connection`, the store only
 * through the entries it hands to the registry, and no lifecycle: what people may do is in `RoomFacts`.
 */
import * as Y from 'yjs';
import { readContent } from '../../shared/document/content.ts';
import { rootOf } from '../../shared/document/schema.ts';
import type { DocumentId } from '../../shared/ids.ts';
import {
  type ClientFrame,
  decodeClientFrame,
  encodeRefused,
  encodeSaved,
  encodeSync,
  type UpdateRefusal,
} from '../../shared/protocol/frames.ts';
import { type Clock, instant } from '../clock.ts';
import type { EntryCause, LoadedDocument, NewEntry, Writer } from '../storage/storage.ts';
import { admit, type Denial } from './admit.ts';
import type { Connection } from './connection.ts';
import { Presence } from './presence.ts';
import type { RoomFacts, TextAtRest } from './rooms.ts';
import type { Tally } from './tally.ts';

type Incoming = { readonly from: Connection; readonly update: Uint8Array; readonly cause: EntryCause };

/** Updates that are applied and wait for their commit: nobody has seen them, nobody has been told. */
export type Batch = {
  readonly entries: readonly NewEntry[];
  /** One frame for each entry, built once; `from` never gets its own back. */
  readonly frames: readonly { readonly from: Connection | undefined; readonly frame: Uint8Array }[];
  /** How many updates of each connection this commit makes durable, those that brought nothing new included. */
  readonly acknowledged: ReadonlyMap<Connection, number>;
};

/** One update may have this many bytes; a pasted book chapter is far below. */
export const maxUpdateBytes = 2 * 1024 * 1024;
/** Updates of one connection that may wait for a tick. */
const maxWaiting = 5_000;
/** The whole shared text of one document, deletions included. */
const maxDocumentBytes = 32 * 1024 * 1024;

export type RoomDeps = {
  readonly clock: Clock;
  /** Asks the registry for a tick. */
  readonly wake: () => void;
  readonly tally?: Tally | undefined;
};

export class Room {
  readonly documentId: DocumentId;
  readonly presence: Presence;
  readonly connections = new Set<Connection>();
  readonly #deps: RoomDeps;
  #facts: RoomFacts;
  #doc = new Y.Doc();
  #writers = new Map<number, Writer>();
  #seq = 0;
  #bytes = 0;
  #checkpointSeq = 0;
  #inbox: Incoming[] = [];
  #batch: Batch | undefined;
  #held = false;
  #broken = false;
  readonly #afterCommit: (() => void)[] = [];

  constructor(documentId: DocumentId, facts: RoomFacts, loaded: LoadedDocument, deps: RoomDeps) {
    this.documentId = documentId;
    this.#facts = facts;
    this.#deps = deps;
    this.presence = new Presence(deps.clock, () => this.connections);
    this.restore(loaded);
  }

  get seq(): number {
    return this.#seq;
  }

  get facts(): RoomFacts {
    return this.#facts;
  }

  /** Whether a tick would find something to do here. */
  get hasWork(): boolean {
    return this.#inbox.length > 0 && this.#batch === undefined && !this.#held && !this.#broken;
  }

  get batch(): Batch | undefined {
    return this.#batch;
  }

  /** What has arrived here and is not durable yet. */
  get waiting(): { readonly updates: number; readonly bytes: number } {
    const updates = [...this.#inbox, ...(this.#batch?.entries ?? [])].map(({ update }) => update.length);
    return { updates: updates.length, bytes: sum(updates) };
  }

  /** Whether everything in the live text is in the database. */
  get isStored(): boolean {
    return this.#batch === undefined && !this.#broken;
  }

  get isHeld(): boolean {
    return this.#held;
  }

  get isAtRest(): boolean {
    return this.#inbox.length === 0 && this.#batch === undefined && !this.#held;
  }

  /** Whether applying an update failed half way: the text must be restored from the store before anything else. */
  get isBroken(): boolean {
    return this.#broken;
  }

  /** Entries behind the last checkpoint. */
  get uncheckpointed(): number {
    return this.#seq - this.#checkpointSeq;
  }

  /** The text from the store: at opening, and again when the live copy cannot be trusted. */
  restore(loaded: LoadedDocument): void {
    const doc = openText(loaded, this.#facts.bodyKeys);
    this.#doc.destroy();
    this.#doc = doc;
    this.#writers = new Map(loaded.writers);
    this.#seq = loaded.seq;
    this.#checkpointSeq = loaded.checkpoint?.seq ?? 0;
    this.#bytes = (loaded.checkpoint?.state.length ?? 0) + sum(loaded.entries.map((entry) => entry.update.length));
    this.#broken = false;
  }

  /** Takes a connection in: what it may do comes first, then the server's step 1. */
  join(connection: Connection): void {
    this.connections.add(connection);
    connection.tellAccess(this.#facts.accessOf(connection.visitor.userId), this.#facts.epoch, '');
    this.#whenCommitted(() => connection.send([encodeSync('step1', Y.encodeStateVector(this.#doc))]));
  }

  leave(connection: Connection): void {
    this.connections.delete(connection);
    this.presence.leave(connection);
    connection.phase = 'closed';
  }

  /** A frame from a connection. A bad one costs its sender the connection (RM5). */
  receive(connection: Connection, bytes: Uint8Array): void {
    if (connection.phase === 'closed') return;
    const decoded = decodeClientFrame(bytes);
    if (decoded.ok) this.#take(connection, decoded.value);
    else connection.close(4400, 'malformed frame');
  }

  #take(connection: Connection, frame: ClientFrame): void {
    switch (frame.type) {
      case 'sync_step1':
        this.#whenCommitted(() => this.#answerStep1(connection, frame.stateVector));
        return;
      case 'sync_step2':
        if (connection.phase === 'awaiting_sync') connection.phase = 'live';
        this.#enqueue(connection, frame.update, 'sync');
        return;
      case 'update':
        this.#enqueue(connection, frame.update, 'edit');
        return;
      case 'awareness':
        if (!this.presence.receive(connection, frame.update, (client) => this.#mayCarry(connection, client))) {
          connection.close(4400, 'malformed presence');
        }
        return;
      case 'query_awareness':
        this.#sendPresence(connection);
        return;
    }
  }

  #mayCarry(connection: Connection, client: number): boolean {
    const owner = this.#writers.get(client);
    return owner === undefined || owner === connection.visitor.userId;
  }

  #answerStep1(connection: Connection, stateVector: Uint8Array): void {
    let update: Uint8Array;
    try {
      update = Y.encodeStateAsUpdate(this.#doc, stateVector);
    } catch {
      // lib0 throws on a state vector that is none.
      connection.close(4400, 'malformed state vector');
      return;
    }
    connection.subscribed = true;
    connection.send([encodeSync('step2', update)]);
    this.#sendPresence(connection);
  }

  #sendPresence(connection: Connection): void {
    const everybody = this.presence.everybody();
    if (everybody !== undefined) connection.send([everybody]);
  }

  /** Until its step 2 has come a connection's updates are not looked at: that answer contains them. */
  #enqueue(from: Connection, update: Uint8Array, cause: EntryCause): void {
    if (from.phase !== 'live') return;
    if (update.length > maxUpdateBytes) {
      this.#refuse(from, 'too_large', `${update.length} bytes`);
      return;
    }
    if (
      this.#inbox.length >= maxWaiting &&
      this.#inbox.filter((waiting) => waiting.from === from).length >= maxWaiting
    ) {
      this.#refuse(from, 'too_fast', `${maxWaiting} updates waiting`);
      return;
    }
    this.#inbox.push({ from, update, cause });
    this.#deps.wake();
  }

  #refuse(connection: Connection, code: UpdateRefusal, detail: string): void {
    connection.phase = 'refused';
    this.#deps.tally?.refused(code, this.documentId, connection.visitor.userId);
    connection.send([encodeRefused({ code, detail })]);
  }

  /** Validates and applies what has arrived, in one Yjs transaction. The result must be committed before it is published. */
  collect(): Batch | undefined {
    const incoming = this.#inbox;
    this.#inbox = [];
    const entries: NewEntry[] = [];
    const frames: { from: Connection; frame: Uint8Array }[] = [];
    const acknowledged = new Map<Connection, number>();
    this.#doc.transact(() => {
      for (const [index, item] of incoming.entries()) {
        if (item.from.phase === 'refused') continue;
        const claims = this.#admit(item);
        if (claims === undefined) continue;
        if (claims !== 'nothing new') {
          if (!this.#apply(item)) {
            this.#inbox = [...incoming.slice(index + 1), ...this.#inbox];
            break;
          }
          entries.push(this.#entry(item, claims));
          frames.push({ from: item.from, frame: encodeSync('update', item.update) });
        }
        acknowledged.set(item.from, (acknowledged.get(item.from) ?? 0) + 1);
      }
    });
    const batch = { entries, frames, acknowledged };
    if (entries.length === 0) {
      if (!this.#broken) this.#acknowledge(batch);
      return undefined;
    }
    this.#batch = batch;
    return batch;
  }

  #admit({ from, update }: Incoming): readonly number[] | 'nothing new' | undefined {
    const ground = {
      doc: this.#doc,
      bodyKeys: new Set(this.#facts.bodyKeys),
      remarkIds: this.#facts.remarkIds,
      writers: this.#writers,
    };
    const admitted = admit(ground, update, from.visitor.userId, from.level === 'write');
    if (!admitted.ok) {
      this.#deny(from, admitted.error);
      return undefined;
    }
    if (!admitted.value.novel) return 'nothing new';
    if (this.#bytes + update.length > maxDocumentBytes) {
      this.#refuse(from, 'too_large', 'the document is full');
      return undefined;
    }
    return admitted.value.claims;
  }

  #deny(connection: Connection, { code, detail }: Denial): void {
    if (code === 'malformed') connection.close(4400, detail);
    else this.#refuse(connection, code, detail);
  }

  /** False when Yjs could not take an admitted update: then the text is restored, and the sender pays for it (RM5). */
  #apply({ from, update }: Incoming): boolean {
    const { store } = this.#doc;
    try {
      Y.applyUpdate(this.#doc, update);
    } catch {
      this.#broken = true;
    }
    if (store.pendingStructs !== null || store.pendingDs !== null) this.#broken = true;
    if (this.#broken) {
      from.close(4400, 'an update that cannot be applied');
      return false;
    }
    this.#bytes += update.length;
    return true;
  }

  #entry({ from, update, cause }: Incoming, claims: readonly number[]): NewEntry {
    const { userId, session } = from.visitor;
    for (const client of claims) this.#writers.set(client, userId);
    return {
      documentId: this.documentId,
      update,
      writer: userId,
      session,
      cause,
      at: instant(this.#deps.clock),
      claims,
    };
  }

  /** The batch is durable: publish it, then tell its authors. `seq` is the position of its last entry. */
  committed(seq: number): void {
    const batch = this.#batch;
    this.#batch = undefined;
    this.#seq = seq;
    if (batch !== undefined) {
      this.#publish(batch);
      this.#acknowledge(batch);
    }
    for (const work of this.#afterCommit.splice(0)) work();
    if (this.hasWork) this.#deps.wake();
  }

  #publish({ frames }: Batch): void {
    for (const connection of this.connections) {
      if (!connection.subscribed) continue;
      const foreign = frames.filter(({ from }) => from !== connection).map(({ frame }) => frame);
      connection.send(foreign);
    }
  }

  #acknowledge({ acknowledged }: Batch): void {
    if (acknowledged.size === 0) return;
    const stateVector = Y.encodeStateVector(this.#doc);
    for (const [connection, count] of acknowledged) {
      connection.updatesSaved += count;
      connection.send([encodeSaved({ seq: this.#seq, stateVector, updates: connection.updatesSaved })]);
    }
  }

  #whenCommitted(work: () => void): void {
    if (this.#batch === undefined && !this.#broken) work();
    else this.#afterCommit.push(work);
  }

  /** Work that waited for a restore goes on. */
  restored(): void {
    for (const work of this.#afterCommit.splice(0)) work();
    if (this.hasWork) this.#deps.wake();
  }

  /** While held, what arrives waits. The caller has seen to it that nothing is uncommitted. */
  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    if (this.hasWork) this.#deps.wake();
  }

  /** New facts: levels change before the next update is looked at (RM7). */
  learn(facts: RoomFacts, reason: string): void {
    this.#facts = facts;
    for (const key of facts.bodyKeys) this.#doc.getXmlFragment(rootOf(key));
    for (const connection of this.connections) {
      const level = facts.accessOf(connection.visitor.userId);
      if (level === 'none') connection.close(4403, 'access ended');
      else connection.tellAccess(level, facts.epoch, reason);
    }
  }

  /** The server's own edit, as a batch to be committed like any other. Undefined when it changed nothing. */
  editAsServer<T>(change: (doc: Y.Doc) => T): { readonly value: T; readonly batch: Batch | undefined } {
    const updates: Uint8Array[] = [];
    const listen = (update: Uint8Array) => updates.push(update);
    this.#doc.on('update', listen);
    let value: T;
    try {
      value = this.#doc.transact(() => change(this.#doc));
    } finally {
      this.#doc.off('update', listen);
    }
    if (updates.length === 0) return { value, batch: undefined };
    const claims = this.#writers.has(this.#doc.clientID) ? [] : [this.#doc.clientID];
    for (const client of claims) this.#writers.set(client, 'server');
    const update = Y.mergeUpdates(updates);
    const at = instant(this.#deps.clock);
    const entry: NewEntry = {
      documentId: this.documentId,
      update,
      writer: 'server',
      session: '',
      cause: 'anchor',
      at,
      claims,
    };
    const frames = [{ from: undefined, frame: encodeSync('update', update) }];
    this.#batch = { entries: [entry], frames, acknowledged: new Map() };
    return { value, batch: this.#batch };
  }

  /** Forgets an uncommitted batch of the server's own; the text must be restored. */
  discard(): void {
    this.#batch = undefined;
    this.#broken = true;
  }

  /** The text; call only when nothing is uncommitted. */
  text(bodyKeys: readonly string[]): TextAtRest {
    return { content: readContent(this.#doc, bodyKeys), seq: this.#seq };
  }

  /** The shared text itself, to be looked at only; call only when nothing is uncommitted. */
  look<T>(see: (doc: Y.Doc) => T): T {
    return see(this.#doc);
  }

  /** Everything there is, for a checkpoint; call only when nothing is uncommitted. */
  encodeState(): Uint8Array {
    return Y.encodeStateAsUpdate(this.#doc);
  }

  checkpointed(seq: number): void {
    this.#checkpointSeq = seq;
  }

  close(): void {
    this.presence.close();
    this.#doc.destroy();
  }
}

/** A text as the store has it, with a root for every section. */
export function openText(loaded: LoadedDocument, bodyKeys: readonly string[]): Y.Doc {
  const doc = new Y.Doc();
  for (const key of bodyKeys) doc.getXmlFragment(rootOf(key));
  doc.transact(() => {
    if (loaded.checkpoint !== undefined) Y.applyUpdate(doc, loaded.checkpoint.state);
    for (const entry of loaded.entries) Y.applyUpdate(doc, entry.update);
  });
  if (doc.store.pendingStructs !== null) throw new Error('the journal has a gap: a text cannot be opened whole');
  return doc;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

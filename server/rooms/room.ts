/**
 * One document, live: its text, the connections on it, and the updates between arrival and commit (RM1–RM8).
 * The order is always validate → commit → publish → acknowledge. It knows sockets only as `Connection`, the store only
 * through the entries it hands to the registry, and no lifecycle: what people may do is in `RoomFacts`.
 */
import type * as Y from 'yjs';
import { readContent } from '../../shared/document/content.ts';
import type { RoomId } from '../../shared/ids.ts';
import { type ClientFrame, decodeClientFrame, encodeAtRest, encodeSync } from '../../shared/protocol/frames.ts';
import { type Clock, instant } from '../clock.ts';
import type { LoadedDocument, NewEntry } from '../storage/storage.ts';
import { type Batch, publish } from './batch.ts';
import type { Connection } from './connection.ts';
import type { Incoming } from './inbox.ts';
import { Intake } from './intake.ts';
import { LiveText, recordEdit } from './live-text.ts';
import { Lull } from './lull.ts';
import { Presence } from './presence.ts';
import type { RoomFacts, TextAtRest } from './rooms.ts';
import type { Tally } from './tally.ts';
import { Welcome } from './welcome.ts';

/** A room is at rest when nobody has written or joined for so long. */
export const restMs = 2_000;
/** A room that never rests is checkpointed when so many entries lie behind its last one. It takes the longer the text is. */
const longestTail = 4_000;
const busyCheckpointEveryMs = 30_000;
/** Cutting a paragraph and pasting it elsewhere takes less. */
export const calmMs = 10_000;

export type RoomDeps = {
  readonly clock: Clock;
  /** Asks for a tick. */
  readonly wake: (room: Room) => void;
  /** Hears that this is a good moment for a checkpoint, if one is needed. */
  readonly mayCheckpoint: (room: Room) => void;
  readonly tally?: Tally | undefined;
};

export class Room {
  readonly documentId: RoomId;
  readonly presence: Presence;
  readonly connections = new Set<Connection>();
  readonly #deps: RoomDeps;
  readonly #lull: Lull;
  readonly #welcome: Welcome;
  #facts: RoomFacts;
  #text: LiveText;
  #seq = 0;
  #checkpointSeq = 0;
  #busyCheckpointAt = Number.NEGATIVE_INFINITY;
  readonly #intake: Intake;
  #batch: Batch | undefined;
  #held = false;
  #broken = false;
  #writtenAt = Number.NEGATIVE_INFINITY;
  readonly #afterCommit: (() => void)[] = [];

  constructor(documentId: RoomId, facts: RoomFacts, loaded: LoadedDocument, deps: RoomDeps) {
    this.documentId = documentId;
    this.#facts = facts;
    this.#deps = deps;
    this.presence = new Presence(deps.clock, () => this.connections);
    this.#lull = new Lull(deps.clock, restMs, () => this.#rest());
    this.#welcome = new Welcome({
      clock: deps.clock,
      presence: this.presence,
      text: () => this.#text,
      whenCommitted: (work) => this.#whenCommitted(work),
    });
    this.#text = new LiveText(loaded, facts.bodyKeys);
    this.#intake = new Intake(loaded.writers, {
      documentId,
      clock: deps.clock,
      facts: () => this.#facts,
      text: () => this.#text,
      tally: deps.tally,
    });
    this.#standAt(loaded);
  }

  get seq(): number {
    return this.#seq;
  }

  get facts(): RoomFacts {
    return this.#facts;
  }

  /** Whether a tick would find something to do here. */
  get hasWork(): boolean {
    return !this.#intake.isEmpty && this.#batch === undefined && !this.#held && !this.#broken;
  }

  get batch(): Batch | undefined {
    return this.#batch;
  }

  /** What has arrived here and is not durable yet. */
  get waiting(): { readonly updates: number; readonly bytes: number } {
    const waiting = [...this.#intake.waiting, ...(this.#batch?.entries ?? [])];
    return { updates: waiting.length, bytes: waiting.reduce((total, { update }) => total + update.length, 0) };
  }

  /** Whether everything in the live text is in the database. */
  get isStored(): boolean {
    return this.#batch === undefined && !this.#broken;
  }

  /** Whether the last words came long enough ago that nothing is being cut here to be pasted there. */
  get isCalm(): boolean {
    return this.isAtRest && this.#deps.clock.now() - this.#writtenAt >= calmMs;
  }

  get isHeld(): boolean {
    return this.#held;
  }

  get isAtRest(): boolean {
    return this.#intake.isEmpty && this.#batch === undefined && !this.#held;
  }

  /** Whether applying an update failed half way: the text must be restored from the store before anything else. */
  get isBroken(): boolean {
    return this.#broken;
  }

  /** Entries behind the last checkpoint. */
  get uncheckpointed(): number {
    return this.#seq - this.#checkpointSeq;
  }

  /** The text from the store again, when the live copy cannot be trusted. Throws, and changes nothing, on a gap. */
  restore(loaded: LoadedDocument): void {
    const text = new LiveText(loaded, this.#facts.bodyKeys);
    this.#text.close();
    this.#text = text;
    this.#intake.restart(loaded.writers);
    this.#standAt(loaded);
    this.#broken = false;
  }

  #standAt(loaded: LoadedDocument): void {
    this.#seq = loaded.seq;
    this.#checkpointSeq = loaded.checkpoint?.seq ?? 0;
  }

  /** Takes a connection in: what it may do comes first, then the server's step 1. */
  join(connection: Connection): void {
    this.connections.add(connection);
    connection.tellAccess(this.#facts.accessOf(connection.visitor.userId), this.#facts.epoch, '');
    this.#welcome.greet(connection);
    this.#lull.note();
  }

  leave(connection: Connection): void {
    this.connections.delete(connection);
    this.#welcome.leave(connection);
    this.presence.leave(connection);
    connection.phase = 'closed';
  }

  /** A frame from a connection. A bad one costs its sender the connection (RM5). */
  receive(connection: Connection, bytes: Uint8Array): void {
    if (connection.phase === 'closed') return;
    const decoded = decodeClientFrame(bytes);
    if (decoded.ok) this.#take(connection, decoded.value, bytes);
    else connection.close(4400, 'malformed frame');
  }

  #take(connection: Connection, frame: ClientFrame, bytes: Uint8Array): void {
    const isUpdate = frame.type === 'update' || frame.type === 'sync_step2';
    if (!isUpdate && !connection.mayTalk(this.#deps.clock)) {
      connection.close(4400, 'too much talk');
      return;
    }
    switch (frame.type) {
      case 'sync_step1':
        this.#welcome.asked(connection, frame.stateVector);
        return;
      case 'sync_step2':
        if (connection.phase === 'awaiting_sync') connection.phase = 'live';
        this.#enqueue({ from: connection, update: frame.update, cause: 'sync', frame: bytes });
        return;
      case 'update':
        this.#enqueue({ from: connection, update: frame.update, cause: 'edit', frame: bytes });
        return;
      case 'awareness':
        if (!this.presence.receive(connection, frame.update, (client) => this.#mayCarry(connection, client))) {
          connection.close(4400, 'malformed presence');
        }
        return;
      case 'query_awareness':
        this.presence.ask(connection);
        return;
    }
  }

  #mayCarry(connection: Connection, client: number): boolean {
    const owner = this.#intake.ownerOf(client);
    return owner === undefined || owner === connection.visitor.userId;
  }

  /** Until its step 2 has come a connection's updates are not looked at: that answer contains them. */
  #enqueue(incoming: Incoming): void {
    if (incoming.from.phase !== 'live') return;
    if (this.#intake.put(incoming)) this.#deps.wake(this);
  }

  /**
   * Takes in what has arrived, for at most `budgetMs`; the rest waits for the next tick. The result must be committed before
   * it is published. When the text was spoilt the room is broken.
   */
  collect(budgetMs: number): Batch | undefined {
    // A resting text is not taken apart for nothing.
    if (this.#intake.isEmpty) return undefined;
    const batch = this.#intake.collect(budgetMs);
    if (batch === undefined) {
      this.#broken = true;
      return undefined;
    }
    if (batch.entries.length === 0) {
      this.#publish(batch);
      return undefined;
    }
    this.#writtenAt = this.#deps.clock.now();
    this.#batch = batch;
    return batch;
  }

  /** The batch is durable: publish it, then tell its authors. `seq` is the position of its last entry. */
  committed(seq: number): void {
    const batch = this.#batch;
    this.#batch = undefined;
    this.#seq = seq;
    if (batch !== undefined) this.#publish(batch);
    this.#runDeferred();
    this.#lull.note();
    if (this.uncheckpointed >= longestTail) this.#checkpointWhileBusy();
  }

  #checkpointWhileBusy(): void {
    const now = this.#deps.clock.now();
    if (Math.abs(now - this.#busyCheckpointAt) < busyCheckpointEveryMs) return;
    this.#busyCheckpointAt = now;
    this.#deps.mayCheckpoint(this);
  }

  #publish(batch: Batch): void {
    publish(batch, this.connections, { seq: this.#seq, stateVector: () => this.#text.vector() });
  }

  #whenCommitted(work: () => void): void {
    if (this.#batch === undefined && !this.#broken) work();
    else this.#afterCommit.push(work);
  }

  /** Work that waited for a restore goes on. */
  restored(): void {
    this.#runDeferred();
  }

  #runDeferred(): void {
    if (this.#broken) return;
    for (const work of this.#afterCommit.splice(0)) work();
    if (this.hasWork) this.#deps.wake(this);
  }

  /** While held, what arrives waits. The caller has seen to it that nothing is uncommitted. */
  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    if (this.hasWork) this.#deps.wake(this);
  }

  /** New facts: levels change before the next update is looked at (RM7). */
  learn(facts: RoomFacts, reason: string): void {
    this.#facts = facts;
    this.#intake.lookAnew();
    this.#text.setBodyKeys(facts.bodyKeys);
    for (const connection of this.connections) {
      const level = facts.accessOf(connection.visitor.userId);
      if (level === 'none') connection.close(4403, 'access ended');
      else connection.tellAccess(level, facts.epoch, reason);
    }
  }

  /** The server's own edit, as a batch to be committed like any other. Undefined when it changed nothing. */
  editAsServer<T>(change: (doc: Y.Doc) => T): { readonly value: T; readonly batch: Batch | undefined } {
    const { doc } = this.#text;
    const { value, update } = recordEdit(doc, change);
    if (update === undefined) return { value, batch: undefined };
    this.#text.changed(update.length);
    const claims = this.#intake.ownerOf(doc.clientID) === undefined ? [doc.clientID] : [];
    for (const client of claims) this.#intake.claim(client, 'server');
    const { documentId } = this;
    const at = instant(this.#deps.clock);
    const entry: NewEntry = { documentId, update, writer: 'server', session: '', cause: 'anchor', at, claims };
    const published = [{ from: undefined, frame: encodeSync('update', update) }];
    this.#batch = { entries: [entry], published, acknowledged: new Map() };
    return { value, batch: this.#batch };
  }

  /** Forgets an uncommitted batch of the server's own; the text must be restored. */
  discard(): void {
    this.#batch = undefined;
    this.#broken = true;
  }

  /** The text; call only when nothing is uncommitted. */
  text(bodyKeys: readonly string[]): TextAtRest {
    return { content: this.#text.look((doc) => readContent(doc, bodyKeys)), seq: this.#seq };
  }

  /** The shared text itself, to be looked at only; call only when nothing is uncommitted. */
  look<T>(see: (doc: Y.Doc) => T): T {
    return this.#text.look(see);
  }

  /** Everything there is, for a checkpoint; call only when nothing is uncommitted. */
  encodeState(): Uint8Array {
    return this.#text.state();
  }

  checkpointed(seq: number): void {
    this.#checkpointSeq = seq;
  }

  /** Nobody has written or joined for a while: every page hears what it should hold by now (RM16). */
  #rest(): void {
    if (!this.isAtRest || this.#broken) {
      this.#lull.note();
      return;
    }
    const pages = [...this.connections].filter(({ subscribed, phase }) => subscribed && phase === 'live');
    if (pages.length > 0) {
      const text = this.#text;
      const frames = [encodeAtRest({ seq: this.#seq, stateVector: text.vector(), textHash: text.hash() })];
      for (const connection of pages) connection.send(frames);
    }
    this.#deps.mayCheckpoint(this);
    if (this.#text.letGo()) this.#intake.lookAnew();
  }

  close(): void {
    this.#lull.stop();
    this.#welcome.close();
    this.presence.close();
    this.#intake.clear();
    this.#batch = undefined;
    this.#broken = false;
    this.#text.close();
  }
}

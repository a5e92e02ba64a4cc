/**
 * An honest page as a crash test needs it: it types into a text of its own, on line or not, and keeps a second text of
 * nothing but what the server has shown or acknowledged to it. That one no crash may take from the server.
 */
import { once } from 'node:events';
import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { Person } from '../../server/demo/person.ts';
import { blockIdAttribute, rootOf } from '../../shared/document/schema.ts';
import {
  encodeSync,
  messageTypes,
  type RoomAccess,
  readAccess,
  readRefused,
  readSaved,
  syncSteps,
} from '../../shared/protocol/frames.ts';
import type { Random } from './random.ts';
import { WriterSocket } from './writer-socket.ts';

const words = '坚持问题导向认真查摆剖析根源明确整改措施抓好落实反馈群众意见工作作风纪律学习';

export class TortureClient {
  doc = new Y.Doc();
  /** What the server has shown or acknowledged, whatever connection it came over. */
  readonly witnessed = new Y.Doc();
  readonly documentId: string;
  readonly #person: Person;
  readonly #keys: readonly string[];
  #socket: WebSocket | undefined;
  #level: RoomAccess = 'none';
  #synced = false;
  /** Updates of this connection that are not acknowledged, and how many were. */
  #sent: Uint8Array[] = [];
  #saved = 0;
  acknowledged = 0;
  seen = 0;
  /** How often each refusal came. */
  readonly refusals = new Map<string, number>();

  constructor(person: Person, documentId: string, keys: readonly string[]) {
    this.#person = person;
    this.documentId = documentId;
    this.#keys = keys;
    this.#listen();
  }

  get mayWrite(): boolean {
    return this.#synced && this.#level === 'write';
  }

  /** Whether it is on line and all it sent has been acknowledged. */
  get atRest(): boolean {
    return this.#synced && this.#saved > 0 && this.#sent.length === 0;
  }

  /** Comes on line, again after the server has died. */
  connect(): void {
    const socket = WriterSocket.dial(this.#person, this.documentId);
    this.#socket = socket;
    this.#synced = false;
    this.#sent = [];
    this.#saved = 0;
    socket.binaryType = 'nodebuffer';
    socket.on('message', (data) => {
      if (this.#socket === socket) this.#hear(data as Buffer);
    });
    // A server that dies breaks the connection, as it must.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = undefined;
      this.#synced = false;
    });
  }

  /** The same person at another machine, with nothing. */
  newcomer(): TortureClient {
    return new TortureClient(this.#person, this.documentId, this.#keys);
  }

  get isConnected(): boolean {
    return this.#socket !== undefined;
  }

  async disconnect(): Promise<void> {
    const socket = this.#socket;
    if (socket === undefined) return;
    socket.terminate();
    await once(socket, 'close');
  }

  /** One act of somebody who writes: a character, some words, a pasted paragraph, a deletion. */
  write(random: Random): void {
    const root = this.doc.getXmlFragment(rootOf(random.pick(this.#keys)));
    const block = root.length === 0 ? undefined : root.get(random.below(root.length));
    const chance = random.next();
    if (!(block instanceof Y.XmlElement) || chance < 0.05) {
      this.doc.transact(() => this.#paste(root, random));
      return;
    }
    if (chance < 0.07 && root.length > 3) {
      root.delete(random.below(root.length), 1);
      return;
    }
    const text = block.get(0);
    if (!(text instanceof Y.XmlText)) block.insert(0, [new Y.XmlText(pick(random, 5))]);
    else if (chance < 0.3 && text.length > 20) text.delete(random.below(text.length - 15), 1 + random.below(15));
    else text.insert(random.below(text.length + 1), pick(random, chance < 0.85 ? 1 : 1 + random.below(30)));
  }

  #paste(root: Y.XmlFragment, random: Random): void {
    const paragraphs = Array.from({ length: 1 + random.below(3) }, (_, index) => {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.setAttribute(blockIdAttribute, `p-${this.doc.clientID}-${random.below(2 ** 30)}-${index}`);
      paragraph.insert(0, [new Y.XmlText(pick(random, 20 + random.below(600)))]);
      return paragraph;
    });
    root.insert(random.below(root.length + 1), paragraphs);
  }

  /** After a refusal the page goes back to the server's text; its words would be in the rescue tray. */
  #startOver(code: string): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
    this.doc.destroy();
    this.doc = new Y.Doc();
    this.#listen();
    this.#socket?.terminate();
  }

  #listen(): void {
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server' && this.#synced) this.#send('update', update);
    });
  }

  #send(step: 'step2' | 'update', update: Uint8Array): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#sent.push(update);
    this.#socket.send(encodeSync(step, update));
  }

  #hear(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    const type = decoding.readVarUint(decoder);
    if (type === messageTypes.sync) this.#sync(decoding.readVarUint(decoder), decoding.readVarUint8Array(decoder));
    else if (type === messageTypes.access) this.#level = readAccess(decoder).level;
    else if (type === messageTypes.refused) this.#startOver(readRefused(decoder).code);
    else if (type === messageTypes.saved) this.#hearSaved(readSaved(decoder).updates);
  }

  #hearSaved(updates: number): void {
    const mine = this.#sent.splice(0, updates - this.#saved);
    this.#saved = updates;
    this.acknowledged += mine.length;
    for (const update of mine) Y.applyUpdate(this.witnessed, update);
  }

  #sync(step: number, bytes: Uint8Array): void {
    if (step === syncSteps.step1) {
      this.#send('step2', Y.encodeStateAsUpdate(this.doc, bytes));
      this.#socket?.send(encodeSync('step1', Y.encodeStateVector(this.doc)));
      return;
    }
    this.seen += 1;
    Y.applyUpdate(this.witnessed, bytes);
    Y.applyUpdate(this.doc, bytes, 'server');
    if (step === syncSteps.step2) this.#synced = true;
  }
}

/** Whether a text holds everything of another: its characters and its deletions. */
export function holds(whole: Y.Doc, part: Y.Doc): boolean {
  const before = Y.snapshot(whole);
  const both = new Y.Doc();
  Y.applyUpdate(both, Y.encodeStateAsUpdate(whole));
  Y.applyUpdate(both, Y.encodeStateAsUpdate(part));
  const complete = both.store.pendingStructs === null && both.store.pendingDs === null;
  const same = complete && Y.equalSnapshots(before, Y.snapshot(both));
  both.destroy();
  return same;
}

function pick(random: Random, length: number): string {
  return Array.from({ length }, () => words[random.below(words.length)] ?? '好').join('');
}

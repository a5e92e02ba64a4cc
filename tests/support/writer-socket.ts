/**
 * Somebody who writes over a plain socket, as a page does underneath: a text of his own, updates as they come, and a note of
 * how many of them the server has said are in the database.
 */
import { once } from 'node:events';
import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { Person } from '../../server/demo/person.ts';
import { rootOf } from '../../shared/document/schema.ts';
import { encodeSync, messageTypes, readSaved, syncSteps } from '../../shared/protocol/frames.ts';
import { schemaNumber } from '../../shared/protocol/version.ts';

export class WriterSocket {
  readonly doc = new Y.Doc();
  readonly #socket: WebSocket;
  readonly #waiting: (() => void)[] = [];
  /** Updates sent; the answer to the server's step 1 is the first. */
  sent = 0;
  /** Of those, how many are in the database, as the server says. */
  saved = 0;
  /** The longest time between two acknowledgements so far, while something was unacknowledged. */
  longestWaitMs = 0;
  #unansweredSince: number | undefined;
  #synced = false;
  readonly closed: Promise<number>;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.binaryType = 'nodebuffer';
    socket.on('message', (data) => this.#hear(data as Buffer));
    this.closed = once(socket, 'close').then(([code]) => Number(code));
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server' && this.#synced) this.#send('update', update);
    });
  }

  /** Resolves once it has the text. */
  static async open(person: Person, documentId: string): Promise<WriterSocket> {
    const writer = new WriterSocket(WriterSocket.dial(person, documentId));
    await writer.#until(() => writer.#synced && writer.saved > 0);
    return writer;
  }

  /** A socket as a page would open it, before anything is said. */
  static dial({ url, cookie }: Person, documentId: string): WebSocket {
    const address = `${url.replace('http', 'ws')}/sync/${documentId}?schema=${schemaNumber}`;
    return new WebSocket(address, { headers: { cookie, origin: url } });
  }

  /** Appends to the first paragraph of a section. */
  type(words: string, key = 'opening'): void {
    const block = this.doc.getXmlFragment(rootOf(key)).get(0);
    if (!(block instanceof Y.XmlElement)) throw new Error('the server seeds a paragraph');
    const text = block.get(0);
    if (text instanceof Y.XmlText) text.insert(text.length, words);
    else block.insert(0, [new Y.XmlText(words)]);
  }

  text(key = 'opening'): string {
    return this.doc
      .getXmlFragment(rootOf(key))
      .toString()
      .replaceAll(/<[^>]*>/g, '');
  }

  /** Resolves when everything sent so far is acknowledged. */
  async stored(): Promise<void> {
    const wanted = this.sent;
    await this.#until(() => this.saved >= wanted);
  }

  /** Sends bytes as they are. */
  raw(bytes: Uint8Array): void {
    this.#socket.send(bytes);
  }

  async leave(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }

  #send(step: 'step2' | 'update', update: Uint8Array): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.sent += 1;
    this.#unansweredSince ??= performance.now();
    this.#socket.send(encodeSync(step, update));
  }

  #hear(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    const type = decoding.readVarUint(decoder);
    if (type === messageTypes.sync) this.#sync(decoder);
    else if (type === messageTypes.saved) {
      this.saved = readSaved(decoder).updates;
      const now = performance.now();
      this.longestWaitMs = Math.max(this.longestWaitMs, now - (this.#unansweredSince ?? now));
      this.#unansweredSince = this.saved < this.sent ? now : undefined;
    }
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #sync(decoder: decoding.Decoder): void {
    const step = decoding.readVarUint(decoder);
    const bytes = decoding.readVarUint8Array(decoder);
    if (step === syncSteps.step1) {
      this.#send('step2', Y.encodeStateAsUpdate(this.doc, bytes));
      this.#socket.send(encodeSync('step1', Y.encodeStateVector(this.doc)));
    } else {
      Y.applyUpdate(this.doc, bytes, 'server');
      if (step === syncSteps.step2) this.#synced = true;
    }
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

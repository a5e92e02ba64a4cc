/** A program on a raw socket to the real server: says what it likes, hears everything, remembers how it ended. */
import { once } from 'node:events';
import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { encodeSync, messageTypes, readRefused, syncSteps } from '../../shared/protocol/frames.ts';
import { schemaNumber } from '../../shared/protocol/version.ts';

export type Way = {
  readonly url: string;
  readonly cookie: string;
  readonly documentId: string;
  readonly schema?: string;
  readonly origin?: string;
};

export class Line {
  readonly socket: WebSocket;
  readonly doc = new Y.Doc();
  /** How it ended: `closed <code>` or `refused <code>`; the first that came. */
  readonly end: Promise<string>;
  readonly #synced: Promise<void>;
  #heard = 0;
  #updates: (() => void)[] = [];

  constructor({ url, cookie, documentId, schema = String(schemaNumber), origin = url }: Way) {
    const address = `${url.replace('http', 'ws')}/sync/${documentId}?schema=${schema}`;
    this.socket = new WebSocket(address, { headers: { cookie, origin }, perMessageDeflate: false });
    this.socket.binaryType = 'nodebuffer';
    // How it ended is told by `end`; a socket error alone says less.
    this.socket.on('error', () => undefined);
    let synced: () => void = () => undefined;
    this.#synced = new Promise((resolve) => {
      synced = resolve;
    });
    this.end = new Promise((resolve) => {
      this.socket.on('close', (code) => resolve(`closed ${code}`));
      this.socket.on('message', (data: Buffer) => {
        this.#heard += 1;
        const refusal = this.#hear(data, synced);
        if (refusal !== undefined) resolve(`refused ${refusal}`);
      });
    });
  }

  /** Frames it has been sent. */
  get heard(): number {
    return this.#heard;
  }

  /** As a page begins: both halves of the handshake. */
  async ready(): Promise<this> {
    if (this.socket.readyState === WebSocket.CONNECTING) await once(this.socket, 'open');
    this.socket.send(encodeSync('step1', Y.encodeStateVector(this.doc)));
    this.socket.send(encodeSync('step2', new Uint8Array([0, 0])));
    await this.#synced;
    return this;
  }

  write(update: Uint8Array): void {
    this.socket.send(encodeSync('update', update));
  }

  /** Resolves with the next update of somebody else. */
  nextUpdate(): Promise<void> {
    return new Promise((resolve) => this.#updates.push(resolve));
  }

  cut(): void {
    this.socket.terminate();
    this.doc.destroy();
  }

  #hear(frame: Uint8Array, synced: () => void): string | undefined {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === messageTypes.refused) return readRefused(decoder).code;
    if (type !== messageTypes.sync) return undefined;
    const step = decoding.readVarUint(decoder);
    if (step === syncSteps.step1) return undefined;
    Y.applyUpdate(this.doc, decoding.readVarUint8Array(decoder), 'server');
    if (step === syncSteps.step2) synced();
    else for (const resolve of this.#updates.splice(0)) resolve();
    return undefined;
  }
}

/**
 * Types a whole text into a document through its room, as the page of its writer would: the server judges every update by
 * the writer's access and stores it before it says so.
 */
import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { blockIdAttribute, rootOf, strongMark } from '../../shared/document/schema.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { encodeSync, messageTypes, readRefused, readSaved, syncSteps } from '../../shared/protocol/frames.ts';
import { syncPath } from '../../shared/protocol/room-name.ts';
import { schemaNumber } from '../../shared/protocol/version.ts';
import type { Person } from './person.ts';
import type { SampleBlock, SampleSection } from './sample.ts';

/** Resolves when the server has said that everything is in the database. */
export function writeText(writer: Person, documentId: DocumentId, sections: readonly SampleSection[]): Promise<void> {
  const address = `${writer.url.replace(/^http/, 'ws')}${syncPath}${documentId}?schema=${schemaNumber}`;
  const socket = new WebSocket(address, { headers: { cookie: writer.cookie, origin: writer.url } });
  socket.binaryType = 'nodebuffer';
  return new Promise<void>((resolve, reject) => {
    const typing = new Typing(socket, sections, resolve, reject);
    socket.on('open', () => typing.begin());
    socket.on('message', (data: Buffer) => typing.hear(data));
    socket.on('close', (code) => reject(new Error(`the room of ${documentId} closed with ${code}`)));
    socket.on('error', reject);
  }).finally(() => socket.close());
}

class Typing {
  readonly #doc = new Y.Doc();
  readonly #socket: WebSocket;
  readonly #sections: readonly SampleSection[];
  readonly #done: () => void;
  readonly #fail: (error: Error) => void;
  #sent = 0;
  #typed = false;

  constructor(socket: WebSocket, sections: readonly SampleSection[], done: () => void, fail: (error: Error) => void) {
    this.#socket = socket;
    this.#sections = sections;
    this.#done = done;
    this.#fail = fail;
  }

  begin(): void {
    this.#socket.send(encodeSync('step1', Y.encodeStateVector(this.#doc)));
  }

  hear(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === messageTypes.sync) this.#sync(decoding.readVarUint(decoder), decoding.readVarUint8Array(decoder));
    if (type === messageTypes.refused) this.#fail(new Error(`refused: ${readRefused(decoder).code}`));
    if (type === messageTypes.saved && this.#typed && readSaved(decoder).updates >= this.#sent) this.#done();
  }

  #sync(step: number, bytes: Uint8Array): void {
    if (step === syncSteps.step1) this.#send('step2', Y.encodeStateAsUpdate(this.#doc, bytes));
    else Y.applyUpdate(this.#doc, bytes, 'server');
    if (step === syncSteps.step2 && !this.#typed) this.#type();
  }

  #type(): void {
    this.#typed = true;
    this.#doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') this.#send('update', update);
    });
    for (const section of this.#sections) {
      this.#doc.transact(() => {
        const root = this.#doc.getXmlFragment(rootOf(section.key));
        root.delete(0, root.length);
        root.insert(0, section.blocks.map(toElement));
      });
    }
  }

  #send(step: 'step2' | 'update', bytes: Uint8Array): void {
    this.#sent += 1;
    this.#socket.send(encodeSync(step, bytes));
  }
}

function toElement(block: SampleBlock): Y.XmlElement {
  const element = new Y.XmlElement(block.kind);
  element.setAttribute(blockIdAttribute, crypto.randomUUID());
  const text = new Y.XmlText();
  text.applyDelta(
    block.runs.map((run) => ({ insert: run.text, ...(run.strong ? { attributes: { [strongMark]: {} } } : {}) })),
  );
  element.insert(0, [text]);
  return element;
}

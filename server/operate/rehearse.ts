/**
 * A rehearsal before the doors open. In a process that has just started everything is slow the first time: code that was never
 * run, statements never prepared, pages of the file never read. Who would feel it are the people a restart has just sent
 * away, all at once. So the real parts play a short scene first: a made-up person enters, types and leaves, on a stage with a store
 * in memory and a port that nobody knows. Of the real store a few documents are read; nothing is written to it.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type RawData, WebSocket } from 'ws';
import * as Y from 'yjs';
import { rootOf } from '../../shared/document/schema.ts';
import type { DocumentId } from '../../shared/ids.ts';
import { decodeClientFrame, encodeSync, messageTypes } from '../../shared/protocol/frames.ts';
import { syncPath } from '../../shared/protocol/room-name.ts';
import { schemaNumber } from '../../shared/protocol/version.ts';
import { instant, systemClock } from '../clock.ts';
import { isSameOrigin } from '../http/guards.ts';
import { Listener } from '../http/listener.ts';
import type { Session } from '../identity/identity.ts';
import { createIds } from '../ids.ts';
import { openText } from '../rooms/live-text.ts';
import { Registry } from '../rooms/registry.ts';
import type { LoadRoomFacts } from '../rooms/rooms.ts';
import { openSqliteStorage } from '../storage/sqlite/storage.ts';
import type { Storage } from '../storage/storage.ts';
import { ProductSocket } from '../sync/product-socket.ts';
import { hardFrameBytes, syncRoutes } from '../sync/sync-route.ts';

export type RealParts = {
  readonly storage: Pick<Storage, 'records' | 'journal'>;
  readonly facts: LoadRoomFacts;
  /** Asks the application and the identity something whose answer is no. */
  readonly knock: () => Promise<unknown>;
};

/** No scene begins after so long: a slow machine starts late enough as it is. */
const longestMs = 250;
const mostScenes = 40;
const documentsRead = 4;
const knocks = 20;
const practiceTurns = 50;
const bodyKeys = ['opening', 'problems', 'causes', 'measures'];
const letters = '认真对照检查';

/** Plays until everything has been run often enough, or for `longestMs`. Rejects when a part does not do what it should. */
export async function rehearse({ storage, facts, knock }: RealParts): Promise<void> {
  const deadline = performance.now() + longestMs;
  const isLate = () => performance.now() > deadline;
  for (let count = 0; count < knocks && !isLate(); count += 1) await knock();
  const newest = await storage.records.document.find({}, { by: 'since', descending: true, limit: documentsRead });
  for (const { id } of newest) {
    if (isLate()) return;
    const known = await facts(id);
    openText(await storage.journal.load(id), known?.bodyKeys ?? []).destroy();
  }
  const stage = await Stage.build();
  try {
    for (let scene = 0; scene < mostScenes && !isLate(); scene += 1) await stage.play();
  } finally {
    await stage.strike();
  }
}

/** Two people in turn, each in a paragraph of his own, who take back one letter of four. */
function practise(doc: Y.Doc): void {
  const writers = [doc.clientID, doc.clientID + 1].map((client) => ({ client, text: new Y.XmlText() }));
  const section = doc.getXmlFragment(rootOf('problems'));
  for (const { text } of writers) {
    const block = new Y.XmlElement('paragraph');
    block.insert(0, [text]);
    section.insert(0, [block]);
  }
  for (let turn = 0; turn < practiceTurns; turn += 1) {
    for (const { client, text } of writers) {
      doc.clientID = client;
      for (const letter of '学习学') text.insert(text.length, letter);
      text.delete(text.length - 2, 1);
    }
  }
}

class Stage {
  readonly #storage: Storage;
  readonly #registry: Registry;
  readonly #listener: Listener;
  readonly #newId = createIds(systemClock);
  readonly #troubles: unknown[] = [];

  private constructor(storage: Storage) {
    const onTrouble = (_what: string, error: unknown) => void this.#troubles.push(error);
    this.#storage = storage;
    this.#registry = new Registry({
      journal: storage.journal,
      clock: systemClock,
      facts: async () => ({ epoch: 1, bodyKeys, remarkIds: new Set(), accessOf: () => 'write' }),
      onTrouble,
    });
    const session = { sessionId: 'rehearsal', person: this.#madeUpPerson() };
    const routes = syncRoutes({
      registry: this.#registry,
      identity: { who: async () => session },
      clock: systemClock,
      isSameOrigin: (headers) => isSameOrigin(headers, undefined),
      onTrouble,
    });
    this.#listener = new Listener({ fetch: routes.fetch, maxFrameBytes: hardFrameBytes, socket: ProductSocket });
  }

  static async build(): Promise<Stage> {
    const stage = new Stage(await openSqliteStorage({ path: ':memory:', clock: systemClock }));
    await stage.#listener.listen(0, '127.0.0.1');
    return stage;
  }

  /** A text is made, one opens it and types into it, another reads it: all that a document does on an ordinary day. */
  async play(): Promise<void> {
    const documentId = this.#newId('doc');
    await this.#registry.create(documentId, bodyKeys);
    await this.#leaveCheckpoint(documentId);
    const writer = await this.#visitor(documentId);
    const reader = await this.#visitor(documentId);
    await writer.type();
    await Promise.all([writer.leave(), reader.leave()]);
    if (this.#troubles.length > 0) throw this.#troubles[0];
  }

  async strike(): Promise<void> {
    await this.#registry.close(0);
    this.#listener.end();
    await this.#storage.close();
  }

  /** As most texts lie in the store: in one piece, typed letter by letter and partly taken back. */
  async #leaveCheckpoint(documentId: DocumentId): Promise<void> {
    const doc = openText(await this.#storage.journal.load(documentId), bodyKeys);
    practise(doc);
    const state = Y.encodeStateAsUpdate(doc);
    doc.destroy();
    await this.#storage.journal.writeCheckpoint({ documentId, seq: 1, state, at: instant(systemClock) });
  }

  async #visitor(documentId: DocumentId): Promise<StageVisitor> {
    // It listens on TCP and so has an address with a port.
    const { port } = this.#listener.server.address() as AddressInfo;
    return StageVisitor.enter(port, documentId);
  }

  #madeUpPerson(): Session['person'] {
    return {
      id: this.#newId('user'),
      username: 'rehearsal',
      name: '',
      duty: '',
      unitId: this.#newId('unit'),
      position: 'office',
      administrator: false,
      disabled: false,
      mustChangePassword: false,
      createdAt: instant(systemClock),
    };
  }
}

/** A page, reduced to what the server notices of it. */
class StageVisitor {
  readonly #socket: WebSocket;
  readonly #doc = new Y.Doc();
  #hear: () => void = () => undefined;
  #hasText = false;
  #isGreeted = false;
  #saved = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#take(data));
    this.#doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) socket.send(encodeSync('update', update));
    });
  }

  /** Resolves when the text is there. */
  static async enter(port: number, documentId: DocumentId): Promise<StageVisitor> {
    const host = `127.0.0.1:${port}`;
    const address = `ws://${host}${syncPath}${documentId}?schema=${schemaNumber}`;
    const socket = new WebSocket(address, { origin: `http://${host}`, perMessageDeflate: false });
    const visitor = new StageVisitor(socket);
    await once(socket, 'open');
    socket.send(encodeSync('step1', Y.encodeStateVector(visitor.#doc)));
    await visitor.#until(() => visitor.#hasText && visitor.#isGreeted);
    return visitor;
  }

  async type(): Promise<void> {
    const before = this.#saved;
    const block = this.#doc.getXmlFragment(rootOf('opening')).get(0);
    const text = new Y.XmlText();
    if (block instanceof Y.XmlElement) block.insert(0, [text]);
    for (const letter of letters) text.insert(text.length, letter);
    await this.#until(() => this.#saved > before);
  }

  async leave(): Promise<void> {
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
    this.#doc.destroy();
  }

  #take(data: RawData): void {
    if (!(data instanceof Buffer)) return;
    if (data[0] === messageTypes.saved) this.#saved += 1;
    // Both sides' sync messages look alike.
    const frame = decodeClientFrame(data);
    if (frame.ok && frame.value.type === 'sync_step1') {
      this.#isGreeted = true;
      this.#socket.send(encodeSync('step2', Y.encodeStateAsUpdate(this.#doc, frame.value.stateVector)));
    } else if (frame.ok && (frame.value.type === 'sync_step2' || frame.value.type === 'update')) {
      Y.applyUpdate(this.#doc, frame.value.update, this);
      this.#hasText = true;
    }
    this.#hear();
  }

  /** Rejects when the server sends the visitor away. */
  async #until(isSo: () => boolean): Promise<void> {
    if (isSo()) return;
    await new Promise<void>((resolve, reject) => {
      this.#hear = () => isSo() && resolve();
      this.#socket.once('close', (code) => reject(new Error(`the rehearsal was sent away with ${code}`)));
    });
  }
}

/**
 * One document's socket: y-websocket's protocol with our frames, and an exact count of what was sent.
 *
 * Until this side has answered the server's step 1, the server ignores `update` messages, because the answer (step 2) holds
 * them; so nothing but step 1 is sent before, and `sent` counts step 2 and every update behind it: the same things the
 * server counts in `saved.updates`. It knows nothing of storage, screens or what a refusal means.
 */
import * as decoding from 'lib0/decoding';
import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness';
import * as Y from 'yjs';
import { isFinal } from '../../shared/protocol/close-codes.ts';
import {
  type AccessFrame,
  type AtRestFrame,
  type ChangedFrame,
  encodeAwareness,
  encodeQueryAwareness,
  encodeSync,
  messageTypes,
  type RefusedFrame,
  readAccess,
  readAtRest,
  readChanged,
  readRefused,
  readSaved,
  type SavedFrame,
  syncSteps,
} from '../../shared/protocol/frames.ts';
import { takeUpdate } from './take-update.ts';
import type { Timers } from './timers.ts';

/** What a connection needs of a WebSocket. */
export type Socket = {
  binaryType: string;
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly code: number }) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: Uint8Array): void;
  close(): void;
};

/** `idle` not wanted or waiting to try again; `opening` no step 2 sent yet; `live` updates go out. */
export type Phase = 'idle' | 'opening' | 'live';

export type ConnectionListener = {
  /** The phase, the counts or the wish to reconnect changed. */
  readonly changed: () => void;
  /** Before step 2 goes out. `ahead`: it carries insertions the server lacks. Returns whether its fate matters to anybody. */
  readonly answering: (ahead: boolean) => boolean;
  /** The server's text is complete here. */
  readonly synced: () => void;
  readonly saved: (frame: SavedFrame) => void;
  readonly access: (frame: AccessFrame) => void;
  readonly refused: (frame: RefusedFrame) => void;
  readonly announced: (frame: ChangedFrame) => void;
  /** What everybody holds while nobody writes. Comes only when all that was sent on this socket is in it. */
  readonly atRest: (frame: AtRestFrame) => void;
  /** The server closed for good; nothing is tried again until `retry`. */
  readonly ended: (code: number) => void;
};

const firstBackoffMs = 200;
const maxBackoffMs = 10_000;
/**
 * A socket can die without a word, and the server's pings are not shown to a page. So a page that has heard nothing for a
 * while asks who is here: that is answered at once, also while the database fails. No answer, no line.
 */
const silenceMs = 15_000;
/** So much sooner while something sent waits for its acknowledgement. */
const lateMs = 5_000;
const answerWithinMs = 5_000;
/** For who has just come back to the page, and looks at it. */
const wakeAnswerWithinMs = 2_000;
/** A socket that is still opening, or a room that is still being loaded, may take this long. */
const openWithinMs = 30_000;
const watchEveryMs = 1_000;
/** The clock stood still for so long that the server has given the line up: two of its pings (PR8) found nobody. */
const asleepMs = 75_000;

export class Connection {
  readonly #url: string;
  readonly #doc: Y.Doc;
  readonly #awareness: Awareness;
  readonly #openSocket: (url: string) => Socket;
  readonly #timers: Timers;
  readonly #listener: ConnectionListener;
  #socket: Socket | undefined;
  #phase: Phase = 'idle';
  #wanted = false;
  #synced = false;
  #sent = 0;
  /** The number of the last sent update that held something new. */
  #owed = 0;
  #acknowledged = 0;
  /** Since when something sent waits for its acknowledgement. */
  #waitingSinceMs: number | undefined;
  #failures = 0;
  #heardMs = 0;
  #watchedMs = 0;
  /** Until when a question must have been answered. */
  #answerByMs: number | undefined;
  #cancelRetry: (() => void) | undefined;
  #cancelWatch: (() => void) | undefined;

  constructor(
    url: string,
    doc: Y.Doc,
    awareness: Awareness,
    openSocket: (url: string) => Socket,
    timers: Timers,
    listener: ConnectionListener,
  ) {
    this.#url = url;
    this.#doc = doc;
    this.#awareness = awareness;
    this.#openSocket = openSocket;
    this.#timers = timers;
    this.#listener = listener;
    doc.on('update', this.#onUpdate);
    awareness.on('update', this.#onAwareness);
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Whether the server's text has arrived on this socket. */
  get synced(): boolean {
    return this.#synced;
  }

  /** Whether something that only this page has was sent on this socket and is not durable yet. */
  get owed(): boolean {
    return this.#owed > this.#acknowledged;
  }

  /** Opens the socket and keeps reopening it until `stop` or a final close code. */
  start(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#open();
  }

  /** Tries at once: the network is back, or the user has signed in again. */
  retry(): void {
    if (this.#socket !== undefined) return;
    this.#wanted = true;
    this.#failures = 0;
    this.#cancelRetry?.();
    this.#open();
  }

  /** The machine says that its network is gone: nothing is gained by waiting for the silence to be noticed. */
  lost(): void {
    this.#closed(1006);
  }

  /** The page is looked at again, or the network is back: a line that died meanwhile is noticed at once. */
  wake(): void {
    if (!this.#wanted) return;
    const now = this.#timers.now();
    if (this.#socket === undefined) this.retry();
    else if (now - this.#watchedMs >= asleepMs) this.#reopen();
    else if (this.#phase === 'live') this.#ask(wakeAnswerWithinMs);
    else if (now - this.#heardMs >= wakeAnswerWithinMs) this.#reopen();
  }

  /** Ends for good; the document and its presence are no longer listened to. */
  destroy(): void {
    this.#wanted = false;
    this.#cancelRetry?.();
    this.#doc.off('update', this.#onUpdate);
    this.#awareness.off('update', this.#onAwareness);
    this.#drop();
  }

  #open(): void {
    const socket = this.#openSocket(this.#url);
    socket.binaryType = 'arraybuffer';
    this.#socket = socket;
    this.#sent = 0;
    this.#owed = 0;
    this.#acknowledged = 0;
    this.#waitingSinceMs = undefined;
    this.#synced = false;
    this.#phase = 'opening';
    this.#heard();
    socket.onopen = () => this.#opened();
    socket.onmessage = (event) => {
      if (event.data instanceof ArrayBuffer) this.#received(new Uint8Array(event.data));
    };
    // A failed attempt is followed by `close`, which is where it is dealt with.
    socket.onerror = () => undefined;
    socket.onclose = (event) => this.#closed(event.code);
    this.#watch();
    this.#listener.changed();
  }

  #opened(): void {
    this.#heard();
    this.#send(encodeSync('step1', Y.encodeStateVector(this.#doc)));
    // A fresh clock: the server may remember this client as gone.
    this.#awareness.setLocalState(this.#awareness.getLocalState());
  }

  #received(bytes: Uint8Array): void {
    this.#heard();
    const decoder = decoding.createDecoder(bytes);
    switch (decoding.readVarUint(decoder)) {
      case messageTypes.sync:
        this.#receivedSync(decoder);
        break;
      case messageTypes.awareness:
        applyAwarenessUpdate(this.#awareness, decoding.readVarUint8Array(decoder), this);
        break;
      case messageTypes.queryAwareness:
        this.#sendAwareness();
        break;
      case messageTypes.saved:
        this.#receivedSaved(readSaved(decoder));
        break;
      case messageTypes.access:
        this.#listener.access(readAccess(decoder));
        break;
      case messageTypes.refused:
        this.#listener.refused(readRefused(decoder));
        break;
      case messageTypes.changed:
        this.#listener.announced(readChanged(decoder));
        break;
      case messageTypes.atRest:
        this.#receivedAtRest(readAtRest(decoder));
        break;
    }
  }

  #receivedSync(decoder: decoding.Decoder): void {
    const step = decoding.readVarUint(decoder);
    const bytes = decoding.readVarUint8Array(decoder);
    if (step === syncSteps.step1) {
      this.#answer(bytes);
      return;
    }
    takeUpdate(this.#doc, bytes, this);
    if (step !== syncSteps.step2 || this.#synced) return;
    this.#synced = true;
    this.#failures = 0;
    this.#listener.synced();
    this.#listener.changed();
  }

  #answer(theirStateVector: Uint8Array): void {
    const matters = this.#listener.answering(isAhead(this.#doc, theirStateVector));
    this.#sendUpdate('step2', Y.encodeStateAsUpdate(this.#doc, theirStateVector));
    if (matters) this.#owed = this.#sent;
    this.#phase = 'live';
    this.#listener.changed();
  }

  #receivedSaved(frame: SavedFrame): void {
    this.#acknowledged = Math.max(this.#acknowledged, frame.updates);
    this.#waitingSinceMs = this.#acknowledged < this.#sent ? this.#timers.now() : undefined;
    this.#listener.saved(frame);
    this.#listener.changed();
  }

  /** Frames come in order: with everything sent acknowledged, the server's text at rest holds all that is here. */
  #receivedAtRest(frame: AtRestFrame): void {
    if (this.#synced && this.#phase === 'live' && this.#acknowledged >= this.#sent) this.#listener.atRest(frame);
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this || this.#phase !== 'live') return;
    this.#sendUpdate('update', update);
    this.#owed = this.#sent;
    this.#listener.changed();
  };

  #sendUpdate(step: 'step2' | 'update', update: Uint8Array): void {
    this.#send(encodeSync(step, update));
    this.#sent += 1;
    this.#waitingSinceMs ??= this.#timers.now();
  }

  readonly #onAwareness = (_changes: unknown, origin: unknown): void => {
    if (origin === 'local') this.#sendAwareness();
  };

  #sendAwareness(): void {
    if (this.#phase === 'idle' || this.#awareness.getLocalState() === null) return;
    this.#send(encodeAwareness(encodeAwarenessUpdate(this.#awareness, [this.#awareness.clientID])));
  }

  #send(frame: Uint8Array): void {
    try {
      this.#socket?.send(frame);
    } catch {
      // A socket that is still connecting or already closing throws; `onclose` or the watch follows.
    }
  }

  #heard(): void {
    this.#heardMs = this.#timers.now();
    this.#answerByMs = undefined;
  }

  #ask(withinMs: number): void {
    const byMs = this.#timers.now() + withinMs;
    this.#answerByMs = Math.min(byMs, this.#answerByMs ?? byMs);
    this.#send(encodeQueryAwareness());
  }

  #watch(): void {
    this.#cancelWatch?.();
    this.#watchedMs = this.#timers.now();
    this.#cancelWatch = this.#timers.after(watchEveryMs, () => {
      const now = this.#timers.now();
      if (now - this.#watchedMs >= asleepMs || this.#isDead(now)) {
        this.#reopen();
        return;
      }
      if (this.#phase === 'live' && this.#answerByMs === undefined && this.#isDoubtful(now)) this.#ask(answerWithinMs);
      this.#watch();
    });
  }

  #isDead(now: number): boolean {
    if (this.#phase === 'opening') return now - this.#heardMs >= openWithinMs;
    return this.#answerByMs !== undefined && now >= this.#answerByMs;
  }

  #isDoubtful(now: number): boolean {
    if (now - this.#heardMs >= silenceMs) return true;
    return this.#waitingSinceMs !== undefined && now - Math.max(this.#heardMs, this.#waitingSinceMs) >= lateMs;
  }

  /** Gives the line up and tries another at once, unless the last attempt failed too. */
  #reopen(): void {
    this.#closed(1006);
    if (this.#failures === 1) this.retry();
  }

  #closed(code: number): void {
    if (this.#socket === undefined) return;
    this.#drop();
    if (isFinal(code)) {
      this.#wanted = false;
      this.#listener.ended(code);
    } else if (this.#wanted) {
      this.#scheduleRetry();
    }
    this.#listener.changed();
  }

  #scheduleRetry(): void {
    const ceilingMs = Math.min(maxBackoffMs, firstBackoffMs * 2 ** this.#failures);
    this.#failures = Math.min(this.#failures + 1, 10);
    const waitMs = ceilingMs * (0.5 + this.#timers.random() / 2);
    this.#cancelRetry = this.#timers.after(waitMs, () => {
      if (this.#wanted && this.#socket === undefined) this.#open();
    });
  }

  #drop(): void {
    this.#cancelWatch?.();
    const socket = this.#socket;
    this.#socket = undefined;
    this.#phase = 'idle';
    this.#synced = false;
    if (socket === undefined) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.onerror = () => undefined;
    socket.close();
    const others = [...this.#awareness.getStates().keys()].filter((id) => id !== this.#awareness.clientID);
    removeAwarenessStates(this.#awareness, others, this);
  }
}

/** Whether `doc` has insertions that a peer with this state vector lacks. Deletions do not show in state vectors. */
function isAhead(doc: Y.Doc, stateVector: Uint8Array): boolean {
  const theirs = Y.decodeStateVector(stateVector);
  for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
    if (clock > (theirs.get(client) ?? 0)) return true;
  }
  return false;
}

/**
 * The way between a page and the server, every frame handed over by hand: they wait, come in heaps, are lost with the line,
 * and a server may go on for a while with a visitor who is gone.
 */
import * as decoding from 'lib0/decoding';
import type { Socket } from '../../client/room/connection.ts';
import { handedOver } from '../../server/rooms/connection.ts';
import type { Seat } from '../../server/rooms/seat.ts';
import type { UserId } from '../../shared/ids.ts';
import { messageTypes, readSaved, syncSteps } from '../../shared/protocol/frames.ts';
import type { EditorServer } from './editor-server.ts';

/** What a line needs of a server. */
export type LineServer = Pick<EditorServer, 'registry' | 'documentId' | 'starts' | 'witness'>;

type Down = { readonly frame: Uint8Array } | { readonly close: number };

const slow = 9 * 1024 * 1024;

class Attempt {
  readonly #server: LineServer;
  readonly #userId: UserId;
  readonly #process: number;
  readonly up: Uint8Array[] = [];
  readonly down: Down[] = [];
  phase: 'dialling' | 'entering' | 'open' | 'closed' = 'dialling';
  clogged = false;
  #seat: Seat | undefined;
  /** The updates this side sent that the server counts, in order. */
  #counted: Uint8Array[] = [];
  #acknowledged = 0;

  readonly socket: Socket = {
    binaryType: '',
    onopen: null,
    onmessage: null,
    onclose: null,
    onerror: null,
    send: (bytes) => this.#send(bytes.slice()),
    close: () => this.#closedByPage(),
  };

  constructor(server: LineServer, userId: UserId) {
    this.#server = server;
    this.#userId = userId;
    this.#process = server.starts;
  }

  #send(bytes: Uint8Array): void {
    if (this.phase === 'dialling' || this.phase === 'entering') throw new Error('InvalidStateError');
    if (this.phase === 'closed') return;
    this.up.push(bytes);
    const decoder = decoding.createDecoder(bytes);
    if (decoding.readVarUint(decoder) !== messageTypes.sync || decoding.readVarUint(decoder) === syncSteps.step1)
      return;
    this.#counted.push(decoding.readVarUint8Array(decoder));
  }

  /** What was said last still arrives, as a closing socket sees to it. */
  #closedByPage(): void {
    if (this.phase === 'closed') return;
    this.phase = 'closed';
    this.#deliverUp(this.up.length);
    this.leave();
  }

  /** The page's socket is open from here on, unless the server wants nothing of it. */
  async dial(): Promise<void> {
    if (this.phase !== 'dialling') return;
    this.phase = 'entering';
    const entered = await this.#server.registry
      .enter(
        this.#server.documentId,
        { userId: this.#userId, name: '', session: 's' },
        this.#sink(() => this.clogged),
      )
      .catch(() => 'failed' as const);
    if (typeof entered === 'string') {
      this.fail(entered === 'no_access' ? 4403 : entered === 'no_such_room' ? 4404 : 1012);
      return;
    }
    this.#seat = entered;
    // The page has given up meanwhile, or this process is no more.
    if ((this.phase as string) === 'closed' || this.#isOver) return this.leave();
    this.phase = 'open';
    (this.socket.onopen as (() => void) | null)?.();
  }

  get #isOver(): boolean {
    return this.#process !== this.#server.starts;
  }

  #sink(clogged: () => boolean) {
    return {
      send: (...turn: Parameters<typeof handedOver>) => {
        if (this.#isOver) return;
        for (const frame of handedOver(...turn)) {
          this.#witness(frame);
          this.down.push({ frame: frame.slice() });
        }
      },
      close: (code: number) => {
        this.down.push({ close: code });
        queueMicrotask(() => this.leave());
      },
      get bufferedAmount() {
        return clogged() ? slow : 0;
      },
    };
  }

  /** What the server says it has, it must have. */
  #witness(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === messageTypes.saved) {
      const { updates } = readSaved(decoder);
      for (const update of this.#counted.slice(this.#acknowledged, updates)) this.#server.witness(update);
      this.#acknowledged = Math.max(this.#acknowledged, updates);
    } else if (type === messageTypes.sync && decoding.readVarUint(decoder) !== syncSteps.step1) {
      this.#server.witness(decoding.readVarUint8Array(decoder));
    }
  }

  deliver(ups: number, downs: number): void {
    this.#deliverUp(ups);
    // What the server has said to a page that is still entering waits for it.
    if (this.phase !== 'open') return;
    for (const item of this.down.splice(0, downs)) {
      if (this.phase !== 'open') return;
      if ('close' in item) this.fail(item.close);
      else this.socket.onmessage?.({ data: item.frame.buffer });
    }
  }

  #deliverUp(count: number): void {
    for (const frame of this.up.splice(0, count)) if (!this.#isOver) this.#seat?.receive(frame);
  }

  /** The page hears that this is over. */
  fail(code: number): void {
    if (this.phase === 'closed') return;
    this.phase = 'closed';
    this.socket.onclose?.({ code });
  }

  /** The server notices that nobody is there. */
  leave(): void {
    if (!this.#isOver) this.#seat?.leave();
    this.#seat = undefined;
  }
}

export class Line {
  readonly #server: LineServer;
  readonly #userId: UserId;
  /** No attempt gets through. */
  cut = false;
  #attempt: Attempt | undefined;
  #ghosts: Attempt[] = [];

  constructor(server: LineServer, userId: UserId) {
    this.#server = server;
    this.#userId = userId;
  }

  readonly open = (): Socket => {
    this.#attempt = new Attempt(this.#server, this.#userId);
    return this.#attempt.socket;
  };

  /** Whether anything is under way in either direction. */
  get busy(): boolean {
    const attempt = this.#attempt;
    if (attempt === undefined || attempt.phase === 'closed') return false;
    return attempt.phase !== 'open' || attempt.up.length > 0 || attempt.down.length > 0;
  }

  /** Lets an attempt to connect get through or fail. */
  dial(): void {
    const attempt = this.#attempt;
    if (attempt?.phase !== 'dialling') return;
    if (this.cut) attempt.fail(1006);
    else void attempt.dial();
  }

  /** Hands over up to so many frames in each direction. */
  deliver(ups: number, downs: number): void {
    this.#attempt?.deliver(ups, downs);
  }

  /** The receiver's side takes nothing any more, or takes again. */
  clog(clogged: boolean): void {
    if (this.#attempt !== undefined) this.#attempt.clogged = clogged;
  }

  /** The line breaks with some frames still getting through; the server may not notice for a while. */
  break(ups: number, downs: number, noticed: boolean): void {
    const attempt = this.#attempt;
    if (attempt === undefined || attempt.phase === 'closed') return;
    attempt.deliver(ups, downs);
    attempt.fail(1006);
    if (noticed) attempt.leave();
    else this.#ghosts.push(attempt);
  }

  /** The server notices who is gone. */
  exorcise(): void {
    for (const ghost of this.#ghosts.splice(0)) ghost.leave();
  }
}

/**
 * One socket in a room, as the room sees it: who, what it may do, how far it has come. No room logic here.
 */
import type { UserId } from '../../shared/ids.ts';
import type { CloseCode } from '../../shared/protocol/close-codes.ts';
import { encodeAccess, type RoomAccess } from '../../shared/protocol/frames.ts';

/** A socket reduced to what a room needs. `send` takes the frames of one turn and writes them at once. */
export interface Socket {
  send(frames: readonly Uint8Array[]): void;
  close(code: CloseCode, reason: string): void;
  /** Bytes that the network has not taken yet. */
  readonly bufferedAmount: number;
}

/** Who sits behind a socket: from the session, never from the client. */
export type Visitor = { readonly userId: UserId; readonly name: string; readonly session: string };

/**
 * `awaiting_sync`: its answer to our step 1 has not come; its updates are in that answer and are not looked at.
 * `live`: updates count. `refused`: one update was refused; what follows rests on it and is not looked at.
 */
export type Phase = 'awaiting_sync' | 'live' | 'refused' | 'closed';

/** Receivers with more unsent bytes than this are closed with 1013 rather than buffered without bound. */
export const slowReceiverBytes = 8 * 1024 * 1024;

export class Connection {
  readonly visitor: Visitor;
  readonly #socket: Socket;
  phase: Phase = 'awaiting_sync';
  /** Whether it has been given the text and so receives what is published. */
  subscribed = false;
  level: RoomAccess = 'none';
  /** How many of its updates are in the database. */
  updatesSaved = 0;
  /** The awareness client id it speaks for, once it has said one. */
  caret: number | undefined;
  #epoch = -1;

  constructor(visitor: Visitor, socket: Socket) {
    this.visitor = visitor;
    this.#socket = socket;
  }

  send(frames: readonly Uint8Array[]): void {
    if (this.phase === 'closed' || frames.length === 0) return;
    if (this.#socket.bufferedAmount > slowReceiverBytes) {
      this.close(1013, 'too slow');
      return;
    }
    this.#socket.send(frames);
  }

  /** Tells the connection what it may do, when that or the document's epoch changed. */
  tellAccess(level: RoomAccess, epoch: number, reason: string): void {
    if (level === this.level && epoch === this.#epoch) return;
    this.level = level;
    this.#epoch = epoch;
    this.send([encodeAccess({ level, epoch, reason })]);
  }

  close(code: CloseCode, reason: string): void {
    if (this.phase === 'closed') return;
    this.phase = 'closed';
    this.#socket.close(code, reason);
  }
}

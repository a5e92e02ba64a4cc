/**
 * One socket in a room, as the room sees it: who, what it may do, how far it has come. No room logic here.
 */
import type { UserId } from '../../shared/ids.ts';
import type { CloseCode } from '../../shared/protocol/close-codes.ts';
import { encodeAccess, type RoomAccess } from '../../shared/protocol/frames.ts';
import type { Clock } from '../clock.ts';
import { Allowance } from './allowance.ts';

/** Places in an array: from `start` up to, not including, `end`. */
export type Stretch = { readonly start: number; readonly end: number };

/** A socket reduced to what a room needs. */
export interface Socket {
  /**
   * Writes frames at once: those of `frames` but for the stretch `without`, then `last`. An array that is handed to many
   * sockets must not change any more.
   */
  send(frames: readonly Uint8Array[], without?: Stretch, last?: Uint8Array): void;
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

/**
 * What one says besides updates: presence, who is here, step 1. A selection that is dragged makes some sixty carets a second, a
 * client that echoes what it hears ten more; what a line held back for half a minute may come at once.
 */
const talkOfOne = { most: 2_000, perSecond: 100 };
/** Who owes something is given this many heartbeats: the last of them comes 50 to 75 s after the debt began. */
const patienceBeats = 3;

export class Connection {
  readonly visitor: Visitor;
  readonly #socket: Socket;
  phase: Phase = 'awaiting_sync';
  /** Whether it has been given the text and so receives what is published. */
  subscribed = false;
  level: RoomAccess = 'none';
  /** False once one of its updates was turned down: what it sent behind that rests on it and is not looked at (RM15). */
  trusted = true;
  /** How many of its updates are in the database, and how many, with how many bytes, wait for a tick. */
  updatesSaved = 0;
  updatesWaiting = 0;
  bytesWaiting = 0;
  /** When its last step 1 was answered, in the clock's milliseconds. */
  answeredAt = Number.NEGATIVE_INFINITY;
  /** The awareness client id it speaks for, once it has said one. */
  caret: number | undefined;
  /** Whether it has been sent the server's step 1, which it then owes an answer. */
  greeted = false;
  #talk: Allowance | undefined;
  #beatsOwing = 0;
  #epoch = -1;

  constructor(visitor: Visitor, socket: Socket) {
    this.visitor = visitor;
    this.#socket = socket;
  }

  /** Frames in order; see `Socket.send`. */
  send(frames: readonly Uint8Array[], without?: Stretch, last?: Uint8Array): void {
    if (this.phase === 'closed') return;
    if (this.#socket.bufferedAmount > slowReceiverBytes) {
      this.close(1013, 'too slow');
      return;
    }
    this.#socket.send(frames, without, last);
  }

  /** Tells the connection what it may do, when that or the document's epoch changed. */
  tellAccess(level: RoomAccess, epoch: number, reason: string): void {
    if (level === this.level && epoch === this.#epoch) return;
    this.level = level;
    this.#epoch = epoch;
    this.send([encodeAccess({ level, epoch, reason })]);
  }

  /** Bytes on their way that the network has not taken yet. */
  get unsentBytes(): number {
    return this.#socket.bufferedAmount;
  }

  /** Counts something said besides updates; false when it is more than anybody at a page can say (RM20). */
  mayTalk(clock: Clock): boolean {
    this.#talk ??= new Allowance(clock, talkOfOne);
    return this.#talk.take(1);
  }

  /** A heartbeat: who leaves the server's step 1 unanswered, or stays when refused, has had his time some day (RM21). */
  beat(): void {
    const owes = this.phase === 'refused' || (this.phase === 'awaiting_sync' && this.greeted);
    this.#beatsOwing = owes ? this.#beatsOwing + 1 : 0;
    if (this.#beatsOwing >= patienceBeats) this.close(1013, 'no answer');
  }

  close(code: CloseCode, reason: string): void {
    if (this.phase === 'closed') return;
    this.phase = 'closed';
    this.#socket.close(code, reason);
  }
}

/** The frames that a `send` hands over, in order. */
export function handedOver(frames: readonly Uint8Array[], without?: Stretch, last?: Uint8Array): Uint8Array[] {
  const others =
    without === undefined ? [...frames] : frames.filter((_, at) => at < without.start || at >= without.end);
  return last === undefined ? others : [...others, last];
}

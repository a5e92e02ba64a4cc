/**
 * Notices callers who went without a word: a ping every 25 s (proxies drop idle sockets sooner than people stop thinking),
 * and an end when nothing came back for two of them. Each beat also lets the caller's session be looked at again.
 */
import type { WebSocket } from 'ws';
import type { Clock } from '../clock.ts';

export const beatMs = 25_000;
const missedBeats = 2;

export class Heartbeat {
  readonly #clock: Clock;
  readonly #socket: WebSocket;
  readonly #onBeat: () => Promise<void>;
  #silentBeats = 0;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, socket: WebSocket, onBeat: () => Promise<void>) {
    this.#clock = clock;
    this.#socket = socket;
    this.#onBeat = onBeat;
  }

  start(): void {
    this.#socket.on('pong', () => this.heard());
    this.#plan();
  }

  heard(): void {
    this.#silentBeats = 0;
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #plan(): void {
    this.#cancel = this.#clock.after(beatMs, () => this.#beat());
  }

  #beat(): void {
    if (this.#silentBeats >= missedBeats) {
      this.#socket.terminate();
      return;
    }
    this.#silentBeats += 1;
    this.#socket.ping();
    // A look-up that fails tells nothing about the session; the next beat asks again.
    this.#onBeat().catch(() => undefined);
    this.#plan();
  }
}

/**
 * Notices callers who went without a word: a ping every 25 s (proxies drop idle sockets sooner than people stop thinking),
 * and an end when nothing came back for two of them. Each beat also lets the caller's session be looked at again. One timer
 * turns for all callers, so that a thousand idle ones cost next to nothing.
 */
import type { WebSocket } from 'ws';
import type { Clock } from '../clock.ts';

export const beatMs = 25_000;
const missedBeats = 2;
/** Callers are dealt out over so many spokes; one spoke beats at a time. */
const spokes = 25;

export class Heart {
  readonly #clock: Clock;
  readonly #wheel: readonly Set<Heartbeat>[] = Array.from({ length: spokes }, () => new Set<Heartbeat>());
  #at = 0;
  #beating = 0;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Puts a caller on a spoke and says which. His first beat comes after one turn of the wheel, less up to a twenty-fifth. */
  add(heartbeat: Heartbeat): number {
    const spoke = (this.#at + spokes - 1) % spokes;
    this.#wheel[spoke]?.add(heartbeat);
    this.#beating += 1;
    this.#cancel ??= this.#plan();
    return spoke;
  }

  /** Takes a caller off his spoke, if he is on it. */
  remove(heartbeat: Heartbeat, spoke: number): void {
    if (this.#wheel[spoke]?.delete(heartbeat) !== true) return;
    this.#beating -= 1;
    if (this.#beating > 0) return;
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #plan(): () => void {
    return this.#clock.after(beatMs / spokes, () => {
      this.#cancel = this.#plan();
      const due = [...(this.#wheel[this.#at] ?? [])];
      this.#at = (this.#at + 1) % spokes;
      for (const heartbeat of due) heartbeat.beat();
    });
  }
}

/** One caller's. */
export class Heartbeat {
  readonly #socket: WebSocket;
  readonly #onBeat: () => Promise<void>;
  readonly #heart: Heart;
  readonly #spoke: number;
  #silentBeats = 0;

  constructor(heart: Heart, socket: WebSocket, onBeat: () => Promise<void>) {
    this.#socket = socket;
    this.#onBeat = onBeat;
    socket.on('pong', () => this.heard());
    this.#heart = heart;
    this.#spoke = heart.add(this);
  }

  heard(): void {
    this.#silentBeats = 0;
  }

  stop(): void {
    this.#heart.remove(this, this.#spoke);
  }

  beat(): void {
    if (this.#silentBeats >= missedBeats) {
      this.#socket.terminate();
      return;
    }
    this.#silentBeats += 1;
    this.#socket.ping();
    // A look-up that fails tells nothing about the session; the next beat asks again.
    this.#onBeat().catch(() => undefined);
  }
}

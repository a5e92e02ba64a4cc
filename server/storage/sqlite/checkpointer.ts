/**
 * Keeps the write-ahead log short without making a commit wait. SQLite's own way copies the log inside the commit that
 * makes it too long, on the thread that serves everybody; here a second thread copies it. The thread starts when it is
 * first needed, or before anybody is served: a quarter of a second that commits need not wait for. When it fails SQLite does
 * it its own way again: the log never grows without bound.
 */
import { once } from 'node:events';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { reservedBytes } from './log-space.ts';

/** In pages of 4 KiB. */
export const logPages = {
  /** From here on the thread copies. */
  copy: 1_000,
  /** From here on the little that commits added since the thread's last copy is copied by the next commit. */
  finish: 4_000,
  /** Even if it is much: the thread does not keep up. */
  worst: 32_000,
};
/** What a commit may be asked to copy while the log is not at its worst. */
const little = 400;
/** Writes between two looks at the log. */
const lookEvery = 32;
/** What the log says has failed. */
const trouble = 'copying the write-ahead log';

/** What the thread is given. */
type WorkerData = {
  readonly path: string;
  /** One number, 1 while a copy is asked for or made: it is seen at once, a message only when there is time for it. */
  readonly copying: Int32Array;
};

export type CheckpointerOptions = {
  readonly database: DatabaseSync;
  readonly path: string;
  readonly onTrouble: (what: string, error: unknown) => void;
  /** The thread's module; tests give one that fails. */
  readonly workerUrl?: URL;
};

export class Checkpointer {
  readonly #options: CheckpointerOptions;
  readonly #look: StatementSync;
  readonly #finish: StatementSync;
  readonly #copying = new Int32Array(new SharedArrayBuffer(4));
  #writes = 0;
  #worker: Worker | undefined;
  #givenUp = false;

  constructor(options: CheckpointerOptions) {
    const { database } = options;
    this.#options = options;
    database.exec(`pragma wal_autocheckpoint = 0; pragma journal_size_limit = ${reservedBytes(logPages.finish)};`);
    this.#look = database.prepare('pragma wal_checkpoint(noop)');
    this.#finish = database.prepare('pragma wal_checkpoint(passive)');
  }

  /** Whether SQLite copies the log inside commits, because the thread failed. */
  get givenUp(): boolean {
    return this.#givenUp;
  }

  /** Starts the thread before it is needed. */
  prepare(): void {
    if (!this.#givenUp) this.#worker ??= this.#start();
  }

  /** Somebody has used the connection, maybe to write. Call it while holding the connection, outside a transaction. */
  used(): void {
    this.#writes += 1;
    if (this.#writes < lookEvery || this.#givenUp) return;
    this.#writes = 0;
    const state = this.#look.get();
    const log = Number(state?.['log'] ?? 0);
    const rest = log - Number(state?.['checkpointed'] ?? 0);
    // When nothing is left to copy the next commit begins the log anew.
    if (rest === 0) return;
    if (log >= logPages.worst || (log >= logPages.finish && rest <= little)) this.#finishHere();
    else if (log >= logPages.copy && Atomics.load(this.#copying, 0) === 0) this.#copy();
  }

  /** Ends the thread; resolves when it has let go of the database. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#givenUp = true;
    if (worker === undefined) return;
    // It kept no process alive; now there is one to wait for it.
    worker.ref();
    const ended = once(worker, 'exit');
    worker.postMessage('close');
    await ended;
  }

  #copy(): void {
    Atomics.store(this.#copying, 0, 1);
    this.#worker ??= this.#start();
    this.#worker.postMessage('copy');
  }

  #start(): Worker {
    const { path, onTrouble, workerUrl = new URL('./checkpoint-worker.mjs', import.meta.url) } = this.#options;
    const workerData: WorkerData = { path, copying: this.#copying };
    const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 };
    const worker = new Worker(workerUrl, { workerData, resourceLimits });
    worker.unref();
    worker.on('message', (failure: string) => onTrouble(trouble, new Error(failure)));
    worker.on('error', (error) => this.#giveUp(error));
    worker.on('exit', () => {
      if (this.#worker === worker) this.#giveUp(new Error('the thread ended'));
    });
    return worker;
  }

  #finishHere(): void {
    try {
      this.#finish.get();
    } catch (error) {
      // Nothing is lost, and soon it is tried again.
      this.#options.onTrouble(trouble, error);
    }
  }

  #giveUp(error: unknown): void {
    if (this.#givenUp) return;
    this.#givenUp = true;
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    this.#options.database.exec(`pragma wal_autocheckpoint = ${logPages.copy}`);
    this.#options.onTrouble(`${trouble} beside commits; commits do it from now on, and it`, error);
  }
}

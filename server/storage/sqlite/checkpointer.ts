/**
 * Keeps the write-ahead log short without making a commit wait. SQLite's own way copies the log inside the commit that
 * makes it too long, on the thread that serves everybody; here a second thread copies it. The thread starts when it is
 * first needed. When it fails SQLite does it its own way again: the log never grows without bound.
 */
import { once } from 'node:events';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import type { Copied, LogState } from './checkpoint-worker.ts';

/** In pages of 4 KiB. */
export const logPages = {
  /** From here on it is copied. */
  copy: 1_000,
  /** A log so long that the thread does not reach its end: the next commits wait for what is left. */
  finish: 4_000,
  /** So long it can only be when the thread hangs. */
  worst: 16_000,
};
/** Writes between two looks at the log. */
const lookEvery = 32;
const pageBytes = 4_096;
/** What the log says has failed. */
const trouble = 'copying the write-ahead log';

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
  #writes = 0;
  #worker: Worker | undefined;
  #copying = false;
  #given = false;

  constructor(options: CheckpointerOptions) {
    const { database } = options;
    this.#options = options;
    database.exec(`pragma wal_autocheckpoint = 0; pragma journal_size_limit = ${logPages.finish * pageBytes};`);
    this.#look = database.prepare('pragma wal_checkpoint(noop)');
  }

  /** Whether SQLite copies the log inside commits, because the thread failed. */
  get givenUp(): boolean {
    return this.#given;
  }

  /** Somebody has used the connection, maybe to write. Call it outside a transaction. */
  used(): void {
    this.#writes += 1;
    if (this.#writes < lookEvery || this.#given) return;
    this.#writes = 0;
    const { log, checkpointed } = stateOf(this.#look.get());
    if (log - checkpointed > logPages.worst) this.#giveUp(new Error('the thread does not answer'));
    else if (log >= logPages.copy && checkpointed < log && !this.#copying) this.#copy();
  }

  /** Ends the thread; resolves when it has let go of the database. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#given = true;
    if (worker === undefined) return;
    const ended = once(worker, 'exit');
    worker.postMessage('close');
    await ended;
  }

  #copy(): void {
    this.#copying = true;
    this.#worker ??= this.#start();
    this.#worker.postMessage('copy');
  }

  #start(): Worker {
    const { path, workerUrl = new URL('./checkpoint-worker.ts', import.meta.url) } = this.#options;
    const worker = new Worker(workerUrl, {
      workerData: path,
      resourceLimits: { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 },
    });
    worker.unref();
    worker.on('message', (answer: Copied) => this.#copied(answer));
    worker.on('error', (error) => this.#giveUp(error));
    worker.on('exit', () => {
      if (this.#worker === worker) this.#giveUp(new Error('the thread ended'));
    });
    return worker;
  }

  /** The next commit begins the log anew when all of it has been copied. A rest that is always there is finished here. */
  #copied(answer: Copied): void {
    this.#copying = false;
    if (this.#given) return;
    const { database, onTrouble } = this.#options;
    if ('failed' in answer) {
      // Nothing is lost, and soon it is tried again.
      onTrouble(trouble, new Error(answer.failed));
      return;
    }
    if (answer.checkpointed >= answer.log || answer.log < logPages.finish || database.isTransaction) return;
    try {
      database.exec('pragma wal_checkpoint(passive)');
    } catch (error) {
      onTrouble(trouble, error);
    }
  }

  #giveUp(error: unknown): void {
    if (this.#given) return;
    this.#given = true;
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    this.#options.database.exec(`pragma wal_autocheckpoint = ${logPages.copy}`);
    this.#options.onTrouble(`${trouble} beside commits; commits do it from now on, and it`, error);
  }
}

function stateOf(row: Readonly<Record<string, unknown>> | undefined): LogState {
  return { log: Number(row?.['log'] ?? 0), checkpointed: Number(row?.['checkpointed'] ?? 0) };
}

/**
 * The thread that copies the write-ahead log into the database file, over a connection of its own, each time it is told;
 * the word `close` ends it. Passive rounds only: they wait for nobody and nobody waits for them.
 */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

export type WorkerData = {
  readonly path: string;
  /** One number, 1 while a copy is asked for or made: it is seen at once, a message only when there is time for it. */
  readonly copying: Int32Array;
};

/** What commits add during a round is copied by the next; a few in a row mostly reach the end. */
const rounds = 4;

// Given by `Checkpointer`, and by nobody else.
const { path, copying } = workerData as WorkerData;
const database = new DatabaseSync(path);
const checkpoint = database.prepare('pragma wal_checkpoint(passive)');

function copy(): void {
  for (let round = 0; round < rounds; round += 1) {
    const state = checkpoint.get();
    if (Number(state?.['checkpointed']) >= Number(state?.['log'])) return;
  }
}

parentPort?.on('message', (word: 'copy' | 'close') => {
  if (word === 'close') {
    database.close();
    parentPort?.close();
    return;
  }
  try {
    copy();
  } catch (error) {
    // Locked or full: who asked says so, and asks again.
    parentPort?.postMessage(error instanceof Error ? error.message : String(error));
  } finally {
    Atomics.store(copying, 0, 0);
  }
});

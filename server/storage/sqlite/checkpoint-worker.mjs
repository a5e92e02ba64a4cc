/**
 * The thread that copies the write-ahead log into the database file, over a connection of its own, each time it is told;
 * the word `close` ends it. Passive rounds only: they wait for nobody and nobody waits for them.
 * Plain JavaScript: stripping types would cost the thread 20 MiB.
 */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/** What commits add during a round is copied by the next; a few in a row mostly reach the end. */
const rounds = 4;

/** `WorkerData` of `checkpointer.ts`. */
const { path, copying } = workerData;
const database = new DatabaseSync(path);
const checkpoint = database.prepare('pragma wal_checkpoint(passive)');

function copy() {
  for (let round = 0; round < rounds; round += 1) {
    const { log, checkpointed } = checkpoint.get();
    if (checkpointed >= log) return;
  }
}

parentPort.on('message', (word) => {
  if (word === 'close') {
    database.close();
    parentPort.close();
    return;
  }
  try {
    copy();
  } catch (error) {
    // Locked or full: who asked says so, and asks again.
    parentPort.postMessage(error instanceof Error ? error.message : String(error));
  } finally {
    Atomics.store(copying, 0, 0);
  }
});

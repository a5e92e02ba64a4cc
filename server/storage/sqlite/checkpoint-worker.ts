/**
 * The thread that copies the write-ahead log into the database file, over a connection of its own. It does one round when
 * told and answers with what SQLite says of the log; the word `close` ends it. Passive rounds only: they wait for nobody
 * and nobody waits for them.
 */
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/** Pages in the log, and how many of them are in the database file as well. */
export type LogState = { readonly log: number; readonly checkpointed: number };
/** What the thread answers: a round that failed can be tried again. */
export type Copied = LogState | { readonly failed: string };

/** What commits add during a round is copied by the next; a few in a row mostly reach the end. */
const rounds = 4;

const database = new DatabaseSync(String(workerData));
const checkpoint = database.prepare('pragma wal_checkpoint(passive)');

function copy(): Copied {
  try {
    return copyToTheEnd();
  } catch (error) {
    // Locked or full; the thread that asked says so and asks again.
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

function copyToTheEnd(): LogState {
  let state = { log: 0, checkpointed: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const row = checkpoint.get();
    state = { log: Number(row?.['log']), checkpointed: Number(row?.['checkpointed']) };
    if (state.checkpointed >= state.log) break;
  }
  return state;
}

parentPort?.on('message', (word: 'copy' | 'close') => {
  if (word === 'copy') {
    parentPort?.postMessage(copy());
    return;
  }
  database.close();
  parentPort?.close();
});

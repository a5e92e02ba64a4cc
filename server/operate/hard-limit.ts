/**
 * The last word on an end that does not come: a thread of its own kills the process. A timer on the event loop would not do,
 * it waits for whatever keeps the loop busy, and on an overloaded machine one long piece of work does so for seconds. Nothing
 * is lost by it: what was acknowledged is in the database.
 */
import { Worker } from 'node:worker_threads';

const workerUrl = new URL('./hard-limit-worker.mjs', import.meta.url);
const resourceLimits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 };

/** Kills the process when it is still there after `ms`, whatever it does then. */
export function killAfter(ms: number): void {
  const thread = new Worker(workerUrl, { workerData: { ms }, execArgv: [], resourceLimits });
  thread.unref();
  // Without a thread there is still the timer of who called.
  thread.on('error', () => undefined);
}

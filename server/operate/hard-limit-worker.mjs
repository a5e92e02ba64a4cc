/** The thread of `hard-limit.ts`: it sleeps so long and ends the process. Plain JavaScript, so that it is there at once. */
import { workerData } from 'node:worker_threads';

// Nobody wakes it. A process that ends before ends its threads, asleep or not.
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, workerData.ms);
process.kill(process.pid, 'SIGKILL');

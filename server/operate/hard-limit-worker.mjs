/** The thread of `hard-limit.ts`: it waits until then and ends the process. Plain JavaScript, so that it is there at once. */
import { workerData } from 'node:worker_threads';

const { at } = workerData;
setTimeout(() => process.kill(process.pid, 'SIGKILL'), Math.max(0, at - Date.now()));

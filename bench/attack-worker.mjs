/** Carries out one attack on a thread of its own, so that those whose waiting is measured are not kept waiting by the driver. */
import { parentPort, workerData } from 'node:worker_threads';
import { attacks } from './attacks.mjs';

const { name, seat, strength } = workerData;
const attack = attacks[/** @type {keyof typeof attacks} */ (name)];
try {
  parentPort?.postMessage(await attack(seat, strength));
} catch {
  // The server let nobody in any more, or was gone: that is told by what the others saw.
  parentPort?.postMessage({ attackers: 0, left: 0 });
}
process.exit(0);

/** The bare relay: the physical limit on this machine. */
import { join } from 'node:path';
import { Child, freePort } from '../child.mjs';

/** @type {import('./servers.mjs').ServerKind} */
export const relay = {
  id: 'relay',
  stores: false,
  note: 'forwards bytes with ws 8, no Yjs: the physical limit',
  async start() {
    const port = await freePort();
    const child = await Child.start([join(import.meta.dirname, 'relay-process.mjs')], {
      ready: /ready/,
      env: { PORT: String(port) },
    });
    return {
      child,
      port,
      seat: ({ kind, room }) => ({ address: { port, path: `/${kind}-${room}` }, root: 's:opening', silent: true }),
    };
  },
};

/** Hocuspocus, without storage and with its database extension. One socket, every message behind the document's name. */
import { join } from 'node:path';
import { Child, freePort } from '../child.mjs';
import { frameOf } from '../frame.ts';
import { varString } from '../updates.ts';

const process = join(import.meta.dirname, 'hocuspocus-process.mjs');
const authenticate = [2, 0, ...varString('token')];

/** @param {boolean} stores @returns {import('./servers.mjs').ServerKind} */
function hocuspocus(stores) {
  return {
    id: stores ? 'hocuspocus-sqlite' : 'hocuspocus',
    stores,
    note: stores
      ? '@hocuspocus/server 4.7.0; its state through @hocuspocus/extension-database in node:sqlite with the default debounce (2 s), because the native add-on of its SQLite extension aborts on Node ≥ 24.19'
      : '@hocuspocus/server 4.7.0, no storage',
    async start({ dir }) {
      const port = await freePort();
      const env = { PORT: String(port), ...(stores ? { DATABASE: join(dir, 'hocuspocus.db') } : {}) };
      const child = await Child.start([process], { ready: /ready/, env });
      return {
        child,
        port,
        seat: ({ kind, room }) => {
          const prefix = Uint8Array.from(varString(`${kind}-${room}`));
          return {
            address: { port, path: '/' },
            root: 's:opening',
            prefix,
            greeting: frameOf(Uint8Array.from([...prefix, ...authenticate])),
          };
        },
      };
    },
  };
}

export const hocuspocusInMemory = hocuspocus(false);
export const hocuspocusSqlite = hocuspocus(true);

/** @y/websocket-server as published, started by its own binary; with `YPERSISTENCE` it keeps documents in LevelDB. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Child, freePort } from '../child.mjs';

const require = createRequire(import.meta.url);

/** Its package exports do not name the binary. */
function binary() {
  return join(dirname(require.resolve('@y/websocket-server/package.json')), 'src/server.js');
}

/** @param {boolean} stores @returns {import('./servers.mjs').ServerKind} */
function yWebsocket(stores) {
  return {
    id: stores ? 'y-websocket-leveldb' : 'y-websocket',
    stores,
    note: `@y/websocket-server 0.1.1 (0.1.5 as published mixes two copies of Yjs and cannot apply an update)${
      stores ? ', y-leveldb 0.1.2' : ', no storage'
    }`,
    async start({ dir }) {
      const port = await freePort();
      const env = {
        PORT: String(port),
        HOST: '127.0.0.1',
        ...(stores ? { YPERSISTENCE: join(dir, 'leveldb') } : {}),
      };
      const child = await Child.start([binary()], { ready: /running at/, env });
      return {
        child,
        port,
        seat: ({ kind, room }) => ({ address: { port, path: `/${kind}-${room}` }, root: 's:opening' }),
      };
    },
  };
}

export const yWebsocketInMemory = yWebsocket(false);
export const yWebsocketLeveldb = yWebsocket(true);

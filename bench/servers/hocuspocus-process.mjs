/**
 * Hocuspocus as its documentation starts it. With `DATABASE` it keeps its documents through its database extension, with its
 * own default debounce, in `node:sqlite`: the native add-on of its SQLite extension aborts on Node 24.19 and newer.
 */
import { DatabaseSync } from 'node:sqlite';
import { Database } from '@hocuspocus/extension-database';
import { Server } from '@hocuspocus/server';

/** @param {string} path */
function storeIn(path) {
  const database = new DatabaseSync(path);
  database.exec('CREATE TABLE IF NOT EXISTS documents (name TEXT PRIMARY KEY, data BLOB NOT NULL)');
  const read = database.prepare('SELECT data FROM documents WHERE name = ?');
  const write = database.prepare(
    'INSERT INTO documents (name, data) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET data = excluded.data',
  );
  return new Database({
    fetch: async ({ documentName }) => /** @type {Uint8Array | null} */ (read.get(documentName)?.data ?? null),
    store: async ({ documentName, state }) => {
      write.run(documentName, state);
    },
  });
}

const path = process.env.DATABASE;
const server = new Server({
  port: Number(process.env.PORT),
  address: '127.0.0.1',
  quiet: true,
  extensions: path === undefined ? [] : [storeIn(path)],
});
await server.listen();
console.log('ready');

/** The whole product in this process, on an empty directory of its own, with the demo unit's people and meeting. */

import { Person } from '../../server/demo/person.ts';
import { type Demo, seed } from '../../server/demo/seed.ts';
import { type RunningServer, startServer } from '../../server/main.ts';
import { temporaryDataDir } from './server-process.ts';

export type Product = {
  readonly url: string;
  readonly demo: Demo;
  /** Signs a demo person in over HTTP. */
  readonly signIn: (username: string) => Promise<Person>;
  /** The id of somebody's outline, or of the team material for `undefined`. */
  readonly documentOf: (username: string | undefined) => string;
  readonly close: RunningServer['close'];
};

/** The server in this process, with nobody in it yet; closing it removes its directory. */
export async function startEmpty(): Promise<Pick<RunningServer, 'url' | 'setupCode' | 'close'>> {
  const dataDir = temporaryDataDir();
  const server = await startServer({
    port: 0,
    host: '127.0.0.1',
    dataDir: dataDir.path,
    publicUrl: undefined,
    trustProxy: false,
    logLevel: 'silent',
    fontsDir: undefined,
    sessionHours: 12,
    metricsToken: undefined,
    backupDir: undefined,
    backupKeep: 14,
  });
  return {
    url: server.url,
    setupCode: server.setupCode,
    close: async () => {
      const unsaved = await server.close();
      dataDir.remove();
      return unsaved;
    },
  };
}

export async function startProduct({ filled = false } = {}): Promise<Product> {
  const server = await startEmpty();
  const demo = await seed(server.url, server.setupCode ?? '', !filled);
  return {
    url: server.url,
    demo,
    signIn: async (username) => {
      const account = demo.accounts.find((candidate) => candidate.username === username);
      if (account === undefined) throw new Error(`nobody is called ${username}`);
      return Person.signIn(server.url, username, account.password);
    },
    documentOf: (username) => {
      const found = demo.documents.find(({ owner }) => owner === (username ?? null));
      if (found === undefined) throw new Error(`no document of ${username}`);
      return found.id;
    },
    close: server.close,
  };
}

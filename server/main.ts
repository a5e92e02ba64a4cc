/**
 * Puts everything together; the only file that knows everybody. `startServer` is the product on one data directory,
 * `run` is the process around it: console, signals, exit codes.
 */
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { pino } from 'pino';
import { WebSocketServer } from 'ws';
import { builtInTemplates } from '../shared/template/templates.ts';
import { createApp } from './app.ts';
import { recordAudit } from './audit/record-audit.ts';
import { Changes } from './changes.ts';
import { systemClock } from './clock.ts';
import { type Config, configFromProcess } from './config.ts';
import { loadRoomFacts } from './documents/document-facts.ts';
import { createExportText } from './export/export-text.ts';
import { readFontFaces } from './export/font-files.ts';
import { accountRoutes } from './http/accounts.ts';
import { auditRoutes } from './http/audit.ts';
import { isSameOrigin } from './http/guards.ts';
import { setupRoutes } from './http/setup.ts';
import { createIdentity } from './identity/better-auth.ts';
import { NoSecret, readSecret } from './identity/secret.ts';
import { createIds } from './ids.ts';
import { loadTemplates } from './meetings/templates.ts';
import { Registry } from './rooms/registry.ts';
import { CannotOpen } from './storage/sqlite/database.ts';
import { InUse } from './storage/sqlite/lock.ts';
import { openSqliteStorage, type SqliteStorage } from './storage/sqlite/storage.ts';
import { hardFrameBytes, syncRoutes } from './sync/sync-route.ts';
import type { UseCases } from './use-cases.ts';

export type RunningServer = {
  /** Where this machine reaches it. */
  readonly url: string;
  /** The one-time code of the first-run page; undefined once the product is set up. */
  readonly setupCode: string | undefined;
  /** Ends it; resolves to the number of rooms whose last updates could not be saved. */
  readonly close: () => Promise<number>;
};

/** An expected reason not to start, as one sentence for the console. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}

const pages = join(import.meta.dirname, '../dist/client');

/** Starts the product on one data directory. Throws `CannotStart` when something is the operator's to mend. */
export async function startServer(config: Config): Promise<RunningServer> {
  await checkFonts(config);
  const storage = await fromDataDirectory(config, () =>
    openSqliteStorage({ path: join(config.dataDir, 'duizhao.db'), clock: systemClock }),
  );
  try {
    return await serveFrom(storage, config);
  } catch (error) {
    await storage.close();
    throw error;
  }
}

async function serveFrom(storage: SqliteStorage, config: Config): Promise<RunningServer> {
  const log = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true }));
  const clock = systemClock;
  await loadTemplates(storage, builtInTemplates);
  const newId = createIds(clock);
  const changes = new Changes();
  const facts = loadRoomFacts(storage);
  const onTrouble = (what: string, error: unknown) => log.error({ err: error }, `${what} failed`);
  const registry = new Registry({ journal: storage.journal, clock, facts, onTrouble });
  const https = config.publicUrl?.startsWith('https:') ?? false;
  const secret = await fromDataDirectory(config, () => readSecret(config.dataDir));
  const identity = createIdentity({ storage, clock, newId, secret, secure: https, sessionHours: config.sessionHours });
  const tools: UseCases = {
    storage,
    rooms: registry,
    clock,
    newId,
    changes,
    log,
    record: (records, act) => recordAudit(records, act, { clock, newId }),
  };
  const setupCode = (await storage.records.person.find({})).length === 0 ? newSetupCode() : undefined;
  const people = { ...tools, identity, trustProxy: config.trustProxy };
  const app = createApp({
    ...tools,
    identity,
    exportText: createExportText({ officeFontsDirectory: config.fontsDir }),
    routers: [setupRoutes({ ...people, setupCode }), accountRoutes(people), auditRoutes(people)],
    sync: syncRoutes({
      registry,
      identity,
      clock,
      onTrouble,
      isSameOrigin: (headers) => isSameOrigin(headers, config.publicUrl),
    }),
    vitals: () => ({ ...registry.status(), eventStreams: changes.listeners }),
    pages,
    ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: hardFrameBytes, perMessageDeflate: false });
  const server = serve({ fetch: app.fetch, port: config.port, hostname: config.host, websocket: { server: sockets } });
  await listening(server, config);
  const close = async (): Promise<number> => {
    const unsaved = await registry.close();
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
    await storage.close();
    return unsaved;
  };
  return { url: urlOf(server, config), setupCode, close };
}

/** What cannot be read or made in the data directory keeps the product from starting. */
async function fromDataDirectory<T>({ dataDir }: Config, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof CannotOpen || error instanceof NoSecret)) throw error;
    const [zh, en] =
      error instanceof InUse
        ? [
            '正由另一个对照服务使用，请先停止它，或用环境变量 DATA_DIR 另选目录',
            'is in use by another Duizhao server; stop that one, or choose another directory with DATA_DIR',
          ]
        : [`无法使用：${error.message}`, `cannot be used: ${error.message}`];
    throw new CannotStart(`数据目录 ${dataDir} ${zh}。The data directory ${dataDir} ${en}.`, { cause: error });
  }
}

/** A wrong FONTS_DIR is told now, not with the first PDF. */
async function checkFonts({ fontsDir }: Config): Promise<void> {
  if (fontsDir === undefined) return;
  try {
    await readFontFaces(fontsDir);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CannotStart(
      `环境变量 FONTS_DIR 指定的字体目录 ${fontsDir} 无法读取：${why}。The fonts directory ${fontsDir} of FONTS_DIR cannot be read: ${why}.`,
      { cause: error },
    );
  }
}

type Listener = ReturnType<typeof serve>;

async function listening(server: Listener, { port, host }: Config): Promise<void> {
  try {
    if (!server.listening) await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const why = code === 'EADDRINUSE' ? ['已被占用', 'is in use'] : [`无法使用（${code}）`, `cannot be used (${code})`];
    throw new CannotStart(
      `地址 ${host}:${port} ${why[0]}，请用环境变量 PORT 另选端口。Address ${host}:${port} ${why[1]}; choose another with PORT.`,
      { cause: error },
    );
  }
}

function urlOf(server: Listener, { host, publicUrl }: Config): string {
  if (publicUrl !== undefined) return publicUrl;
  // A server that listens on TCP has an address with a port.
  const { port } = server.address() as AddressInfo;
  const everywhere = host === '0.0.0.0' || host === '::';
  return `http://${everywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Without letters and digits that are taken for each other on a console. */
const codeAlphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

function newSetupCode(): string {
  const four = () => Array.from({ length: 4 }, () => codeAlphabet[randomInt(codeAlphabet.length)]).join('');
  return `${four()}-${four()}-${four()}`;
}

/** The process: exit code 0 after SIGTERM or SIGINT, 1 when it cannot start or cannot save. */
export async function run(args: readonly string[]): Promise<void> {
  if (args.length > 0) return fail([`usage: npm start, without arguments, not ${args.join(' ')}`]);
  const config = configFromProcess();
  if (!config.ok) return fail(config.error);
  let server: RunningServer;
  try {
    server = await startServer(config.value);
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    fail([error.message]);
    process.exit(1);
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void end(server));
  }
  console.log(greeting(server, config.value));
}

async function end(server: RunningServer): Promise<void> {
  const unsaved = await server.close();
  if (unsaved > 0) {
    console.error(
      `${unsaved} 份材料的最后改动未能入库。The last changes of ${unsaved} document(s) could not be saved.`,
    );
  }
  process.exit(unsaved > 0 ? 1 : 0);
}

function greeting({ url, setupCode }: RunningServer, { host, dataDir }: Config): string {
  const lines = [`对照已启动。Duizhao is running: ${url}`, `数据目录 Data directory: ${dataDir}`];
  if (host === '0.0.0.0') {
    for (const address of lanAddresses()) lines.push(`局域网 LAN: ${url.replace('127.0.0.1', address)}`);
  }
  if (setupCode !== undefined) {
    lines.push(`首次使用，请打开上述地址并输入一次性验证码。First run: open the address and enter the one-time code.`);
    lines.push(`验证码 Code: ${setupCode}`);
  }
  return lines.join('\n');
}

function lanAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}

function fail(sentences: readonly string[]): void {
  for (const sentence of sentences) console.error(sentence);
  process.exitCode = 1;
}

/**
 * Puts everything together; the only file that knows everybody. `startServer` is the product on one data directory,
 * `run` is the process around it: console, signals, exit codes.
 */
import { randomInt } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { builtInTemplates } from '../shared/template/templates.ts';
import { createApp } from './app.ts';
import { recordAudit } from './audit/record-audit.ts';
import { Changes } from './changes.ts';
import { systemClock } from './clock.ts';
import { type Config, configFromProcess } from './config.ts';
import { createExportText } from './export/export-text.ts';
import { readFontFaces } from './export/font-files.ts';
import { Hand } from './hand/hand.ts';
import { accountRoutes } from './http/accounts.ts';
import { auditRoutes } from './http/audit.ts';
import { isSameOrigin } from './http/guards.ts';
import { Listener, type ListenerLimits } from './http/listener.ts';
import { setupRoutes } from './http/setup.ts';
import { createIdentity } from './identity/better-auth.ts';
import { NoSecret, readSecret } from './identity/secret.ts';
import { createIds } from './ids.ts';
import { Likeness } from './likeness/likeness.ts';
import { createLog } from './log.ts';
import { loadTemplates } from './meetings/templates.ts';
import { killAfter } from './operate/hard-limit.ts';
import { Metrics } from './operate/metrics.ts';
import { Notices } from './operate/notices.ts';
import { rehearse } from './operate/rehearse.ts';
import { onSignals } from './operate/signals.ts';
import { endServer } from './operate/stop.ts';
import { adoptionsIn } from './proposals/adopted.ts';
import { roomFacts } from './proposals/room-facts.ts';
import { Registry } from './rooms/registry.ts';
import { CannotOpen, reasonOf } from './storage/sqlite/database.ts';
import { InUse } from './storage/sqlite/lock.ts';
import { openSqliteStorage, type SqliteStorage } from './storage/sqlite/storage.ts';
import { ProductSocket } from './sync/product-socket.ts';
import { hardFrameBytes, syncRoutes } from './sync/sync-route.ts';
import type { Log, UseCases } from './use-cases.ts';

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

/** What tests change: patience that real callers need and tests cannot wait for. */
export type StartOptions = { readonly limits?: ListenerLimits };

/** Starts the product on one data directory. Throws `CannotStart` when something is the operator's to mend. */
export async function startServer(config: Config, options: StartOptions = {}): Promise<RunningServer> {
  await checkFonts(config);
  const log = createLog(config.logLevel);
  const path = join(config.dataDir, 'duizhao.db');
  const onMigrated = (name: string, version: number) => log.info({ name, version }, 'migrated');
  const onTrouble = (what: string, error: unknown) => log.error({ err: error }, `${what} failed`);
  const storage = await fromDataDirectory(config, () =>
    openSqliteStorage({ path, clock: systemClock, busy: true, onMigrated, onTrouble }),
  );
  const metrics = new Metrics(path);
  try {
    return await serveFrom(storage, metrics, log, config, options);
  } catch (error) {
    metrics.close();
    await storage.close();
    throw error;
  }
}

async function serveFrom(
  storage: SqliteStorage,
  metrics: Metrics,
  log: Log,
  config: Config,
  options: StartOptions,
): Promise<RunningServer> {
  const clock = systemClock;
  await loadTemplates(storage, builtInTemplates);
  const newId = createIds(clock);
  const changes = new Changes();
  const stopping = new AbortController();
  const notices = new Notices(log, metrics);
  const facts = roomFacts(storage);
  const registry = new Registry({
    journal: storage.journal,
    clock,
    facts,
    onTrouble: notices.onTrouble,
    tally: notices,
  });
  const https = config.publicUrl?.startsWith('https:') ?? false;
  const identity = createIdentity({
    storage,
    clock,
    newId,
    secret: await fromDataDirectory(config, () => readSecret(config.dataDir)),
    secure: https,
    sessionHours: config.sessionHours,
    onTrouble: notices.onTrouble,
  });
  const tools: UseCases = {
    storage,
    rooms: registry,
    clock,
    newId,
    changes,
    log,
    hand: new Hand({ journal: storage.journal, adopted: adoptionsIn(storage) }),
    likeness: new Likeness({ storage, rooms: registry, clock }),
    record: (records, act) => recordAudit(records, act, { clock, newId }),
  };
  const setupCode = (await storage.records.person.find({})).length === 0 ? newSetupCode() : undefined;
  const people = {
    ...tools,
    identity,
    trustProxy: config.trustProxy,
    onSignInRefused: notices.onSignInRefused,
  };
  let answering = () => 0;
  const status = () => ({
    ...registry.status(),
    eventStreams: changes.listeners,
    requests: answering(),
    stopping: stopping.signal.aborted,
  });
  const app = createApp({
    ...tools,
    identity,
    exportText: createExportText({ officeFontsDirectory: config.fontsDir }),
    routers: [setupRoutes({ ...people, setupCode }), accountRoutes(people), auditRoutes(people)],
    sync: syncRoutes({
      registry,
      identity,
      clock,
      onTrouble: notices.onTrouble,
      onClosed: notices.onClosed,
      isSameOrigin: (headers) => isSameOrigin(headers, config.publicUrl),
    }),
    vitals: status,
    metrics: () => metrics.text(status()),
    metricsReaders: { token: config.metricsToken, behindProxy: config.trustProxy || config.publicUrl !== undefined },
    stopping: stopping.signal,
    pages,
    ...(config.publicUrl === undefined ? {} : { publicUrl: config.publicUrl }),
  });
  const listener = new Listener({
    fetch: app.fetch,
    maxFrameBytes: hardFrameBytes,
    socket: ProductSocket,
    ...options,
  });
  answering = () => listener.answering;
  const knock = async () => {
    await identity.who(new Headers({ cookie: identity.strangersCookie() }));
    await app.request('/api/nothing');
  };
  const rehearsing = performance.now();
  await rehearse({ storage, facts, knock }).catch((error: unknown) => notices.onTrouble('rehearsal', error));
  // What starting has left would otherwise be collected when everybody has just come back, some 60 ms at once.
  globalThis.gc?.();
  const rehearsedMs = Math.round(performance.now() - rehearsing);
  await listen(listener, config);
  const url = urlOf(listener, config);
  log.info({ host: config.host, port: new URL(url).port, node: process.versions.node, rehearsedMs }, 'started');
  const end = () => {
    metrics.close();
    return endServer({ stopping, registry, listener, storage, clock, log });
  };
  let ending: Promise<number> | undefined;
  return { url, setupCode, close: () => (ending ??= end()) };
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

async function listen(listener: Listener, { port, host }: Config): Promise<void> {
  try {
    await listener.listen(port, host);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    const why = code === 'EADDRINUSE' ? ['已被占用', 'is in use'] : [`无法使用（${code}）`, `cannot be used (${code})`];
    throw new CannotStart(
      `地址 ${host}:${port} ${why[0]}，请用环境变量 PORT 另选端口。Address ${host}:${port} ${why[1]}; choose another with PORT.`,
      { cause: error },
    );
  }
}

function urlOf({ server }: Listener, { host, publicUrl }: Config): string {
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

/** The process: exit code 0 after SIGTERM or SIGINT, 1 when it cannot start, cannot save or does not end in time. */
export async function run(args: readonly string[]): Promise<void> {
  if (args.length > 0) return fail([`usage: npm start, without arguments, not ${args.join(' ')}`]);
  const config = configFromProcess();
  if (!config.ok) return fail(config.error);
  endOnBugs(createLog(config.value.logLevel));
  let server: RunningServer;
  try {
    server = await startServer(config.value);
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error;
    fail([error.message]);
    process.exit(1);
  }
  onSignals(
    () => void end(server),
    () => endNow('再次收到结束信号，立即退出。A second signal: ending at once.'),
  );
  console.log(greeting(server, config.value));
}

/** Longer than every step of an orderly end together; who started the server is promised ten seconds. */
const patienceMs = 9_000;
/** That timer itself comes late when something keeps the event loop busy; this limit does not. */
const hardLimitMs = 9_500;

async function end(server: RunningServer): Promise<void> {
  killAfter(hardLimitMs);
  systemClock.after(patienceMs, () => endNow('未能及时结束。It did not end in time.'));
  let unsaved: number;
  try {
    unsaved = await server.close();
  } catch (error) {
    return endNow(`数据库未能正常关闭：${reasonOf(error)}。The database could not be closed: ${reasonOf(error)}.`);
  }
  if (unsaved > 0) {
    endNow(`${unsaved} 份材料的最后改动未能入库。The last changes of ${unsaved} document(s) could not be saved.`);
  }
  process.exit(0);
}

function endNow(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}

/** What nobody caught leaves the process in an unknown state. What was acknowledged is in the database. */
function endOnBugs(log: Logger): void {
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'a bug ended the server');
    endNow('内部错误，服务已停止。An internal error ended the server.');
  });
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

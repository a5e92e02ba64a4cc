/**
 * `npm run demo`: the whole product on an empty temporary directory, filled with the demo unit. With `--json` one line of JSON
 * on stdout tells where it is and who is there; with `--empty` nothing is written yet. Ending it removes the directory.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, configFromProcess } from '../config.ts';
import { CannotStart, type RunningServer, startServer } from '../main.ts';
import { type Demo, seed } from './seed.ts';

export async function run(args: readonly string[]): Promise<void> {
  const unknown = args.filter((argument) => argument !== '--json' && argument !== '--empty');
  if (unknown.length > 0) return fail([`usage: npm run demo -- [--json] [--empty], not ${unknown.join(' ')}`]);
  const config = configFromProcess();
  if (!config.ok) return fail(config.error);
  const dataDir = await mkdtemp(join(tmpdir(), 'duizhao-demo-'));
  let server: RunningServer | undefined;
  const end = async (code: number) => {
    await server?.close();
    await rm(dataDir, { recursive: true, force: true });
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end(0));
  try {
    server = await startServer(demoConfig(config.value, dataDir));
    if (server.setupCode === undefined) throw new Error('an empty directory that is set up');
    const demo = await seed(server.url, server.setupCode, args.includes('--empty'));
    process.stdout.write(args.includes('--json') ? `${JSON.stringify(demo)}\n` : describe(demo));
  } catch (error) {
    console.error(error instanceof CannotStart ? error.message : error);
    await end(1);
  }
}

/** The environment's address and port; its data directory is never touched, and the log is for troubles only. */
function demoConfig(config: Config, dataDir: string): Config {
  return { ...config, dataDir, publicUrl: undefined, logLevel: config.logLevel === 'info' ? 'warn' : config.logLevel };
}

function fail(sentences: readonly string[]): void {
  for (const sentence of sentences) console.error(sentence);
  process.exitCode = 1;
}

const roleNames = {
  leader: '主要负责同志',
  member: '班子成员',
  office: '办公室',
  supervisor: '督导组',
  admin: '管理员',
};

function describe({ url, accounts }: Demo): string {
  const rows = accounts.map(
    ({ username, password, name, role }) =>
      `  ${username.padEnd(10)} ${password.padEnd(20)} ${name} ${roleNames[role]}`,
  );
  return [
    '',
    `对照演示已就绪，数据均为虚构，退出后全部删除。The demo is ready; it is removed when it ends (Ctrl+C).`,
    '',
    `  ${url}`,
    '',
    ...rows,
    '',
    '',
  ].join('\n');
}

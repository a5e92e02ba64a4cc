/** A start that cannot be: one clear sentence in both languages, exit code 1, and nothing spoilt that was there. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort, ServerProcess, temporaryDataDir } from '../support/server-process.ts';

const entry = join(import.meta.dirname, '../../server/start.mjs');
let root: ReturnType<typeof temporaryDataDir>;
let dataDir: string;

beforeEach(() => {
  root = temporaryDataDir();
  dataDir = join(root.path, 'data');
});

afterEach(() => root.remove());

/** The one sentence a start ends with. */
function failingStart(env: Readonly<Record<string, string>>): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry, 'main', '--no-build'], {
    encoding: 'utf8',
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn', ...env },
    timeout: 30_000,
    killSignal: 'SIGKILL',
  });
  expect({ status, stdout, lines: stderr.trim().split('\n').length }, stderr).toEqual({
    status: 1,
    stdout: '',
    lines: 1,
  });
  return stderr.trim();
}

function putFile(path: string): string {
  writeFileSync(path, 'something else');
  return path;
}

function putDirectory(path: string): string {
  mkdirSync(path, { recursive: true });
  return path;
}

describe('a start that cannot be', () => {
  it('says that the port is in use', async () => {
    const rival = createServer().listen(0, '127.0.0.1');
    await once(rival, 'listening');
    const address = rival.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const sentence = failingStart({ PORT: String(port) });
    expect(sentence).toContain(`地址 127.0.0.1:${port} 已被占用，请用环境变量 PORT 另选端口。`);
    expect(sentence).toContain(`Address 127.0.0.1:${port} is in use; choose another with PORT.`);
    rival.close();
  });

  it('says that an address is none of this machine', () => {
    const sentence = failingStart({ HOST: '192.0.2.1' });
    expect(sentence).toContain('地址 192.0.2.1:0 无法使用（EADDRNOTAVAIL）');
    expect(sentence).toContain('cannot be used (EADDRNOTAVAIL)');
  });

  it.each(['80a', '65536', '-1'])('says what PORT may be instead of %s', (port) => {
    const sentence = failingStart({ PORT: port });
    expect(sentence).toContain(`环境变量 PORT 应为：0 到 65535 的整数；现为“${port}”。`);
    expect(sentence).toContain(`PORT must be a whole number from 0 to 65535, but is “${port}”.`);
    expect(readdirSync(root.path)).toEqual([]);
  });

  it.each<readonly [what: string, spoil: () => string]>([
    ['is a file', () => putFile(dataDir)],
    ['lies below a file', () => join(putFile(dataDir), 'data')],
    ['lies where nothing may be made', () => '/sys/data'],
    ['has a directory for a database', () => dirname(putDirectory(join(dataDir, 'duizhao.db')))],
    ['has something else for a database', () => dirname(putFile(join(putDirectory(dataDir), 'duizhao.db')))],
    ['has half a secret', () => dirname(putFile(join(putDirectory(dataDir), 'session-secret')))],
    ['has a directory for a secret', () => dirname(putDirectory(join(dataDir, 'session-secret')))],
  ])('says that the data directory cannot be used, and why: it %s', (_what, spoil) => {
    const path = spoil();
    const sentence = failingStart({ DATA_DIR: path });
    expect(sentence).toMatch(/^数据目录 \S+ 无法使用：.+。The data directory \S+ cannot be used: .+\.$/);
    expect(sentence).toContain(path);
  });

  it.each<readonly [what: string, spoil: () => string]>([
    ['is not there', () => join(root.path, 'fonts')],
    ['is a file', () => putFile(join(root.path, 'fonts'))],
  ])('says that the directory of fonts cannot be read when it %s', (_what, spoil) => {
    const path = spoil();
    const sentence = failingStart({ FONTS_DIR: path });
    expect(sentence).toMatch(/^环境变量 FONTS_DIR 指定的字体目录 \S+ 无法读取：.+。The fonts directory \S+ .+\.$/);
    expect(sentence).toContain(path);
  });
});

describe('a second start on the same data', () => {
  it('is refused while the first runs, and goes on with the data after the first was killed', async () => {
    const first = await ServerProcess.start({ dataDir, port: await freePort() });
    const secret = readFileSync(join(dataDir, 'session-secret'), 'utf8');
    const sentence = failingStart({});
    expect(sentence).toContain(
      `数据目录 ${dataDir} 正由另一个对照服务使用，请先停止它，或用环境变量 DATA_DIR 另选目录。`,
    );
    expect(sentence).toContain(`The data directory ${dataDir} is in use by another Duizhao server;`);
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
    await first.kill();
    const second = await ServerProcess.start({ dataDir, port: await freePort() });
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
    expect(readFileSync(join(dataDir, 'session-secret'), 'utf8')).toBe(secret);
    expect(await second.stop()).toBe(0);
    const third = await ServerProcess.start({ dataDir, port: await freePort() });
    expect(await third.stop()).toBe(0);
  });
});

/**
 * The product as its own process on its own data directory, as an office runs it: started, killed without warning, started
 * again on the same data.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const start = join(import.meta.dirname, '../../server/start.mjs');

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** A data directory of its own, removed by `remove`. */
export function temporaryDataDir(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'duizhao-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export type ServerOptions = {
  readonly dataDir: string;
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
};

export class ServerProcess {
  readonly url: string;
  /** The code of the first-run page, when it printed one. */
  readonly setupCode: string | undefined;
  readonly #child: ChildProcess;
  readonly #output: string[];

  private constructor(url: string, setupCode: string | undefined, child: ChildProcess, output: string[]) {
    this.url = url;
    this.setupCode = setupCode;
    this.#child = child;
    this.#output = output;
  }

  /** Starts it and resolves once it listens; throws with its output when it ends before. */
  static async start({ dataDir, port, env }: ServerOptions): Promise<ServerProcess> {
    const output: string[] = [];
    const child = spawn(process.execPath, [start, 'main', '--no-build'], {
      env: {
        ...process.env,
        HOST: '127.0.0.1',
        PORT: String(port),
        DATA_DIR: dataDir,
        LOG_LEVEL: 'warn',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const url = `http://127.0.0.1:${port}`;
    await new Promise<void>((resolve, reject) => {
      const hear = (chunk: Buffer): void => {
        output.push(String(chunk));
        if (output.join('').includes(url)) resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${output.join('')}`)));
    });
    const setupCode = /\b([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})\b/.exec(output.join(''))?.[1];
    return new ServerProcess(url, setupCode, child, output);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get output(): string {
    return this.#output.join('');
  }

  /** Asks it to end and waits for nothing. */
  ask(): void {
    this.#child.kill('SIGTERM');
  }

  /** Resolves to its exit code when it has ended. */
  async ended(): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  /** Ends it at once, as a power cut would. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks it to end; resolves to its exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return this.#child.exitCode;
    // Not before its last words have been read.
    const ended = once(this.#child, 'close');
    this.#child.kill(signal);
    await ended;
    return this.#child.exitCode;
  }
}

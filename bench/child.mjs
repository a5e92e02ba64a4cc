/** A server under test as its own process on its own core, started and ended like any service. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { cpus } from 'node:os';
import { join } from 'node:path';

export const cores = { server: 0, driver: 1 };
const canPin = cpus().length > 1 && spawnSync('taskset', ['-pc', String(process.pid)]).status === 0;
const collectOnSignal = join(import.meta.dirname, 'servers/collect-on-signal.mjs');
const startMs = 60_000;

/** Puts this process, with all its threads, on the driver's core; false where that is not possible. */
export function pinDriver() {
  return canPin && spawnSync('taskset', ['-apc', String(cores.driver), String(process.pid)]).status === 0;
}

/** A port that was free a moment ago. @returns {Promise<number>} */
export async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (probe.address());
  probe.close();
  await once(probe, 'close');
  return port;
}

/** @type {Set<Child>} */
const running = new Set();

/** No server outlives the bench, however it ends. */
process.on('exit', () => {
  for (const child of running) process.kill(child.pid, 'SIGKILL');
});

export class Child {
  /** @type {import('node:child_process').ChildProcess} */
  #process;
  /** @type {string[]} */
  #output = [];

  /** @param {import('node:child_process').ChildProcess} process */
  constructor(process) {
    this.#process = process;
    running.add(this);
    process.once('exit', () => running.delete(this));
    for (const stream of [process.stdout, process.stderr]) {
      // The newest lines are enough to explain an end; a server that complains a million times must not fill our memory.
      stream?.on('data', (chunk) => {
        this.#output.push(String(chunk).slice(-2_000));
        if (this.#output.length > 200) this.#output.splice(0, 100);
      });
    }
  }

  /**
   * Starts `node` with these arguments and resolves once its output contains `ready`.
   * @param {readonly string[]} args
   * @param {{ ready: string | RegExp, env?: Record<string, string>, cwd?: string, pinned?: boolean }} options
   */
  static async start(args, { ready, env = {}, cwd, pinned = true }) {
    const node = [process.execPath, '--expose-gc', '--import', collectOnSignal, ...args];
    const command = canPin && pinned ? ['taskset', '-c', String(cores.server), ...node] : node;
    const spawned = spawn(command[0], command.slice(1), {
      cwd,
      env: { ...process.env, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const child = new Child(spawned);
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    await new Promise((resolve, reject) => {
      const look = () => {
        if (child.output.search(ready) >= 0) resolve(undefined);
      };
      spawned.stdout?.on('data', look);
      spawned.stderr?.on('data', look);
      spawned.once('exit', (code, signal) =>
        reject(new Error(`${args.join(' ')} ended with ${code ?? signal}: ${child.output}`)),
      );
      timer = setTimeout(() => reject(new Error(`${args.join(' ')} is not ready: ${child.output}`)), startMs);
    }).finally(() => clearTimeout(timer));
    return child;
  }

  get pid() {
    return /** @type {number} */ (this.#process.pid);
  }

  get output() {
    return this.#output.join('');
  }

  get isRunning() {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** Lets the server collect its garbage, so that memory is what it holds and not what V8 has not tidied up yet. */
  async collect() {
    const { stdout } = this.#process;
    const collected = new Promise((resolve) => {
      const look = (/** @type {Buffer} */ chunk) => {
        if (!String(chunk).includes('garbage collected')) return;
        stdout?.off('data', look);
        resolve(undefined);
      };
      stdout?.on('data', look);
    });
    this.#process.kill('SIGUSR2');
    await Promise.race([collected, once(this.#process, 'exit')]);
    // The kernel takes the freed pages back a moment later.
    await new Promise((resolve) => setTimeout(resolve, 300));
  }

  /** @param {'SIGTERM' | 'SIGKILL'} signal */
  async end(signal) {
    if (!this.isRunning) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill(signal);
    const patience = setTimeout(() => this.#process.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(patience);
  }
}

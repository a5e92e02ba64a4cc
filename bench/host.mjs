/** One server at work in a scenario: on a directory of its own, ended and started again as the scenario likes. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

export class Host {
  /** @type {import('./servers/servers.mjs').ServerKind} */
  kind;
  /** @type {import('./servers/servers.mjs').Running} */
  running;
  /** Where what outlives a server can be put until the bench ends. */
  workshop;
  dir;

  /**
   * @param {import('./servers/servers.mjs').ServerKind} kind
   * @param {string} workshop
   * @param {string} dir
   * @param {import('./servers/servers.mjs').Running} running
   */
  constructor(kind, workshop, dir, running) {
    this.kind = kind;
    this.workshop = workshop;
    this.dir = dir;
    this.running = running;
  }

  /** @param {import('./servers/servers.mjs').ServerKind} kind @param {string} workshop */
  static async start(kind, workshop) {
    const dir = await mkdtemp(join(workshop, `${kind.id}-`));
    return new Host(kind, workshop, dir, await kind.start({ dir }));
  }

  get pid() {
    return this.running.child.pid;
  }

  /** Ends the server and starts it again on what it has stored. @param {'SIGTERM' | 'SIGKILL'} signal */
  async restart(signal) {
    await this.running.child.end(signal);
    this.running = await this.kind.start({ dir: this.dir, again: true });
  }

  /** Ends the server and starts it on a copy of a directory that was put aside. @param {string} kept */
  async restartFrom(kept) {
    await this.running.child.end('SIGTERM');
    await rm(this.dir, { recursive: true, force: true });
    await cp(kept, this.dir, { recursive: true });
    this.running = await this.kind.start({ dir: this.dir, again: true });
  }

  /** Ends the server and puts a copy of its directory aside. @param {string} name */
  async putAside(name) {
    await this.running.child.end('SIGTERM');
    const kept = join(this.workshop, `kept-${this.kind.id}-${name}`);
    await cp(this.dir, kept, { recursive: true });
    return kept;
  }

  async end() {
    await this.running.child.end('SIGTERM');
    await rm(this.dir, { recursive: true, force: true });
  }
}

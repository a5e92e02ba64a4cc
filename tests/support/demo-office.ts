/** The demo unit at work on a server process of its own: its accounts, its documents, its people at browsers or by REST. */
import type { Browser } from 'playwright-core';
import { expect } from 'vitest';
import { Person } from '../../server/demo/person.ts';
import { type Demo, seed } from '../../server/demo/seed.ts';
import { errorSchema } from '../../shared/api/errors.ts';
import { type Account, Visitor } from './browser.ts';
import { freePort, ServerProcess, temporaryDataDir } from './server-process.ts';

export type Sent = {
  readonly body?: unknown;
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Who reads which text when everything is looked at: each somebody who may. */
const readers = {
  lisi: 'lisi',
  zhangsan: 'zhangsan',
  zhaoliu: 'zhaoliu',
  qianqi: 'qianqi',
  wangwu: 'wangwu',
  team: 'zhangsan',
};

export class DemoOffice {
  readonly server: ServerProcess;
  readonly dataDir: string;
  readonly demo: Demo;
  readonly #remove: () => void;
  readonly #witnesses = new Map<string, Person>();

  private constructor(server: ServerProcess, dataDir: ReturnType<typeof temporaryDataDir>, demo: Demo) {
    this.server = server;
    this.dataDir = dataDir.path;
    this.#remove = dataDir.remove;
    this.demo = demo;
  }

  /** With the demo's texts at their steps of the way, or with empty ones. */
  static async open({ filled }: { readonly filled: boolean }): Promise<DemoOffice> {
    const dataDir = temporaryDataDir();
    const server = await ServerProcess.start({ dataDir: dataDir.path, port: await freePort() });
    return new DemoOffice(server, dataDir, await seed(server.url, server.setupCode ?? '', !filled));
  }

  get url(): string {
    return this.server.url;
  }

  account(username: string): Account {
    const found = this.demo.accounts.find((candidate) => candidate.username === username);
    if (found === undefined) throw new Error(`nobody is called ${username}`);
    return found;
  }

  /** The id of somebody's outline, or of the material of the `team`. */
  documentOf(owner: string): string {
    const found = this.demo.documents.find((document) => (document.owner ?? 'team') === owner);
    if (found === undefined) throw new Error(`no document of ${owner}`);
    return found.id;
  }

  /** Somebody signed in over HTTP. */
  async signIn(username: string): Promise<Person> {
    return Person.signIn(this.url, username, this.account(username).password);
  }

  /** Somebody signed in at a browser of his own. */
  async visit(browser: Browser, username: string): Promise<Visitor> {
    const visitor = await Visitor.arrive(browser, this.url);
    await visitor.signIn(this.account(username));
    return visitor;
  }

  /** Sends a request as a program would; resolves to its status and the code of the refusal, `ok` when there is none. */
  async ask(
    who: Person | undefined,
    method: string,
    path: string,
    { body, raw, headers }: Sent = {},
  ): Promise<readonly [status: number, code: string]> {
    const cookie = who?.cookie ?? '';
    const response = await fetch(this.url + path, {
      method,
      headers: { 'content-type': 'application/json', origin: this.url, cookie, ...headers },
      body: raw ?? (body === undefined ? null : JSON.stringify(body)),
    });
    if (response.ok) return [response.status, 'ok'];
    return [response.status, errorSchema.parse(await response.json()).error.code];
  }

  /** Sees to it that mistakes leave everything as it was: texts, states, versions, remarks, accounts, the meeting, the log. */
  async changesNothing(mistakes: () => Promise<void>): Promise<void> {
    // Its first look signs the witnesses in.
    await this.#everything();
    const before = await this.#everything();
    await mistakes();
    expect(await this.#everything()).toBe(before);
  }

  async #everything(): Promise<string> {
    const looks: [username: string, path: string][] = [
      ['office', `/api/meetings/${this.demo.meetingId}`],
      ['admin', '/api/accounts'],
      ['admin', '/api/units'],
    ];
    for (const [owner, reader] of Object.entries(readers)) {
      for (const part of ['', '/text', '/versions', '/remarks']) {
        looks.push([reader, `/api/documents/${this.documentOf(owner)}${part}`]);
      }
    }
    const answers: string[] = [];
    for (const [username, path] of [...looks, ['admin', '/api/audit'] as const]) {
      const response = await fetch(this.url + path, { headers: { cookie: (await this.#witness(username)).cookie } });
      expect(response.status, path).toBe(200);
      answers.push(await response.text());
    }
    return answers.join('\n');
  }

  /** Signs in once: signing in is an entry in the log. */
  async #witness(username: string): Promise<Person> {
    const known = this.#witnesses.get(username) ?? (await this.signIn(username));
    this.#witnesses.set(username, known);
    return known;
  }

  /** Ends the server and removes its data; resolves to its exit code. */
  async close(): Promise<number | null> {
    const code = await this.server.stop();
    this.#remove();
    return code;
  }
}

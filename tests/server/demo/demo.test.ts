/** The demo as people start it: a process of its own, on a free port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Person } from '../../../server/demo/person.ts';
import { readSample } from '../../../server/demo/sample.ts';
import type { Demo } from '../../../server/demo/seed.ts';
import { textAnswer } from '../../../shared/api/documents.ts';
import { boardAnswer } from '../../../shared/api/meetings.ts';
import { meSchema } from '../../../shared/api/people.ts';
import { remarksAnswer } from '../../../shared/api/remarks.ts';
import { workAnswer } from '../../../shared/api/work.ts';

/** Thirty passwords are hashed on the way; a busy machine takes its time. */
const startMs = 120_000;

type Started = {
  readonly demo: Demo;
  readonly child: ChildProcess;
  readonly directory: string;
  readonly lines: string[];
};

async function start(command: string, args: readonly string[]): Promise<Started> {
  const directory = await mkdtemp(join(tmpdir(), 'duizhao-test-'));
  const env = { ...process.env, PORT: '0', HOST: '127.0.0.1', TMPDIR: directory, LOG_LEVEL: 'error' };
  const child = spawn(command, [...args, '--no-build', '--json'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const demo = await new Promise<Demo>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      // Parsed by use: every test below asks the server about what stands here.
      resolve(JSON.parse(line) as Demo);
    });
    child.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)));
  });
  return { demo, child, directory, lines };
}

async function end({ child, directory }: Started): Promise<{ code: number | null; left: string[] }> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const [code] = (await exited) as [number | null];
  // npm keeps a cache of its own beside.
  const left = (await readdir(directory)).filter((name) => name.startsWith('duizhao'));
  await rm(directory, { recursive: true });
  return { code, left };
}

function signIn({ url, accounts }: Demo, username: string): Promise<Person> {
  const password = accounts.find((account) => account.username === username)?.password ?? '';
  return Person.signIn(url, username, password);
}

const documentOf = ({ documents }: Demo, owner: string | null) =>
  documents.find((document) => document.owner === owner)?.id ?? '';

describe('the demo', () => {
  let started: Started;
  beforeAll(async () => {
    started = await start(process.execPath, ['server/start.mjs', 'demo']);
  }, startMs);
  afterAll(async () => {
    started.child.kill('SIGKILL');
    await rm(started.directory, { recursive: true, force: true });
  });

  test('tells everybody’s password, and each opens the door without having to be changed', async () => {
    const { demo } = started;
    expect(demo.accounts.map(({ username, role }) => `${username} ${role}`)).toEqual([
      'zhangsan leader',
      'lisi member',
      'wangwu member',
      'zhaoliu member',
      'qianqi member',
      'office office',
      'dudao supervisor',
      'admin admin',
    ]);
    for (const { username, name } of demo.accounts) {
      const me = await (await signIn(demo, username)).ask('GET', '/api/me', meSchema);
      expect(me.account).toMatchObject({ username, name, mustChangePassword: false });
    }
  });

  test('has each text at its step', async () => {
    const { demo } = started;
    const office = await signIn(demo, 'office');
    const board = await office.ask('GET', `/api/meetings/${demo.meetingId}/documents`, boardAnswer);
    expect(Object.fromEntries(board.documents.map(({ owner, state }) => [owner?.name ?? '', state]))).toEqual({
      张三: 'drafting',
      李四: 'drafting',
      王五: 'drafting',
      赵六: 'in_review',
      钱七: 'approved',
      '': 'drafting',
    });
    expect(demo.documents.map(({ id, kind }) => [id, kind])).toEqual(board.documents.map(({ id, kind }) => [id, kind]));
  });

  test.each([
    ['zhangsan', ['done', 'review', 'write', 'write']],
    ['lisi', ['write']],
    ['wangwu', ['write', 'write']],
    ['zhaoliu', ['write', 'waiting']],
    ['office', ['file']],
  ])('leaves %s something to do', async (username, kinds) => {
    const { items } = await (await signIn(started.demo, username)).ask('GET', '/api/work', workAnswer);
    expect(items.map(({ kind }) => kind).toSorted()).toEqual(kinds.toSorted());
  });

  test.each([
    ['lisi', 'outline-lisi-2021'],
    ['zhangsan', 'outline-zhangsan-2021'],
    ['zhaoliu', 'outline-zhaoliu-2021'],
  ] as const)('%s’s outline reads, title and numbers included, as his text does', async (username, name) => {
    const { demo } = started;
    const author = await signIn(demo, username);
    const text = await author.ask('GET', `/api/documents/${documentOf(demo, username)}/text`, textAnswer);
    const body = text.sections.flatMap((section) => [section.heading, ...section.text.split('\n')]);
    const lines = [text.title, text.byline, text.dateLine, ...body].filter((line) => line !== '');
    expect(lines).toEqual(
      readSample(name)
        .split('\n')
        .filter((line) => line !== ''),
    );
  });

  test('has remarks on the submitted text that its author sees in place', async () => {
    const author = await signIn(started.demo, 'zhaoliu');
    const id = documentOf(started.demo, 'zhaoliu');
    const { remarks } = await author.ask('GET', `/api/documents/${id}/remarks`, remarksAnswer);
    expect(remarks.map(({ quote, by, attached, fate }) => [quote, by.name, attached, fate])).toEqual([
      ['我压了四个月', '张三', true, 'open'],
      ['都是我口头答应的', '张三', true, 'open'],
    ]);
  });

  test('shows the administrator no text', async () => {
    const admin = await signIn(started.demo, 'admin');
    await expect(
      admin.ask('GET', `/api/documents/${documentOf(started.demo, 'lisi')}/text`, textAnswer),
    ).rejects.toThrow(/ answered 40[34] /);
  });

  test('prints one line, ends with 0 on SIGTERM and leaves nothing behind', async () => {
    expect(started.lines).toHaveLength(1);
    expect(await readdir(started.directory)).toHaveLength(1);
    const exited = once(started.child, 'exit');
    started.child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    expect(await readdir(started.directory)).toEqual([]);
  });
});

describe('the demo with --empty', () => {
  let started: Started;
  beforeAll(async () => {
    started = await start('npm', ['run', '--silent', 'demo', '--', '--empty']);
  }, startMs);
  afterAll(() => started.child.kill('SIGKILL'));

  test('has the people and the meeting and nothing written, and ends with the npm that started it', async () => {
    const { demo } = started;
    const author = await signIn(demo, 'lisi');
    const text = await author.ask('GET', `/api/documents/${documentOf(demo, 'lisi')}/text`, textAnswer);
    expect([text.characters, text.sections.length]).toEqual([0, 11]);
    expect(await end(started)).toEqual({ code: 0, left: [] });
  });
});

/**
 * What people type does not get into the log: recognisable words go through every route, the socket and the ways in which things
 * fail, and none of them is in what the process wrote, at its most talkative.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Person } from '../../server/demo/person.ts';
import { type Demo, seed } from '../../server/demo/seed.ts';
import { endpoints } from '../../server/http/endpoints.ts';
import { lockDatabase } from '../support/locked-database.ts';
import { freePort, ServerProcess, temporaryDataDir } from '../support/server-process.ts';
import { WriterSocket } from '../support/writer-socket.ts';

const words = '莫入日志之言';
const latin = 'NeverInTheLog';
const marks = [words, latin, encodeURIComponent(words), Buffer.from(words).toString('base64')];

let dataDir: ReturnType<typeof temporaryDataDir>;
let server: ServerProcess;
let demo: Demo;

beforeAll(async () => {
  dataDir = temporaryDataDir();
  server = await ServerProcess.start({ dataDir: dataDir.path, port: await freePort(), env: { LOG_LEVEL: 'trace' } });
  demo = await seed(server.url, server.setupCode ?? '', true);
});

afterAll(async () => {
  await server?.kill();
  dataDir?.remove();
});

function account(username: string) {
  const found = demo.accounts.find((each) => each.username === username);
  if (found === undefined) throw new Error(`nobody is called ${username}`);
  return found;
}

const signIn = (username: string) => Person.signIn(server.url, username, account(username).password);

/** Every field that any body has, with a mark for what it says. */
const body = {
  ...Object.fromEntries(
    [
      'code',
      'name',
      'title',
      'theme',
      'place',
      'words',
      'quote',
      'reason',
      'number',
      'text',
      'current',
      'next',
      'duty',
    ].map((field) => [field, `${words}${latin}`]),
  ),
  username: latin,
  password: `${words}${latin}`,
  unit: { name: words },
  administrator: { username: latin, password: latin, name: words },
  accounts: [{ username: latin, name: words, [words]: words }],
  participants: [{ userId: words, role: words }],
  [words]: words,
};

/** The mark in the path, the query, the headers and the body of every route, well-formed and not. */
async function askEverything(person: Person, documentId: string): Promise<void> {
  for (const { method, path } of endpoints) {
    if (path === '/api/events' || path === '/api/auth/sign-out') continue;
    for (const id of [documentId, encodeURIComponent(words)]) {
      const address = `${server.url}${path.replaceAll(/\{[^}]*\}/g, id)}?q=${encodeURIComponent(words)}&${latin}=1`;
      for (const raw of method === 'get' ? [undefined] : [JSON.stringify(body), `${words} is no JSON`]) {
        const answer = await fetch(address, {
          method: method.toUpperCase(),
          headers: {
            'content-type': 'application/json',
            origin: server.url,
            cookie: person.cookie,
            'user-agent': latin,
            referer: `${server.url}/${latin}`,
          },
          ...(raw === undefined ? {} : { body: raw }),
        });
        await answer.arrayBuffer();
      }
    }
  }
}

it('says ids and codes, and never a word, a name or a password', async () => {
  const documentId = demo.documents.find(({ owner }) => owner === 'lisi')?.id ?? '';
  const author = await signIn('lisi');
  // Has not used up what one session may write.
  const clerk = await signIn('office');
  for (const person of [Person.stranger(server.url), author, await signIn('admin'), await signIn('office')]) {
    await askEverything(person, documentId);
  }
  await fetch(`${server.url}/${encodeURIComponent(words)}/${latin}?${latin}`);
  await Person.signIn(server.url, 'lisi', latin).catch(() => undefined);
  // The socket: words, a frame that is none, an update that is refused.
  const writer = await WriterSocket.open(author, documentId);
  writer.type(words);
  await writer.stored();
  writer.raw(Buffer.from(`${words}${latin}`));
  expect(await writer.closed).toBe(4400);
  const torn = await WriterSocket.open(author, documentId);
  torn.doc.getMap(latin).set(words, words);
  // A store that fails in the midst of it.
  const failing = await WriterSocket.open(author, documentId);
  const release = await lockDatabase(dataDir.path);
  try {
    failing.type(words);
    await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status, { timeout: 20_000 }).toBe(503);
    await Person.signIn(server.url, latin, words).catch(() => undefined);
    const refused = await fetch(`${server.url}/api/meetings/${demo.meetingId}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', origin: server.url, cookie: clerk.cookie },
      body: JSON.stringify({ title: words }),
    });
    expect(refused.status).toBe(503);
  } finally {
    await release();
  }
  await failing.stored();
  await expect.poll(async () => (await fetch(`${server.url}/readyz`)).status, { timeout: 20_000 }).toBe(200);
  await Promise.all([torn.leave(), failing.leave()]);
  expect(await server.stop()).toBe(0);

  const lines = server.output.split('\n').filter((line) => line.startsWith('{'));
  const said = lines.map((line) => JSON.parse(line));
  const told = (part: object) => expect(said).toContainEqual(expect.objectContaining(part));
  const userId = expect.stringMatching(/^user_/);
  told({ level: 'info', msg: 'migrated' });
  told({ level: 'info', msg: 'started' });
  told({ msg: 'sign-in refused', code: 'credentials_wrong', userId });
  told({
    msg: 'update refused',
    code: expect.stringMatching(/^(?:outside_template|invalid_content)$/),
    documentId,
    userId,
  });
  told({ msg: 'socket closed', code: 4400, documentId, userId });
  told({ level: 'error', msg: 'commit failed', err: expect.objectContaining({ errcode: 5 }) });
  told({ level: 'warn', msg: 'the store does not answer' });
  told({ level: 'info', msg: 'stopped', unsaved: 0 });
  const people = demo.accounts.flatMap(({ name, password }) => [name, password]);
  for (const secret of [...marks, ...people]) expect(server.output).not.toContain(secret);
});

/**
 * The product as an office runs it: its real server on a data directory on the disk, people who signed in, documents that were
 * made with their meetings, every update durable before anybody sees it. What the meetings cost is paid once: the directory
 * made by `prepare` is copied for each start, and sessions outlive a restart.
 */
import { readFileSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Child, freePort } from '../child.mjs';
import { forEachOf } from '../client.mjs';

const product = join(import.meta.dirname, '../..');
const schemaNumber = 1;
const peopleCount = 20;
const smallRoomPeople = 3;
const initialPassword = 'bench-password-1';

/** What `prepare` leaves behind. @type {{ dir: string, cookies: string[], rooms: { large: string[], small: string[] }, root: string } | undefined} */
let office;

/** @type {import('./servers.mjs').ServerKind} */
export const duizhao = {
  id: 'duizhao',
  stores: true,
  note: 'this product: signed-in people, real documents, every update committed (WAL, synchronous=FULL) before it is shown',

  async prepare(workshop, wanted) {
    const dir = join(workshop, 'duizhao-office');
    await mkdir(dir);
    const { child, url } = await launch(dir, false);
    const setupCode = /\b([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})\b/.exec(child.output)?.[1];
    const people = await hire(url, setupCode);
    const large = await forEachOf([...Array(wanted.large).keys()], (n) => meet(url, people, n, peopleCount), 8);
    const small = await forEachOf([...Array(wanted.small).keys()], (n) => meet(url, people, n, smallRoomPeople), 8);
    const first = large[0] ?? small[0];
    const { sections } = await ask(url, people[0].cookie, 'GET', `/api/documents/${first}`);
    const root = `s:${sections.find((/** @type {{ hasBody: boolean }} */ { hasBody }) => hasBody).key}`;
    await child.end('SIGTERM');
    office = { dir, cookies: people.map(({ cookie }) => cookie), rooms: { large, small }, root };
  },

  async start({ dir, again = false }) {
    const prepared = office;
    if (prepared === undefined) throw new Error('the office is not prepared');
    if (!again) await cp(prepared.dir, dir, { recursive: true });
    const { child, url, port } = await launch(dir, true);
    return {
      child,
      port,
      seat: ({ kind, room, person }) => {
        const name = prepared.rooms[kind][room];
        if (name === undefined) throw new Error(`the office has no ${kind} room ${room}`);
        // Rooms of three are held by different threes.
        const who = kind === 'large' ? person % peopleCount : (room + (person % smallRoomPeople)) % peopleCount;
        return {
          address: {
            port,
            path: `/sync/${name}?schema=${schemaNumber}`,
            headers: { cookie: prepared.cookies[who], origin: url },
          },
          root: prepared.root,
        };
      },
      commits: () => readCommits(url),
    };
  },
};

/** What `npm start` hands to node. */
function startArguments() {
  const { scripts } = JSON.parse(readFileSync(join(product, 'package.json'), 'utf8'));
  return String(scripts.start)
    .split(' ')
    .filter((word) => word !== 'exec' && word !== 'node');
}

/** @param {string} dir @param {boolean} pinned */
async function launch(dir, pinned) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = await Child.start([...startArguments(), '--no-build'], {
    ready: url,
    pinned,
    cwd: product,
    env: { HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dir, LOG_LEVEL: 'warn' },
  });
  return { child, url, port };
}

/**
 * @param {string} url
 * @param {string} cookie
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 */
async function request(url, cookie, method, path, body) {
  const response = await fetch(url + path, {
    method,
    headers: { 'content-type': 'application/json', origin: url, ...(cookie === '' ? {} : { cookie }) },
    body: body === undefined ? null : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status} ${await response.text()}`);
  return response;
}

/** @type {(...wish: Parameters<typeof request>) => Promise<any>} */
async function ask(...wish) {
  return (await request(...wish)).json();
}

/** @param {string} url @param {string} username @param {string} password */
async function signIn(url, username, password) {
  const response = await request(url, '', 'POST', '/api/auth/sign-in/username', { username, password });
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

/**
 * Sets the unit up and gives twenty people accounts with passwords of their own.
 * @param {string} url
 * @param {string | undefined} code
 * @returns {Promise<{ id: string, cookie: string }[]>}
 */
async function hire(url, code) {
  const administrator = { username: 'admin', name: '管理员', password: initialPassword };
  await ask(url, '', 'POST', '/api/setup', { code, unitName: 'XX市XX局', administrator });
  const admin = await signIn(url, 'admin', initialPassword);
  const { units } = await ask(url, admin, 'GET', '/api/units');
  const accounts = Array.from({ length: peopleCount }, (_, n) => {
    return { username: `person${n}`, name: `起草人${n}`, duty: '', unitId: units[0].id, position: 'office' };
  });
  const { accounts: made } = await ask(url, admin, 'POST', '/api/accounts/import', { accounts });
  return forEachOf(
    made,
    async (/** @type {any} */ { account, initialPassword: current }) => {
      const first = await signIn(url, account.username, current);
      await ask(url, first, 'POST', '/api/me/password', { current, next: `${initialPassword}-${account.username}` });
      return { id: account.id, cookie: await signIn(url, account.username, `${initialPassword}-${account.username}`) };
    },
    4,
  );
}

/**
 * Holds a meeting and returns the id of its team material, which its leader and its drafters write together.
 * @param {string} url
 * @param {{ id: string, cookie: string }[]} people
 * @param {number} n
 * @param {number} size
 * @returns {Promise<string>}
 */
async function meet(url, people, n, size) {
  const { cookie } = people[n % people.length];
  const { templates } = await templatesOf(url, cookie);
  const { meeting } = await ask(url, cookie, 'POST', '/api/meetings', {
    templateId: templates[0].id,
    kind: templates[0].kind,
    title: `第${n + 1}次民主生活会`,
    year: templates[0].year,
    theme: templates[0].theme,
    participants: Array.from({ length: size }, (_, place) => {
      const { id } = people[(n + place) % people.length];
      return { userId: id, role: place === 0 ? 'leader' : 'office', drafter: place > 0 };
    }),
  });
  const { documents } = await ask(url, cookie, 'GET', `/api/meetings/${meeting.id}/documents`);
  return documents.find((/** @type {{ kind: string }} */ { kind }) => kind === 'team').id;
}

/** @type {Promise<any> | undefined} */
let templates;

/** @param {string} url @param {string} cookie */
function templatesOf(url, cookie) {
  templates ??= ask(url, cookie, 'GET', '/api/templates');
  return templates;
}

/** @param {string} url */
async function readCommits(url) {
  const text = await (await fetch(`${url}/metrics`)).text();
  /** @param {string} quantile */
  const of = (quantile) => Number(new RegExp(`^duizhao_commit_ms\\{of="${quantile}"\\} (\\S+)$`, 'm').exec(text)?.[1]);
  return { p50: of('p50'), p95: of('p95'), p99: of('p99') };
}

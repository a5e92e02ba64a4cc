/** The port's patience with callers who say too little or too slowly, and who may read the numbers. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { afterEach, describe, expect, test } from 'vitest';
import { type HealthDeps, healthRoutes } from '../../../server/http/health.ts';
import { defaultLimits, Listener, type ListenerLimits } from '../../../server/http/listener.ts';
import type { Env } from '../../../server/http/respond.ts';

let listener: Listener | undefined;
afterEach(() => {
  listener?.end();
  listener = undefined;
});

async function open(routes: (app: Hono<Env>) => void, limits?: Partial<ListenerLimits>): Promise<number> {
  const app = new Hono<Env>();
  routes(app);
  listener = new Listener({ fetch: app.fetch, maxFrameBytes: 1_000, limits: { ...defaultLimits, ...limits } });
  await listener.listen(0, '127.0.0.1');
  const address = listener.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** What comes back until the other side ends the connection. */
async function say(port: number, ...parts: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  let heard = '';
  socket.on('data', (chunk) => {
    heard += String(chunk);
  });
  await once(socket, 'connect');
  for (const part of parts) socket.write(part);
  await once(socket, 'close');
  return heard;
}

describe('a caller', () => {
  // Long enough for an honest caller on a machine that stalls for a moment.
  const hasty = { headersTimeoutMs: 1_000, requestTimeoutMs: 2_000, checkMs: 100 };
  const routes = (app: Hono<Env>) => {
    app.post('/', async (c) => c.text(await c.req.text()));
    app.get('/', (c) => c.text('well'));
  };

  test.each([
    ['who says nothing', []],
    ['who never ends his head', ['GET / HTTP/1.1\r\nHost: x\r\n']],
    ['who never sends his body', ['POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n123']],
  ])('%s is cut off, and others are served meanwhile', async (_what, parts) => {
    const port = await open(routes, hasty);
    const slow = say(port, ...parts);
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('well');
    expect(await slow).toMatch(/^(?:HTTP\/1\.1 408 |$)/);
  });

  test('who wishes for another protocol is answered as if he had not', async () => {
    const port = await open(routes);
    const answer = await say(
      port,
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: telepathy\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  });

  test('who is one too many is turned away', async () => {
    const port = await open(routes, { maxConnections: 1 });
    const first = connect(port, '127.0.0.1');
    await once(first, 'connect');
    expect(await say(port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')).toBe('');
    first.destroy();
  });

  test('by default has some seconds, fewer than would let a few hold the port', async () => {
    await open(routes);
    expect(listener?.server).toMatchObject({
      headersTimeout: 15_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 75_000,
      connectionsCheckingInterval: 5_000,
      maxConnections: 10_000,
    });
  });
});

describe('requests that are being answered', () => {
  test('are counted until the last byte, and are awaited', async () => {
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const port = await open((app) =>
      app.get('/', async (c) => {
        await finished;
        return c.text('well');
      }),
    );
    const asked = fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text());
    if (listener === undefined) throw new Error('no listener');
    await once(listener.server, 'request');
    expect(listener.answering).toBe(1);
    let isDrained = false;
    const drained = listener.drained().then(() => {
      isDrained = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isDrained).toBe(false);
    finish();
    expect(await asked).toBe('well');
    await drained;
    expect(listener.answering).toBe(0);
    await listener.drained();
  });
});

describe('the numbers', () => {
  function routesFor(readers: HealthDeps['metricsReaders']) {
    const deps = {
      storage: { probe: async () => undefined },
      vitals: () => ({ unsaved: 0, failing: false }),
      stopping: new AbortController().signal,
      metrics: () => 'duizhao_rooms 1\n',
      metricsReaders: readers,
    };
    // Of the store only the probe is asked.
    return healthRoutes(deps as unknown as HealthDeps);
  }
  async function ask(readers: HealthDeps['metricsReaders'], headers: Readonly<Record<string, string>> = {}) {
    const port = await open((app) => app.route('/', routesFor(readers)));
    const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(
      ([name, said]) => `${name}: ${said}\r\n`,
    );
    const answer = await say(port, `GET /metrics HTTP/1.1\r\nConnection: close\r\n${lines.join('')}\r\n`);
    return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]);
  }
  const here = { token: undefined, behindProxy: false };

  test('are for this machine under its own name', async () => {
    expect(await ask(here)).toBe(200);
    expect(await ask(here, { host: 'localhost' })).toBe(200);
  });

  test.each([
    ['127.0.0.1', 200],
    ['::ffff:127.0.0.1', 200],
    ['::1', 200],
    ['192.0.2.7', 403],
    ['::ffff:192.0.2.7', 403],
    ['2001:db8::1', 403],
    [undefined, 403],
  ])('asked from %s under a name of this machine are answered %i', async (remoteAddress, status) => {
    const socket = { remoteAddress, remotePort: 1, remoteFamily: 'IPv4' };
    const from = { incoming: { socket } };
    const answer = await routesFor(here).request('/metrics', { headers: { host: 'localhost' } }, from);
    expect(answer.status).toBe(status);
  });

  test.each([
    ['says for whom it asks', { 'X-Forwarded-For': '192.0.2.1' }],
    ['says so in the newer way', { Forwarded: 'for=192.0.2.1' }],
    ['says so in its own way', { 'X-Real-IP': '192.0.2.1' }],
    ['says which host was asked', { 'X-Forwarded-Host': 'duizhao.example' }],
    ['passes the asked host on', { host: 'duizhao.example' }],
    ['names itself', { Via: '1.1 proxy' }],
  ])('are not for whoever comes through a proxy on this machine that %s', async (_what, headers) => {
    expect(await ask(here, headers)).toBe(403);
  });

  test('are for the bearer of the token alone where there is one, or where a proxy is configured', async () => {
    const token = { token: 'a-token-of-some-length', behindProxy: true };
    expect(await ask({ token: undefined, behindProxy: true })).toBe(403);
    expect(await ask(token)).toBe(403);
    for (const wrong of ['a-token-of-other-length', 'b-token-of-some-length', 'a-token-of-some-lengtg', '']) {
      expect(await ask(token, { authorization: `Bearer ${wrong}` }), wrong).toBe(403);
    }
    expect(await ask(token, { authorization: 'a-token-of-some-length' })).toBe(403);
    expect(await ask(token, { authorization: 'Bearer a-token-of-some-length', host: 'duizhao.example' })).toBe(200);
  });
});

/** What holds for every route: headers, limits, errors, health, the pages. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Identity } from '../../../server/identity/identity.ts';
import { codeOf, OfficeWorld } from '../../support/office-world.ts';

let world: OfficeWorld;
beforeEach(async () => {
  world = await OfficeWorld.open();
});
afterEach(() => world.close());

const failing = (error: unknown): Identity => ({ who: () => Promise.reject(error) });

describe('headers', () => {
  test('everything comes from this host, nobody frames the page, nothing is kept', async () => {
    const response = await world.app.request('/api/work', { headers: { host: '10.0.0.7:8000' } });
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("connect-src 'self' ws://10.0.0.7:8000 wss://10.0.0.7:8000");
    expect(policy).not.toMatch(/https?:\/\//);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('cross-origin-opener-policy')).toBeNull();
  });

  test('a strange host name does not get into the policy', async () => {
    const response = await world.app.request('/api/work', { headers: { host: "x; script-src 'unsafe-inline'" } });
    expect(response.headers.get('content-security-policy')).not.toContain("script-src 'unsafe-inline'");
  });

  test('over https the page is kept apart from other windows', async () => {
    const response = await world.appWith({ publicUrl: 'https://duizhao.example' }).request('/api/work');
    expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(response.headers.get('strict-transport-security')).toContain('max-age');
  });
});

describe('errors', () => {
  test('an unknown path below /api is a refusal in JSON', async () => {
    const answer = await world.ask('lisi', 'GET', '/api/nothing/here');
    expect([answer.status, codeOf(answer)]).toEqual([404, 'not_found']);
  });

  test('a bug is logged and answered without a word of what it was', async () => {
    const response = await world.appWith({ identity: failing(new Error('secret detail')) }).request('/api/work');
    const text = await response.text();
    expect([response.status, JSON.parse(text).error.code]).toEqual([500, 'internal']);
    expect(text).not.toContain('secret');
    expect(world.troubles).toHaveLength(1);
  });

  test.each([
    ['busy', 5],
    ['locked', 6],
    ['read-only', 8],
    ['a failing disk', 10 + 256 * 3],
    ['full', 13],
  ])('a store that is %s is said to be unavailable, also when the error was wrapped', async (_what, errcode) => {
    const error = Object.assign(new Error('sqlite'), { code: 'ERR_SQLITE_ERROR', errcode });
    for (const thrown of [error, new Error('wrapped', { cause: error })]) {
      const response = await world.appWith({ identity: failing(thrown) }).request('/api/work');
      expect([response.status, (await response.json()).error.code]).toEqual([503, 'storage_unavailable']);
    }
  });

  test('a broken constraint is a bug and no outage', async () => {
    const error = Object.assign(new Error('sqlite'), { code: 'ERR_SQLITE_ERROR', errcode: 19 });
    expect((await world.appWith({ identity: failing(error) }).request('/api/work')).status).toBe(500);
  });

  test('a store that is really read-only answers 503 and changes nothing', async () => {
    const meeting = await world.meet();
    const locked = {
      ...world.storage,
      transact: () => Promise.reject(Object.assign(new Error('ro'), { code: 'ERR_SQLITE_ERROR', errcode: 8 })),
    };
    const response = await world.appWith({ storage: locked }).request(`/api/meetings/${meeting.id}`, {
      method: 'PATCH',
      headers: { 'x-person': world.people.office.id },
      body: JSON.stringify({ place: '三楼' }),
    });
    expect(response.status).toBe(503);
    expect((await world.storage.records.meeting.get(meeting.id))?.place).toBe('');
  });
});

describe('limits', () => {
  test('a session that writes too fast is held up, others are not, and time lets it go on', async () => {
    const app = world.appWith({ writeLimit: { burst: 3, perSecond: 0.5 } });
    const write = (cookie: string) => app.request('/api/meetings', { method: 'POST', headers: { cookie }, body: '{}' });
    const statuses = async (cookie: string, times: number) => {
      const found: number[] = [];
      for (let i = 0; i < times; i += 1) found.push((await write(cookie)).status);
      return found;
    };
    expect(await statuses('a', 4)).toEqual([401, 401, 401, 429]);
    const held = await write('a');
    expect(held.headers.get('retry-after')).toBe('2');
    expect(await statuses('b', 1)).toEqual([401]);
    world.clock.advance(2_000);
    expect(await statuses('a', 2)).toEqual([401, 429]);
  });

  test('strangers without a cookie cannot use up what others need to sign in', async () => {
    const app = world.appWith({ writeLimit: { burst: 1, perSecond: 0.001 } });
    for (let i = 0; i < 5; i += 1) expect((await app.request('/api/meetings', { method: 'POST' })).status).toBe(401);
  });

  test('reading is not counted', async () => {
    const app = world.appWith({ writeLimit: { burst: 1, perSecond: 0.001 } });
    for (let i = 0; i < 5; i += 1)
      expect((await app.request('/api/work', { headers: { cookie: 'a' } })).status).toBe(401);
  });

  test('a change that comes from another site is refused', async () => {
    const response = await world.app.request('/api/meetings', {
      method: 'POST',
      headers: { origin: 'http://elsewhere.example', host: 'localhost', 'x-person': world.people.office.id },
      body: '{}',
    });
    expect((await response.json()).error.code).toBe('foreign_origin');
  });
});

describe('health', () => {
  const vitals = { unsaved: 1, failing: true };

  test('is red while saving fails, and green otherwise', async () => {
    expect((await world.app.request('/healthz')).status).toBe(200);
    const red = await world.appWith({ vitals: () => vitals }).request('/healthz');
    expect([red.status, await red.json()]).toEqual([503, { status: 'failing', unsaved: 1 }]);
  });

  test('is ready when the store can be written', async () => {
    expect((await world.app.request('/readyz')).status).toBe(200);
    const storage = { ...world.storage, probe: () => Promise.reject(new Error('locked')) };
    expect((await world.appWith({ storage }).request('/readyz')).status).toBe(503);
  });

  test('is not ready while saving fails or once the server ends', async () => {
    const said = async (parts: Parameters<OfficeWorld['appWith']>[0]) => {
      const response = await world.appWith(parts).request('/readyz');
      return [response.status, (await response.json()).status];
    };
    expect(await said({ vitals: () => vitals })).toEqual([503, 'saving_fails']);
    expect(await said({ stopping: AbortSignal.abort() })).toEqual([503, 'stopping']);
  });

  test('begins nothing once the server ends, says when to come back, and says how it is', async () => {
    const app = world.appWith({ stopping: AbortSignal.abort() });
    const refused = await app.request('/api/work');
    expect([refused.status, (await refused.json()).error.code]).toEqual([503, 'stopping']);
    expect(refused.headers.get('retry-after')).toBe('10');
    expect((await app.request('/healthz')).status).toBe(200);
  });
});

describe('pages', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'duizhao-pages-'));
    mkdirSync(join(directory, 'assets'));
    writeFileSync(join(directory, 'index.html'), '<!doctype html><title>对照</title>');
    writeFileSync(join(directory, 'assets', 'app-3f2a.js'), 'export {};');
    writeFileSync(join(directory, 'seal.svg'), '<svg/>');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const get = async (path: string) => world.appWith({ pages: directory }).request(path);

  test('every page of the application begins with index.html, asked for anew', async () => {
    for (const path of ['/', '/meetings', '/documents/doc_1', '/index.html']) {
      const response = await get(path);
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      expect(await response.text()).toContain('对照');
    }
  });

  test('files whose names carry a hash are kept for good; other files are asked for anew', async () => {
    const asset = await get('/assets/app-3f2a.js');
    expect([asset.status, asset.headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    expect(asset.headers.get('content-type')).toContain('javascript');
    expect((await get('/seal.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  test('a file that is not there is not a page', async () => {
    for (const path of ['/assets/gone.js', '/gone.png', '/assets/../../package.json', '/%2e%2e/package.json']) {
      expect((await get(path)).status).toBe(404);
    }
  });

  test('paths of the API never fall through to a page', async () => {
    expect((await get('/api/nothing')).headers.get('content-type')).toContain('json');
  });
});

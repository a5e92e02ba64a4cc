/** What stands before every route: where a request comes from. */
import { describe, expect, test } from 'vitest';
import { isSameOrigin } from '../../../server/http/guards.ts';
import { PeopleWorld } from './people-world.ts';

const host = '192.168.1.20:8000';

describe('isSameOrigin', () => {
  test.each([
    ['our own page', { origin: `http://${host}` }, true],
    ['our own page by its referer', { referer: `http://${host}/work` }, true],
    ['no browser', {}, true],
    ['a browser’s address line', { 'sec-fetch-site': 'none' }, true],
    ['our own page in a new browser', { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }, true],
    ['another site', { origin: 'http://evil.example' }, false],
    ['another port of this host', { origin: 'http://192.168.1.20:9000' }, false],
    ['another site by its referer', { referer: `http://evil.example/?http://${host}` }, false],
    ['a sandboxed frame', { origin: 'null' }, false],
    ['another site that hides its origin', { 'sec-fetch-site': 'cross-site' }, false],
    ['a sister site', { 'sec-fetch-site': 'same-site' }, false],
    ['the public address before a proxy', { origin: 'https://duizhao.example' }, true],
  ])('%s', (_who, headers, expected) => {
    expect(isSameOrigin(new Headers({ host, ...headers }), 'https://duizhao.example')).toBe(expected);
  });
});

describe('a request from another site', () => {
  test('changes nothing, signed in or not; reading answers as ever', async () => {
    const { world, admin } = await PeopleWorld.open();
    const foreign = { host, origin: 'http://evil.example' };
    const before = await world.audit();
    for (const path of ['/api/auth/sign-out', '/api/units', '/api/setup', '/api/me/password']) {
      expect(await admin.refused('POST', path, {}, foreign)).toBe('403 foreign_origin');
    }
    expect((await admin.ask('GET', '/api/me', undefined, foreign)).status).toBe(200);
    expect(await world.audit()).toEqual(before);
    await world.close();
  });

  test('a body that is too large is refused before it is read', async () => {
    const { world, admin } = await PeopleWorld.open();
    expect(await admin.refused('POST', '/api/units', { name: 'x'.repeat(2_000_000) })).toBe('413 too_large');
    await world.close();
  });
});

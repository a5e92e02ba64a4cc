/** Signing in and out, sessions and their end, the lock, and what of better-auth can be reached: nothing. */
import { getMigrations } from 'better-auth/db/migration';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { identityOptions } from '../../../server/identity/better-auth.ts';
import { meSchema } from '../../../shared/api/people.ts';
import { isId } from '../../../shared/ids.ts';
import { adminPassword, type Browser, detailsOf, PeopleWorld } from '../accounts/people-world.ts';

const signInPath = '/api/auth/sign-in/username';
const hour = 3_600_000;

describe('signing in', () => {
  let world: PeopleWorld;
  let admin: Browser;

  beforeEach(async () => {
    ({ world, admin } = await PeopleWorld.open());
  });

  afterEach(async () => {
    expect(world.troubles).toEqual([]);
    await world.close();
  });

  const attempt = (username: string, password: string, browser = world.browser()) =>
    browser.refused('POST', signInPath, { username, password });

  test('answers with who I am, and the cookie opens the door', async () => {
    const browser = world.browser();
    const reply = await browser.ask('POST', signInPath, { username: 'admin', password: adminPassword });
    expect(reply.status).toBe(200);
    const me = meSchema.parse(reply.body);
    expect(me.account).toMatchObject({ username: 'admin', name: '管理员', administrator: true });
    expect(isId('user', me.account.id)).toBe(true);
    expect(await browser.get(meSchema, '/api/me')).toEqual(me);
  });

  test('sets a cookie that scripts, other sites and, over https, plain connections do not get', async () => {
    const cookieOf = async (each: PeopleWorld) => {
      const reply = await each.browser().ask('POST', signInPath, { username: 'admin', password: adminPassword });
      return reply.headers.getSetCookie().join('\n');
    };
    const plain = await cookieOf(world);
    expect(plain).toMatch(/^duizhao\.session_token=[^\n]*HttpOnly[^\n]*SameSite=Lax$/);
    expect(plain).not.toMatch(/secure/i);
    const safe = await PeopleWorld.open({ secure: true });
    expect(await cookieOf(safe.world)).toMatch(/^__Secure-duizhao\.session_token=[^\n]*Secure[^\n]*/);
    await safe.world.close();
  });

  test('a username can be a Chinese name, and capitals do not matter', async () => {
    const { password } = await world.account(admin, { username: '李四' });
    const other = await world.account(admin, { username: 'ZhangSan', name: '张三' });
    expect(other.account.username).toBe('zhangsan');
    await world.signedIn('李四', password);
    await world.signedIn('ZHANGSAN', other.password);
  });

  test('a wrong password, an unknown name and an impossible one are refused alike', async () => {
    const answers = await Promise.all(
      [
        ['admin', 'wrong-password-1'],
        ['nobody', adminPassword],
        ['; drop table', adminPassword],
      ].map(([username, password]) => world.browser().ask('POST', signInPath, { username, password })),
    );
    for (const reply of answers) {
      expect(reply.status).toBe(401);
      expect(reply.body).toEqual({ error: { code: 'credentials_wrong', message: expect.any(String) } });
      expect(reply.headers.getSetCookie()).toEqual([]);
    }
  });

  test('what is no JSON or no sign-in at all is refused by its form', async () => {
    expect(await world.browser().refused('POST', signInPath, '{')).toBe('400 invalid_json');
    expect(await world.browser().refused('POST', signInPath, { username: 'admin' })).toBe('400 invalid_request');
    expect(await attempt('admin', 'x'.repeat(129))).toBe('422 text_too_long');
  });

  test('a disabled account learns so only with its right password', async () => {
    const { account, password } = await world.account(admin);
    await admin.ok('PATCH', `/api/accounts/${account.id}`, { disabled: true });
    expect(await attempt('lisi', password)).toBe('403 account_disabled');
    expect(await attempt('lisi', 'wrong-password-1')).toBe('401 credentials_wrong');
    const { rows } = await sql`select * from session where userId = ${account.id}`.execute(world.storage.db);
    expect(rows).toEqual([]);
    await admin.ok('PATCH', `/api/accounts/${account.id}`, { disabled: false });
    await world.signedIn('lisi', password);
  });

  test('is on the record: who, from where, and failures without what was typed for a name', async () => {
    const before = (await world.audit()).length;
    const near = world.browser('10.0.0.7');
    await near.ask('POST', signInPath, { username: 'admin', password: 'wrong-password-1' });
    await near.ask('POST', signInPath, { username: adminPassword, password: 'oops' });
    await near.ok('POST', signInPath, { username: 'admin', password: adminPassword });
    await near.ok('POST', '/api/auth/sign-out', {});
    expect((await world.audit()).slice(before).map(({ act, actor, facts }) => ({ act, actor, facts }))).toEqual([
      {
        act: 'sign_in_failed',
        actor: '管理员',
        facts: { username: 'admin', address: '10.0.0.7', reason: 'credentials_wrong' },
      },
      { act: 'sign_in_failed', actor: '', facts: { address: '10.0.0.7', reason: 'credentials_wrong' } },
      { act: 'sign_in', actor: '管理员', facts: { username: 'admin', address: '10.0.0.7' } },
      { act: 'sign_out', actor: '管理员', facts: { username: 'admin' } },
    ]);
    expect(JSON.stringify(await world.audit())).not.toContain(adminPassword);
  });

  describe('locks', () => {
    const fail = async (times: number, username = 'admin', browser = world.browser()) => {
      for (let n = 0; n < times; n += 1) {
        expect(await attempt(username, 'wrong-password-1', browser)).toBe('401 credentials_wrong');
      }
    };

    test.each(['admin', 'nobody'])('%s after five wrong passwords in a row, for ten minutes', async (username) => {
      await fail(5, username);
      const reply = await world.browser().ask('POST', signInPath, { username, password: adminPassword });
      expect(reply.status).toBe(429);
      expect(reply.body).toMatchObject({ error: { code: 'account_locked' } });
      expect(detailsOf(reply)).toEqual({ retryAfterSeconds: 600 });
      expect(reply.headers.get('retry-after')).toBe('600');
      world.clock.advance(599_000);
      expect(await attempt(username, adminPassword)).toBe('429 account_locked');
      world.clock.advance(1000);
      await fail(1, username);
    });

    test('and opens by itself: the right password is then enough', async () => {
      await fail(5);
      world.clock.advance(600_000);
      await world.signedIn('admin', adminPassword);
    });

    test('only when the failures are in a row', async () => {
      await fail(4);
      await world.signedIn('admin', adminPassword);
      await fail(4);
      await world.signedIn('admin', adminPassword);
    });

    test('nobody else, and nobody who is signed in', async () => {
      const { password } = await world.account(admin);
      await fail(5);
      await world.signedIn('lisi', password);
      await admin.ok('GET', '/api/me');
    });

    test('guesses made at once count like guesses in turn', async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => attempt('admin', 'wrong-password-1')));
      expect(answers.filter((answer) => answer === '401 credentials_wrong')).toHaveLength(5);
      expect(answers.filter((answer) => answer === '429 account_locked')).toHaveLength(7);
    });

    test('an address after thirty failures, whatever the names, and no other address', async () => {
      const far = world.browser('203.0.113.9');
      for (let n = 0; n < 30; n += 1) await fail(1, `name${n}`, far);
      expect(await attempt('admin', adminPassword, far)).toBe('429 account_locked');
      await world.browser('10.0.0.7').ok('POST', signInPath, { username: 'admin', password: adminPassword });
    });

    test('behind a trusted proxy the address is what the proxy saw, not what the client says', async () => {
      await world.close();
      ({ world, admin } = await PeopleWorld.open({ trustProxy: true }));
      const proxied = world.browser('127.0.0.1');
      const body = { username: 'nobody', password: 'wrong-password-1' };
      await proxied.ask('POST', signInPath, body, { 'x-forwarded-for': '1.2.3.4, 198.51.100.5' });
      expect((await world.audit()).at(-1)?.facts).toMatchObject({ address: '198.51.100.5' });
    });

    test('refused attempts are not on the record one by one', async () => {
      await fail(5);
      const before = (await world.audit()).length;
      await attempt('admin', adminPassword);
      expect((await world.audit()).length).toBe(before);
    });
  });

  describe('a session', () => {
    test('ends twelve hours after the last visit, not after the first', async () => {
      world.clock.advance(11 * hour);
      await admin.ok('GET', '/api/me');
      world.clock.advance(11 * hour);
      await admin.ok('GET', '/api/me');
      world.clock.advance(12 * hour + 1000);
      expect(await admin.refused('GET', '/api/me')).toBe('401 signed_out');
    });

    test('whose row is gone or past its end is over', async () => {
      const { browser, account } = await world.colleague(admin);
      await sql`update session set expiresAt = '2020-01-01T00:00:00.000Z' where userId = ${account.id}`.execute(
        world.storage.db,
      );
      expect(await browser.refused('GET', '/api/me')).toBe('401 signed_out');
    });

    test('goes on being read while the store cannot write', async () => {
      world.clock.advance(hour);
      await sql`pragma query_only = on`.execute(world.storage.db);
      await admin.ok('GET', '/api/me');
      expect(await admin.refused('POST', '/api/auth/sign-out', {})).toBe('503 storage_unavailable');
      await sql`pragma query_only = off`.execute(world.storage.db);
      await admin.ok('GET', '/api/me');
      world.troubles.length = 0;
    });

    test('cannot be had with a forged or a foreign cookie', async () => {
      const forged = world.browser();
      const [[name = '', value = ''] = []] = [...admin.cookies];
      forged.cookies.set(name, `${value.slice(0, -4)}AAAA`);
      expect(await forged.refused('GET', '/api/me')).toBe('401 signed_out');
      forged.cookies.set(name, 'nonsense');
      expect(await forged.refused('GET', '/api/me')).toBe('401 signed_out');
      const elsewhere = await PeopleWorld.open();
      forged.cookies = new Map(elsewhere.admin.cookies);
      expect(await forged.refused('GET', '/api/me')).toBe('401 signed_out');
      await elsewhere.world.close();
    });

    test('ended by signing out is over on the server too, with its live connections', async () => {
      const copy = world.browser();
      copy.cookies = new Map(admin.cookies);
      const other = await world.signedIn('admin', adminPassword);
      const { id } = (await copy.get(meSchema, '/api/me')).account;
      await admin.ok('POST', '/api/auth/sign-out', {});
      expect(admin.cookies.size).toBe(0);
      expect(await copy.refused('GET', '/api/me')).toBe('401 signed_out');
      expect(world.rooms.dismissed).toEqual([[id, 4401, expect.any(String)]]);
      await other.ok('GET', '/api/me');
      await admin.ok('POST', '/api/auth/sign-out', {});
    });
  });

  test('nothing else of better-auth is there', async () => {
    const doors = {
      POST: [
        'sign-up/email',
        'sign-in/email',
        'is-username-available',
        'update-user',
        'change-password',
        'admin/create-user',
        'admin/set-user-password',
        'admin/impersonate-user',
      ],
      GET: ['get-session', 'list-sessions', 'ok', 'error', 'admin/list-users'],
    };
    for (const [method, paths] of Object.entries(doors)) {
      for (const path of paths) {
        const body = method === 'POST' ? {} : undefined;
        expect([path, await admin.refused(method, `/api/auth/${path}`, body)]).toEqual([path, '404 not_found']);
      }
    }
  });

  test('the tables of our migrations are the ones better-auth would make', async () => {
    const options = identityOptions({ ...world, secret: 'x'.repeat(40), secure: false });
    const { toBeCreated, toBeAdded } = await getMigrations(options);
    expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] });
  });
});

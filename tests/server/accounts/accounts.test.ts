/** Accounts by their administrator, one's own password, people and units. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createInitialPassword } from '../../../server/accounts/initial-password.ts';
import { transactOrRefuse } from '../../../server/accounts/tools.ts';
import { refusal } from '../../../shared/api/errors.ts';
import {
  accountAnswer,
  accountsAnswer,
  importAccountsAnswer,
  initialPasswordAnswer,
  meSchema,
  passwordSchema,
  peopleAnswer,
  unitSchema,
  unitsAnswer,
} from '../../../shared/api/people.ts';
import type { UserId } from '../../../shared/ids.ts';
import { err } from '../../../shared/result.ts';
import { adminPassword, type Browser, detailsOf, PeopleWorld } from './people-world.ts';

const signInPath = '/api/auth/sign-in/username';

describe('accounts', () => {
  let world: PeopleWorld;
  let admin: Browser;

  beforeEach(async () => {
    ({ world, admin } = await PeopleWorld.open());
  });

  afterEach(async () => {
    expect(world.troubles).toEqual([]);
    await world.close();
  });

  const idOf = async (browser: Browser): Promise<UserId> => (await browser.get(meSchema, '/api/me')).account.id;
  const takePart = async (userId: UserId) =>
    world.storage.records.participant.insert({
      id: world.newId('part'),
      meetingId: world.newId('meet'),
      userId,
      role: 'member',
      conditions: [],
      drafter: false,
    });

  describe('creating', () => {
    test('gives an initial password that works once and must then be changed', async () => {
      const { account, password } = await world.account(admin);
      expect(account).toMatchObject({ username: 'lisi', name: '李四', disabled: false, mustChangePassword: true });
      const browser = await world.signedIn('lisi', password);
      expect((await browser.get(meSchema, '/api/me')).account).toEqual(account);
      for (const [method, path] of [
        ['GET', '/api/meetings'],
        ['GET', '/api/people'],
        ['GET', '/api/work'],
        ['PATCH', '/api/me'],
      ] as const) {
        const body = method === 'GET' ? undefined : {};
        expect(await browser.refused(method, path, body)).toMatch(/^(?:403 password_change_required|404 not_found)$/);
      }
      expect(await browser.refused('GET', '/api/people')).toBe('403 password_change_required');
      await browser.ok('POST', '/api/me/password', { current: password, next: 'mein-neues-2022' });
      expect((await browser.get(meSchema, '/api/me')).account.mustChangePassword).toBe(false);
      await browser.ok('GET', '/api/people');
    });

    test('somebody with an initial password can still sign out', async () => {
      const { password } = await world.account(admin);
      const browser = await world.signedIn('lisi', password);
      await browser.ok('POST', '/api/auth/sign-out', {});
      expect(await browser.refused('GET', '/api/me')).toBe('401 signed_out');
    });

    test('keeps usernames unique, whatever their capitals', async () => {
      await world.account(admin);
      const body = { ...(await world.newAccount(admin)), username: 'LiSi' };
      const reply = await admin.ask('POST', '/api/accounts', body);
      expect(reply.status).toBe(409);
      expect(detailsOf(reply)).toEqual({ usernames: ['lisi'] });
      expect((await admin.get(accountsAnswer, '/api/accounts')).accounts).toHaveLength(2);
    });

    test('refuses an unknown unit and a body that does not fit', async () => {
      const body = await world.newAccount(admin);
      expect(await admin.refused('POST', '/api/accounts', { ...body, unitId: world.newId('unit') })).toBe(
        '404 not_found',
      );
      expect(await admin.refused('POST', '/api/accounts', { ...body, username: 'a b' })).toBe('400 invalid_request');
      expect(await admin.refused('POST', '/api/accounts', { ...body, position: 'king' })).toBe('400 invalid_request');
    });

    test('a table of accounts is taken whole', async () => {
      const body = await world.newAccount(admin);
      const names = ['李四', '王五', '赵六'];
      const accounts = names.map((name) => ({ ...body, username: name, name }));
      const answer = importAccountsAnswer.parse(await admin.ok('POST', '/api/accounts/import', { accounts }));
      expect(answer.accounts.map(({ account }) => account.name)).toEqual(names);
      expect(new Set(answer.accounts.map(({ initialPassword }) => initialPassword)).size).toBe(3);
      for (const { account, initialPassword } of answer.accounts)
        await world.signedIn(account.username, initialPassword);
      expect((await world.acts()).filter((act) => act.startsWith('account_created'))).toEqual(
        names.map((name) => `account_created 管理员→${name}`),
      );
    });

    test('or not at all: one name that is taken or given twice leaves everything as it was', async () => {
      await world.account(admin);
      const body = await world.newAccount(admin);
      const table = (...usernames: string[]) => ({ accounts: usernames.map((username) => ({ ...body, username })) });
      const before = (await world.audit()).length;
      const reply = await admin.ask('POST', '/api/accounts/import', table('wangwu', 'zhaoliu', 'lisi', 'zhaoliu'));
      expect(reply.status).toBe(409);
      expect(detailsOf(reply)).toEqual({ usernames: ['lisi', 'zhaoliu'] });
      expect((await admin.get(accountsAnswer, '/api/accounts')).accounts).toHaveLength(2);
      expect((await world.audit()).length).toBe(before);
      // The names are free also in better-auth's own tables.
      await admin.ok('POST', '/api/accounts/import', table('wangwu', 'zhaoliu'));
    });
  });

  test('what was written before a refusal is undone', async () => {
    const refused = await transactOrRefuse(world.storage, async (records) => {
      await records.setting.insert({ id: 'half', value: 'done' });
      return err(refusal('forbidden', 'on second thoughts'));
    });
    expect(refused).toEqual({ ok: false, error: refusal('forbidden', 'on second thoughts') });
    expect(await world.storage.records.setting.get('half')).toBeUndefined();
  });

  test('initial passwords keep the rule for passwords and are never the same', () => {
    const made = Array.from({ length: 500 }, createInitialPassword);
    expect(made.every((password) => passwordSchema.safeParse(password).success)).toBe(true);
    expect(made.every((password) => /^[a-z2-9]{4}(?:-[a-z2-9]{4}){2}$/.test(password))).toBe(true);
    expect(new Set(made).size).toBe(500);
  });

  describe('changing', () => {
    test('writes what was given and nothing else, and puts it on the record', async () => {
      const { account } = await world.account(admin);
      const before = (await world.audit()).length;
      const body = { name: '李思', position: 'leader' };
      const changed = accountAnswer.parse(await admin.ok('PATCH', `/api/accounts/${account.id}`, body));
      expect(changed.account).toEqual({ ...account, ...body });
      await admin.ok('PATCH', `/api/accounts/${account.id}`, {});
      expect((await world.audit()).slice(before).map(({ act, subject, facts }) => ({ act, subject, facts }))).toEqual([
        { act: 'account_changed', subject: '李思', facts: { username: 'lisi', changed: 'name position' } },
      ]);
    });

    test('tells the account’s own pages', async () => {
      const { account } = await world.account(admin);
      const heard: unknown[] = [];
      world.changes.subscribe((change) => heard.push(change));
      await admin.ok('PATCH', `/api/accounts/${account.id}`, { duty: '局长' });
      expect(heard).toEqual([{ topic: 'account', id: account.id, meetingId: undefined, documentId: undefined }]);
    });

    test('an unknown account, an unknown unit and an ill-formed id are not found', async () => {
      const { account } = await world.account(admin);
      expect(await admin.refused('PATCH', `/api/accounts/${world.newId('user')}`, {})).toBe('404 not_found');
      expect(await admin.refused('PATCH', '/api/accounts/1', {})).toBe('404 not_found');
      const elsewhere = { unitId: world.newId('unit') };
      expect(await admin.refused('PATCH', `/api/accounts/${account.id}`, elsewhere)).toBe('404 not_found');
    });

    test('[AC9] disabling ends sessions and live connections at once', async () => {
      const { account, browser, password } = await world.colleague(admin);
      await admin.ok('PATCH', `/api/accounts/${account.id}`, { disabled: true });
      expect(await browser.refused('GET', '/api/me')).toBe('401 signed_out');
      expect(world.rooms.dismissed.at(-1)).toEqual([account.id, 4403, undefined]);
      expect(await world.browser().refused('POST', signInPath, { username: 'lisi', password })).toBe(
        '403 account_disabled',
      );
      await admin.ok('PATCH', `/api/accounts/${account.id}`, { disabled: false });
      expect(await browser.refused('GET', '/api/me')).toBe('401 signed_out');
      await world.signedIn('lisi', password);
      expect((await world.acts()).filter((act) => /abled/.test(act))).toEqual([
        'account_disabled 管理员→李四',
        'account_enabled 管理员→李四',
      ]);
    });

    test('[AC9] a disabled account is shut out by its person and by better-auth, each alone', async () => {
      const { account, browser, password } = await world.colleague(admin);
      await world.storage.records.person.update(account.id, { disabled: true });
      expect(await browser.refused('GET', '/api/me')).toBe('401 signed_out');
      await world.storage.records.person.update(account.id, { disabled: false });
      await browser.ok('GET', '/api/me');
      await admin.ok('PATCH', `/api/accounts/${account.id}`, { disabled: true });
      await world.storage.records.person.update(account.id, { disabled: false });
      expect(await world.browser().refused('POST', signInPath, { username: 'lisi', password })).toBe(
        '403 account_disabled',
      );
    });

    test('the last administrator can be neither disabled nor demoted', async () => {
      const id = await idOf(admin);
      for (const body of [{ disabled: true }, { administrator: false }]) {
        expect(await admin.refused('PATCH', `/api/accounts/${id}`, body)).toBe('409 last_administrator');
      }
      const second = await world.account(admin, { username: 'admin2', administrator: true });
      await admin.ok('PATCH', `/api/accounts/${second.account.id}`, { disabled: true });
      expect(await admin.refused('PATCH', `/api/accounts/${id}`, { administrator: false })).toBe(
        '409 last_administrator',
      );
      await admin.ok('PATCH', `/api/accounts/${second.account.id}`, { disabled: false });
      await admin.ok('PATCH', `/api/accounts/${id}`, { administrator: false });
      expect(await admin.refused('GET', '/api/accounts')).toBe('403 forbidden');
    });

    test('[AC7] who takes part in a meeting cannot become an administrator', async () => {
      const { account } = await world.account(admin);
      await takePart(account.id);
      const promote = { administrator: true, duty: '也不改' };
      expect(await admin.refused('PATCH', `/api/accounts/${account.id}`, promote)).toBe(
        '409 administrator_takes_no_part',
      );
      expect((await world.storage.records.person.get(account.id))?.duty).toBe(account.duty);
      await admin.ok('PATCH', `/api/accounts/${account.id}`, { duty: '局长' });
    });
  });

  describe('passwords', () => {
    test('a reset ends the old password and every session, and is shown once', async () => {
      const { account, browser, password } = await world.colleague(admin);
      const reset = initialPasswordAnswer.parse(await admin.ok('POST', `/api/accounts/${account.id}/password`));
      expect(reset.account.mustChangePassword).toBe(true);
      expect(await browser.refused('GET', '/api/me')).toBe('401 signed_out');
      expect(world.rooms.dismissed.at(-1)).toEqual([account.id, 4401, undefined]);
      expect(await world.browser().refused('POST', signInPath, { username: 'lisi', password })).toBe(
        '401 credentials_wrong',
      );
      await world.signedIn('lisi', reset.initialPassword);
      expect(await admin.refused('POST', `/api/accounts/${world.newId('user')}/password`)).toBe('404 not_found');
      expect(JSON.stringify(await world.audit())).not.toContain(reset.initialPassword);
      expect((await world.acts()).includes('password_reset 管理员→李四')).toBe(true);
    });

    test('changing one’s own keeps this session and ends the others', async () => {
      const { account, browser, password } = await world.colleague(admin);
      const other = await world.signedIn('lisi', password);
      const before = world.rooms.dismissed.length;
      await browser.ok('POST', '/api/me/password', { current: password, next: 'another-one-2022' });
      await browser.ok('GET', '/api/me');
      expect(await other.refused('GET', '/api/me')).toBe('401 signed_out');
      expect(world.rooms.dismissed.slice(before)).toEqual([[account.id, 4401, expect.any(String)]]);
      await world.signedIn('lisi', 'another-one-2022');
      expect((await world.acts()).filter((act) => act.startsWith('password_changed'))).toHaveLength(2);
    });

    test.each([
      ['is too short', 'kurz-2022'],
      ['has no digit', 'no-digits-at-all'],
      ['has no letter', '1234567890123'],
      ['is too long', `a1${'x'.repeat(127)}`],
      ['is the current one', adminPassword],
    ])('a new password that %s is weak', async (_why, next) => {
      expect(await admin.refused('POST', '/api/me/password', { current: adminPassword, next })).toBe(
        '422 password_weak',
      );
      await world.signedIn('admin', adminPassword);
    });

    test('who does not know the current one changes nothing', async () => {
      const body = { current: 'wrong-password-1', next: 'another-one-2022' };
      expect(await admin.refused('POST', '/api/me/password', body)).toBe('403 password_wrong');
      await world.signedIn('admin', adminPassword);
    });
  });

  describe('who sees whom', () => {
    test('the list of accounts, and every act on them, is for administrators', async () => {
      const { account, browser } = await world.colleague(admin, { position: 'leader' });
      const body = await world.newAccount(admin);
      for (const [method, path, sent] of [
        ['GET', '/api/accounts', undefined],
        ['POST', '/api/accounts', body],
        ['POST', '/api/accounts/import', { accounts: [body] }],
        ['PATCH', `/api/accounts/${account.id}`, { administrator: true }],
        ['POST', `/api/accounts/${account.id}/password`, {}],
        ['POST', '/api/units', { name: '分局', parentId: body.unitId }],
        ['PATCH', `/api/units/${body.unitId}`, { name: '改名' }],
        ['GET', '/api/audit', undefined],
      ] as const) {
        expect([path, await browser.refused(method, path, sent)]).toEqual([path, '403 forbidden']);
        expect([path, await world.browser().refused(method, path, sent)]).toEqual([path, '401 signed_out']);
      }
    });

    test('no answer carries a hash', async () => {
      await world.account(admin);
      const accounts = JSON.stringify(await admin.ok('GET', '/api/accounts'));
      expect(accounts).not.toMatch(/hash|scrypt|"password"|[0-9a-f]{64}/);
    });

    test('people are those who can take part: nobody who administers or is disabled', async () => {
      const { browser } = await world.colleague(admin);
      const gone = await world.account(admin, { username: 'wangwu', name: '王五' });
      await admin.ok('PATCH', `/api/accounts/${gone.account.id}`, { disabled: true });
      const { people } = await browser.get(peopleAnswer, '/api/people');
      expect(people.map(({ name }) => name)).toEqual(['李四']);
    });

    test.each([
      ['leader', false, true],
      ['office', false, true],
      ['member', false, false],
      ['supervisor', false, false],
      ['leader', true, false],
    ] as const)('a %s (administrator: %s) may create meetings: %s', async (position, administrator, expected) => {
      const { account, password } = await world.account(admin, { position, administrator });
      const browser = await world.signedIn(account.username, password);
      expect((await browser.get(meSchema, '/api/me')).mayCreateMeetings).toBe(expected);
    });
  });

  describe('units', () => {
    test('form a tree, parents first, and every change is on the record', async () => {
      const rootId = await world.rootUnit(admin);
      const create = async (name: string, parentId: string) =>
        unitSchema.parse(await admin.ok('POST', '/api/units', { name, parentId }));
      const east = await create('东区分局', rootId);
      await create('西区分局', rootId);
      await create('东区第一支队', east.id);
      await admin.ok('PATCH', `/api/units/${east.id}`, { name: '东部分局' });
      const { units } = await admin.get(unitsAnswer, '/api/units');
      expect(units.map(({ name }) => name)).toEqual(['XX市XX局', '东部分局', '东区第一支队', '西区分局']);
      expect((await world.acts()).filter((act) => act.startsWith('unit'))).toEqual([
        'unit_created 管理员→东区分局',
        'unit_created 管理员→西区分局',
        'unit_created 管理员→东区第一支队',
        'unit_renamed 管理员→东部分局',
      ]);
    });

    test('an unknown unit is not found', async () => {
      const nowhere = world.newId('unit');
      expect(await admin.refused('POST', '/api/units', { name: '分局', parentId: nowhere })).toBe('404 not_found');
      expect(await admin.refused('PATCH', `/api/units/${nowhere}`, { name: '分局' })).toBe('404 not_found');
      expect(await admin.refused('PATCH', `/api/units/${nowhere}`, { name: ' ' })).toBe('400 invalid_request');
    });
  });
});

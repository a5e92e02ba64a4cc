/** The first run: the one-time code, what it makes, and that it happens once. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { meSchema, setupStateAnswer } from '../../../shared/api/people.ts';
import { builtInTemplates } from '../../../shared/template/templates.ts';
import { adminPassword, type Browser, PeopleWorld, setupCode } from './people-world.ts';

describe('the first run', () => {
  let world: PeopleWorld;
  let browser: Browser;

  beforeEach(async () => {
    world = await PeopleWorld.empty();
    browser = world.browser();
  });

  afterEach(async () => {
    expect(world.troubles).toEqual([]);
    await world.close();
  });

  const isNeeded = async () => (await browser.get(setupStateAnswer, '/api/setup')).needed;
  const nothingIsThere = async () => {
    expect(await isNeeded()).toBe(true);
    expect(await world.storage.records.unit.find({})).toEqual([]);
    expect(await world.storage.records.person.find({})).toEqual([]);
    expect(await world.storage.records.meeting.find({})).toEqual([]);
    expect(await world.audit()).toEqual([]);
  };

  test('makes the unit and its administrator, whose password is his own from the start', async () => {
    expect(await isNeeded()).toBe(true);
    await browser.ok('POST', '/api/setup', world.wish());
    expect(await isNeeded()).toBe(false);
    const admin = await world.signedIn('admin', adminPassword);
    const me = await admin.get(meSchema, '/api/me');
    expect(me.account).toMatchObject({ name: '管理员', administrator: true, mustChangePassword: false });
    expect(me.unit).toMatchObject({ name: 'XX市XX局', parentId: null });
    expect(me.mayCreateMeetings).toBe(false);
    expect(await world.acts()).toEqual(['setup 管理员→XX市XX局', 'sign_in 管理员→管理员']);
  });

  test('makes the first meeting when wished, in which nobody takes part yet', async () => {
    const [template] = builtInTemplates;
    const meeting = { templateId: template?.id ?? '', title: '2021年度专题民主生活会', year: 2021 };
    await browser.ok('POST', '/api/setup', world.wish({ meeting }));
    const [made] = await world.storage.records.meeting.find({});
    expect(made).toMatchObject({ title: meeting.title, year: 2021, templateId: meeting.templateId });
    expect(await world.storage.records.participant.find({})).toEqual([]);
  });

  test('takes the code as it is typed: in small letters, with spaces', async () => {
    const code = ` ${setupCode.toLowerCase().replaceAll('-', ' - ')}`;
    await browser.ok('POST', '/api/setup', world.wish({ code }));
  });

  test.each(['', 'ABCD-EFGH-JKLN', 'ABCD-EFGH', `${setupCode}X`])(
    'refuses the code %j and makes nothing',
    async (code) => {
      expect(await browser.refused('POST', '/api/setup', world.wish({ code }))).toMatch(
        code === '' ? /^400 invalid_request$/ : /^403 setup_code_wrong$/,
      );
      await nothingIsThere();
    },
  );

  test('refuses a weak password and an unknown template, and makes nothing', async () => {
    const administrator = { username: 'admin', name: '管理员', password: '1234567890' };
    expect(await browser.refused('POST', '/api/setup', world.wish({ administrator }))).toBe('422 password_weak');
    const meeting = { templateId: 'no-such-template', title: '会', year: 2021 };
    expect(await browser.refused('POST', '/api/setup', world.wish({ meeting }))).toBe('404 not_found');
    await nothingIsThere();
  });

  test('happens once, also when it is asked for twice at the same time', async () => {
    const replies = await Promise.all(
      ['admin', 'second'].map((username) =>
        browser.ask(
          'POST',
          '/api/setup',
          world.wish({ administrator: { username, name: username, password: adminPassword } }),
        ),
      ),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await browser.refused('POST', '/api/setup', world.wish())).toBe('409 setup_done');
    expect(await browser.refused('POST', '/api/setup', world.wish({ code: 'wrong' }))).toBe('409 setup_done');
    expect(await world.storage.records.person.find({})).toHaveLength(1);
    expect(await world.storage.records.unit.find({})).toHaveLength(1);
  });

  test('before it nobody can sign in', async () => {
    expect(
      await browser.refused('POST', '/api/auth/sign-in/username', { username: 'admin', password: adminPassword }),
    ).toBe('401 credentials_wrong');
  });
});

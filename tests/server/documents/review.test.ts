/** [WF] The way through review over REST: who may take which step when, what each step freezes, keeps and tells. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '../../../server/changes.ts';
import {
  compareAnswer,
  documentAnswer,
  readinessAnswer,
  textAnswer,
  versionsAnswer,
} from '../../../shared/api/documents.ts';
import type { DocumentId, MeetingId } from '../../../shared/ids.ts';
import { codeOf, detailsOf, type Name, names, OfficeWorld } from '../../support/office-world.ts';

let world: OfficeWorld;
let meetingId: MeetingId;
let id: DocumentId;
let path: string;

beforeEach(async () => {
  world = await OfficeWorld.open({ writeLimit: { burst: 10_000, perSecond: 1_000 } });
  meetingId = (await world.meet()).id;
  id = await world.documentOf(meetingId, 'lisi');
  path = `/api/documents/${id}`;
});
afterEach(() => world.close());

const view = (who: Name = 'lisi') => world.get(documentAnswer, who, path);
const submit = () => world.act('lisi', 'POST', `${path}/submit`);
const current = async (who: Name = 'zhangsan') => (await view(who)).currentVersion?.id;
const approve = async () => world.act('zhangsan', 'POST', `${path}/approve`, { versionId: await current() });
const file = { number: 'X党字〔2022〕1号', date: '2022-01-18' };

describe('steps', () => {
  const steps = {
    submit: {},
    withdraw: {},
    return: { reason: 'lacks_facts', words: '补事例' },
    approve: { versionId: 'ver_00000000000000000000000000' },
    reopen: { reason: '上级要求' },
    file,
    recall: {},
  } as const;
  type Step = keyof typeof steps;

  const toState = {
    drafting: async () => undefined,
    in_review: submit,
    returned: async () => {
      await submit();
      await world.act('zhangsan', 'POST', `${path}/return`, steps.return);
    },
    approved: async () => {
      await submit();
      await approve();
    },
    filed: async () => {
      await submit();
      await approve();
      await world.act('office', 'POST', `${path}/file`, file);
    },
  } as const;
  type State = keyof typeof toState;

  /** Who takes which step out of which state; everybody else is refused. */
  const takers: Readonly<Record<State, Readonly<Partial<Record<Step, readonly Name[]>>>>> = {
    drafting: { submit: ['lisi'] },
    in_review: { withdraw: ['lisi'], return: ['zhangsan'], approve: ['zhangsan'] },
    returned: { submit: ['lisi'] },
    approved: { reopen: ['zhangsan'], file: ['zhangsan', 'lisi', 'office'] },
    filed: { recall: ['zhangsan', 'lisi', 'office'] },
  };

  for (const state of Object.keys(toState) as State[]) {
    test(`out of ${state}: nobody takes a step that is not his, and nothing changes by trying`, async () => {
      await world.write(id, 'opening', '现对照检查如下。');
      await toState[state]();
      const before = await world.storage.records.document.get(id);
      const log = (await world.audit()).length;
      for (const step of Object.keys(steps) as Step[]) {
        for (const name of names.filter((each) => takers[state][step]?.includes(each) !== true)) {
          const answer = await world.ask(name, 'POST', `${path}/${step}`, steps[step]);
          const outside = name === 'stranger' || name === 'administrator';
          if (outside) expect([name, step, codeOf(answer)]).toEqual([name, step, 'not_found']);
          else expect(['forbidden', 'wrong_state'], `${name} ${step}`).toContain(codeOf(answer));
        }
      }
      expect(await world.storage.records.document.get(id)).toEqual(before);
      expect(await world.audit()).toHaveLength(log);
    });

    test(`out of ${state}: whose step it is takes it`, async () => {
      await world.write(id, 'opening', '现对照检查如下。');
      for (const [step, people] of Object.entries(takers[state])) {
        for (const name of people) {
          const fresh = await OfficeWorld.open({ writeLimit: { burst: 10_000, perSecond: 1_000 } });
          await world.close();
          world = fresh;
          meetingId = (await world.meet()).id;
          id = await world.documentOf(meetingId, 'lisi');
          path = `/api/documents/${id}`;
          await world.write(id, 'opening', '现对照检查如下。');
          await toState[state]();
          const body = step === 'approve' ? { versionId: await current() } : steps[step as Step];
          expect([step, name, (await world.ask(name, 'POST', `${path}/${step}`, body)).status]).toEqual([
            step,
            name,
            200,
          ]);
        }
      }
    });
  }

  test('who may take a step in another state is told the state', async () => {
    const answer = await world.ask('zhangsan', 'POST', `${path}/approve`, steps.approve);
    expect([answer.status, codeOf(answer), detailsOf(answer)]).toEqual([409, 'wrong_state', { state: 'drafting' }]);
    expect(codeOf(await world.ask('lisi', 'POST', `${path}/approve`, steps.approve))).toBe('forbidden');
  });

  test('two requests at once submit once', async () => {
    await world.write(id, 'opening', '现对照检查如下。');
    const answers = await Promise.all([1, 2].map(() => world.ask('lisi', 'POST', `${path}/submit`, {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await world.storage.records.version.find({ documentId: id })).toHaveLength(1);
  });
});

describe('submitting', () => {
  test('freezes the text with its title, author and date, and the hash is the one the live text had', async () => {
    await world.write(id, 'opening', '现对照检查如下。');
    await world.write(id, 'problems.a1', '我学习不够。', 'item');
    const live = await world.get(textAnswer, 'lisi', `${path}/text`);
    expect([live.title, live.byline, live.dateLine]).toEqual([
      '2021年度党史学习教育专题民主生活会个人发言提纲',
      'XX市XX局党组成员、副局长 李四',
      '（2022年1月20日）',
    ]);
    await submit();
    const frozen = await world.get(textAnswer, 'zhangsan', `${path}/text?version=1`);
    expect(frozen).toEqual({ ...live, versionId: await current() });
    expect(live.sections.find(({ key }) => key === 'problems.a1')?.text).toBe('1.我学习不够。');
  });

  test('a version stays as it was, whatever is written later', async () => {
    await world.write(id, 'opening', '现对照检查如下。');
    await submit();
    await world.act('lisi', 'POST', `${path}/withdraw`);
    await world.write(id, 'opening', '补充一句。');
    const first = await world.get(textAnswer, 'lisi', `${path}/text?version=1`);
    const live = await world.get(textAnswer, 'lisi', `${path}/text`);
    expect([first.characters, live.characters]).toEqual([8, 13]);
    expect(first.sha256).not.toBe(live.sha256);
  });

  test('while it is frozen its version is what is read, even when the meeting gets another title', async () => {
    await world.write(id, 'opening', '现对照检查如下。');
    await submit();
    const frozen = await world.get(textAnswer, 'zhangsan', `${path}/text?version=1`);
    await world.act('office', 'PATCH', `/api/meetings/${meetingId}`, { title: '改了名的会', date: '2022-02-01' });
    expect(await world.get(textAnswer, 'zhangsan', `${path}/text`)).toEqual(frozen);
    await world.act('lisi', 'POST', `${path}/withdraw`);
    expect((await world.get(textAnswer, 'lisi', `${path}/text`)).title).toBe('改了名的会个人发言提纲');
  });

  test('numbers versions and rounds, and compares any two', async () => {
    await world.write(id, 'opening', '现对照检查如下。');
    await submit();
    await world.act('zhangsan', 'POST', `${path}/return`, { reason: 'shallow_analysis', words: '' });
    await world.write(id, 'opening', '补充一句。');
    await submit();
    const { versions } = await world.get(versionsAnswer, 'zhangsan', `${path}/versions`);
    expect(
      versions.map(({ number, round, cause, characters, by }) => [number, round, cause, characters, by.name]),
    ).toEqual([
      [2, 2, 'submit', 13, '李四'],
      [1, 1, 'submit', 8, '李四'],
    ]);
    const changes = await world.get(compareAnswer, 'zhangsan', `${path}/compare?from=1&to=2`);
    expect([changes.changed, changes.unchanged]).toEqual([1, 1]);
    const rounds = await world.storage.records.round.find({ documentId: id }, { by: 'number' });
    expect(rounds.map(({ number, outcome, reason }) => [number, outcome, reason])).toEqual([
      [1, 'returned', 'shallow_analysis'],
      [2, 'open', ''],
    ]);
  });

  test('a failed transaction leaves the document, its versions and its epoch as they were', async () => {
    await world.write(id, 'opening', '现对照检查如下。');
    const before = await world.storage.records.document.get(id);
    const record = () => Promise.reject(Object.assign(new Error('full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 }));
    const answer = await world.appWith({ record }).request(`${path}/submit`, {
      method: 'POST',
      headers: { 'x-person': world.people.lisi.id },
    });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ error: { code: 'storage_unavailable' } });
    expect(await world.storage.records.document.get(id)).toEqual(before);
    expect(await world.storage.records.version.find({ documentId: id })).toEqual([]);
    expect((await view()).access).toBe('write');
    await submit();
  });

  test('every step raises the epoch, so that rooms see it as a new access', async () => {
    await world.write(id, 'opening', '现对照检查如下。');
    const epoch = async () => (await world.storage.records.document.get(id))?.epoch ?? 0;
    const first = await epoch();
    await submit();
    expect(await epoch()).toBe(first + 1);
    await world.act('lisi', 'POST', `${path}/withdraw`);
    expect(await epoch()).toBe(first + 2);
  });
});

describe('readiness', () => {
  const points = async () => (await world.get(readinessAnswer, 'lisi', `${path}/readiness`)).points;

  test('an empty text is not submitted', async () => {
    expect((await points()).map(({ kind, blocks }) => [kind, blocks])).toEqual([['empty_document', true]]);
    const refused = await world.ask('lisi', 'POST', `${path}/submit`, {});
    expect([refused.status, codeOf(refused)]).toEqual([409, 'not_ready']);
    expect(detailsOf(refused)).toMatchObject({ points: [{ kind: 'empty_document' }] });
  });

  test('a placeholder left stops the submission and is shown with its section', async () => {
    await world.write(id, 'problems.a1', '我在XXX项目中监管不力。', 'item');
    const [point] = (await points()).filter(({ kind }) => kind === 'placeholder');
    expect(point).toMatchObject({ blocks: true, sectionKey: 'problems.a1', detail: 'XXX' });
    expect(codeOf(await world.ask('lisi', 'POST', `${path}/submit`, {}))).toBe('not_ready');
  });

  test("the unit's own name is no placeholder", async () => {
    await world.write(id, 'opening', '作为XX市XX局副局长，我对XX市的项目负有责任。');
    expect((await points()).filter(({ blocks }) => blocks)).toEqual([]);
    await submit();
  });

  test('empty sections and lengths far outside the expected inform and do not stop', async () => {
    await world.write(id, 'opening', '短。');
    const found = await points();
    expect(found.every(({ blocks }) => !blocks)).toBe(true);
    expect(found.filter(({ kind }) => kind === 'empty_section').map(({ sectionKey }) => sectionKey)).toContain(
      'problems.a1',
    );
    expect(found.find(({ kind, sectionKey }) => kind === 'too_short' && sectionKey === 'opening')?.detail).toMatch(
      /^2 \/ \d+–\d+$/,
    );
  });
});

describe('approving', () => {
  beforeEach(async () => {
    await world.write(id, 'opening', '现对照检查如下。');
    await submit();
  });

  test('binds to the version that was read: another one is stale, with the count of what changed', async () => {
    const read = await current();
    await world.act('lisi', 'POST', `${path}/withdraw`);
    await world.write(id, 'opening', '补充一句。');
    await submit();
    const answer = await world.ask('zhangsan', 'POST', `${path}/approve`, { versionId: read });
    expect([answer.status, codeOf(answer)]).toEqual([409, 'stale_version']);
    expect(detailsOf(answer)).toEqual({ current: await current(), changes: 1 });
    expect((await view()).lifecycle.state).toBe('in_review');
  });

  test("a version of another document is as stale as an unknown one, and says nothing about that document's text", async () => {
    const other = await world.documentOf(meetingId, 'wangwu');
    await world.write(other, 'opening', '另一份。');
    await world.act('wangwu', 'POST', `/api/documents/${other}/submit`);
    const foreign = (await world.get(documentAnswer, 'wangwu', `/api/documents/${other}`)).currentVersion?.id;
    for (const versionId of [foreign, 'ver_00000000000000000000000000']) {
      expect(codeOf(await world.ask('zhangsan', 'POST', `${path}/approve`, { versionId }))).toBe('stale_version');
    }
  });

  test('a stored text that does not fit its hash is not approved', async () => {
    const versionId = await current();
    const [version] = await world.storage.records.version.find({ documentId: id });
    if (version === undefined || versionId === undefined) throw new Error('no version');
    await world.storage.records.version.update(versionId, { text: { ...version.text, byline: '别人' } });
    expect((await world.ask('zhangsan', 'POST', `${path}/approve`, { versionId })).status).toBe(500);
    expect((await view()).lifecycle.state).toBe('in_review');
  });

  test('filing and recalling leave the approval; reopening voids it and gives the text back', async () => {
    await approve();
    await world.act('office', 'POST', `${path}/file`, file);
    expect((await view()).lifecycle).toMatchObject({ state: 'filed', fileNumber: file.number, fileDate: file.date });
    await world.act('office', 'POST', `${path}/recall`);
    expect((await view()).lifecycle.state).toBe('approved');
    await world.act('zhangsan', 'POST', `${path}/reopen`, { reason: '上级要求补充' });
    expect((await view()).lifecycle).toMatchObject({
      state: 'returned',
      reason: 'approval_void',
      words: '上级要求补充',
    });
    expect((await view()).access).toBe('write');
    expect((await world.ask('office', 'GET', path)).status).toBe(403);
  });
});

describe('exporting', () => {
  const get = (who: Name, query: string) => world.ask(who, 'GET', `${path}/export?${query}`);

  test('清稿 is the approved version and no other; a draft bears the mark', async () => {
    await world.write(id, 'opening', '初稿。');
    await submit();
    expect(codeOf(await get('lisi', 'format=txt'))).toBe('wrong_state');
    await world.act('zhangsan', 'POST', `${path}/return`, { reason: 'lacks_facts', words: '' });
    await world.write(id, 'opening', '补充一句。');
    await submit();
    await approve();
    const clean = await get('office', 'format=txt');
    expect([clean.status, clean.text.includes('补充一句。'), clean.text.includes('未审定')]).toEqual([
      200,
      true,
      false,
    ]);
    expect(codeOf(await get('lisi', 'format=txt&version=1'))).toBe('wrong_state');
    expect((await get('lisi', 'format=txt&version=2')).status).toBe(200);
    const draft = await get('lisi', 'as=draft&format=txt&version=1');
    expect([draft.status, draft.text.includes('补充一句。'), draft.text.includes('未审定')]).toEqual([
      200,
      false,
      true,
    ]);
  });

  test('is in the log with form, format and version, before the file is handed out', async () => {
    await world.write(id, 'opening', '初稿。');
    await get('lisi', 'as=draft&format=txt');
    await get('wangwu', 'as=draft&format=txt');
    expect((await world.audit()).slice(1).map(({ act, actor, facts }) => [act, actor, facts])).toEqual([
      ['export', '李四', { form: 'draft', format: 'txt', version: 0 }],
    ]);
    const record = () => Promise.reject(new Error('disk full'));
    const response = await world.appWith({ record }).request(`${path}/export?as=draft&format=txt`, {
      headers: { 'x-person': world.people.lisi.id },
    });
    expect([response.status, (await response.text()).includes('初稿')]).toEqual([500, false]);
  });

  test('gives a file a name that says what and whose it is', async () => {
    await world.write(id, 'opening', '初稿。');
    const response = await world.app.request(`${path}/export?as=draft&format=docx`, {
      headers: { 'x-person': world.people.lisi.id },
    });
    const name = decodeURIComponent(response.headers.get('content-disposition') ?? '');
    expect(name).toContain('2021年度党史学习教育专题民主生活会个人发言提纲（李四）');
    expect(response.headers.get('content-type')).toContain('wordprocessingml');
  });
});

describe('reading', () => {
  test('what somebody has read last is remembered for him alone', async () => {
    await world.write(id, 'opening', '现对照检查如下。');
    await submit();
    const versionId = await current();
    expect((await view('zhangsan')).lastRead).toBeNull();
    await world.act('zhangsan', 'POST', `${path}/reading`, { versionId });
    expect((await view('zhangsan')).lastRead).toMatchObject({ versionId, number: 1 });
    expect((await view('lisi')).lastRead).toBeNull();
  });

  test('returning a version counts as having read it', async () => {
    await world.write(id, 'opening', '现对照检查如下。');
    await submit();
    const versionId = await current();
    await world.act('zhangsan', 'POST', `${path}/return`, { reason: 'lacks_facts', words: '' });
    expect((await view('zhangsan')).lastRead).toMatchObject({ versionId, number: 1 });
  });

  test('approving a version counts as having read it', async () => {
    await world.write(id, 'opening', '现对照检查如下。');
    await submit();
    const versionId = await current();
    await world.act('zhangsan', 'POST', `${path}/approve`, { versionId });
    expect((await view('zhangsan')).lastRead).toMatchObject({ versionId, number: 1 });
  });
});

describe('bad requests', () => {
  test.each([
    ['malformed JSON', 'return', '{"reason":', 400, 'invalid_json'],
    ['an unknown reason', 'return', { reason: 'because', words: '' }, 400, 'invalid_request'],
    ['words longer than allowed', 'return', { reason: 'other', words: '长'.repeat(2001) }, 422, 'text_too_long'],
    ['another reason without words', 'return', { reason: 'other', words: ' ' }, 422, 'words_missing'],
    ['a version id of the wrong form', 'approve', { versionId: 'doc_1' }, 400, 'invalid_request'],
    ['a body that is too large', 'return', 'x'.repeat(1024 * 1024 + 1), 413, 'too_large'],
  ])('%s is refused clearly and changes nothing', async (_what, step, body, status, code) => {
    await world.write(id, 'opening', '现对照检查如下。');
    await submit();
    const answer = await world.ask('zhangsan', 'POST', `${path}/${step}`, body);
    expect([answer.status, codeOf(answer)]).toEqual([status, code]);
    expect((await view()).lifecycle.state).toBe('in_review');
  });

  test('unknown and ill-formed ids name nothing', async () => {
    for (const wrong of ['doc_00000000000000000000000000', 'doc_1', meetingId, '%00']) {
      expect(codeOf(await world.ask('lisi', 'GET', `/api/documents/${wrong}`))).toBe('not_found');
    }
    expect(codeOf(await world.ask('lisi', 'GET', `${path}/text?version=7`))).toBe('not_found');
    expect(codeOf(await world.ask('lisi', 'GET', `${path}/text?version=x`))).toBe('invalid_request');
  });
});

describe('what others hear and the log keeps', () => {
  test('each step is told to pages and written into the log, without a word of the text', async () => {
    const heard: Change[] = [];
    world.changes.subscribe((change) => heard.push(change));
    await world.write(id, 'opening', '现对照检查如下。');
    await submit();
    expect(heard.map(({ topic }) => topic)).toEqual(['document', 'versions', 'meeting']);
    await approve();
    await world.act('office', 'POST', `${path}/file`, file);
    await world.ask('office', 'GET', `${path}/export?as=clean&format=txt`);
    const log = (await world.audit()).slice(1);
    expect(log.map(({ act, actor }) => [act, actor])).toEqual([
      ['submit', '李四'],
      ['approve', '张三'],
      ['file', '钱七'],
      ['export', '钱七'],
    ]);
    expect(new Set(log.map(({ subject }) => subject))).toEqual(
      new Set(['2021年度党史学习教育专题民主生活会个人发言提纲（李四）']),
    );
    expect(JSON.stringify(log)).not.toContain('对照检查如下');
  });
});

/**
 * [AC] The access table of design section 7 over REST: for every person and every state of four kinds of document, what each
 * route answers. A cell holds the letters of the states in which the route does its work; elsewhere a participant is refused
 * and for everybody else there is no such document. Whatever is refused carries no word of the text.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { documentAnswer, textAnswer } from '../../../shared/api/documents.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import { type Answer, codeOf, type Name, names, OfficeWorld } from '../../support/office-world.ts';

/** d drafting, never submitted · i in review · D drafting after a withdrawal · r returned · a approved · f filed */
const letters = ['d', 'i', 'D', 'r', 'a', 'f'] as const;
type Letter = (typeof letters)[number];
const secret = '城北管网二标段返修';

type Route = 'read' | 'live text' | 'frozen text' | 'versions' | 'remarks' | 'readiness' | '清稿' | 'draft file';
const routes: readonly Route[] = [
  'read',
  'live text',
  'frozen text',
  'versions',
  'remarks',
  'readiness',
  '清稿',
  'draft file',
];

function pathOf(id: DocumentId, route: Route): string {
  const base = `/api/documents/${id}`;
  switch (route) {
    case 'read':
      return base;
    case 'live text':
      return `${base}/text`;
    case 'frozen text':
      return `${base}/text?version=1`;
    case 'versions':
      return `${base}/versions`;
    case 'remarks':
      return `${base}/remarks`;
    case 'readiness':
      return `${base}/readiness`;
    case '清稿':
      return `${base}/export?as=clean&format=txt`;
    case 'draft file':
      return `${base}/export?as=draft&format=txt`;
  }
}

/** Rows: people. Columns as in `routes`. Version 1 exists from the first submission on; here it is also the approved one. */
type Grid = Readonly<Partial<Record<Name, readonly string[]>>>;
const never = routes.map(() => '');
const always = 'diDraf';
const sent = 'iDraf';

const author = [always, always, sent, always, always, 'dDr', 'af', always];
const reviewer = [sent, sent, sent, sent, sent, '', 'af', sent];
const office = ['af', 'af', 'af', 'af', 'af', '', 'af', ''];
const supervisor = ['af', 'af', 'af', 'af', 'af', '', '', ''];
const other = never;

const grids: readonly { about: string; owner: Name | 'team'; submitter: Name; self: boolean; rows: Grid }[] = [
  {
    about: "a member's outline",
    owner: 'lisi',
    submitter: 'lisi',
    self: false,
    rows: { lisi: author, zhangsan: reviewer, wangwu: other, zhaoliu: other, office, supervisor },
  },
  {
    about: "the leader's own outline before the supervisors",
    owner: 'zhangsan',
    submitter: 'zhangsan',
    self: false,
    rows: { zhangsan: author, supervisor: reviewer, lisi: other, wangwu: other, zhaoliu: other, office },
  },
  {
    about: "the leader's own outline, confirmed by himself",
    owner: 'zhangsan',
    submitter: 'zhangsan',
    self: true,
    rows: { zhangsan: author, supervisor, lisi: other, wangwu: other, zhaoliu: other, office },
  },
  {
    about: 'the team material',
    owner: 'team',
    submitter: 'wangwu',
    self: false,
    rows: {
      zhangsan: author,
      wangwu: [always, always, sent, always, always, 'dDr', '', always],
      lisi: [sent, sent, sent, sent, sent, '', '', ''],
      zhaoliu: [sent, sent, sent, sent, sent, '', '', ''],
      office,
      supervisor,
    },
  },
];

describe.each(grids)('[AC] $about', ({ owner, submitter, self, rows }) => {
  let world: OfficeWorld;
  const seen = new Map<string, Answer>();

  beforeAll(async () => {
    world = await OfficeWorld.open({ writeLimit: { burst: 10_000, perSecond: 1_000 } });
    const meeting = await world.meet({ leaderReview: self ? 'self' : 'supervisor' });
    const id = await world.documentOf(meeting.id, owner);
    const reviewedBy: Name = owner === 'zhangsan' && !self ? 'supervisor' : 'zhangsan';
    await world.write(id, 'opening', secret);
    const look = async (letter: Letter) => {
      for (const name of names) {
        for (const route of routes)
          seen.set(`${letter} ${name} ${route}`, await world.ask(name, 'GET', pathOf(id, route)));
      }
    };
    const path = `/api/documents/${id}`;
    await look('d');
    await world.act(submitter, 'POST', `${path}/submit`);
    await look('i');
    await world.act(submitter, 'POST', `${path}/withdraw`);
    await look('D');
    await world.act(submitter, 'POST', `${path}/submit`);
    await world.act(reviewedBy, 'POST', `${path}/return`, { reason: 'lacks_facts', words: '补事例' });
    await look('r');
    await world.act(submitter, 'POST', `${path}/submit`);
    const { currentVersion } = await world.get(documentAnswer, reviewedBy, path);
    await world.act(reviewedBy, 'POST', `${path}/approve`, { versionId: currentVersion?.id });
    await look('a');
    await world.act('office', 'POST', `${path}/file`, { number: 'X党字〔2022〕1号', date: '2022-01-18' });
    await look('f');
  });
  afterAll(() => world.close());

  for (const name of names) {
    test(`${name} reads what the table says`, () => {
      const found = routes.map((route) =>
        letters.filter((letter) => seen.get(`${letter} ${name} ${route}`)?.status === 200).join(''),
      );
      const row = rows[name] ?? never;
      // Version 1 is not the approved one here (it is version 3): office and supervision read that alone.
      const readsOnlyApproved = row[0] === 'af';
      expect(found).toEqual(
        row.map((cell, column) => (readsOnlyApproved && routes[column] === 'frozen text' ? '' : cell)),
      );
    });

    test(`${name} gets no word of the text in any refusal, and no text without the right to it`, () => {
      for (const letter of letters) {
        for (const route of routes) {
          const answer = seen.get(`${letter} ${name} ${route}`);
          if (answer?.status === 200) continue;
          expect(answer?.text).not.toContain(secret);
          expect(answer?.text).not.toContain('民主生活会');
          const outside = name === 'stranger' || name === 'administrator';
          const code = answer === undefined ? undefined : codeOf(answer);
          if (outside) expect(code).toBe('not_found');
          else expect(['forbidden', 'wrong_state', 'not_found']).toContain(code);
        }
      }
    });
  }
});

describe('[AC] what readers of the approved text alone do not see', () => {
  let world: OfficeWorld;
  let meetingId: Parameters<OfficeWorld['board']>[0];
  let path: string;

  beforeAll(async () => {
    world = await OfficeWorld.open();
    const meeting = await world.meet();
    meetingId = meeting.id;
    const id = await world.documentOf(meeting.id, 'lisi');
    path = `/api/documents/${id}`;
    await world.write(id, 'opening', secret);
    const blockId = await world.write(id, 'problems.a1', '我学习不够。', 'item');
    await world.act('lisi', 'POST', `${path}/submit`);
    const anchor = { sectionKey: 'problems.a1', blockId, from: 1, to: 3, quote: '学习' };
    await world.act('zhangsan', 'POST', `${path}/remarks`, { anchor, words: '说具体些' });
    await world.act('zhangsan', 'POST', `${path}/return`, { reason: 'lacks_facts', words: '补事例' });
    await world.wipe(id, 'opening');
    await world.act('lisi', 'PUT', `${path}/remarks/explanations`, { rest: '已补充' });
    await world.act('lisi', 'POST', `${path}/submit`);
    const { currentVersion } = await world.get(documentAnswer, 'zhangsan', path);
    await world.act('zhangsan', 'POST', `${path}/approve`, { versionId: currentVersion?.id });
  });
  afterAll(() => world.close());

  test('the way there: earlier versions and their comparison', async () => {
    expect((await world.ask('office', 'GET', `${path}/text?version=1`)).status).toBe(404);
    expect((await world.ask('office', 'GET', `${path}/compare?from=1&to=2`)).status).toBe(404);
    expect((await world.ask('zhangsan', 'GET', `${path}/compare?from=1&to=2`)).status).toBe(200);
    const text = await world.get(textAnswer, 'office', `${path}/text?version=2`);
    expect(JSON.stringify(text)).not.toContain(secret);
  });

  test('the board offers the final text to those who have something to do with it', async () => {
    const offers = async (who: Parameters<OfficeWorld['board']>[1]) => {
      const row = (await world.board(meetingId, who)).find(({ id }) => path.endsWith(id));
      return [row?.mayOpen, row?.mayFinish];
    };
    expect(await offers('office')).toEqual([true, true]);
    expect(await offers('lisi')).toEqual([true, true]);
    expect(await offers('zhangsan')).toEqual([true, true]);
    expect(await offers('supervisor')).toEqual([true, false]);
    expect(await offers('wangwu')).toEqual([false, false]);
  });

  test('the threads between author and reviewer', async () => {
    expect((await world.ask('office', 'GET', `${path}/remarks`)).body).toEqual({ remarks: [] });
    expect((await world.ask('zhangsan', 'GET', `${path}/remarks`)).text).toContain('说具体些');
  });
});

describe('[AC] what a mere reader of the team material does not see', () => {
  test('why it was returned, and the words', async () => {
    const world = await OfficeWorld.open();
    const meeting = await world.meet();
    const path = `/api/documents/${await world.documentOf(meeting.id, 'team')}`;
    await world.write(await world.documentOf(meeting.id, 'team'), 'opening', secret);
    await world.act('wangwu', 'POST', `${path}/submit`);
    await world.act('zhangsan', 'POST', `${path}/return`, { reason: 'careless', words: '限时重写' });
    expect((await world.get(documentAnswer, 'wangwu', path)).lifecycle).toMatchObject({ reason: 'careless' });
    const seen = await world.ask('lisi', 'GET', path);
    expect(seen.text).not.toContain('限时重写');
    expect(documentAnswer.parse(seen.body).lifecycle).toMatchObject({ state: 'returned', reason: 'other', words: '' });
    await world.close();
  });
});

describe('[AC] nobody signed in', () => {
  test('every route but health and the OpenAPI document asks for a session first', async () => {
    const world = await OfficeWorld.open();
    const meeting = await world.meet();
    const id = await world.documentOf(meeting.id, 'lisi');
    for (const route of routes) expect(codeOf(await world.ask(undefined, 'GET', pathOf(id, route)))).toBe('signed_out');
    for (const path of ['/api/meetings', '/api/work', '/api/events', '/api/templates']) {
      expect(codeOf(await world.ask(undefined, 'GET', path))).toBe('signed_out');
    }
    await world.close();
  });
});

/** [PP16] After a withdrawal the reviewer takes his changes over onto the next version, and hears what found no place. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  changesAnswer,
  type Proposal,
  proposalAnswer,
  proposalsAnswer,
  type Unfinished,
} from '../../../shared/api/proposals.ts';
import { blockText } from '../../../shared/document/content.ts';
import type { DocumentId, ProposalId } from '../../../shared/ids.ts';
import { OfficePage } from '../../support/office-page.ts';
import { codeOf, type Name, OfficeWorld } from '../../support/office-world.ts';

let world: OfficeWorld;
let outline: DocumentId;
let path: string;
let first: Proposal;

/** The leader has changed three places, given reasons for two, and the author has withdrawn. */
beforeEach(async () => {
  world = await OfficeWorld.open({ writeLimit: { burst: 10_000, perSecond: 1_000 } });
  const meeting = await world.meet();
  outline = await world.documentOf(meeting.id, 'lisi');
  path = `/api/documents/${outline}`;
  await write('我抓工程质量有偏差，对分包单位监管不严，返工三次。');
  await write('我对合同管理抓得不细。', { key: 'closing' });
  await world.act('lisi', 'POST', `${path}/submit`);
  first = await propose();
  const page = await OfficePage.open(world, 'zhangsan', first.id);
  page.type('监管流于形式', { instead: '监管不严' });
  page.type('返工五次', { instead: '返工三次' });
  page.type('三份协议没有送审。', { key: 'closing' });
  await page.stored();
  const { changes } = await look(first);
  const [, second, third] = changes.map(({ note }) => note.key);
  await world.act('zhangsan', 'PUT', `/api/changes/${second}/reason`, { reason: '次数不对' });
  await world.act('zhangsan', 'PUT', `/api/changes/${third}/reason`, { reason: '有据可查' });
  await world.act('lisi', 'POST', `${path}/withdraw`);
});
afterEach(() => world.close());

async function write(words: string, place: { key?: string; instead?: string } = {}): Promise<void> {
  const page = await OfficePage.open(world, 'lisi', outline);
  page.type(words, place);
  await page.stored();
  page.leave();
}

const begin = (carry?: ProposalId, who: Name = 'zhangsan') => world.ask(who, 'POST', `${path}/proposals`, { carry });
const propose = async (carry?: ProposalId): Promise<Proposal> =>
  proposalAnswer.parse((await begin(carry)).body).proposal;
const unfinished = async (who: Name = 'zhangsan'): Promise<Unfinished | null> =>
  (await world.get(proposalsAnswer, who, `${path}/proposals`)).unfinished;
const look = ({ id }: Proposal, who: Name = 'zhangsan') =>
  world.get(changesAnswer, who, `/api/proposals/${id}/changes`);

test('[PP16] is offered at the next submission, to him alone, until he has begun', async () => {
  expect(await unfinished()).toBeNull();
  await world.act('lisi', 'POST', `${path}/submit`);
  expect(await unfinished()).toEqual({ id: first.id, round: 1, versionNumber: 1, changes: 3 });
  expect(await unfinished('lisi')).toBeNull();
  await propose();
  expect(await unfinished()).toBeNull();
});

test('[PP16] begins with the changes that have a place, reasons with them, and tells the others', async () => {
  await write('去年我抓工程', { instead: '我抓工程' });
  await write('两次返工', { instead: '返工三次' });
  await world.act('lisi', 'POST', `${path}/submit`);
  const second = await propose(first.id);
  const { text, base, changes, left } = await look(second);
  const wordsOf = (content: typeof text) => content.flatMap(({ blocks }) => blocks.map(blockText)).filter(Boolean);
  expect(wordsOf(base)).toEqual(['去年我抓工程质量有偏差，对分包单位监管不严，两次返工。', '我对合同管理抓得不细。']);
  expect(wordsOf(text)).toEqual([
    '去年我抓工程质量有偏差，对分包单位监管流于形式，两次返工。',
    '我对合同管理抓得不细。三份协议没有送审。',
  ]);
  expect(changes.map(({ note }) => note.reason)).toEqual(['', '有据可查']);
  expect(left).toMatchObject([{ kind: 'edited', sectionKey: 'opening' }]);
  expect((await world.audit()).at(-1)).toMatchObject({ act: 'propose', facts: { carried: 2 } });
  await world.act('zhangsan', 'POST', `${path}/return`, { reason: 'lacks_facts', words: '' });
  for (const who of ['lisi', 'zhangsan'] as const) expect((await look(second, who)).left).toEqual([]);
  expect((await look(second, 'lisi')).changes.length).toBe(2);
});

test('[PP16] goes on with what he takes over: the room is his to write in, the old proposal stays readable', async () => {
  await world.act('lisi', 'POST', `${path}/submit`);
  const second = await propose(first.id);
  const page = await OfficePage.open(world, 'zhangsan', second.id);
  expect(page.heard[0]).toBe('write');
  page.type('另一句。', { key: 'closing' });
  await page.stored();
  expect((await look(second)).changes.length).toBe(3);
  expect((await look(first)).changes.length).toBe(3);
  expect((await propose(first.id)).id).toBe(second.id);
});

test('[PP16] withdrawn from again, the last one is offered; begun afresh and left empty, still the first', async () => {
  await world.act('lisi', 'POST', `${path}/submit`);
  await propose();
  await world.act('lisi', 'POST', `${path}/withdraw`);
  await world.act('lisi', 'POST', `${path}/submit`);
  expect((await unfinished())?.id).toBe(first.id);
  const third = await propose(first.id);
  await world.act('lisi', 'POST', `${path}/withdraw`);
  await world.act('lisi', 'POST', `${path}/submit`);
  expect(await unfinished()).toMatchObject({ id: third.id, changes: 3 });
});

test('[PP16] is not offered when something was handed over since, or an approval voided it', async () => {
  await world.act('lisi', 'POST', `${path}/submit`);
  const second = await propose(first.id);
  await world.act('zhangsan', 'POST', `${path}/return`, { reason: 'lacks_facts', words: '' });
  await world.act('lisi', 'PUT', `${path}/changes/explanations`, { rest: '一并考虑' });
  await world.act('lisi', 'POST', `${path}/submit`);
  expect(await unfinished()).toBeNull();
  expect(codeOf(await begin(second.id))).toBe('not_found');
  const page = await OfficePage.open(world, 'zhangsan', (await propose()).id);
  page.type('白改了。');
  await page.stored();
  const [version] = await world.storage.records.version.find(
    { documentId: outline },
    { by: 'number', descending: true },
  );
  await world.act('zhangsan', 'POST', `${path}/approve`, { versionId: version?.id });
  await world.act('zhangsan', 'POST', `${path}/reopen`, { reason: '再改' });
  await world.act('lisi', 'POST', `${path}/submit`);
  expect(await unfinished()).toBeNull();
});

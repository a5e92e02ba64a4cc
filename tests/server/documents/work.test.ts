/** What waits for whom: one document on its way, seen by everybody it concerns. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { documentAnswer } from '../../../shared/api/documents.ts';
import { workAnswer } from '../../../shared/api/work.ts';
import type { DocumentId, MeetingId } from '../../../shared/ids.ts';
import { type Name, OfficeWorld } from '../../support/office-world.ts';

let world: OfficeWorld;
let meetingId: MeetingId;
let id: DocumentId;
let path: string;

beforeEach(async () => {
  world = await OfficeWorld.open();
  meetingId = (await world.meet()).id;
  id = await world.documentOf(meetingId, 'lisi');
  path = `/api/documents/${id}`;
  await world.write(id, 'opening', '现对照检查如下。');
});
afterEach(() => world.close());

const work = async (who: Name) => (await world.get(workAnswer, who, '/api/work')).items;
const about = async (who: Name) => (await work(who)).find(({ documentId }) => documentId === id);
const kinds = async () =>
  Object.fromEntries(
    await Promise.all(
      (['lisi', 'zhangsan', 'office', 'wangwu'] as const).map(async (who) => [who, (await about(who))?.kind]),
    ),
  );

describe('a member’s outline on its way', () => {
  test('is his to write, then waits with the leader, comes back, is approved, filed and done', async () => {
    expect(await kinds()).toEqual({ lisi: 'write', zhangsan: undefined, office: undefined, wangwu: undefined });
    await world.act('lisi', 'POST', `${path}/submit`);
    expect(await kinds()).toEqual({ lisi: 'waiting', zhangsan: 'review', office: undefined, wangwu: undefined });
    await world.act('zhangsan', 'POST', `${path}/return`, { reason: 'lacks_facts', words: '补事例' });
    expect(await kinds()).toEqual({ lisi: 'revise', zhangsan: 'waiting', office: undefined, wangwu: undefined });
    expect(await about('lisi')).toMatchObject({ words: '补事例', round: 1, characters: 8, ownerName: '李四' });
    await world.act('lisi', 'POST', `${path}/submit`);
    const { currentVersion } = await world.get(documentAnswer, 'zhangsan', path);
    await world.act('zhangsan', 'POST', `${path}/approve`, { versionId: currentVersion?.id });
    expect(await kinds()).toEqual({ lisi: 'done', zhangsan: 'done', office: 'file', wangwu: undefined });
    await world.act('office', 'POST', `${path}/file`, { number: '1', date: '2022-01-18' });
    expect(await kinds()).toEqual({ lisi: 'done', zhangsan: 'done', office: 'done', wangwu: undefined });
  });
});

describe('the list', () => {
  test('begins with what waits for me, the nearest deadline first', async () => {
    const sooner = await world.meet({ title: '另一次会', submitBy: '2022-01-11' });
    await world.meet({ title: '没有期限的会', submitBy: null });
    await world.act('lisi', 'POST', `${path}/submit`);
    const items = await work('lisi');
    expect(items.map(({ meetingTitle, kind }) => [meetingTitle, kind])).toEqual([
      [sooner.title, 'write'],
      ['没有期限的会', 'write'],
      ['2021年度党史学习教育专题民主生活会', 'waiting'],
    ]);
    expect((await work('zhangsan'))[0]?.meetingTitle).toBe(sooner.title);
  });

  test('holds nothing for strangers and administrators', async () => {
    expect(await work('stranger')).toEqual([]);
    expect(await work('administrator')).toEqual([]);
  });

  test('gives filing to the leader where a meeting has no office', async () => {
    const small = await world.meet({
      title: '小会',
      participants: [world.place('zhangsan'), world.place('lisi')],
    });
    const outline = (await world.board(small.id, 'zhangsan')).find(({ owner }) => owner?.name === '李四');
    if (outline === undefined) throw new Error('no outline');
    await world.write(outline.id, 'opening', '现对照检查如下。');
    await world.act('lisi', 'POST', `/api/documents/${outline.id}/submit`);
    const { currentVersion } = await world.get(documentAnswer, 'zhangsan', `/api/documents/${outline.id}`);
    await world.act('zhangsan', 'POST', `/api/documents/${outline.id}/approve`, { versionId: currentVersion?.id });
    expect((await work('zhangsan')).find(({ documentId }) => documentId === outline.id)?.kind).toBe('file');
  });
});

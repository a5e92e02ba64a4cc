/** [CK] Rules that rest on what the product keeps beside the text: other texts, earlier years, what a meeting has set for both. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checksAnswer } from '../../../shared/api/checks.ts';
import { documentAnswer } from '../../../shared/api/documents.ts';
import { waitingRules } from '../../../shared/checks/rules.ts';
import type { DocumentId, MeetingId } from '../../../shared/ids.ts';
import { codeOf, type Name, OfficeWorld } from '../../support/office-world.ts';

const copied = '我对城北管网二标段的回填质量过问不够，监理提了两次我都没有到现场去看';
const secret = '返修花掉的二十六万元是我签的字';

let world: OfficeWorld;
let meeting: MeetingId;
let lisi: DocumentId;
let wangwu: DocumentId;

beforeEach(async () => {
  world = await OfficeWorld.open({ writeLimit: { burst: 10_000, perSecond: 1_000 } });
  meeting = (await world.meet()).id;
  lisi = await world.documentOf(meeting, 'lisi');
  wangwu = await world.documentOf(meeting, 'wangwu');
});
afterEach(() => world.close());

const checks = (who: Name, id: DocumentId) => world.get(checksAnswer, who, `/api/documents/${id}/checks`);
const submit = (who: Name, id: DocumentId) => world.ask(who, 'POST', `/api/documents/${id}/submit`, {});
const set = (settings: object) =>
  world.act('office', 'PUT', `/api/meetings/${meeting}/checks`, {
    rules: { N1: { on: false, severity: 'hint' }, N11: { on: false, severity: 'hint' } },
    thresholds: {},
    words: {},
    ...settings,
  });
const asked = async (who: Name, id: DocumentId, ...rules: string[]) =>
  (await checks(who, id)).hits
    .filter(({ rule }) => rules.includes(rule))
    .map(({ rule, severity, quote }) => [rule, severity, quote]);

async function approve(id: DocumentId): Promise<void> {
  const { currentVersion } = await world.get(documentAnswer, 'zhangsan', `/api/documents/${id}`);
  await world.act('zhangsan', 'POST', `/api/documents/${id}/approve`, { versionId: currentVersion?.id });
}

/** An approved outline of 王五 of the year before. */
async function lastYear(...problems: string[]): Promise<void> {
  const before = await world.meet({ year: 2020, title: '2020年度民主生活会', date: '2021-01-10' });
  const earlier = await world.documentOf(before.id, 'wangwu');
  for (const problem of problems) await world.write(earlier, 'problems.a1', problem, 'item');
  await submit('wangwu', earlier);
  await approve(earlier);
}

describe('[CK17] R21 asks about what another text has too', () => {
  beforeEach(async () => {
    await world.write(lisi, 'problems.a2', `${secret}。${copied}，路面沉降。`, 'item');
    await submit('lisi', lisi);
    await world.write(wangwu, 'problems.a2', `这一年来，${copied}，对此我负有责任。`, 'item');
  });

  test('the author by his own sentence alone, the reviewer by the exact words', async () => {
    const answer = await world.ask('wangwu', 'GET', `/api/documents/${wangwu}/checks`);
    for (const word of [secret, '路面沉降', lisi]) expect(answer.text).not.toContain(word);
    expect(await asked('wangwu', wangwu, 'R21')).toEqual([['R21', 'warn', `这一年来，${copied}，对此我负有责任。`]]);
    await submit('wangwu', wangwu);
    expect(await asked('zhangsan', wangwu, 'R21')).toEqual([['R21', 'warn', copied]]);
  });

  test('and stands before a submission where the meeting has set it so', async () => {
    await set({
      rules: {
        N1: { on: false, severity: 'hint' },
        N11: { on: false, severity: 'hint' },
        R21: { on: true, severity: 'confirm' },
      },
    });
    expect(codeOf(await submit('wangwu', wangwu))).toBe('confirmation_needed');
    const [hit] = (await checks('wangwu', wangwu)).hits.filter(({ rule }) => rule === 'R21');
    const { rule, blockId, hash } = hit ?? {};
    const path = `/api/documents/${wangwu}/checks/dismissals`;
    await world.act('wangwu', 'PUT', path, { rule, blockId, hash, reason: '同一件事' });
    expect((await submit('wangwu', wangwu)).status).toBe(200);
  });

  test('[LK18] as the meeting has set the length of a run and its own fixed words', async () => {
    await submit('wangwu', wangwu);
    await set({ thresholds: { 'R21.run': 60 } });
    expect(await asked('zhangsan', wangwu, 'R21')).toEqual([['R21', 'warn', `这一年来，${copied}，对此我负有责任`]]);
    await set({ words: { fixed: [copied] } });
    expect(await asked('zhangsan', wangwu, 'R21')).toEqual([]);
  });

  test('[LK18] but an author is never answered below twenty symbols', async () => {
    await set({ thresholds: { 'R21.run': 8 } });
    const id = await world.documentOf(meeting, 'zhaoliu');
    await world.write(id, 'problems.a1', '供水管网改造中监理提了两次我都没有去过。', 'item');
    expect(await asked('zhaoliu', id, 'R21')).toEqual([]);
    await submit('zhaoliu', id);
    expect(await asked('zhangsan', id, 'R21')).toEqual([['R21', 'warn', '监理提了两次我都没有']]);
  });
});

describe('[CK17] R20 asks about what the author wrote before', () => {
  const old = '我抓班子带队伍失之于宽，对干部教育管理不严，谈心谈话走了过场';

  test('a warning where it is the same, a hint where it is alike, nothing below what the meeting has set', async () => {
    await lastYear(`${old}。`);
    await world.write(wangwu, 'problems.a1', `${old}。`, 'item');
    expect(await asked('wangwu', wangwu, 'R20')).toEqual([['R20', 'warn', old]]);
    await world.wipe(wangwu, 'problems.a1');
    const varied = '我抓班子带队伍失之于宽，对干部教育管理不严，有3次谈话没有谈到问题';
    await world.write(wangwu, 'problems.a1', `${varied}。`, 'item');
    expect((await asked('wangwu', wangwu, 'R20')).map(([, severity]) => severity)).toEqual(['hint']);
    await set({ thresholds: { 'R20.likeness': 80 } });
    expect(await asked('wangwu', wangwu, 'R20')).toEqual([]);
  });
});

test('[CK16] N16 counts the problems of last year’s approved text', async () => {
  await lastYear('我调研偏少，全年7次。', '我讲党课1次。', '我学习走过场，3本书没有读完。');
  await world.write(wangwu, 'opening', '上年度查摆的4个问题已整改2个。');
  const [hit] = (await checks('wangwu', wangwu)).hits.filter(({ rule }) => rule === 'N16');
  expect(hit?.facts).toEqual({ form: 'earlier', said: 4, recorded: 3, year: 2020 });
});

test('[CK8] the server gives no rule data that nobody keeps', async () => {
  const { context } = await checks('wangwu', wangwu);
  expect(waitingRules.length).toBeGreaterThan(0);
  for (const name of ['criticism', 'criticismPairs', 'opinions', 'talks', 'measureLinks', 'dimensions']) {
    expect(context).not.toHaveProperty(name);
  }
});

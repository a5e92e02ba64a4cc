/** [PP18] [PP19] The reviewer agrees with what became of his changes, or opens them again; what is open is counted. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { documentAnswer, readinessAnswer } from '../../../shared/api/documents.ts';
import { proposalAnswer } from '../../../shared/api/proposals.ts';
import { workAnswer } from '../../../shared/api/work.ts';
import { HandedOver } from '../../support/handed-over.ts';
import { OfficePage } from '../../support/office-page.ts';
import { codeOf, type Name, type OfficeWorld } from '../../support/office-world.ts';

let story: HandedOver;
let world: OfficeWorld;
let key: string;
let other: string;

beforeEach(async () => {
  story = await HandedOver.open();
  ({ world } = story);
  [key = '', other = ''] = (await story.notes()).map((note) => note.key);
});
afterEach(() => world.close());

/** The step that set the fate which stands. */
const seen = async () => (await story.note()).history.findLast(({ act }) => act === 'set')?.id;
const decline = (words = '事实如此') => story.fate(key, { fate: 'declined', words });
const confirm = async (who: Name = 'zhangsan') => story.confirm(who, key, { confirmed: true, seen: await seen() });
const reopen = async (words = '') => story.confirm('zhangsan', key, { confirmed: false, words, seen: await seen() });
const openPoints = async () => {
  const { points } = await world.get(readinessAnswer, 'lisi', `${story.path}/readiness`);
  return points.filter(({ kind }) => kind === 'open_change').map(({ detail }) => detail);
};

describe('[PP18] confirmed or opened again', () => {
  test('the reviewer agrees with the fate the author gave, and both are kept with their steps', async () => {
    await decline();
    expect((await confirm()).status).toBe(200);
    const kept = await story.note();
    expect(kept).toMatchObject({ fate: 'declined', by: { name: '李四' }, confirmedBy: { name: '张三' } });
    expect(kept.history.map(({ act, fate, words, round, by }) => [act, fate, words, round, by.name])).toEqual([
      ['set', 'declined', '事实如此', 1, '李四'],
      ['confirm', 'declined', '', 1, '张三'],
    ]);
    expect(kept.history.every(({ at }) => at === new Date(world.clock.now()).toISOString())).toBe(true);
  });

  test('one opened again is open like a new one, in a later round too, and what was said before stays readable', async () => {
    await decline();
    await story.explain({ rest: '一并考虑' });
    await story.submit();
    expect((await reopen('台账上没有这个数')).status).toBe(200);
    const opened = await story.note();
    expect(opened).toMatchObject({ fate: 'open', words: '', by: null, at: null, confirmedBy: null });
    expect(opened.history.map(({ act, fate, words, round }) => [act, fate, words, round])).toEqual([
      ['set', 'declined', '事实如此', 1],
      ['reopen', 'declined', '台账上没有这个数', 2],
    ]);
    await story.giveBack();
    expect(await openPoints()).toEqual(['1']);
    expect(codeOf(await story.submit())).toBe('changes_open');
    await story.fate(key, { fate: 'partly' });
    expect((await story.submit()).status).toBe(200);
  });

  test('a change whose words were adopted keeps the letters that are recorded when it is opened again', async () => {
    const page = await OfficePage.open(world, 'lisi', story.outline);
    const inserted = page.type('监管流于形式', { instead: '监管不严' });
    await page.stored();
    await story.fate(key, { fate: 'adopted', inserted: [inserted] });
    expect((await world.storage.records.changeFate.get(key))?.inserted).toHaveLength(1);
    await reopen();
    expect(await world.storage.records.changeFate.get(key)).toMatchObject({ fate: 'open', by: null });
    expect((await world.storage.records.changeFate.get(key))?.inserted).toHaveLength(1);
  });

  test.each([
    ['another fate', { fate: 'explained', words: '再想想' }],
    ['the same fate set anew', { fate: 'declined', words: '事实如此' }],
    ['a fate taken back', { fate: 'open' }],
  ])('%s takes a confirmation away: nobody has agreed with that one', async (_what, body) => {
    await decline();
    await confirm();
    await story.fate(key, body);
    expect(await story.note()).toMatchObject({ fate: body.fate, confirmedBy: null });
    expect(await world.storage.records.changeFate.get(key)).toMatchObject({ confirmedBy: null, confirmedAt: null });
  });

  test('only whoever may confirm what became of remarks, and what he may not read does not exist for him', async () => {
    await decline();
    const codes: Record<string, string | undefined> = {};
    for (const who of ['lisi', 'wangwu', 'office', 'supervisor', 'stranger', 'administrator'] as const) {
      codes[who] = codeOf(await story.confirm(who, key, { confirmed: true, seen: await seen() }));
    }
    expect(codes).toEqual({
      lisi: 'forbidden',
      wangwu: 'forbidden',
      office: 'forbidden',
      supervisor: 'forbidden',
      stranger: 'not_found',
      administrator: 'not_found',
    });
    expect((await story.note()).confirmedBy).toBeNull();
  });

  test('as long as remarks may be confirmed: in review, returned and approved, until the text is filed', async () => {
    await decline();
    expect((await confirm()).status).toBe(200);
    await story.explain({ rest: '一并考虑' });
    await story.submit();
    expect((await confirm()).status).toBe(200);
    const { currentVersion } = await world.get(documentAnswer, 'zhangsan', story.path);
    await world.act('zhangsan', 'POST', `${story.path}/approve`, { versionId: currentVersion?.id });
    expect((await confirm()).status).toBe(200);
    await world.act('office', 'POST', `${story.path}/file`, { number: '1', date: '2022-01-18' });
    expect(codeOf(await confirm())).toBe('wrong_state');
    expect(codeOf(await reopen())).toBe('wrong_state');
    expect((await story.note()).fate).toBe('declined');
  });

  test('nothing but a fate of a change that was handed over', async () => {
    const stranger = 'fev_00000000000000000000000000';
    const ask = async (change: string) =>
      codeOf(await story.confirm('zhangsan', change, { confirmed: true, seen: stranger }));
    expect(await ask(key)).toBe('fate_missing');
    expect(await ask('nothing')).toBe('not_found');
    expect(await ask(`prop_00000000000000000000000000${key.slice(key.indexOf('.'))}`)).toBe('not_found');
    await story.explain({ rest: '一并考虑' });
    await story.submit();
    const { proposal } = proposalAnswer.parse(await world.act('zhangsan', 'POST', `${story.path}/proposals`));
    expect(await ask(`${proposal.id}${key.slice(key.indexOf('.'))}`)).toBe('not_found');
  });

  test('it is in the audit log, without words, and whoever has the text open is told', async () => {
    const page = await OfficePage.open(world, 'lisi', story.outline);
    await decline();
    await confirm();
    const told: string[] = [];
    const stop = world.changes.subscribe((change) => void told.push(change.topic));
    page.heard.length = 0;
    await reopen('没有改');
    stop();
    expect(told).toEqual(['proposal']);
    expect(page.heard).toEqual(['changed proposal']);
    expect((await world.audit()).slice(-3).map(({ act, facts }) => [act, facts])).toEqual([
      ['change_fate', { fate: 'declined', round: 1 }],
      ['change_fate_confirmed', { fate: 'declined', round: 1 }],
      ['change_fate_reopened', { fate: 'declined', round: 1 }],
    ]);
  });
});

describe('[PP19] binds to the fate that was seen', () => {
  test('one that was set meanwhile is neither confirmed nor opened again', async () => {
    await decline();
    const before = await seen();
    await decline('另有原因');
    for (const confirmed of [true, false]) {
      const refused = await story.confirm('zhangsan', key, { confirmed, seen: before });
      expect([refused.status, codeOf(refused)]).toEqual([409, 'fate_changed']);
    }
    expect(await story.note()).toMatchObject({ fate: 'declined', words: '另有原因', confirmedBy: null });
    expect((await world.audit()).at(-1)?.act).toBe('change_fate');
    expect((await confirm()).status).toBe(200);
  });

  test('whoever does not say what he saw is not heard, and another change’s fate is not this one’s', async () => {
    await decline();
    expect(codeOf(await story.confirm('zhangsan', key, { confirmed: true }))).toBe('invalid_request');
    await story.fate(other, { fate: 'declined', words: '不在这里' });
    const [step] = (await story.note(1)).history;
    expect(codeOf(await story.confirm('zhangsan', key, { confirmed: true, seen: step?.id }))).toBe('fate_changed');
  });
});

describe('[PP20] open changes are counted', () => {
  const items = async (who: Name) =>
    (await world.get(workAnswer, who, '/api/work')).items.find(({ documentId }) => documentId === story.outline);
  const counts = async () => [
    (await items('lisi'))?.openChanges,
    (await items('zhangsan'))?.openChanges,
    (await world.board(story.meetingId)).find(({ id }) => id === story.outline)?.openChanges,
  ];

  test('in what waits for author and reviewer and on the board, those opened again among them', async () => {
    expect(await counts()).toEqual([2, 2, 2]);
    await decline();
    expect(await counts()).toEqual([1, 1, 1]);
    await story.explain({ rest: '一并考虑' });
    await story.submit();
    expect(await counts()).toEqual([0, 0, 0]);
    await reopen();
    expect(await counts()).toEqual([1, 1, 1]);
    // Whoever takes no part in the review waits for no answer.
    const { currentVersion } = await world.get(documentAnswer, 'zhangsan', story.path);
    await world.act('zhangsan', 'POST', `${story.path}/approve`, { versionId: currentVersion?.id });
    expect([(await items('lisi'))?.openChanges, (await items('office'))?.openChanges]).toEqual([1, 0]);
  });

  test('a proposal that was handed over before its changes were counted counts the same', async () => {
    await decline();
    await world.storage.records.proposal.update(story.proposal, { changes: null });
    expect(await counts()).toEqual([1, 1, 1]);
  });

  test('one that is being written, or was voided, counts nowhere', async () => {
    await story.explain({ rest: '一并考虑' });
    await story.submit();
    const { proposal } = proposalAnswer.parse(await world.act('zhangsan', 'POST', `${story.path}/proposals`));
    const page = await OfficePage.open(world, 'zhangsan', proposal.id);
    page.type('还没有交出去。');
    await page.stored();
    expect(await counts()).toEqual([0, 0, 0]);
    await world.act('lisi', 'POST', `${story.path}/withdraw`);
    expect(await counts()).toEqual([0, 0, 0]);
  });
});

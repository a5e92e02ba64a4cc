/** What becomes of remarks: kinds, fates, confirmations, and the submission that waits for them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { documentAnswer, readinessAnswer } from '../../../shared/api/documents.ts';
import { type AnchorBody, type Remark, remarkAnswer, remarksAnswer } from '../../../shared/api/remarks.ts';
import { workAnswer } from '../../../shared/api/work.ts';
import type { DocumentId, MeetingId } from '../../../shared/ids.ts';
import { codeOf, detailsOf, type Name, OfficeWorld } from '../../support/office-world.ts';

const text = '我学习满足于完成学时，多数时候只签到。';

let world: OfficeWorld;
let meetingId: MeetingId;
let id: DocumentId;
let path: string;
let blockId: string;

beforeEach(async () => {
  world = await OfficeWorld.open();
  meetingId = (await world.meet()).id;
  id = await world.documentOf(meetingId, 'lisi');
  path = `/api/documents/${id}`;
  blockId = await world.write(id, 'problems.a1', text, 'item');
  await submit();
});
afterEach(() => world.close());

const submit = () => world.act('lisi', 'POST', `${path}/submit`);
const giveBack = () => world.act('zhangsan', 'POST', `${path}/return`, { reason: 'lacks_facts', words: '补' });

async function remark(quote: string, more: object = {}): Promise<Remark> {
  const from = text.indexOf(quote);
  const anchor: AnchorBody = { sectionKey: 'problems.a1', blockId, from, to: from + quote.length, quote };
  return remarkAnswer.parse(
    await world.act('zhangsan', 'POST', `${path}/remarks`, { anchor, words: '说具体些', ...more }),
  ).remark;
}
const remarks = async (who: Name = 'lisi') => (await world.get(remarksAnswer, who, `${path}/remarks`)).remarks;
const fate = (who: Name, remarkId: string, body: object) =>
  world.ask(who, 'PUT', `/api/remarks/${remarkId}/fate`, body);
const confirm = (who: Name, remarkId: string, body: object) =>
  world.ask(who, 'PUT', `/api/remarks/${remarkId}/confirmation`, body);

describe('[RV1] kinds', () => {
  test('a remark says what it is and what it rests on; without a word it is a suggestion that rests on nothing', async () => {
    const plain = await remark('完成学时');
    const full = await remark('多数时候', { kind: 'question', basis: ' 意见3 ' });
    expect([plain.kind, plain.basis, full.kind, full.basis]).toEqual(['suggestion', '', 'question', '意见3']);
    const wrong = { anchor: { ...plain, from: 0, to: 1, quote: '我' }, words: '好', kind: 'order' };
    expect(codeOf(await world.ask('zhangsan', 'POST', `${path}/remarks`, wrong))).toBe('invalid_request');
  });

  test('praise waits for no answer: it is counted nowhere as open and holds no submission up', async () => {
    await remark('完成学时', { kind: 'praise', words: '写得实在' });
    const open = async () =>
      (await world.get(workAnswer, 'zhangsan', '/api/work')).items.find((item) => item.documentId === id)?.openRemarks;
    expect(await open()).toBe(0);
    expect((await world.board(meetingId)).find((row) => row.id === id)?.openRemarks).toBe(0);
    await remark('多数时候');
    expect(await open()).toBe(1);
    expect((await world.board(meetingId)).find((row) => row.id === id)?.openRemarks).toBe(1);
  });
});

describe('[RV3] confirmed or opened again', () => {
  test('the reviewer agrees with the fate the author gave, and both are kept', async () => {
    const { id: remarkId } = await remark('完成学时');
    expect(codeOf(await confirm('zhangsan', remarkId, { confirmed: true }))).toBe('fate_missing');
    await fate('lisi', remarkId, { fate: 'partly', words: '补了一件' });
    expect((await confirm('zhangsan', remarkId, { confirmed: true })).status).toBe(200);
    const [kept] = await remarks();
    expect(kept).toMatchObject({ fate: 'partly', fateBy: { name: '李四' }, confirmedBy: { name: '张三' } });
    expect(kept?.history.map(({ act, fate: what, words, by }) => [act, what, words, by.name])).toEqual([
      ['set', 'partly', '补了一件', '李四'],
      ['confirm', 'partly', '', '张三'],
    ]);
  });

  test('a remark opened again counts as open, and what was said before stays readable, over the rounds', async () => {
    const { id: remarkId } = await remark('完成学时');
    await giveBack();
    await fate('lisi', remarkId, { fate: 'explained', words: '数字出自台账' });
    await submit();
    await confirm('zhangsan', remarkId, { confirmed: false, words: '台账上没有这个数' });
    const [opened] = await remarks('zhangsan');
    expect(opened).toMatchObject({ fate: 'open', fateWords: '', confirmedBy: null, round: 1 });
    expect(opened?.history.map(({ act, words, round }) => [act, words, round])).toEqual([
      ['set', '数字出自台账', 1],
      ['reopen', '台账上没有这个数', 2],
    ]);
    await giveBack();
    expect(codeOf(await world.ask('lisi', 'POST', `${path}/submit`))).toBe('remarks_open');
  });

  test('a fate that is taken back leaves no words and nobody behind, but its history', async () => {
    const { id: remarkId } = await remark('完成学时');
    await fate('lisi', remarkId, { fate: 'partly', words: '补了一件' });
    await fate('lisi', remarkId, { fate: 'open', words: '再想想' });
    const [kept] = await remarks();
    expect(kept).toMatchObject({ fate: 'open', fateWords: '', fateBy: null, fateAt: null });
    expect(kept?.history.map((step) => [step.fate, step.words])).toEqual([
      ['partly', '补了一件'],
      ['open', ''],
    ]);
  });

  test('another fate takes a confirmation away: nobody has agreed with that one', async () => {
    const { id: remarkId } = await remark('完成学时');
    await fate('lisi', remarkId, { fate: 'adopted' });
    await confirm('zhangsan', remarkId, { confirmed: true });
    await fate('lisi', remarkId, { fate: 'explained', words: '再想想' });
    expect((await remarks())[0]).toMatchObject({ fate: 'explained', confirmedBy: null, confirmedAt: null });
  });

  test('an answer to a fate that was seen is not one to another that was set meanwhile', async () => {
    const { id: remarkId } = await remark('完成学时');
    await fate('lisi', remarkId, { fate: 'partly', words: '补了一件' });
    const seen = (await remarks())[0]?.history[0]?.id;
    await fate('lisi', remarkId, { fate: 'explained', words: '再想想' });
    for (const confirmed of [true, false]) {
      const refused = await confirm('zhangsan', remarkId, { confirmed, seen });
      expect([refused.status, codeOf(refused)]).toEqual([409, 'fate_changed']);
    }
    expect((await remarks())[0]).toMatchObject({ fate: 'explained', confirmedBy: null });
    const stands = (await remarks())[0]?.history.at(-1)?.id;
    expect((await confirm('zhangsan', remarkId, { confirmed: true, seen: stands })).status).toBe(200);
  });

  test('it is the reviewer’s to do, and the log says what without the words', async () => {
    const { id: remarkId } = await remark('完成学时');
    await fate('lisi', remarkId, { fate: 'adopted' });
    expect((await world.audit()).at(-1)).toMatchObject({ act: 'fate', facts: { fate: 'adopted' } });
    const codes = [];
    for (const who of ['lisi', 'wangwu', 'office', 'stranger'] as const) {
      codes.push(codeOf(await confirm(who, remarkId, { confirmed: true })));
    }
    expect(codes).toEqual(['forbidden', 'forbidden', 'forbidden', 'not_found']);
    await confirm('zhangsan', remarkId, { confirmed: true });
    await confirm('zhangsan', remarkId, { confirmed: false, words: '没有改' });
    const log = (await world.audit()).slice(-2);
    expect(log.map(({ act, facts }) => [act, facts])).toEqual([
      ['fate_confirmed', { fate: 'adopted' }],
      ['fate_reopened', { fate: 'adopted' }],
    ]);
  });
});

describe('[RV4] submitting again', () => {
  test('is refused with the list as long as a remark has no fate, and nothing changes', async () => {
    const made = await remark('完成学时');
    const answered = await remark('多数时候', { words: '改成数字' });
    await remark('我学习', { kind: 'praise' });
    await fate('lisi', answered.id, { fate: 'adopted' });
    await giveBack();
    const refused = await world.ask('lisi', 'POST', `${path}/submit`);
    expect([refused.status, codeOf(refused)]).toEqual([409, 'remarks_open']);
    expect(detailsOf(refused)).toEqual({ remarks: [{ id: made.id, quote: '完成学时', words: '说具体些' }] });
    expect((await world.get(documentAnswer, 'lisi', path)).lifecycle.state).toBe('returned');
    const { points } = await world.get(readinessAnswer, 'lisi', `${path}/readiness`);
    expect(points.filter(({ kind }) => kind === 'open_remark')).toMatchObject([{ blocks: true, detail: '1' }]);
    await fate('lisi', made.id, { fate: 'explained', words: '没有台账' });
    await submit();
    expect((await world.get(documentAnswer, 'lisi', path)).round).toBe(2);
  });

  test('one explanation each, or one for all that remain, in one go', async () => {
    const one = await remark('完成学时');
    await remark('多数时候');
    await remark('我学习');
    await giveBack();
    await world.act('lisi', 'PUT', `${path}/remarks/explanations`, {
      each: [{ remarkId: one.id, words: '数字出自台账' }],
      rest: '与第二方面一并改',
    });
    expect((await remarks()).map(({ fate: what, fateWords }) => [what, fateWords])).toEqual([
      ['explained', '数字出自台账'],
      ['explained', '与第二方面一并改'],
      ['explained', '与第二方面一并改'],
    ]);
    await submit();
  });

  test('explanations are all or none, of open remarks of this text, by who answers for it', async () => {
    const one = await remark('完成学时');
    const stranger = 'rmk_00000000000000000000000000';
    const each = [
      { remarkId: one.id, words: '说明' },
      { remarkId: stranger, words: '说明' },
    ];
    const explain = (who: Name, body: object) => world.ask(who, 'PUT', `${path}/remarks/explanations`, body);
    expect(codeOf(await explain('lisi', { each }))).toBe('not_found');
    expect(codeOf(await explain('zhangsan', { rest: '说明' }))).toBe('forbidden');
    expect((await remarks())[0]?.fate).toBe('open');
    await explain('lisi', {});
    expect((await remarks())[0]?.fate).toBe('open');
  });

  test('the drafters of the team material answer for it', async () => {
    const team = await world.documentOf(meetingId, 'team');
    const teamPath = `/api/documents/${team}`;
    const block = await world.write(team, 'opening', '班子学习不深。');
    await world.act('wangwu', 'POST', `${teamPath}/submit`);
    const anchor = { sectionKey: 'opening', blockId: block, from: 0, to: 4, quote: '班子学习' };
    const made = remarkAnswer.parse(
      await world.act('zhangsan', 'POST', `${teamPath}/remarks`, { anchor, words: '写具体' }),
    ).remark;
    await world.act('zhangsan', 'POST', `${teamPath}/return`, { reason: 'lacks_facts', words: '' });
    expect(codeOf(await world.ask('wangwu', 'POST', `${teamPath}/submit`))).toBe('remarks_open');
    expect((await fate('wangwu', made.id, { fate: 'adopted' })).status).toBe(200);
    await world.act('wangwu', 'POST', `${teamPath}/submit`);
  });
});

describe('[RV9] a return binds to the version that was read', () => {
  test('naming another version than the one in review is refused, with how much has changed', async () => {
    const { currentVersion: read } = await world.get(documentAnswer, 'zhangsan', path);
    await world.act('lisi', 'POST', `${path}/withdraw`);
    await world.write(id, 'opening', '新写的一段。');
    await submit();
    const body = { reason: 'lacks_facts', words: '', versionId: read?.id };
    const refused = await world.ask('zhangsan', 'POST', `${path}/return`, body);
    expect([refused.status, codeOf(refused)]).toEqual([409, 'stale_version']);
    expect(detailsOf(refused)).toMatchObject({ changes: 1 });
    const { currentVersion } = await world.get(documentAnswer, 'zhangsan', path);
    await world.act('zhangsan', 'POST', `${path}/return`, { ...body, versionId: currentVersion?.id });
  });
});

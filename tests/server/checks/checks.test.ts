/** [CK] The checks over REST: who sees what, what is put aside and confirmed, what stops a submission, what a meeting sets. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type ChecksAnswer,
  checkSettingsAnswer,
  checksAnswer,
  dismissalsAnswer,
  ticksAnswer,
} from '../../../shared/api/checks.ts';
import { documentAnswer, readinessAnswer } from '../../../shared/api/documents.ts';
import { type Hit, hitSchema } from '../../../shared/checks/check.ts';
import type { DocumentId, MeetingId } from '../../../shared/ids.ts';
import { codeOf, detailsOf, type Name, OfficeWorld } from '../../support/office-world.ts';

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

const vague = '我深入基层不够，对群众的所思所盼了解不多。';
const byTeam = '党组在推进智慧管网平台建设上主动性不够，2021年推迟了5个月。';
const checks = (who: Name = 'lisi') => world.get(checksAnswer, who, `${path}/checks`);
const hitOf = ({ hits }: Pick<ChecksAnswer, 'hits'>, rule: string): Hit => {
  const found = hits.find((hit) => hit.rule === rule);
  if (found === undefined) throw new Error(`${rule} is asked`);
  return found;
};
const nameOf = ({ rule, blockId, hash }: Hit) => ({ rule, blockId, hash });
const put = (who: Name, hit: Hit, reason: string | null) =>
  world.ask(who, 'PUT', `${path}/checks/dismissals`, { ...nameOf(hit), reason });
const submit = (body?: unknown) => world.ask('lisi', 'POST', `${path}/submit`, body);
/** Sections may stay empty here, as in the world's usual meeting. */
const emptySections = { N1: { on: false, severity: 'hint' }, N11: { on: false, severity: 'hint' } };
const setRules = (rules: object) =>
  world.act('office', 'PUT', `/api/meetings/${meetingId}/checks`, {
    rules: { ...emptySections, ...rules },
    thresholds: {},
    words: {},
  });

describe('who sees what', () => {
  test('[CK3] the author sees each question with its place', async () => {
    const blockId = await world.write(id, 'problems.a1', vague, 'item');
    const { standing, hits } = await checks();
    expect(standing).toBe('author');
    expect(hitOf({ hits }, 'R06')).toMatchObject({
      severity: 'warn',
      sectionKey: 'problems.a1',
      blockId,
      from: 0,
      to: vague.length,
      quote: vague,
    });
  });

  test('[CK7] the reviewer sees neither hints nor what was said to them', async () => {
    await world.write(id, 'problems.a1', '我有时学得不深。', 'item');
    await world.write(id, 'problems.a1', vague, 'item');
    const mine = await checks();
    expect(mine.hits.map(({ rule }) => rule)).toContain('R11');
    await put('lisi', hitOf(mine, 'R11'), '只给自己看');
    await put('lisi', hitOf(mine, 'R06'), '事例在第三方面');
    await submit({});
    const his = await checks('zhangsan');
    expect(his.standing).toBe('reviewer');
    expect(his.hits.filter(({ severity }) => severity === 'hint')).toEqual([]);
    expect(his.dismissals.map(({ rule, reason, by }) => [rule, reason, by])).toEqual([
      ['R06', '事例在第三方面', '李四'],
    ]);
    expect((await checks()).dismissals).toHaveLength(2);
  });

  test('[CK7] whoever has no part in the review is refused, and strangers find nothing', async () => {
    await world.write(id, 'opening', '现对照检查如下。');
    await submit({});
    const { currentVersion } = await world.get(documentAnswer, 'zhangsan', path);
    await world.act('zhangsan', 'POST', `${path}/approve`, { versionId: currentVersion?.id });
    const answers = await Promise.all(
      (['office', 'supervisor', 'wangwu', 'stranger', 'administrator'] as const).map(async (who) => [
        who,
        codeOf(await world.ask(who, 'GET', `${path}/checks`)),
      ]),
    );
    expect(Object.fromEntries(answers)).toEqual({
      office: 'forbidden',
      supervisor: 'forbidden',
      wangwu: 'forbidden',
      stranger: 'not_found',
      administrator: 'not_found',
    });
  });

  test('[CK7] before the first submission the reviewer sees nothing', async () => {
    await world.write(id, 'problems.a1', vague, 'item');
    expect(codeOf(await world.ask('zhangsan', 'GET', `${path}/checks`))).toBe('forbidden');
  });

  test('[CK7] a reader of a frozen text is asked about the frozen text', async () => {
    await world.write(id, 'problems.a1', vague, 'item');
    await submit({});
    await world.write(id, 'problems.a2', '我学得不深，悟得不透。', 'item');
    const quotes = (await checks('zhangsan')).hits.map(({ quote }) => quote);
    expect(quotes).toContain(vague);
    expect(quotes).not.toContain('我学得不深，悟得不透。');
  });
});

describe('putting a question aside', () => {
  test('[CK5] holds until the words change', async () => {
    await world.write(id, 'problems.a1', vague, 'item');
    const hit = hitOf(await checks(), 'R06');
    const answer = await put('lisi', hit, '事例在第三方面');
    const { dismissals } = dismissalsAnswer.parse(answer.body);
    expect(dismissals).toMatchObject([{ ...nameOf(hit), reason: '事例在第三方面', confirmed: false, by: '李四' }]);
    await world.write(id, 'opening', '现对照检查如下。');
    expect((await checks()).dismissals).toHaveLength(1);
    await world.wipe(id, 'problems.a1');
    await world.write(id, 'problems.a1', `${vague}今后多走。`, 'item');
    const after = await checks();
    expect(after.dismissals).toEqual([]);
    expect(hitOf(after, 'R06').hash).not.toBe(hit.hash);
  });

  test('[CK5] is changed and taken back', async () => {
    await world.write(id, 'problems.a1', vague, 'item');
    const hit = hitOf(await checks(), 'R06');
    await put('lisi', hit, '一');
    await put('lisi', hit, '二');
    expect((await checks()).dismissals.map(({ reason }) => reason)).toEqual(['二']);
    await put('lisi', hit, null);
    expect((await checks()).dismissals).toEqual([]);
  });

  test('[CK5] is the author’s act, while he may write', async () => {
    await world.write(id, 'problems.a1', vague, 'item');
    const hit = hitOf(await checks(), 'R06');
    await submit({});
    expect(codeOf(await put('zhangsan', hit, '不必'))).toBe('forbidden');
    expect(codeOf(await put('office', hit, '不必'))).toBe('forbidden');
    expect(codeOf(await put('stranger', hit, '不必'))).toBe('not_found');
    expect(codeOf(await put('lisi', hit, '不必'))).toBe('wrong_state');
    expect((await checks()).dismissals).toEqual([]);
  });

  test('[CK5] needs a reason, and a question that is asked now', async () => {
    await world.write(id, 'problems.a1', vague, 'item');
    const hit = hitOf(await checks(), 'R06');
    expect(codeOf(await put('lisi', hit, ' '))).toBe('invalid_request');
    expect(codeOf(await put('lisi', { ...hit, hash: '0'.repeat(32) }, '理由'))).toBe('passage_changed');
    expect(codeOf(await put('lisi', { ...hit, rule: 'R07' }, '理由'))).toBe('passage_changed');
  });

  test('[CK6] does not get round what stops a submission', async () => {
    await world.write(id, 'opening', '我在XX项目中。');
    expect(codeOf(await put('lisi', hitOf(await checks(), 'R22'), '就是这样'))).toBe('forbidden');
    expect(codeOf(await submit({}))).toBe('not_ready');
  });
});

describe('the audit log', () => {
  const entries = async () =>
    (await world.audit())
      .filter(({ act }) => act.startsWith('check'))
      .map(({ act, actor, subject, facts }) => [act, actor, subject, facts]);

  test('[CK14] is told of a reason, and of one taken back, without a word of either', async () => {
    await world.write(id, 'problems.a1', vague, 'item');
    const hit = hitOf(await checks(), 'R06');
    await put('lisi', hit, null);
    expect(await entries()).toEqual([]);
    await put('lisi', hit, '事例在第三方面');
    await put('lisi', hit, null);
    const label = '个人发言提纲（李四）';
    expect(await entries()).toEqual([
      ['check_dismissed', '李四', label, { rule: 'R06' }],
      ['check_resumed', '李四', label, { rule: 'R06' }],
    ]);
  });

  test('[CK14] is told of what was confirmed with a submission, by its rules', async () => {
    await world.write(id, 'problems.a1', byTeam, 'item');
    await world.write(id, 'problems.a2', '在廉洁自律上，本人没有什么问题，2021年1次也没有。', 'item');
    const { hits } = await checks();
    const confirmed = [nameOf(hitOf({ hits }, 'R01')), { ...nameOf(hitOf({ hits }, 'R08')), reason: '确无' }];
    expect((await submit({ confirmed })).status).toBe(200);
    expect(await entries()).toEqual([['checks_confirmed', '李四', '个人发言提纲（李四）', { rules: 'R01 R08' }]]);
  });
});

describe('the reviewer’s checklist', () => {
  const tickAs = (who: Name, versionId: string, line: number, on = true) =>
    world.ask(who, 'PUT', `${path}/checks/ticks`, { versionId, line, on });
  const inReview = async () => {
    await submit({});
    const { currentVersion } = await world.get(documentAnswer, 'zhangsan', path);
    if (currentVersion == null) throw new Error('a version is in review');
    return currentVersion.id;
  };

  beforeEach(() => world.write(id, 'opening', '现对照检查如下。'));

  test('[CK15] ticks are kept for the reviewer and the version, in the order of the lines', async () => {
    const version = await inReview();
    await tickAs('zhangsan', version, 9);
    const answer = await tickAs('zhangsan', version, 4);
    expect(ticksAnswer.parse(answer.body).ticked).toEqual([4, 9]);
    expect((await checks('zhangsan')).ticked).toEqual([4, 9]);
    await tickAs('zhangsan', version, 9, false);
    expect((await checks('zhangsan')).ticked).toEqual([4]);
    await world.act('lisi', 'POST', `${path}/withdraw`);
    const next = await inReview();
    expect((await checks('zhangsan')).ticked).toEqual([]);
    expect(codeOf(await tickAs('zhangsan', version, 1))).toBe('stale_version');
    expect((await tickAs('zhangsan', next, 1)).status).toBe(200);
  });

  test('[CK15] ticks are the reviewer’s own: no author sees them, nobody else makes them', async () => {
    const version = await inReview();
    await tickAs('zhangsan', version, 4);
    expect((await checks()).ticked).toEqual([]);
    const answers = await Promise.all(
      (['lisi', 'office', 'supervisor', 'wangwu', 'stranger', 'administrator'] as const).map(async (who) => [
        who,
        codeOf(await tickAs(who, version, 5)),
      ]),
    );
    expect(Object.fromEntries(answers)).toEqual({
      lisi: 'forbidden',
      office: 'forbidden',
      supervisor: 'forbidden',
      wangwu: 'forbidden',
      stranger: 'not_found',
      administrator: 'not_found',
    });
    expect(codeOf(await tickAs('zhangsan', version, 14))).toBe('invalid_request');
    expect((await checks('zhangsan')).ticked).toEqual([4]);
  });

  test('[CK15] there is nothing to tick where nothing is in review', async () => {
    const version = await inReview();
    await world.act('lisi', 'POST', `${path}/withdraw`);
    expect(codeOf(await tickAs('zhangsan', version, 4))).toBe('wrong_state');
  });
});

describe('a submission', () => {
  test('[CK6] with something to confirm is answered with the questions, and nothing is frozen', async () => {
    await world.write(id, 'problems.a1', byTeam, 'item');
    const answer = await submit();
    expect([answer.status, codeOf(answer)]).toEqual([409, 'confirmation_needed']);
    const { hits } = detailsOf(answer) as { hits: unknown[] };
    expect(hits.map((hit) => hitSchema.parse(hit).rule)).toEqual(['R01']);
    expect(await world.storage.records.version.find({ documentId: id })).toEqual([]);
    expect((await world.get(readinessAnswer, 'lisi', `${path}/readiness`)).unconfirmed).toEqual(hits);
  });

  test('[CK6] passes with the confirmation, which the reviewer reads', async () => {
    await world.write(id, 'problems.a1', byTeam, 'item');
    const hit = hitOf(await checks(), 'R01');
    const answer = await submit({ confirmed: [{ ...nameOf(hit), reason: '平台由党组部署' }] });
    expect(answer.status).toBe(200);
    expect((await checks('zhangsan')).dismissals).toMatchObject([
      { ...nameOf(hit), reason: '平台由党组部署', confirmed: true, by: '李四' },
    ]);
    const entry = (await world.audit()).find(({ act }) => act === 'submit');
    expect(entry?.facts['confirmed']).toBe(1);
  });

  test('[CK6] passes without a reason, and does not ask a second time', async () => {
    await world.write(id, 'problems.a1', byTeam, 'item');
    const hit = hitOf(await checks(), 'R01');
    expect((await submit({ confirmed: [nameOf(hit), nameOf(hit)] })).status).toBe(200);
    await world.act('lisi', 'POST', `${path}/withdraw`);
    expect((await submit()).status).toBe(200);
  });

  test('[CK6] passes where the author has given a reason before', async () => {
    await world.write(id, 'problems.a1', byTeam, 'item');
    await put('lisi', hitOf(await checks(), 'R01'), '平台由党组部署');
    expect((await submit()).status).toBe(200);
  });

  test('[CK6] is not let through by a confirmation of other words', async () => {
    await world.write(id, 'problems.a1', byTeam, 'item');
    const hit = hitOf(await checks(), 'R01');
    await world.write(id, 'problems.a2', byTeam.replace('5', '6'), 'item');
    const answer = await submit({ confirmed: [nameOf(hit)] });
    expect(codeOf(answer)).toBe('confirmation_needed');
    expect((detailsOf(answer) as { hits: unknown[] }).hits).toHaveLength(1);
    expect((await checks()).dismissals).toEqual([]);
  });

  test('[CK6] is stopped by any rule the meeting lets stop it', async () => {
    await world.write(id, 'problems.a1', vague, 'item');
    await setRules({ R06: { on: true, severity: 'block' } });
    const answer = await submit();
    expect(codeOf(answer)).toBe('not_ready');
    expect(detailsOf(answer)).toEqual({
      points: [expect.objectContaining({ kind: 'check', blocks: true, sectionKey: 'problems.a1', detail: 'R06' })],
    });
  });

  test('[CK13] placeholders stop it as the meeting has set R22', async () => {
    await world.write(id, 'opening', '我在XX项目中。');
    expect(detailsOf(await submit())).toMatchObject({ points: [{ kind: 'placeholder', detail: 'XX' }] });
    await setRules({ R22: { on: true, severity: 'warn' } });
    expect((await submit()).status).toBe(200);
  });

  test('[CK6] takes a broken body for what it is', async () => {
    await world.write(id, 'opening', '现对照检查如下。');
    expect(codeOf(await submit('{"confirmed":'))).toBe('invalid_json');
    expect(codeOf(await submit({ confirmed: [{ rule: 'R99', blockId: null, hash: '0'.repeat(32) }] }))).toBe(
      'invalid_request',
    );
  });
});

describe('with all sections wanted', () => {
  beforeEach(async () => {
    const places = world.place('lisi', { conditions: ['personal_matters'] });
    const others = (['zhangsan', 'wangwu', 'zhaoliu', 'office', 'supervisor'] as const).map((name) =>
      world.place(name),
    );
    meetingId = (await world.meet({ participants: [places, ...others] }, { completeTexts: true })).id;
    id = await world.documentOf(meetingId, 'lisi');
    path = `/api/documents/${id}`;
  });

  test('[CK6] [CK1] aspects without text and matters not spoken to are confirmed', async () => {
    await world.write(id, 'opening', '2020年度查摆的3个问题已整改2个。');
    const hits = (await world.get(readinessAnswer, 'lisi', `${path}/readiness`)).unconfirmed;
    expect(hits.map(({ rule, sectionKey }) => [rule, sectionKey])).toEqual([
      ['N1', 'problems.a1'],
      ['N11', 'disclosures'],
    ]);
    expect((await submit({ confirmed: hits.map(nameOf) })).status).toBe(200);
  });
});

describe('a meeting’s settings', () => {
  test('[CK4] are read and changed by its leader and its office, and by nobody else', async () => {
    const settingsPath = `/api/meetings/${meetingId}/checks`;
    const body = { rules: { R06: { on: false, severity: 'warn' } }, thresholds: { 'N3.least': 30 }, words: {} };
    for (const who of ['zhangsan', 'office'] as const) {
      await world.act(who, 'PUT', settingsPath, body);
      expect((await world.get(checkSettingsAnswer, who, settingsPath)).settings).toEqual(body);
    }
    for (const who of ['lisi', 'supervisor'] as const) {
      expect(codeOf(await world.ask(who, 'PUT', settingsPath, body))).toBe('forbidden');
      expect(codeOf(await world.ask(who, 'GET', settingsPath))).toBe('forbidden');
    }
    expect(codeOf(await world.ask('stranger', 'PUT', settingsPath, body))).toBe('not_found');
    expect(codeOf(await world.ask('administrator', 'PUT', settingsPath, body))).toBe('forbidden');
    expect((await world.audit()).filter(({ act }) => act === 'checks_changed')).toHaveLength(2);
  });

  test('[CK4] reach the next question asked, with another digest', async () => {
    await world.write(id, 'problems.a1', vague, 'item');
    const before = await checks();
    await setRules({ R06: { on: false, severity: 'warn' } });
    const after = await checks();
    expect(before.hits.map(({ rule }) => rule)).toContain('R06');
    expect(after.hits.map(({ rule }) => rule)).not.toContain('R06');
    expect(after.digest).not.toBe(before.digest);
    expect(world.troubles).toEqual([]);
  });
});

/** Meetings: who makes and manages them, whom they may list, and that no change of settings ever touches written text. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createFirstMeeting } from '../../../server/meetings/create-meeting.ts';
import { loadTemplates } from '../../../server/meetings/templates.ts';
import { documentAnswer, textAnswer } from '../../../shared/api/documents.ts';
import { type Meeting, meetingAnswer, meetingsAnswer, templatesAnswer } from '../../../shared/api/meetings.ts';
import { codeOf, detailsOf, type Name, OfficeWorld, participants } from '../../support/office-world.ts';

let world: OfficeWorld;
beforeEach(async () => {
  world = await OfficeWorld.open();
});
afterEach(() => world.close());

const list = (...names: readonly Name[]) => names.map((name) => world.place(name));
const without = (name: Name) => participants.filter((each) => each !== name);

async function patch(meeting: Meeting, change: object, who: Name = 'office') {
  return world.ask(who, 'PATCH', `/api/meetings/${meeting.id}`, change);
}

describe('creating', () => {
  test('leaders and offices create; members, supervisors and administrators do not', async () => {
    const body = {
      templateId: '2021-dangshi',
      kind: 'topical',
      title: '会',
      year: 2021,
      theme: '',
      participants: list('zhangsan'),
    };
    const statuses: Partial<Record<Name, number>> = {};
    for (const name of ['zhangsan', 'office', 'lisi', 'supervisor', 'administrator'] as const) {
      statuses[name] = (await world.ask(name, 'POST', '/api/meetings', body)).status;
    }
    expect(statuses).toEqual({ zhangsan: 201, office: 201, lisi: 403, supervisor: 403, administrator: 403 });
  });

  test('makes one outline for each leader and member, and one team material, all empty drafts', async () => {
    const meeting = await world.meet();
    const board = await world.board(meeting.id);
    expect(board.map(({ kind, owner, state, round }) => [kind, owner?.name ?? '', state, round])).toEqual([
      ['team', '', 'drafting', 0],
      ['outline', '张三', 'drafting', 0],
      ['outline', '李四', 'drafting', 0],
      ['outline', '王五', 'drafting', 0],
      ['outline', '赵六', 'drafting', 0],
    ]);
    const text = await world.get(
      textAnswer,
      'lisi',
      `/api/documents/${await world.documentOf(meeting.id, 'lisi')}/text`,
    );
    expect(text.characters).toBe(0);
    expect(text.sections.find(({ key }) => key === 'problems.a1')?.blocks).toHaveLength(1);
  });

  test.each([
    ['nobody leads', () => list('lisi', 'office'), 'leader_count'],
    ['two lead', () => [...list('zhangsan'), world.place('lisi', { role: 'leader' })], 'leader_count'],
    ['an administrator is on the list', () => list('zhangsan', 'administrator'), 'administrator_takes_no_part'],
    ['somebody is on it twice', () => list('zhangsan', 'lisi', 'lisi'), 'invalid_request'],
    [
      'a supervisor would draft',
      () => [...list('zhangsan'), world.place('supervisor', { drafter: true })],
      'invalid_request',
    ],
  ])('is refused when %s, and nothing is made', async (_why, people, code) => {
    const body = {
      templateId: '2021-dangshi',
      kind: 'topical',
      title: '会',
      year: 2021,
      theme: '',
      participants: people(),
    };
    expect(codeOf(await world.ask('office', 'POST', '/api/meetings', body))).toBe(code);
    expect(await world.storage.records.meeting.find({})).toEqual([]);
    expect(await world.storage.records.document.find({})).toEqual([]);
  });

  test('refuses a disabled account and an unknown template', async () => {
    await world.storage.records.person.update(world.people.lisi.id, { disabled: true });
    const body = {
      templateId: '2021-dangshi',
      kind: 'topical',
      title: '会',
      year: 2021,
      theme: '',
      participants: list('zhangsan', 'lisi'),
    };
    expect(codeOf(await world.ask('office', 'POST', '/api/meetings', body))).toBe('account_disabled');
    expect(codeOf(await world.ask('office', 'POST', '/api/meetings', { ...body, templateId: 'none' }))).toBe(
      'not_found',
    );
  });

  test('keeps the version of the template it was made from', async () => {
    const meeting = await world.meet();
    const [template] = (await world.get(templatesAnswer, 'office', '/api/templates')).templates.filter(
      ({ id }) => id === '2021-dangshi',
    );
    if (template === undefined) throw new Error('no template');
    await loadTemplates(world.storage, [
      { ...template, version: 2, outline: { ...template.outline, name: '发言材料' } },
    ]);
    const outline = await world.get(
      documentAnswer,
      'lisi',
      `/api/documents/${await world.documentOf(meeting.id, 'lisi')}`,
    );
    expect(outline.title).toBe('2021年度党史学习教育专题民主生活会个人发言提纲');
    const next = await world.meet({ title: '另一次会' });
    expect([meeting.templateVersion, next.templateVersion]).toEqual([1, 2]);
    const { templates } = await world.get(templatesAnswer, 'office', '/api/templates');
    expect(templates.filter(({ id }) => id === '2021-dangshi').map(({ version }) => version)).toEqual([2]);
  });
});

describe('who sees and manages', () => {
  test('a meeting does not exist for people outside it; administrators see it without texts', async () => {
    const meeting = await world.meet();
    expect((await world.ask('stranger', 'GET', `/api/meetings/${meeting.id}`)).status).toBe(404);
    expect((await world.ask('stranger', 'GET', `/api/meetings/${meeting.id}/documents`)).status).toBe(404);
    expect((await world.get(meetingsAnswer, 'stranger', '/api/meetings')).meetings).toEqual([]);
    const board = await world.board(meeting.id, 'administrator');
    expect(board.every(({ mayOpen }) => !mayOpen)).toBe(true);
  });

  test('settings are changed by the leader and the office of this meeting, and by nobody else', async () => {
    const meeting = await world.meet();
    const statuses: Partial<Record<Name, number>> = {};
    for (const name of [...participants, 'stranger', 'administrator'] as const) {
      statuses[name] = (await patch(meeting, { place: '二楼会议室' }, name)).status;
    }
    expect(statuses).toEqual({
      zhangsan: 200,
      lisi: 403,
      wangwu: 403,
      zhaoliu: 403,
      office: 200,
      supervisor: 403,
      stranger: 404,
      administrator: 403,
    });
  });

  test('after the first set-up an administrator says who takes part, until there is a leader', async () => {
    const made = await createFirstMeeting(world.tools, world.people.administrator, {
      templateId: '2021-dangshi',
      title: '第一次会',
      year: 2021,
    });
    if (!made.ok) throw new Error('refused');
    const path = `/api/meetings/${made.value}`;
    expect(codeOf(await world.ask('administrator', 'PATCH', path, { title: '改名' }))).toBe('forbidden');
    expect((await world.ask('administrator', 'PATCH', path, { participants: list('zhangsan', 'office') })).status).toBe(
      200,
    );
    expect(codeOf(await world.ask('administrator', 'PATCH', path, { participants: list('zhangsan') }))).toBe(
      'forbidden',
    );
    expect((await world.ask('zhangsan', 'PATCH', path, { title: '改名' })).status).toBe(200);
    expect((await world.board(made.value)).map(({ kind }) => kind)).toEqual(['team', 'outline']);
  });

  test('that a section on inquiries or accountability is switched on is not shown to colleagues', async () => {
    const meeting = await world.meet({
      participants: [...list('zhangsan', 'wangwu', 'office'), world.place('lisi', { conditions: ['accountability'] })],
    });
    const seen = async (name: Name) => {
      const answer = await world.get(meetingAnswer, name, `/api/meetings/${meeting.id}`);
      return answer.meeting.participants.find(({ name: each }) => each === '李四')?.conditions;
    };
    expect(await seen('lisi')).toEqual(['accountability']);
    expect(await seen('zhangsan')).toEqual(['accountability']);
    expect(await seen('wangwu')).toEqual([]);
  });
});

describe('aspects', () => {
  const renamed = (meeting: Meeting) => meeting.aspects.map((aspect) => ({ ...aspect, title: `新${aspect.title}` }));

  test('renaming and reordering change headings and leave every word where it belongs', async () => {
    const meeting = await world.meet();
    const id = await world.documentOf(meeting.id, 'lisi');
    await world.write(id, 'problems.a1', '我学习不够。', 'item');
    expect((await patch(meeting, { aspects: renamed(meeting).reverse() })).status).toBe(200);
    const { sections } = await world.get(textAnswer, 'lisi', `/api/documents/${id}/text`);
    const moved = sections.find(({ key }) => key === 'problems.a1');
    expect(moved?.heading).toBe(
      `（${['一', '二', '三', '四', '五'][meeting.aspects.length - 1]}）新${meeting.aspects[0]?.title}`,
    );
    expect(moved?.text).toBe('1.我学习不够。');
  });

  test('a new aspect comes with its first paragraph', async () => {
    const meeting = await world.meet();
    const id = await world.documentOf(meeting.id, 'lisi');
    const aspect = { key: 'anew', title: '带头整改方面', long: '', tag: '' };
    expect((await patch(meeting, { aspects: [...meeting.aspects, aspect] })).status).toBe(200);
    const { sections } = await world.get(textAnswer, 'lisi', `/api/documents/${id}/text`);
    expect(sections.find(({ key }) => key === 'problems.anew')?.blocks).toHaveLength(1);
  });

  test('removing one that has text is refused with the names of the documents, and nothing changes', async () => {
    const meeting = await world.meet();
    await world.write(await world.documentOf(meeting.id, 'lisi'), 'problems.a1', '我学习不够。');
    await world.write(await world.documentOf(meeting.id, 'team'), 'problems.a1', '班子学习不够。');
    const refused = await patch(meeting, { aspects: meeting.aspects.slice(1), place: '三楼' });
    expect([refused.status, codeOf(refused)]).toEqual([409, 'aspect_has_text']);
    expect(detailsOf(refused)).toEqual({
      documents: expect.arrayContaining(['个人发言提纲（李四）', '领导班子对照检查材料']),
    });
    const { meeting: now } = await world.get(meetingAnswer, 'office', `/api/meetings/${meeting.id}`);
    expect([now.aspects, now.place]).toEqual([meeting.aspects, meeting.place]);
  });

  test('an empty one goes', async () => {
    const meeting = await world.meet();
    expect((await patch(meeting, { aspects: meeting.aspects.slice(1) })).status).toBe(200);
    const { sections } = await world.get(
      documentAnswer,
      'lisi',
      `/api/documents/${await world.documentOf(meeting.id, 'lisi')}`,
    );
    expect(sections.some(({ key }) => key === 'problems.a1')).toBe(false);
  });

  test('stand still from the first submission on; other settings do not', async () => {
    const meeting = await world.meet();
    const id = await world.documentOf(meeting.id, 'lisi');
    await world.write(id, 'problems.a1', '我学习不够。');
    await world.act('lisi', 'POST', `/api/documents/${id}/submit`);
    expect(codeOf(await patch(meeting, { aspects: renamed(meeting) }))).toBe('aspects_frozen');
    expect((await patch(meeting, { aspects: meeting.aspects, place: '三楼' })).status).toBe(200);
    const { meeting: now } = await world.get(meetingAnswer, 'office', `/api/meetings/${meeting.id}`);
    expect([now.aspectsFrozen, now.place]).toEqual([true, '三楼']);
  });

  test('two of the same key are refused', async () => {
    const meeting = await world.meet();
    const [first] = meeting.aspects;
    expect(codeOf(await patch(meeting, { aspects: [first, first] }))).toBe('invalid_request');
  });
});

describe('conditions', () => {
  const listWith = (conditions: readonly string[]) =>
    participants.map((name) => (name === 'lisi' ? { ...world.place(name), conditions } : world.place(name)));

  test('switching one on for a person gives his outline its section and nobody else one', async () => {
    const meeting = await world.meet();
    expect((await patch(meeting, { participants: listWith(['accountability']) })).status).toBe(200);
    const keys = async (name: Name) => {
      const { sections } = await world.get(
        documentAnswer,
        name,
        `/api/documents/${await world.documentOf(meeting.id, name)}`,
      );
      return sections.flatMap(({ parts }) => parts).length;
    };
    expect(await keys('lisi')).toBeGreaterThan(await keys('wangwu'));
  });

  test('switching one off while its section has text is refused; without text the section goes', async () => {
    const meeting = await world.meet();
    const id = await world.documentOf(meeting.id, 'team');
    expect((await patch(meeting, { teamConditions: ['audit'] })).status).toBe(200);
    await world.write(id, 'audit', '审计指出问题3个。');
    const refused = await patch(meeting, { teamConditions: [] });
    expect([codeOf(refused), detailsOf(refused)]).toEqual([
      'condition_has_text',
      { documents: ['领导班子对照检查材料'] },
    ]);
    await world.wipe(id, 'audit');
    expect((await patch(meeting, { teamConditions: [] })).status).toBe(200);
    const { sections } = await world.get(documentAnswer, 'zhangsan', `/api/documents/${id}`);
    expect(sections.some(({ key }) => key === 'audit')).toBe(false);
  });

  test('a text in review keeps its sections', async () => {
    const meeting = await world.meet({ teamConditions: ['audit'] });
    const id = await world.documentOf(meeting.id, 'team');
    await world.write(id, 'opening', '现对照检查如下。');
    await world.act('wangwu', 'POST', `/api/documents/${id}/submit`);
    for (const teamConditions of [[], ['audit', 'case_analysis']]) {
      const refused = await patch(meeting, { teamConditions });
      expect([codeOf(refused), detailsOf(refused)]).toEqual([
        'wrong_state',
        { state: 'in_review', documents: ['领导班子对照检查材料'] },
      ]);
    }
    await world.act('wangwu', 'POST', `/api/documents/${id}/withdraw`);
    expect((await patch(meeting, { teamConditions: [] })).status).toBe(200);
  });

  test('switching one on again brings its section back', async () => {
    const meeting = await world.meet({ teamConditions: ['audit'] });
    await patch(meeting, { teamConditions: [] });
    await patch(meeting, { teamConditions: ['audit'] });
    const text = await world.get(
      textAnswer,
      'zhangsan',
      `/api/documents/${await world.documentOf(meeting.id, 'team')}/text`,
    );
    expect(text.sections.find(({ key }) => key === 'audit')?.blocks).toHaveLength(1);
  });
});

describe('participants', () => {
  test('who joins gets an outline', async () => {
    const meeting = await world.meet({ participants: list('zhangsan', 'office') });
    await patch(meeting, { participants: list('zhangsan', 'office', 'lisi') });
    expect((await world.board(meeting.id)).map(({ owner }) => owner?.name ?? '')).toEqual(['', '张三', '李四']);
  });

  test('who has written stays: removing him, or his role of a member, is refused', async () => {
    const meeting = await world.meet();
    await world.write(await world.documentOf(meeting.id, 'lisi'), 'opening', '现对照检查如下。');
    const refused = await patch(meeting, { participants: list(...without('lisi')) });
    expect([codeOf(refused), detailsOf(refused)]).toEqual([
      'participant_has_document',
      { documents: ['个人发言提纲（李四）'] },
    ]);
    const demoted = [...list(...without('lisi')), world.place('lisi', { role: 'office' })];
    expect(codeOf(await patch(meeting, { participants: demoted }))).toBe('participant_has_document');
    expect(await world.board(meeting.id)).toHaveLength(5);
  });

  test('who has not written leaves, and his empty outline goes with him', async () => {
    const meeting = await world.meet();
    const id = await world.documentOf(meeting.id, 'lisi');
    expect((await patch(meeting, { participants: list(...without('lisi')) })).status).toBe(200);
    expect(await world.board(meeting.id)).toHaveLength(4);
    expect((await world.ask('lisi', 'GET', `/api/documents/${id}`)).status).toBe(404);
  });

  test('who has submitted once stays, even with an empty text', async () => {
    const meeting = await world.meet();
    const id = await world.documentOf(meeting.id, 'lisi');
    await world.write(id, 'opening', '现对照检查如下。');
    await world.act('lisi', 'POST', `/api/documents/${id}/submit`);
    await world.act('lisi', 'POST', `/api/documents/${id}/withdraw`);
    await world.wipe(id, 'opening');
    expect(codeOf(await patch(meeting, { participants: list(...without('lisi')) }))).toBe('participant_has_document');
  });

  test('a new leader keeps his outline and reviews the others from then on', async () => {
    const meeting = await world.meet();
    const id = await world.documentOf(meeting.id, 'wangwu');
    await world.write(id, 'opening', '现对照检查如下。');
    await world.act('wangwu', 'POST', `/api/documents/${id}/submit`);
    const swapped = [
      ...list(...without('zhangsan').filter((name) => name !== 'lisi')),
      world.place('zhangsan', { role: 'member' }),
      world.place('lisi', { role: 'leader' }),
    ];
    expect((await patch(meeting, { participants: swapped })).status).toBe(200);
    expect((await world.ask('lisi', 'GET', `/api/documents/${id}/text`)).status).toBe(200);
    expect((await world.ask('zhangsan', 'GET', `/api/documents/${id}/text`)).status).toBe(403);
  });

  test('a disabled account may stay on the list and has no rights', async () => {
    const meeting = await world.meet();
    await world.storage.records.person.update(world.people.lisi.id, { disabled: true });
    expect((await patch(meeting, { participants: list(...participants) })).status).toBe(200);
  });
});

describe('what the log keeps', () => {
  test('making and changing a meeting are acts; a refused change is none', async () => {
    const meeting = await world.meet();
    await patch(meeting, { place: '三楼' });
    await patch(meeting, { participants: list('lisi') });
    expect((await world.audit()).map(({ act, actor, subject }) => [act, actor, subject])).toEqual([
      ['meeting_created', '钱七', meeting.title],
      ['meeting_changed', '钱七', meeting.title],
    ]);
  });
});

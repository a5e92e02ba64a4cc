/** [LK16] The reference library over REST: who reads it, who keeps it, what it holds at most. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { referenceAnswer, referencesAnswer } from '../../../shared/api/references.ts';
import type { MeetingId, ReferenceId } from '../../../shared/ids.ts';
import { codeOf, type Name, names, OfficeWorld } from '../../support/office-world.ts';

const words = '各级党组要认真组织学习';
let world: OfficeWorld;
let meeting: MeetingId;
let path: string;

beforeEach(async () => {
  world = await OfficeWorld.open({ writeLimit: { burst: 10_000, perSecond: 1_000 } });
  meeting = (await world.meet()).id;
  path = `/api/meetings/${meeting}/references`;
});
afterEach(() => world.close());

const body = { kind: 'notice', title: '关于开好民主生活会的通知', text: words };

async function add(who: Name, change: object = {}): Promise<ReferenceId> {
  return referenceAnswer.parse(await world.act(who, 'POST', path, { ...body, ...change })).reference.id;
}

describe('[LK16] the library', () => {
  test('is added to, changed and emptied by the office, and keeps who added what and when', async () => {
    const id = await add('office', { text: ` 第一条\r\n${words}。\r` });
    const { reference } = await world.get(referenceAnswer, 'office', `${path}/${id}`);
    expect(reference).toMatchObject({
      kind: 'notice',
      scope: 'meeting',
      title: body.title,
      text: `第一条\n${words}。`,
      characters: 15,
      addedBy: '钱七',
      at: new Date(world.clock.now()).toISOString(),
    });
    await world.act('zhangsan', 'PATCH', `${path}/${id}`, { kind: 'regulation', scope: 'unit', title: '条例' });
    const { references, mayEdit } = await world.get(referencesAnswer, 'lisi', path);
    expect(references).toMatchObject([{ id, kind: 'regulation', scope: 'unit', title: '条例', characters: 15 }]);
    expect(JSON.stringify(references)).not.toContain(words);
    expect(mayEdit).toBe(false);
    expect(await world.act('office', 'DELETE', `${path}/${id}`)).toEqual({ removed: true });
    expect((await world.get(referencesAnswer, 'office', path)).references).toEqual([]);
    expect(codeOf(await world.ask('office', 'DELETE', `${path}/${id}`))).toBe('not_found');
    const acts = (await world.audit()).map(({ act, subject }) => `${act} ${subject}`);
    expect(acts.slice(-3)).toEqual([
      `reference_added ${body.title}`,
      'reference_changed 条例',
      'reference_removed 条例',
    ]);
    expect(JSON.stringify(await world.audit())).not.toContain(words);
  });

  test('is read by everybody who takes part, and kept by the leader and the office alone', async () => {
    const id = await add('office');
    for (const name of names) {
      const answers = {
        list: await world.ask(name, 'GET', path),
        read: await world.ask(name, 'GET', `${path}/${id}`),
        add: await world.ask(name, 'POST', path, body),
        change: await world.ask(name, 'PATCH', `${path}/${id}`, { title: name }),
        remove: await world.ask(name, 'DELETE', `${path}/ref_${'0'.repeat(26)}`),
      };
      const statuses = Object.values(answers).map(({ status }) => status);
      const keeps = name === 'office' || name === 'zhangsan';
      const outside = name === 'stranger' ? 404 : 403;
      const inside = !['stranger', 'administrator'].includes(name);
      if (keeps) expect([name, ...statuses]).toEqual([name, 200, 200, 201, 200, 404]);
      else if (inside) expect([name, ...statuses]).toEqual([name, 200, 200, 403, 403, 403]);
      else expect([name, ...statuses]).toEqual([name, ...statuses.map(() => outside)]);
      if (inside) continue;
      for (const { text } of Object.values(answers)) expect(text).not.toContain(words);
    }
    expect(codeOf(await world.ask(undefined, 'GET', path))).toBe('signed_out');
  });

  test('of one meeting is not another’s; the unit’s is all meetings’', async () => {
    const own = await add('office');
    const shared = await add('office', { scope: 'unit' });
    const other = `/api/meetings/${(await world.meet({ title: '另一次会议' })).id}/references`;
    expect((await world.get(referencesAnswer, 'lisi', other)).references.map(({ id }) => id)).toEqual([shared]);
    expect((await world.ask('office', 'GET', `${other}/${own}`)).status).toBe(404);
    expect((await world.ask('office', 'DELETE', `${other}/${own}`)).status).toBe(404);
    expect((await world.ask('office', 'GET', `${other}/${shared}`)).status).toBe(200);
  });

  test('takes no text that is empty, too long, without a title or of an unknown kind', async () => {
    const refused = async (change: object) => codeOf(await world.ask('office', 'POST', path, { ...body, ...change }));
    expect(await refused({ text: ' \n ' })).toBe('invalid_request');
    expect(await refused({ title: ' ' })).toBe('invalid_request');
    expect(await refused({ kind: 'poem' })).toBe('invalid_request');
    expect(await refused({ text: '字'.repeat(100_001) })).toBe('text_too_long');
    expect(await refused({ text: '字'.repeat(100_000) })).toBeUndefined();
  });

  test('has a bound, for its texts and for their lengths together', async () => {
    const text = '字'.repeat(100_000);
    for (let n = 0; n < 10; n += 1) await add('office', { text });
    expect(codeOf(await world.ask('office', 'POST', path, body))).toBe('library_full');
    const [first] = (await world.get(referencesAnswer, 'office', path)).references;
    await world.act('office', 'PATCH', `${path}/${first?.id}`, { text: words });
    for (let n = 10; n < 60; n += 1) await add('office');
    expect(codeOf(await world.ask('office', 'POST', path, body))).toBe('library_full');
  });

  test('has that bound in every meeting that a text of the unit belongs to', async () => {
    const text = '字'.repeat(100_000);
    const other = `/api/meetings/${(await world.meet({ title: '另一次会议' })).id}/references`;
    for (let n = 0; n < 9; n += 1) await world.act('office', 'POST', other, { ...body, text });
    await add('office', { text, scope: 'unit' });
    expect(codeOf(await world.ask('office', 'POST', path, { ...body, scope: 'unit' }))).toBe('library_full');
    const own = await add('office');
    expect(codeOf(await world.ask('office', 'PATCH', `${path}/${own}`, { scope: 'unit' }))).toBe('library_full');
    expect((await world.get(referencesAnswer, 'office', other)).references).toHaveLength(10);
  });
});

/** REST and sockets meet: what a step of the review does to people who are in the room at that moment. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attachedRemarks } from '../../../server/documents/anchor.ts';
import { loadRoomFacts } from '../../../server/documents/document-facts.ts';
import { textAnswer } from '../../../shared/api/documents.ts';
import type { Meeting } from '../../../shared/api/meetings.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import type { RoomAccess } from '../../../shared/protocol/frames.ts';
import { OfficePage, settled } from '../../support/office-page.ts';
import { type Name, names, OfficeWorld, participants } from '../../support/office-world.ts';

let world: OfficeWorld;
let meeting: Meeting;
let outline: DocumentId;
let team: DocumentId;
let path: string;

beforeEach(async () => {
  world = await OfficeWorld.open();
  meeting = await world.meet();
  outline = await world.documentOf(meeting.id, 'lisi');
  team = await world.documentOf(meeting.id, 'team');
  path = `/api/documents/${outline}`;
});
afterEach(() => world.close());

const settle = () => settled(world);

const liveText = async (who: Name) => {
  const { sections } = await world.get(textAnswer, who, `${path}/text`);
  return sections.map(({ text }) => text).join('');
};

describe('a step of the review', () => {
  test('submitting freezes what was typed before it and refuses what is typed after it', async () => {
    const lisi = await OfficePage.open(world, 'lisi', outline);
    lisi.type('现对照检查如下。');
    await world.act('lisi', 'POST', `${path}/submit`);
    await settle();
    expect(lisi.heard).toEqual(['write', 'read submit', 'changed document', 'changed versions']);
    lisi.type('迟到的一句。');
    await settle();
    expect(lisi.heard.at(-1)).toBe('refused read_only');
    expect(await liveText('lisi')).toBe('现对照检查如下。');
    const frozen = await world.get(textAnswer, 'zhangsan', `${path}/text?version=1`);
    expect(frozen.characters).toBe(8);
  });

  test('what was already on its way when the text is frozen is in the version, or nowhere', async () => {
    const lisi = await OfficePage.open(world, 'lisi', outline);
    lisi.type('现对照检查如下。');
    await settle();
    const submitted = world.act('lisi', 'POST', `${path}/submit`);
    lisi.type('最后一句。');
    await submitted;
    await settle();
    const frozen = await world.get(textAnswer, 'lisi', `${path}/text?version=1`);
    const live = await world.get(textAnswer, 'lisi', `${path}/text`);
    expect(live.sha256).toBe(frozen.sha256);
  });

  test('a refused submission leaves the author writing', async () => {
    const lisi = await OfficePage.open(world, 'lisi', outline);
    await world.ask('lisi', 'POST', `${path}/submit`, {});
    lisi.type('现对照检查如下。');
    await settle();
    expect(lisi.heard).toEqual(['write']);
    expect(await liveText('lisi')).toBe('现对照检查如下。');
  });

  test('withdrawing and returning make the author a writer again, within the same message', async () => {
    const lisi = await OfficePage.open(world, 'lisi', outline);
    lisi.type('现对照检查如下。');
    await world.act('lisi', 'POST', `${path}/submit`);
    await world.act('lisi', 'POST', `${path}/withdraw`);
    await world.act('lisi', 'POST', `${path}/submit`);
    await world.act('zhangsan', 'POST', `${path}/return`, { reason: 'lacks_facts', words: '' });
    await settle();
    expect(lisi.heard.filter((word) => !word.startsWith('changed'))).toEqual([
      'write',
      'read submit',
      'write withdraw',
      'read submit',
      'write return',
    ]);
  });

  test('reopening sends away who may read approved texts only', async () => {
    const lisi = await OfficePage.open(world, 'lisi', outline);
    lisi.type('现对照检查如下。');
    await world.act('lisi', 'POST', `${path}/submit`);
    const [version] = await world.storage.records.version.find({ documentId: outline });
    await world.act('zhangsan', 'POST', `${path}/approve`, { versionId: version?.id });
    const office = await OfficePage.open(world, 'office', outline);
    expect(office.heard).toEqual(['read']);
    await world.act('zhangsan', 'POST', `${path}/reopen`, { reason: '补充' });
    expect(office.closedWith).toBe(4403);
  });
});

describe('a remark', () => {
  test('reaches the pages in the frozen room as a mark they may carry, and makes them look again', async () => {
    const lisi = await OfficePage.open(world, 'lisi', outline);
    const blockId = await world.write(outline, 'problems.a1', '我学习不够。', 'item');
    await world.act('lisi', 'POST', `${path}/submit`);
    const anchor = { sectionKey: 'problems.a1', blockId, from: 1, to: 3, quote: '学习' };
    await world.act('zhangsan', 'POST', `${path}/remarks`, { anchor, words: '说具体些' });
    await settle();
    expect(attachedRemarks(lisi.doc, ['problems.a1']).size).toBe(1);
    expect(lisi.heard.at(-1)).toBe('changed remarks');
    await world.act('lisi', 'POST', `${path}/withdraw`);
    lisi.type('，后来改了');
    await settle();
    expect(lisi.heard.some((word) => word.startsWith('refused'))).toBe(false);
  });
});

describe('a change of the meeting', () => {
  const list = (change: Partial<Record<Name, object>>) =>
    participants
      .filter((name) => change[name] !== undefined || !(name in change))
      .map((name) => ({ ...world.place(name), ...change[name] }));
  const patch = (change: object) => world.act('office', 'PATCH', `/api/meetings/${meeting.id}`, change);

  test('who drafts no longer is sent away from an unsubmitted team material; who drafts now comes in', async () => {
    const wangwu = await OfficePage.open(world, 'wangwu', team);
    expect((await OfficePage.open(world, 'zhaoliu', team)).heard).toEqual(['no_access']);
    await patch({ participants: list({ wangwu: { drafter: false }, zhaoliu: { drafter: true } }) });
    expect(wangwu.closedWith).toBe(4403);
    expect((await OfficePage.open(world, 'zhaoliu', team)).heard).toEqual(['write']);
  });

  test('a person whose empty outline goes with him is told that it is gone', async () => {
    const lisi = await OfficePage.open(world, 'lisi', outline);
    await patch({ participants: list({ lisi: undefined }) });
    expect(lisi.closedWith).toBe(4404);
  });

  test('a new aspect can be written at once, in a room that is open', async () => {
    const lisi = await OfficePage.open(world, 'lisi', outline);
    await patch({ aspects: [...meeting.aspects, { key: 'anew', title: '带头整改方面', long: '', tag: '' }] });
    await settle();
    lisi.type('我整改不够。', { key: 'problems.anew' });
    await settle();
    expect(await liveText('lisi')).toBe('我整改不够。');
    expect(lisi.heard).toContain('changed document');
  });

  test('words typed while an aspect is being removed are never hidden', async () => {
    const lisi = await OfficePage.open(world, 'lisi', outline);
    lisi.type('我学习不够。', { key: 'problems.a1' });
    const refused = await world.ask('office', 'PATCH', `/api/meetings/${meeting.id}`, {
      aspects: meeting.aspects.slice(1),
    });
    expect(refused.status).toBe(409);
    await settle();
    expect(await liveText('lisi')).toBe('我学习不够。');
  });
});

describe('the facts rooms ask for', () => {
  test('are the access table, folded, for everybody there is', async () => {
    const facts = await loadRoomFacts(world.storage)(team);
    const levels = Object.fromEntries(names.map((name) => [name, facts?.accessOf(world.people[name].id)]));
    const expected: Record<Name, RoomAccess> = {
      zhangsan: 'write',
      wangwu: 'write',
      lisi: 'none',
      zhaoliu: 'none',
      office: 'none',
      supervisor: 'none',
      stranger: 'none',
      administrator: 'none',
    };
    expect(levels).toEqual(expected);
  });

  test('give a disabled account nothing, whatever its role', async () => {
    await world.storage.records.person.update(world.people.lisi.id, { disabled: true });
    expect((await loadRoomFacts(world.storage)(outline))?.accessOf(world.people.lisi.id)).toBe('none');
  });

  test('are undefined for a document that is not there', async () => {
    expect(await loadRoomFacts(world.storage)('doc_00000000000000000000000000' as DocumentId)).toBeUndefined(); // an id by form
  });
});

/** [PP] A proposal on the server: its room, who may see it, how it reaches the author, what becomes of its changes. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { readInserted } from '../../../server/proposals/inserted.ts';
import { openProposal } from '../../../server/proposals/open.ts';
import type { Storage } from '../../../server/storage/storage.ts';
import { textAnswer } from '../../../shared/api/documents.ts';
import {
  type ChangesAnswer,
  changeNoteAnswer,
  changesAnswer,
  type Proposal,
  proposalAnswer,
  proposalsAnswer,
} from '../../../shared/api/proposals.ts';
import { blockText } from '../../../shared/document/content.ts';
import { rootOf } from '../../../shared/document/schema.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import { parseRoomName } from '../../../shared/protocol/room-name.ts';
import { OfficePage } from '../../support/office-page.ts';
import { codeOf, type Name, names, OfficeWorld } from '../../support/office-world.ts';
import { TestJournal } from '../../support/room-world.ts';

const sentence = '我抓工程质量有偏差，对分包单位监管不严，返工三次。';
let world: OfficeWorld;
let outline: DocumentId;
let path: string;

beforeEach(async () => {
  world = await OfficeWorld.open({ writeLimit: { burst: 10_000, perSecond: 1_000 } });
  const meeting = await world.meet();
  outline = await world.documentOf(meeting.id, 'lisi');
  path = `/api/documents/${outline}`;
  const page = await OfficePage.open(world, 'lisi', outline);
  page.type(sentence);
  page.type('我对合同管理抓得不细。', { key: 'closing' });
  await page.stored();
  page.leave();
  await world.act('lisi', 'POST', `${path}/submit`);
});
afterEach(() => world.close());

const propose = async (who: Name = 'zhangsan'): Promise<Proposal> =>
  proposalAnswer.parse(await world.act(who, 'POST', `${path}/proposals`)).proposal;
const list = async (who: Name) => (await world.get(proposalsAnswer, who, `${path}/proposals`)).proposals;
const look = (who: Name, { id }: Proposal): Promise<ChangesAnswer> =>
  world.get(changesAnswer, who, `/api/proposals/${id}/changes`);
const giveBack = () => world.act('zhangsan', 'POST', `${path}/return`, { reason: 'lacks_facts', words: '' });
const keyOf = ({ changes }: ChangesAnswer, nth = 0): string => changes[nth]?.note.key ?? '';
const settle = (who: Name, key: string, body: unknown) => world.ask(who, 'PUT', `/api/changes/${key}/fate`, body);

/** The leader changes two places and returns the text. */
async function handedOver(): Promise<Proposal> {
  const proposal = await propose();
  const page = await OfficePage.open(world, 'zhangsan', proposal.id);
  page.type('监管流于形式', { instead: '监管不严' });
  page.type('三份协议没有送审。', { key: 'closing' });
  await page.stored();
  await giveBack();
  return proposal;
}

describe('the room of a proposal', () => {
  test('[PP7] is seeded from the version in review, block ids included, by the server alone', async () => {
    const proposal = await propose();
    expect(parseRoomName(proposal.id)).toBe(proposal.id);
    const page = await OfficePage.open(world, 'zhangsan', proposal.id);
    expect(page.text()).toBe(sentence);
    const { base, text, changes } = await look('zhangsan', proposal);
    expect(text).toEqual(base);
    expect(changes).toEqual([]);
    // Nobody else may write under the client id of the seed.
    expect([...(await world.storage.journal.load(proposal.id)).writers.values()]).toEqual(['server']);
  });

  test('[PP7] has the bold words of the version', async () => {
    await world.act('lisi', 'POST', `${path}/withdraw`);
    await world.rooms.writeAsServer(outline, (doc) => {
      const block = doc.getXmlFragment(rootOf('opening')).get(0);
      const text = block instanceof Y.XmlElement ? block.get(0) : undefined;
      if (text instanceof Y.XmlText) text.format(0, 4, { strong: {} });
    });
    await world.act('lisi', 'POST', `${path}/submit`);
    const { base, text, changes } = await look('zhangsan', await propose());
    expect(base[0]?.blocks[0]?.runs[0]).toEqual({ text: sentence.slice(0, 4), strong: true });
    expect([text, changes]).toEqual([base, []]);
  });

  test('[PP7] is one per reviewer and round: asked for again, or from two windows at once, it is the same', async () => {
    const [one, other] = await Promise.all([propose(), propose()]);
    expect(one.id).toBe(other.id);
    const page = await OfficePage.open(world, 'zhangsan', one.id);
    page.type('第一句。');
    await page.stored();
    page.leave();
    const again = await OfficePage.open(world, 'zhangsan', (await propose()).id);
    expect(again.text()).toBe(`${sentence}第一句。`);
  });

  test('[PP8] lets nobody in but its reviewer, and says so to everybody else', async () => {
    const proposal = await propose();
    for (const name of names) {
      const page = await OfficePage.open(world, name, proposal.id);
      expect([name, page.heard[0]]).toEqual([name, name === 'zhangsan' ? 'write' : 'no_access']);
    }
  });

  test('[PP9] is read-only from the moment of the return, with what had arrived by then in it', async () => {
    const proposal = await propose();
    const page = await OfficePage.open(world, 'zhangsan', proposal.id);
    page.type('退回前。');
    await giveBack();
    await page.stored();
    expect(page.heard.at(-1)).toBe('read return');
    page.type('退回后。');
    await page.stored();
    expect(page.heard).toContain('refused read_only');
    const { text } = await look('lisi', proposal);
    expect(blockText(text[0]?.blocks[0] ?? { id: '', kind: 'paragraph', runs: [] })).toBe(`${sentence}退回前。`);
  });

  test.each(['withdraw', 'approve'] as const)(
    '[PP9] is void after %s, and stays readable for its reviewer',
    async (act) => {
      const proposal = await propose();
      const page = await OfficePage.open(world, 'zhangsan', proposal.id);
      page.type('白改了。');
      await page.stored();
      const who = act === 'withdraw' ? 'lisi' : 'zhangsan';
      await world.act(who, 'POST', `${path}/${act}`, act === 'approve' ? { versionId: proposal.versionId } : {});
      await page.stored();
      expect(page.heard.at(-1)).toBe(`read ${act}`);
      expect((await list('zhangsan')).map(({ state }) => state)).toEqual(['void']);
      expect(await list('lisi')).toEqual([]);
      expect(codeOf(await world.ask('lisi', 'GET', `/api/proposals/${proposal.id}/changes`))).toBe('not_found');
      expect((await look('zhangsan', proposal)).changes.length).toBe(1);
    },
  );

  test('[PP9] a new round begins a new one', async () => {
    const first = await handedOver();
    await world.act('lisi', 'PUT', `${path}/changes/explanations`, { rest: '一并考虑' });
    await world.act('lisi', 'POST', `${path}/submit`);
    const second = await propose();
    expect(second.id).not.toBe(first.id);
    expect([first.round, second.round]).toEqual([1, 2]);
  });

  test('[PP7] outlives the server: the words are in the journal under its own name', async () => {
    const proposal = await propose();
    const page = await OfficePage.open(world, 'zhangsan', proposal.id);
    page.type('留下来。');
    await page.stored();
    const { seq } = await world.storage.journal.load(proposal.id);
    expect(seq).toBe(2);
    expect((await world.storage.journal.entries(proposal.id, 0, 9)).map(({ writer }) => writer)).toEqual([
      'server',
      world.people.zhangsan.id,
    ]);
  });
});

describe('who may do what', () => {
  test('[PP8] only the reviewer proposes, only while the text is in review', async () => {
    for (const name of names) {
      const answer = await world.ask(name, 'POST', `${path}/proposals`, {});
      const expected = name === 'zhangsan' ? 200 : ['stranger', 'administrator'].includes(name) ? 404 : 403;
      expect([name, answer.status]).toEqual([name, expected]);
    }
    await giveBack();
    expect(codeOf(await world.ask('zhangsan', 'POST', `${path}/proposals`, {}))).toBe('wrong_state');
  });

  test('[PP8] nobody else sees that there is one before it is handed over, and then only who follows the review', async () => {
    const proposal = await propose();
    const page = await OfficePage.open(world, 'zhangsan', proposal.id);
    page.type('另起一句。');
    await page.stored();
    const seen = async () => {
      const found: Name[] = [];
      for (const name of names) {
        const { status, text } = await world.ask(name, 'GET', `/api/proposals/${proposal.id}/changes`);
        if (status === 200) found.push(name);
        else expect(text).not.toContain('另起一句');
        const all = await world.ask(name, 'GET', `${path}/proposals`);
        expect([name, all.text.includes(proposal.id)]).toEqual([name, status === 200]);
      }
      return found;
    };
    expect(await seen()).toEqual(['zhangsan']);
    await giveBack();
    expect(await seen()).toEqual(['zhangsan', 'lisi']);
    await world.act('lisi', 'PUT', `${path}/changes/explanations`, { rest: '一并考虑' });
    await world.act('lisi', 'POST', `${path}/submit`);
    const [version] = await world.storage.records.version.find(
      { documentId: outline },
      { by: 'number', descending: true },
    );
    await world.act('zhangsan', 'POST', `${path}/approve`, { versionId: version?.id });
    // Others may read the text now, and nothing of the way there.
    expect((await world.ask('supervisor', 'GET', path)).status).toBe(200);
    expect(await seen()).toEqual(['zhangsan', 'lisi']);
  });

  test('[PP8] the supervisors, where they review, each have their own', async () => {
    const meeting = await world.meet({ title: '另一次会议' });
    const leaders = await world.documentOf(meeting.id, 'zhangsan');
    const page = await OfficePage.open(world, 'zhangsan', leaders);
    page.type(sentence);
    await page.stored();
    await world.act('zhangsan', 'POST', `/api/documents/${leaders}/submit`);
    const answer = await world.ask('supervisor', 'POST', `/api/documents/${leaders}/proposals`, {});
    expect(answer.status).toBe(200);
    expect((await world.ask('zhangsan', 'POST', `/api/documents/${leaders}/proposals`, {})).status).toBe(403);
  });

  test('[PP7] two supervisors have one each; [PP9] a return by one of them hands over both', async () => {
    const participants = [
      world.place('zhangsan'),
      world.place('supervisor'),
      world.place('zhaoliu', { role: 'supervisor' }),
      world.place('office'),
    ];
    const meeting = await world.meet({ title: '另一次会议', participants });
    const leaders = await world.documentOf(meeting.id, 'zhangsan');
    const own = await OfficePage.open(world, 'zhangsan', leaders);
    own.type(sentence);
    await own.stored();
    await world.act('zhangsan', 'POST', `/api/documents/${leaders}/submit`);
    const begun: string[] = [];
    for (const name of ['supervisor', 'zhaoliu'] as const) {
      const made = await world.act(name, 'POST', `/api/documents/${leaders}/proposals`);
      const { proposal } = proposalAnswer.parse(made);
      begun.push(proposal.id);
      const page = await OfficePage.open(world, name, proposal.id);
      page.type(`${name}补一句。`);
      await page.stored();
    }
    expect(new Set(begun).size).toBe(2);
    const back = { reason: 'lacks_facts', words: '' };
    await world.act('supervisor', 'POST', `/api/documents/${leaders}/return`, back);
    const { proposals } = await world.get(proposalsAnswer, 'zhangsan', `/api/documents/${leaders}/proposals`);
    expect(proposals.map(({ id, state }) => [id, state])).toEqual(begun.map((id) => [id, 'handed_over']));
  });

  test.each([
    ['withdrawn', ['withdraw']],
    ['submitted anew', ['withdraw', 'submit']],
  ] as const)('[PP7] is not begun on a text that was %s meanwhile', async (_what, acts) => {
    const { storage } = world;
    const journal = new TestJournal(storage.journal);
    const goOn = journal.pause();
    const store: Storage = {
      records: storage.records,
      journal,
      transact: (work) => storage.transact(work),
      probe: () => storage.probe(),
      close: () => storage.close(),
    };
    const begun = openProposal({ ...world.tools, storage: store }, world.people.zhangsan, outline, null);
    await new Promise((resolve) => setImmediate(resolve));
    for (const act of acts) await world.act('lisi', 'POST', `${path}/${act}`);
    goOn();
    expect(await begun).toMatchObject({ ok: false, error: { code: 'wrong_state' } });
    expect(await list('zhangsan')).toEqual([]);
  });

  test('[PP8] who is taken off the meeting loses his proposal’s room at once', async () => {
    const meeting = await world.meet({ title: '另一次会议' });
    const leaders = await world.documentOf(meeting.id, 'zhangsan');
    const own = await OfficePage.open(world, 'zhangsan', leaders);
    own.type(sentence);
    await own.stored();
    await world.act('zhangsan', 'POST', `/api/documents/${leaders}/submit`);
    const { proposal } = proposalAnswer.parse(
      await world.act('supervisor', 'POST', `/api/documents/${leaders}/proposals`),
    );
    const page = await OfficePage.open(world, 'supervisor', proposal.id);
    const rest = meeting.participants.filter(({ userId }) => userId !== world.people.supervisor.id);
    const participants = rest.map(({ userId, role, conditions, drafter }) => ({ userId, role, conditions, drafter }));
    await world.act('office', 'PATCH', `/api/meetings/${meeting.id}`, { participants });
    expect(page.closedWith).toBe(4403);
  });
});

describe('reasons', () => {
  test('[PP10] are the reviewer’s, while he writes; they stay with a change that grows', async () => {
    const proposal = await propose();
    const page = await OfficePage.open(world, 'zhangsan', proposal.id);
    page.type('流于形式', { instead: '不严' });
    await page.stored();
    const key = keyOf(await look('zhangsan', proposal));
    const answer = await world.act('zhangsan', 'PUT', `/api/changes/${key}/reason`, { reason: '说得准些' });
    expect(changeNoteAnswer.parse(answer).note.reason).toBe('说得准些');
    page.type('监督', { instead: '监管' });
    await page.stored();
    const { changes } = await look('zhangsan', proposal);
    expect(changes.map(({ note }) => note.reason)).toEqual(['说得准些']);
    await giveBack();
    expect((await look('lisi', proposal)).changes[0]?.note.reason).toBe('说得准些');
    expect(codeOf(await world.ask('zhangsan', 'PUT', `/api/changes/${key}/reason`, { reason: '再说' }))).toBe(
      'wrong_state',
    );
    expect(codeOf(await world.ask('lisi', 'PUT', `/api/changes/${key}/reason`, { reason: '我说' }))).toBe('forbidden');
    expect(codeOf(await world.ask('zhangsan', 'PUT', '/api/changes/x/reason', { reason: '再说' }))).toBe('not_found');
  });
});

describe('fates', () => {
  test('[PP11] are the author’s, once the proposal has reached him and while he may write', async () => {
    const open = await propose();
    const page = await OfficePage.open(world, 'zhangsan', open.id);
    page.type('监管流于形式', { instead: '监管不严' });
    await page.stored();
    const key = keyOf(await look('zhangsan', open));
    const declined = { fate: 'declined', words: '事实如此' };
    expect(codeOf(await settle('lisi', key, declined))).toBe('not_found');
    await giveBack();
    for (const name of names) {
      if (name === 'lisi') continue;
      expect([name, (await settle(name, key, declined)).status]).toEqual([
        name,
        name === 'zhangsan' ? 403 : expect.any(Number),
      ]);
      expect((await settle(name, key, declined)).status).toBeGreaterThanOrEqual(403);
    }
    expect((await settle('lisi', key, declined)).status).toBe(200);
    expect((await look('zhangsan', open)).changes[0]?.note).toMatchObject({ fate: 'declined', words: '事实如此' });
    await world.act('lisi', 'POST', `${path}/submit`);
    expect(codeOf(await settle('lisi', key, declined))).toBe('wrong_state');
  });

  test('[PP11] declining needs a word; “open” takes a fate back', async () => {
    const key = keyOf(await look('zhangsan', await handedOver()));
    expect(codeOf(await settle('lisi', key, { fate: 'declined' }))).toBe('decline_needs_words');
    await settle('lisi', key, { fate: 'declined', words: '不妥' });
    const { note } = changeNoteAnswer.parse((await settle('lisi', key, { fate: 'open' })).body);
    expect(note).toMatchObject({ fate: 'open', words: '', by: null, at: null });
  });

  test('[PP12] adopting is recorded with the letters that the author’s hands put in', async () => {
    const proposal = await handedOver();
    const key = keyOf(await look('lisi', proposal));
    const page = await OfficePage.open(world, 'lisi', outline);
    const inserted = page.type('流于形式', { instead: '不严' });
    await page.stored();
    const body = { fate: 'adopted', inserted: [inserted] };
    const { note } = changeNoteAnswer.parse((await settle('lisi', key, body)).body);
    expect(note).toMatchObject({ fate: 'adopted', by: { name: '李四' } });
    const row = await world.storage.records.changeFate.get(key);
    expect(row?.inserted).toEqual([inserted]);
    const { sections } = await world.get(textAnswer, 'lisi', `${path}/text`);
    expect(sections[0]?.text).toContain('监管流于形式');
  });

  test('[PP12] refuses letters that are not there, not his, somewhere else, or another change’s', async () => {
    const proposal = await handedOver();
    const seen = await look('lisi', proposal);
    const key = keyOf(seen);
    const page = await OfficePage.open(world, 'lisi', outline);
    const inserted = page.type('流于形式', { instead: '不严' });
    await page.stored();
    const refused = async (change: object) =>
      codeOf(await settle('lisi', key, { fate: 'adopted', inserted: [{ ...inserted, ...change }] }));
    expect(await refused({ clientId: 12345 })).toBe('adoption_not_found');
    expect(await refused({ blockId: 'somewhere' })).toBe('adoption_not_found');
    expect(await refused({ sectionKey: 'closing' })).toBe('adoption_not_found');
    expect(await refused({ from: inserted.to, to: inserted.to + 4 })).toBe('adoption_not_found');
    const declined = { fate: 'declined', words: '不妥', inserted: [inserted] };
    expect(codeOf(await settle('lisi', key, declined))).toBe('invalid_request');
    expect((await settle('lisi', key, { fate: 'adopted', inserted: [inserted] })).status).toBe(200);
    expect(codeOf(await settle('lisi', keyOf(seen, 1), { fate: 'partly', inserted: [inserted] }))).toBe(
      'adoption_not_found',
    );
    expect((await settle('lisi', key, { fate: 'adopted', inserted: [inserted] })).status).toBe(200);
  });

  test('[PP12] refuses a claim of which a part stands nowhere, or stands no longer', async () => {
    const key = keyOf(await look('lisi', await handedOver()));
    const page = await OfficePage.open(world, 'lisi', outline);
    const inserted = page.type('流于形式', { instead: '不严' });
    const gone = page.type('又删', { key: 'closing' });
    page.type('', { key: 'closing', instead: '又删' });
    await page.stored();
    for (const other of [{ ...inserted, from: gone.to, to: gone.to + 4 }, gone]) {
      const answer = await settle('lisi', key, { fate: 'partly', inserted: [inserted, other] });
      expect(codeOf(answer)).toBe('adoption_not_found');
    }
  });

  test('[PP12] records the letters of two changes that were put in one right after the other', async () => {
    const seen = await look('lisi', await handedOver());
    const page = await OfficePage.open(world, 'lisi', outline);
    const first = page.type('流于形式', { instead: '不严' });
    const second = page.type('三份协议没有送审。', { key: 'closing' });
    await page.stored();
    expect(second.from).toBe(first.to);
    for (const [nth, inserted] of [first, second].entries()) {
      await settle('lisi', keyOf(seen, nth), { fate: 'adopted', inserted: [inserted] });
      expect((await world.storage.records.changeFate.get(keyOf(seen, nth)))?.inserted).toEqual([inserted]);
    }
  });

  test('[PP12] takes letters for nobody’s but their writer’s', async () => {
    const page = await OfficePage.open(world, 'lisi', (await handedOver()).documentId);
    const inserted = page.type('流于形式', { instead: '不严' });
    await page.stored();
    const read = (who: Name) => readInserted(world, outline, [inserted.sectionKey], world.people[who].id, [inserted]);
    expect((await read('lisi'))?.map(({ text }) => text)).toEqual(['流于形式']);
    expect(await read('zhangsan')).toBeUndefined();
  });

  test('[PP12] does not believe an adoption whose words stand nowhere', async () => {
    const key = keyOf(await look('lisi', await handedOver()));
    expect(codeOf(await settle('lisi', key, { fate: 'adopted' }))).toBe('adoption_not_found');
  });

  test('[PP13] who has the page open is told to look again, by frame and by event', async () => {
    const proposal = await handedOver();
    const key = keyOf(await look('lisi', proposal));
    const leader = await OfficePage.open(world, 'zhangsan', outline);
    const heard: string[] = [];
    world.changes.subscribe(({ topic, id }) => heard.push(`${topic} ${id}`));
    await settle('lisi', key, { fate: 'declined', words: '不妥' });
    await leader.stored();
    expect(leader.heard).toContain('changed proposal');
    expect(heard).toEqual([`proposal ${outline}`]);
  });

  test('[PP11] every act is in the audit log, without a word of the text', async () => {
    const key = keyOf(await look('lisi', await handedOver()));
    await settle('lisi', key, { fate: 'declined', words: '不妥' });
    const log = await world.audit();
    expect(log.map(({ act }) => act).slice(-3)).toEqual(['propose', 'return', 'change_fate']);
    expect(JSON.stringify(log)).not.toMatch(/不妥|流于形式/);
  });
});

/** 亲笔 over REST: who gets which report, what is sealed at submission, and that nobody is shown what he may not read. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { authorshipAnswer, replayAnswer } from '../../../shared/api/authorship.ts';
import { documentAnswer } from '../../../shared/api/documents.ts';
import type { Meeting } from '../../../shared/api/meetings.ts';
import { rootOf } from '../../../shared/document/schema.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import { encodeSync } from '../../../shared/protocol/frames.ts';
import { codeOf, type Name, names, OfficeWorld } from '../../support/office-world.ts';

let world: OfficeWorld;
let meeting: Meeting;
let outline: DocumentId;
let path: string;

beforeEach(async () => {
  world = await OfficeWorld.open({ writeLimit: { burst: 10_000, perSecond: 1_000 } });
  meeting = await world.meet();
  outline = await world.documentOf(meeting.id, 'lisi');
  path = `/api/documents/${outline}`;
});
afterEach(() => world.close());

const secret = '城北管网二标段返修是我没有盯住，教训深刻。';
const second = '后来补写的一句。';

/** Writes into a section in one live update, as somebody's page. */
async function write(who: Name, text: string, id = outline, key = 'opening'): Promise<void> {
  const doc = new Y.Doc();
  const seat = await world.rooms.enter(
    id,
    { userId: world.people[who].id, name: who, session: `s-${who}` },
    { send: () => undefined, close: () => undefined, bufferedAmount: 0 },
  );
  if (typeof seat === 'string') throw new Error(seat);
  const stored = await world.storage.journal.load(id);
  if (stored.checkpoint !== undefined) Y.applyUpdate(doc, stored.checkpoint.state);
  for (const { update } of stored.entries) Y.applyUpdate(doc, update);
  seat.receive(encodeSync('step2', Y.encodeStateAsUpdate(new Y.Doc())));
  const before = Y.encodeStateVector(doc);
  const block = new Y.XmlElement('paragraph');
  block.setAttribute('id', `b-${world.tools.newId('read').slice(-12)}`);
  block.insert(0, [new Y.XmlText(text)]);
  const fragment = doc.getXmlFragment(rootOf(key));
  fragment.insert(fragment.length, [block]);
  seat.receive(encodeSync('update', Y.encodeStateAsUpdate(doc, before)));
  await new Promise((resolve) => setImmediate(resolve));
  await world.rooms.idle();
  seat.leave();
  world.clock.advance(60_000);
}

const authorship = (who: Name, version = '') => world.get(authorshipAnswer, who, `${path}/authorship${version}`);
const replay = (who: Name, version = '') => world.get(replayAnswer, who, `${path}/replay${version}`);
const wordsOf = (answer: Awaited<ReturnType<typeof replay>>) =>
  answer.steps.flatMap(({ parts }) => parts.map(({ text }) => text)).join('');

describe('who sees how a text was written', () => {
  test('[HD9] its author always, its reviewer from the first submission on, and nobody else', async () => {
    await write('lisi', secret);
    const seen = async () => {
      const found: string[] = [];
      for (const name of names) {
        for (const route of ['authorship', 'replay']) {
          const answer = await world.ask(name, 'GET', `${path}/${route}`);
          if (answer.status === 200) found.push(`${name} ${route}`);
          else {
            expect(answer.text).not.toContain(secret.slice(0, 4));
            const outside = name === 'stranger' || name === 'administrator';
            expect(codeOf(answer)).toBe(outside ? 'not_found' : 'forbidden');
          }
        }
      }
      return found;
    };
    const author = ['lisi authorship', 'lisi replay'];
    const both = ['zhangsan authorship', 'zhangsan replay', ...author];
    expect(await seen()).toEqual(author);
    await world.act('lisi', 'POST', `${path}/submit`);
    expect(await seen()).toEqual(both);
    await world.act('lisi', 'POST', `${path}/withdraw`);
    expect(await seen()).toEqual(both);
    await world.act('lisi', 'POST', `${path}/submit`);
    const { currentVersion } = await world.get(documentAnswer, 'zhangsan', path);
    await world.act('zhangsan', 'POST', `${path}/approve`, { versionId: currentVersion?.id });
    expect(await seen()).toEqual(both);
    await world.act('office', 'POST', `${path}/file`, { number: 'X党字〔2022〕1号', date: '2022-01-18' });
    expect(await seen()).toEqual(both);
  });

  test('[HD9] the reviewer never sees what came after the version, its author does', async () => {
    await write('lisi', secret);
    await world.act('lisi', 'POST', `${path}/submit`);
    await world.act('zhangsan', 'POST', `${path}/return`, { reason: 'lacks_facts', words: '' });
    await write('lisi', second);
    const [mine, his] = [await authorship('lisi'), await authorship('zhangsan')];
    expect([mine.version, mine.report.characters]).toEqual([null, 29]);
    expect([his.version?.number, his.report.characters]).toEqual([1, 21]);
    expect(wordsOf(await replay('lisi'))).toBe(secret + second);
    expect(wordsOf(await replay('zhangsan'))).toBe(secret);
    expect(JSON.stringify([his, await replay('zhangsan')])).not.toContain(second.slice(0, 4));
  });

  test('[HD9] both get the same answer for the same version', async () => {
    await write('lisi', secret);
    await world.act('lisi', 'POST', `${path}/submit`);
    for (const version of ['', '?version=1']) {
      expect(await authorship('lisi', version)).toEqual(await authorship('zhangsan', version));
      expect(await replay('lisi', version)).toEqual(await replay('zhangsan', version));
    }
    expect(codeOf(await world.ask('zhangsan', 'GET', `${path}/authorship?version=2`))).toBe('not_found');
    expect(codeOf(await world.ask('zhangsan', 'GET', `${path}/replay?version=2`))).toBe('not_found');
    expect(codeOf(await world.ask('zhangsan', 'GET', `${path}/replay?from=-1`))).toBe('invalid_request');
  });

  test('[HD9] the team material: leader and drafters before submission, each with his own words; members never', async () => {
    const team = await world.documentOf(meeting.id, 'team');
    await write('wangwu', '起草人写的一句。', team);
    await write('zhangsan', '书记写的。', team);
    const teamPath = `/api/documents/${team}`;
    const { report, people } = await world.get(authorshipAnswer, 'wangwu', `${teamPath}/authorship`);
    expect(report.writers.map(({ id, counts }) => [people.find((p) => p.id === id)?.name, counts.typed])).toEqual([
      ['王五', 8],
      ['张三', 5],
    ]);
    await world.act('wangwu', 'POST', `${teamPath}/submit`);
    expect(codeOf(await world.ask('lisi', 'GET', `${teamPath}/authorship`))).toBe('forbidden');
    expect(codeOf(await world.ask('supervisor', 'GET', `${teamPath}/replay`))).toBe('forbidden');
  });

  test('[HD9] names also who has left the meeting since', async () => {
    const team = await world.documentOf(meeting.id, 'team');
    await write('wangwu', '起草人写的一句。', team);
    const participants = meeting.participants
      .filter(({ userId }) => userId !== world.people.wangwu.id)
      .map(({ userId, role, conditions, drafter }) => ({ userId, role, conditions, drafter }));
    await world.act('office', 'PATCH', `/api/meetings/${meeting.id}`, { participants });
    const { people } = await world.get(authorshipAnswer, 'zhangsan', `/api/documents/${team}/authorship`);
    expect(people.map(({ name }) => name)).toEqual(['王五']);
  });
});

describe('the seal', () => {
  test('[HD10] is on the report of exactly the text that was frozen, and in the audit log', async () => {
    await write('lisi', secret);
    await write('lisi', second);
    const live = await authorship('lisi');
    expect(live.seal).toBeNull();
    await world.act('lisi', 'POST', `${path}/submit`);
    const [version] = await world.storage.records.version.find({ documentId: outline });
    const sealed = await authorship('zhangsan');
    expect(sealed.report).toEqual(live.report);
    expect(sealed.report.seq).toBe(version?.journalSeq);
    expect(sealed.report.characters).toBe(version?.characters);
    expect(sealed.report.counts).toMatchObject({ typed: 8, piece: 21 });
    const entry = (await world.audit()).find(({ act }) => act === 'submit');
    expect(sealed.seal).toEqual({ sha256: entry?.facts['hand'], intact: true });
  });

  test('[HD10] shows when somebody has changed what it is on, the report or the text', async () => {
    await write('lisi', secret);
    await world.act('lisi', 'POST', `${path}/submit`);
    const [version] = await world.storage.records.version.find({ documentId: outline });
    const row = version === undefined ? undefined : await world.storage.records.hand.get(version.id);
    if (version === undefined || row === undefined) throw new Error('nothing was sealed');
    const counts = { ...row.report.counts, typed: row.report.characters, piece: 0 };
    await world.storage.records.hand.update(row.id, { report: { ...row.report, counts } });
    expect((await authorship('zhangsan')).seal?.intact).toBe(false);
    // The same with its parts in another order is the same.
    const { seq, ...others } = row.report;
    await world.storage.records.hand.update(row.id, { report: { seq, ...others } });
    expect((await authorship('zhangsan')).seal?.intact).toBe(true);
    await world.storage.records.version.update(version.id, { sha256: 'a'.repeat(64) });
    expect((await authorship('zhangsan')).seal?.intact).toBe(false);
  });

  test('[HD10] is not there without the submission: a refused one seals nothing', async () => {
    await world.ask('lisi', 'POST', `${path}/submit`);
    expect(await world.storage.records.hand.find({})).toEqual([]);
    await write('lisi', secret);
    await world.act('lisi', 'POST', `${path}/submit`);
    await world.act('lisi', 'POST', `${path}/withdraw`);
    await write('lisi', second);
    await world.act('lisi', 'POST', `${path}/submit`);
    expect((await world.storage.records.hand.find({})).map(({ report }) => report.characters)).toEqual([21, 29]);
    expect((await authorship('zhangsan', '?version=1')).report.characters).toBe(21);
  });

  test('[HD10] of a version of before is missing, and its report comes from the journal', async () => {
    await write('lisi', secret);
    await world.act('lisi', 'POST', `${path}/submit`);
    const sealed = await authorship('zhangsan');
    const [row] = await world.storage.records.hand.find({});
    if (row !== undefined) await world.storage.records.hand.remove(row.id);
    expect(await authorship('zhangsan')).toEqual({ ...sealed, seal: null });
  });
});

describe('the replay', () => {
  test('[HD11] comes in pages', async () => {
    const doc = new Y.Doc();
    const { update } = (await world.storage.journal.load(outline)).entries[0] ?? {};
    if (update === undefined) throw new Error('no seed');
    Y.applyUpdate(doc, update);
    const entries: Uint8Array[] = [];
    doc.on('update', (bytes: Uint8Array) => void entries.push(bytes));
    const block = doc.getXmlFragment(rootOf('opening')).get(0) as Y.XmlElement;
    const text = new Y.XmlText();
    block.insert(0, [text]);
    for (let index = 0; index < 2_300; index += 1) text.insert(index, '字');
    await world.storage.journal.commit(
      entries.map((bytes, index) => ({
        documentId: outline,
        update: bytes,
        writer: world.people.lisi.id,
        session: 's',
        cause: 'edit' as const,
        at: new Date(world.clock.now() + index * 400).toISOString(),
        claims: [doc.clientID],
      })),
    );
    const found: [number, number | null][] = [];
    for (let from: number | null = 0; from !== null; ) {
      const page: Awaited<ReturnType<typeof replay>> = await replay('lisi', `?from=${from}`);
      found.push([page.steps.length, page.next]);
      expect([page.from, page.total]).toEqual([from, 2_300]);
      from = page.next;
    }
    expect(found).toEqual([
      [1_000, 1_000],
      [1_000, 2_000],
      [300, null],
    ]);
  });

  test('[HD11] has no word that does not stand in the version, for anybody', async () => {
    await write('lisi', secret);
    await world.wipe(outline, 'opening');
    await write('lisi', second);
    await world.act('lisi', 'POST', `${path}/submit`);
    for (const who of ['lisi', 'zhangsan'] as const) {
      const answer = await replay(who);
      expect([wordsOf(answer), answer.steps[0]?.removed]).toEqual([second, 21]);
      expect(JSON.stringify([answer, await authorship(who)])).not.toContain(secret.slice(0, 4));
    }
  });
});

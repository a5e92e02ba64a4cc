/** [LK] What an answer about likeness holds, for each reader: his own words, and of others only what he may read. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { paceMs } from '../../../server/likeness/likeness.ts';
import { documentAnswer } from '../../../shared/api/documents.ts';
import { likenessAnswer, type Passage } from '../../../shared/api/likeness.ts';
import type { DocumentId, MeetingId } from '../../../shared/ids.ts';
import { codeOf, type Name, names, OfficeWorld } from '../../support/office-world.ts';

const copied = '我对城北管网二标段的回填质量过问不够，监理提了两次我都没有到现场去看';
/** Words of others that must not be in the answer of who may not read them. */
const secrets = {
  lisi: '返修花掉的二十六万元是我签的字',
  wangwu: '信访件压了四个月没有批办',
  team: '班子三次研究都没有拿出方案',
};

let world: OfficeWorld;
let meeting: MeetingId;
let outline: Record<'zhangsan' | 'lisi' | 'wangwu' | 'zhaoliu', DocumentId>;
let team: DocumentId;

beforeEach(async () => {
  world = await OfficeWorld.open({ writeLimit: { burst: 10_000, perSecond: 1_000 } });
  meeting = (await world.meet()).id;
  const of = (name: Name | 'team') => world.documentOf(meeting, name);
  outline = {
    zhangsan: await of('zhangsan'),
    lisi: await of('lisi'),
    wangwu: await of('wangwu'),
    zhaoliu: await of('zhaoliu'),
  };
  team = await of('team');
});
afterEach(() => world.close());

const pathOf = (id: DocumentId) => `/api/documents/${id}/likeness`;
const see = (who: Name, id: DocumentId) => world.get(likenessAnswer, who, pathOf(id));
const submit = (who: Name, id: DocumentId) => world.act(who, 'POST', `/api/documents/${id}/submit`);

async function approve(who: Name, id: DocumentId): Promise<void> {
  const { currentVersion } = await world.get(documentAnswer, who, `/api/documents/${id}`);
  await world.act(who, 'POST', `/api/documents/${id}/approve`, { versionId: currentVersion?.id });
}

/** 李四 and 王五 have written the same sentence; 李四 has submitted his. */
async function copyOfLisi(): Promise<void> {
  await world.write(outline.lisi, 'problems.a2', `${secrets.lisi}。${copied}，路面沉降。`, 'item');
  await submit('lisi', outline.lisi);
  await world.write(outline.wangwu, 'problems.a2', `这一年来，${copied}，对此我负有责任。${secrets.wangwu}。`, 'item');
}

const quotes = (passages: readonly Passage[]) => passages.map(({ quote, kind }) => `${kind} ${quote}`);

describe('[LK10] the author sees his own words and what kind of text they resemble', () => {
  test('whole sentences of his, and neither whose text it is, nor which, nor a word of it', async () => {
    await copyOfLisi();
    const answer = await world.ask('wangwu', 'GET', pathOf(outline.wangwu));
    expect(answer.status).toBe(200);
    const { passages } = likenessAnswer.parse(answer.body);
    expect(passages).toHaveLength(1);
    expect(passages[0]).toMatchObject({
      kind: 'colleague',
      severity: 'warn',
      sectionKey: 'problems.a2',
      quote: `这一年来，${copied}，对此我负有责任。`,
      source: null,
    });
    for (const word of [secrets.lisi, '路面沉降', '李四', outline.lisi, world.people.lisi.id]) {
      expect(answer.text).not.toContain(word);
    }
  });

  test('one entry, however many texts are alike', async () => {
    await copyOfLisi();
    await world.write(outline.zhaoliu, 'problems.a3', `分管以来${copied}。`, 'item');
    await submit('zhaoliu', outline.zhaoliu);
    const { passages } = await see('wangwu', outline.wangwu);
    expect(passages).toHaveLength(1);
  });

  test('of the submitted team material he learns the kind alone', async () => {
    await world.write(team, 'problems.a1', `${secrets.team}。${copied}。`, 'item');
    await submit('zhangsan', team);
    await world.write(outline.wangwu, 'problems.a2', `${copied}。`, 'item');
    const answer = await world.ask('wangwu', 'GET', pathOf(outline.wangwu));
    expect(quotes(likenessAnswer.parse(answer.body).passages)).toEqual([`team ${copied}。`]);
    expect(answer.text).not.toContain(secrets.team);
  });
});

describe('[LK11] drafts of others take no part', () => {
  test('a text nobody has submitted resembles nothing, for its author’s colleagues and for the leader', async () => {
    await world.write(outline.lisi, 'problems.a2', `${copied}。`, 'item');
    await world.write(team, 'problems.a2', `${copied}。`, 'item');
    await world.write(outline.wangwu, 'problems.a2', `${copied}。`, 'item');
    expect((await see('wangwu', outline.wangwu)).passages).toEqual([]);
    await submit('wangwu', outline.wangwu);
    expect((await see('zhangsan', outline.wangwu)).passages).toEqual([]);
  });

  test('what an author writes after a return is compared from its next submission on', async () => {
    await world.write(outline.lisi, 'problems.a2', '我到站所调研偏少，没有进过一户居民家。', 'item');
    await submit('lisi', outline.lisi);
    await world.act('zhangsan', 'POST', `/api/documents/${outline.lisi}/return`, { reason: 'lacks_facts', words: '' });
    await world.write(outline.lisi, 'problems.a2', `${copied}。`, 'item');
    await world.write(outline.wangwu, 'problems.a2', `${copied}。`, 'item');
    expect((await see('wangwu', outline.wangwu)).passages).toEqual([]);
    await submit('lisi', outline.lisi);
    expect((await see('wangwu', outline.wangwu)).passages).toHaveLength(1);
  });
});

describe('[LK8] the text is compared as it stands', () => {
  test('its frozen version while it is in review, what is being written before and after', async () => {
    await copyOfLisi();
    await submit('wangwu', outline.wangwu);
    await world.wipe(outline.wangwu, 'problems.a2');
    expect((await see('zhangsan', outline.wangwu)).passages).toHaveLength(1);
    expect((await see('wangwu', outline.wangwu)).passages).toHaveLength(1);
    await world.act('wangwu', 'POST', `/api/documents/${outline.wangwu}/withdraw`);
    expect((await see('zhangsan', outline.wangwu)).passages).toEqual([]);
  });
});

describe('[LK12] guessing does not pay', () => {
  /** Nineteen letters and a comma. */
  const known = copied.slice(0, 20);
  const right = copied.slice(20, 21);

  test('a changed text is compared with hidden ones once in five minutes', async () => {
    await world.write(outline.lisi, 'problems.a2', `${copied}。`, 'item');
    await submit('lisi', outline.lisi);
    await world.write(outline.wangwu, 'problems.a2', '我另外写一句话，同谁都不一样。', 'item');
    expect((await see('wangwu', outline.wangwu)).passages).toEqual([]);
    await world.write(outline.wangwu, 'problems.a3', `${copied}。`, 'item');
    world.clock.advance(paceMs - 1);
    const early = await see('wangwu', outline.wangwu);
    expect(early).toEqual({ passages: [], nextComparison: new Date(world.clock.now() + 1).toISOString() });
    world.clock.advance(1);
    const late = await see('wangwu', outline.wangwu);
    expect(late.passages).toHaveLength(1);
    expect(late.nextComparison).toBeNull();
  });

  test('while it waits, passages stay that still stand, also elsewhere in their paragraph, and others go', async () => {
    await copyOfLisi();
    expect((await see('wangwu', outline.wangwu)).passages).toHaveLength(1);
    await world.write(outline.wangwu, 'problems.a4', '新写的一段。', 'item');
    expect((await see('wangwu', outline.wangwu)).passages).toHaveLength(1);
    await world.wipe(outline.wangwu, 'problems.a2');
    expect((await see('wangwu', outline.wangwu)).passages).toEqual([]);
  });

  test('an unchanged text meets a new submission at once', async () => {
    await world.write(outline.wangwu, 'problems.a2', `${copied}。`, 'item');
    expect((await see('wangwu', outline.wangwu)).passages).toEqual([]);
    await world.write(outline.lisi, 'problems.a2', `${copied}。`, 'item');
    await submit('lisi', outline.lisi);
    expect((await see('wangwu', outline.wangwu)).passages).toHaveLength(1);
  });

  test('a list of guesses is answered by its first alone', async () => {
    await world.write(outline.lisi, 'problems.a2', `${copied}。`, 'item');
    await submit('lisi', outline.lisi);
    const guess = (letter: string) => `${known}${letter}另外写一句长长的话同谁的话都不相同只是为了凑数。`;
    for (const letter of ['题', '事', right, '关']) {
      await world.write(outline.wangwu, 'problems.a2', guess(letter), 'item');
    }
    expect((await see('wangwu', outline.wangwu)).passages).toEqual([]);
    world.clock.advance(paceMs);
    await world.wipe(outline.wangwu, 'problems.a2');
    await world.write(outline.wangwu, 'problems.a2', guess(right), 'item');
    expect(quotes((await see('wangwu', outline.wangwu)).passages)).toEqual([`colleague ${guess(right)}`]);
  });

  test('of a text that is not shown, sentences under twenty letters are not answered; the reviewer is told of them', async () => {
    const short = '我对二标段的回填质量过问不够';
    await world.write(outline.lisi, 'problems.a2', `${short}，到现场少。`, 'item');
    await submit('lisi', outline.lisi);
    await world.write(outline.wangwu, 'problems.a2', `${short}。`, 'item');
    expect((await see('wangwu', outline.wangwu)).passages).toEqual([]);
    await submit('wangwu', outline.wangwu);
    expect(quotes((await see('zhangsan', outline.wangwu)).passages)).toEqual([`colleague ${short}`]);
  });

  test('what comes before and after the common words changes nothing in the answer', async () => {
    await world.write(outline.lisi, 'problems.a2', `${copied}。`, 'item');
    await submit('lisi', outline.lisi);
    await world.write(outline.wangwu, 'problems.a2', `${copied.slice(0, 25)}另一半。`, 'item');
    const [passage] = (await see('wangwu', outline.wangwu)).passages;
    expect(passage?.quote).toBe(`${copied.slice(0, 25)}另一半。`);
  });
});

describe('[LK13] the reviewer sees both, where he may read both', () => {
  test('the exact words of both, and whose the other is', async () => {
    await copyOfLisi();
    await submit('wangwu', outline.wangwu);
    const { passages, nextComparison } = await see('zhangsan', outline.wangwu);
    expect(nextComparison).toBeNull();
    expect(passages).toHaveLength(1);
    expect(passages[0]).toMatchObject({
      quote: copied,
      before: '这一年来，',
      source: { quote: copied, title: '个人发言提纲（李四）', documentId: outline.lisi },
    });
    expect(passages[0]?.source?.before).toBe(`${secrets.lisi}。`);
    expect(passages[0]?.source?.after).toBe('，路面沉降。');
  });

  test('the supervisor who reviews the leader sees nothing of an outline he may not read yet', async () => {
    await world.write(outline.lisi, 'problems.a2', `${secrets.lisi}。${copied}。`, 'item');
    await submit('lisi', outline.lisi);
    await world.write(outline.zhangsan, 'problems.a2', `${copied}。`, 'item');
    await submit('zhangsan', outline.zhangsan);
    const before = await world.ask('supervisor', 'GET', pathOf(outline.zhangsan));
    expect(likenessAnswer.parse(before.body).passages).toMatchObject([{ quote: `${copied}。`, source: null }]);
    for (const word of [secrets.lisi, '李四', outline.lisi]) expect(before.text).not.toContain(word);
    await approve('zhangsan', outline.lisi);
    const after = await see('supervisor', outline.zhangsan);
    expect(after.passages[0]?.source).toMatchObject({ quote: copied, before: `${secrets.lisi}。` });
  });

  test('the leader sees the outlines beside the team material; a drafter of it does not', async () => {
    await world.write(outline.lisi, 'problems.a2', `${secrets.lisi}。${copied}。`, 'item');
    await submit('lisi', outline.lisi);
    await world.write(team, 'problems.a1', `${copied}。`, 'item');
    expect((await see('zhangsan', team)).passages[0]?.source?.title).toBe('个人发言提纲（李四）');
    const drafter = await world.ask('wangwu', 'GET', pathOf(team));
    expect(likenessAnswer.parse(drafter.body).passages).toMatchObject([{ kind: 'colleague', source: null }]);
    for (const word of [secrets.lisi, '李四', outline.lisi]) expect(drafter.text).not.toContain(word);
  });
});

describe('[LK14] nobody else is told anything', () => {
  test('in no state of the text', async () => {
    await copyOfLisi();
    const readers: Record<string, readonly Name[]> = {
      drafting: ['wangwu'],
      in_review: ['wangwu', 'zhangsan'],
      approved: ['wangwu', 'zhangsan'],
    };
    const look = async (state: string) => {
      for (const name of names) {
        const answer = await world.ask(name, 'GET', pathOf(outline.wangwu));
        expect([state, name, answer.status === 200]).toEqual([state, name, readers[state]?.includes(name)]);
        if (answer.status === 200) continue;
        expect(answer.text).not.toContain(copied.slice(0, 6));
        expect(['forbidden', 'not_found', 'wrong_state']).toContain(codeOf(answer));
      }
      expect(codeOf(await world.ask(undefined, 'GET', pathOf(outline.wangwu)))).toBe('signed_out');
    };
    await look('drafting');
    await submit('wangwu', outline.wangwu);
    await look('in_review');
    await approve('zhangsan', outline.wangwu);
    await look('approved');
  });
});

describe('[LK15] the same person’s earlier years', () => {
  const problem = '我抓班子带队伍失之于宽，对干部教育管理不严，谈心谈话走了过场';

  test('approved outlines of earlier meetings are compared sentence by sentence, and shown to their author', async () => {
    const before = await world.meet({ year: 2020, title: '2020年度民主生活会', date: '2021-01-10' });
    const earlier = await world.documentOf(before.id, 'wangwu');
    await world.write(earlier, 'problems.a1', `${problem}。`, 'item');
    await world.write(outline.wangwu, 'problems.a1', `${problem}。我到站所调研偏少。`, 'item');
    expect((await see('wangwu', outline.wangwu)).passages).toEqual([]);
    await submit('wangwu', earlier);
    expect((await see('wangwu', outline.wangwu)).passages).toEqual([]);
    await approve('zhangsan', earlier);
    const { passages } = await see('wangwu', outline.wangwu);
    expect(passages).toMatchObject([
      { kind: 'earlier', severity: 'warn', quote: problem, source: { quote: problem, documentId: earlier } },
    ]);
    expect(passages[0]?.source?.title).toContain('2020年度民主生活会');
    // Others of that meeting take no part in this one, and a later meeting's text none in an earlier one.
    expect((await see('lisi', outline.lisi)).passages).toEqual([]);
    expect((await see('wangwu', earlier)).passages).toEqual([]);
  });

  test('the reviewer of this year who had no part in that one sees the kind alone', async () => {
    const others = (['lisi', 'wangwu', 'office'] as const).map((name) =>
      world.place(name, name === 'lisi' ? { role: 'leader' } : {}),
    );
    const before = await world.meet({ year: 2020, title: '2020年度民主生活会', participants: others });
    const earlier = await world.documentOf(before.id, 'wangwu');
    await world.write(earlier, 'problems.a1', `${secrets.wangwu}。${problem}。`, 'item');
    await submit('wangwu', earlier);
    await approve('lisi', earlier);
    await world.write(outline.wangwu, 'problems.a1', `${problem}。`, 'item');
    await submit('wangwu', outline.wangwu);
    const answer = await world.ask('zhangsan', 'GET', pathOf(outline.wangwu));
    expect(likenessAnswer.parse(answer.body).passages).toMatchObject([{ kind: 'earlier', source: null }]);
    for (const word of [secrets.wangwu, '2020年度', earlier]) expect(answer.text).not.toContain(word);
  });
});

describe('[LK15] the team material’s earlier years', () => {
  test('are those of the same unit, approved', async () => {
    const words = '领导班子抓工程质量有偏差，重进度轻质量的问题没有从根本上解决';
    const before = await world.meet({ year: 2020, title: '2020年度民主生活会' });
    const earlier = await world.documentOf(before.id, 'team');
    await world.write(earlier, 'problems.a1', `${words}。`, 'item');
    await world.write(team, 'problems.a1', `${words}。`, 'item');
    await submit('zhangsan', earlier);
    expect((await see('zhangsan', team)).passages).toEqual([]);
    await approve('zhangsan', earlier);
    expect((await see('zhangsan', team)).passages).toMatchObject([
      { kind: 'earlier', source: { documentId: earlier } },
    ]);
  });
});

describe('[LK16] the reference library', () => {
  const notice = '各级领导干部要深入基层开展调查研究，当面听取群众意见建议，逐项对照查找差距不足';
  const add = (body: object) => world.act('office', 'POST', `/api/meetings/${meeting}/references`, body);

  test('words of an official text are a hint, with its title and its words', async () => {
    await add({ kind: 'notice', title: '关于开好民主生活会的通知', text: `一、总体要求\n${notice}。` });
    await world.write(outline.wangwu, 'problems.a1', `通知说，${notice}，我做得不够。`, 'item');
    expect((await see('wangwu', outline.wangwu)).passages).toMatchObject([
      {
        kind: 'reference',
        severity: 'hint',
        quote: notice,
        source: { title: '关于开好民主生活会的通知', quote: notice, documentId: null },
      },
    ]);
  });

  test('two who quote the same official text are not like one another', async () => {
    await world.write(outline.lisi, 'problems.a1', `${notice}。`, 'item');
    await submit('lisi', outline.lisi);
    await world.write(outline.wangwu, 'problems.a1', `我理解，${notice}。`, 'item');
    expect(quotes((await see('wangwu', outline.wangwu)).passages)).toEqual([`colleague 我理解，${notice}。`]);
    await add({ kind: 'speech', title: '讲话', text: notice });
    expect(quotes((await see('wangwu', outline.wangwu)).passages)).toEqual([`reference ${notice}`]);
  });

  test('a sample text is a warning, also when it was only rephrased', async () => {
    await add({
      kind: 'sample',
      title: '范文',
      text: '对新形势下群众工作的特点和规律研究不够，习惯于用老办法解决问题。',
    });
    const words = '我对新形势下群众工作特点规律研究不够，习惯于老办法解决问题';
    await world.write(outline.wangwu, 'problems.a1', `${words}。`, 'item');
    expect((await see('wangwu', outline.wangwu)).passages).toMatchObject([
      { kind: 'sample', severity: 'warn', quote: words, source: { title: '范文' } },
    ]);
  });

  test('fixed phrases, the theme and the aspects count for nobody', async () => {
    const phrase = '学史明理学史增信学史崇德学史力行，学党史悟思想办实事开新局';
    const [aspect] = (await world.meet()).aspects;
    const words = [`${phrase}，我做得不够。`, `对照${aspect?.long}，有差距。`];
    for (const each of words) await world.write(outline.lisi, 'problems.a1', each, 'item');
    await submit('lisi', outline.lisi);
    for (const each of words) await world.write(outline.wangwu, 'problems.a1', each, 'item');
    expect(quotes((await see('wangwu', outline.wangwu)).passages)).toEqual([`colleague ${words[0]}`]);
    await add({ kind: 'phrases', title: '规定表述', text: phrase });
    expect((await see('wangwu', outline.wangwu)).passages).toEqual([]);
  });

  test('a text of another meeting takes no part, one of the whole unit does', async () => {
    const elsewhere = await world.meet({ title: '另一次会议' });
    const path = `/api/meetings/${elsewhere.id}/references`;
    await world.write(outline.wangwu, 'problems.a1', `${notice}。`, 'item');
    await world.act('office', 'POST', path, { kind: 'notice', title: '甲', text: notice });
    expect((await see('wangwu', outline.wangwu)).passages).toEqual([]);
    await world.act('office', 'POST', path, { kind: 'notice', title: '乙', text: notice, scope: 'unit' });
    expect((await see('wangwu', outline.wangwu)).passages).toMatchObject([{ source: { title: '乙' } }]);
  });
});

describe('[LK17] the closing', () => {
  test('is everybody’s and not compared', async () => {
    const closing = '以上检查还有许多不深不透的地方，恳请各位领导和同志们提出宝贵的意见建议';
    await world.write(outline.lisi, 'closing', closing);
    await submit('lisi', outline.lisi);
    await world.write(outline.wangwu, 'closing', closing);
    expect((await see('wangwu', outline.wangwu)).passages).toEqual([]);
    await world.write(outline.wangwu, 'opening', closing);
    world.clock.advance(paceMs);
    expect((await see('wangwu', outline.wangwu)).passages).toEqual([]);
    await world.write(outline.zhaoliu, 'opening', closing);
    await submit('zhaoliu', outline.zhaoliu);
    expect((await see('wangwu', outline.wangwu)).passages).toMatchObject([{ sectionKey: 'opening' }]);
  });
});

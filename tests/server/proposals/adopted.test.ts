/** [HD12] Words adopted from a proposal count as adopted, by what the server finds in the text and never by a page's claim. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { submit } from '../../../server/documents/submit.ts';
import { Hand } from '../../../server/hand/hand.ts';
import { adoptionsIn } from '../../../server/proposals/adopted.ts';
import { authorshipAnswer } from '../../../shared/api/authorship.ts';
import { changesAnswer, type Inserted, proposalAnswer } from '../../../shared/api/proposals.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import { OfficePage } from '../../support/office-page.ts';
import { codeOf, type Name, OfficeWorld } from '../../support/office-world.ts';

const own = '我抓工程质量有偏差。';
/** Pasted by the author before there is a proposal. */
const pasted = '对分包单位的履约情况掌握得不全面，检查流于一般化。';
const proposed = '三份协议没有送审，合同台账半年没有核对，出了问题才去补手续。';

let world: OfficeWorld;
let outline: DocumentId;
let path: string;
let page: OfficePage;
let key: string;

/** The author has typed, and pasted; the leader adds a sentence to the closing and to the opening's block what stands there. */
beforeEach(async () => {
  world = await OfficeWorld.open({ writeLimit: { burst: 10_000, perSecond: 1_000 } });
  const meeting = await world.meet();
  outline = await world.documentOf(meeting.id, 'lisi');
  path = `/api/documents/${outline}`;
  page = await OfficePage.open(world, 'lisi', outline);
  await type(own, 'closing');
  await type(pasted, 'opening');
  await world.act('lisi', 'POST', `${path}/submit`);
  const { proposal } = proposalAnswer.parse(await world.act('zhangsan', 'POST', `${path}/proposals`));
  const leader = await OfficePage.open(world, 'zhangsan', proposal.id);
  leader.type(proposed + pasted, { key: 'closing' });
  await leader.stored();
  await world.act('zhangsan', 'POST', `${path}/return`, { reason: 'lacks_facts', words: '' });
  const { changes } = await world.get(changesAnswer, 'lisi', `/api/proposals/${proposal.id}/changes`);
  key = changes[0]?.note.key ?? '';
});
afterEach(() => world.close());

async function type(words: string, section: string): Promise<Inserted> {
  const inserted = page.type(words, { key: section });
  await page.stored();
  world.clock.advance(60_000);
  return inserted;
}

const settle = (fate: string, inserted: readonly Inserted[] = [], words = '') =>
  world.ask('lisi', 'PUT', `/api/changes/${key}/fate`, { fate, words, inserted });
const counts = async (who: Name = 'lisi', version = '') =>
  (await world.get(authorshipAnswer, who, `${path}/authorship${version}`)).report.counts;
const before = { typed: own.length, piece: pasted.length, offline: 0, adopted: 0 };

describe('adopted words', () => {
  test('[HD12] count as adopted for the author, for the reviewer and under the seal', async () => {
    const inserted = await type(proposed + pasted, 'closing');
    expect(await counts()).toEqual({ ...before, piece: 2 * pasted.length + proposed.length });
    expect((await settle('adopted', [inserted])).status).toBe(200);
    const adopted = { ...before, adopted: proposed.length + pasted.length };
    expect(await counts()).toEqual(adopted);
    await world.act('lisi', 'POST', `${path}/submit`);
    expect(await counts('lisi', '?version=2')).toEqual(adopted);
    expect(await counts('zhangsan')).toEqual(adopted);
    const sealed = await world.get(authorshipAnswer, 'zhangsan', `${path}/authorship`);
    expect([sealed.version?.number, sealed.seal?.intact]).toEqual([2, true]);
    expect(sealed.report.pieces.map(({ kind }) => kind)).toEqual(['piece', 'adopted']);
  });

  test('[HD12] are under the seal also when the change is adopted while the text is being submitted', async () => {
    const inserted = await type(proposed + pasted, 'closing');
    await settle('explained', [], '再想想');
    const { hand } = world.tools;
    let made = 0;
    const late: Pick<Hand, 'follow' | 'report'> = {
      follow: (id) => hand.follow(id),
      report: async (id, keys, upTo) => {
        const report = await hand.report(id, keys, upTo);
        made += 1;
        // The report is made; the version is not frozen yet.
        if (made === 1) expect((await settle('adopted', [inserted])).status).toBe(200);
        return report;
      },
    };
    // Submitting asks nothing else of it.
    const tools = { ...world.tools, hand: late as Hand };
    expect((await submit(tools, world.people.lisi, outline)).ok).toBe(true);
    expect(made).toBe(2);
    expect(await counts('lisi', '?version=2')).toEqual({ ...before, adopted: proposed.length + pasted.length });
  });

  test('[HD12] of a change adopted in the author’s own wording are those of the proposal alone', async () => {
    const mine = '另外';
    const inserted = await type(mine + proposed, 'closing');
    await settle('partly', [inserted]);
    expect(await counts()).toEqual({ ...before, typed: own.length + mine.length, adopted: proposed.length });
  });

  test('[HD12] stay adopted when the fate is taken back, and count once when it is set again', async () => {
    const inserted = await type(proposed + pasted, 'closing');
    await settle('adopted', [inserted]);
    const adopted = await counts();
    // A walk that heard of nothing before sees the same.
    const anew = async () => {
      const hand = new Hand({ journal: world.storage.journal, adopted: adoptionsIn(world.storage) });
      return (await hand.report(outline, ['opening', 'closing'])).counts;
    };
    await settle('open');
    expect([await counts(), await anew()]).toEqual([adopted, adopted]);
    await settle('adopted', [inserted]);
    expect([await counts(), await anew()]).toEqual([adopted, adopted]);
    expect((await world.storage.records.changeFate.get(key))?.inserted.length).toBe(1);
  });

  test('[HD12] are not words the author pasted and claims: other words count as they came in', async () => {
    const foreign = '深入学习贯彻上级会议精神，切实把思想和行动统一到部署上来。';
    const inserted = await type(foreign, 'closing');
    expect((await settle('partly', [inserted])).status).toBe(200);
    expect(await counts()).toEqual({ ...before, piece: pasted.length + foreign.length });
    expect((await world.storage.records.changeFate.get(key))?.inserted).toEqual([]);
  });

  test('[HD12] are not the same words where they stood before the proposal', async () => {
    const blockId = page.blockId('opening');
    const old = { sectionKey: 'opening', blockId, clientId: page.doc.clientID, from: 0, to: 1_000_000 };
    await type(proposed + pasted, 'closing');
    expect((await settle('adopted', [old])).status).toBe(200);
    expect(await counts()).toEqual({ ...before, piece: 2 * pasted.length + proposed.length });
  });

  test('[HD12] are not somebody else’s letters, nor more than stand: a claim is cut to what is there', async () => {
    const inserted = await type(proposed + pasted, 'closing');
    expect(codeOf(await settle('adopted', [{ ...inserted, clientId: inserted.clientId + 1 }]))).toBe(
      'adoption_not_found',
    );
    await settle('adopted', [{ ...inserted, from: 0, to: 4_000_000_000 }]);
    expect(await counts()).toEqual({ ...before, adopted: proposed.length + pasted.length });
    await type('又添一句。', 'closing');
    expect((await counts()).typed).toBe(own.length + 5);
  });
});

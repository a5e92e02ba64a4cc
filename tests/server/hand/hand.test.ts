/**
 * The report on what is really in a journal, written through a real room. Some of these clients lie: they cut a paste into
 * letters, call offline work typing, use other people's client ids.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { Hand } from '../../../server/hand/hand.ts';
import type { Adoption } from '../../../server/hand/walk.ts';
import { countCharacters } from '../../../shared/document/content.ts';
import { rootOf } from '../../../shared/document/schema.ts';
import { handReportSchema } from '../../../shared/hand/report.ts';
import { encodeSync } from '../../../shared/protocol/frames.ts';
import { bodyKeys, type Person, RoomWorld } from '../../support/room-world.ts';

let world: RoomWorld;
let author: Person;
let hand: Hand;
let adopted: Adoption[];

beforeEach(async () => {
  world = await RoomWorld.open();
  author = await world.person('李四').join();
  await world.settle();
  adopted = [];
  hand = new Hand({ journal: world.journal, adopted: async () => adopted });
});
afterEach(() => world.close());

const letterMs = 400;
const foreign = '坚持以人民为中心的发展思想，深入基层一线调查研究，着力解决群众急难愁盼问题。';

/** One letter after the other, as fast as a good hand. */
async function type(text: string, key = 'opening', index = 0, who = author): Promise<void> {
  for (const letter of text) {
    who.type(letter, key, index);
    await world.settle();
    world.clock.advance(letterMs);
  }
}

/** One edit of the author in one transaction, as the editor makes them. */
async function edit(change: (doc: Y.Doc) => void, who = author): Promise<void> {
  who.doc.transact(() => change(who.doc));
  await world.settle();
  world.clock.advance(letterMs);
}

function block(id: string, text: string, kind = 'paragraph'): Y.XmlElement {
  const element = new Y.XmlElement(kind);
  element.setAttribute('id', id);
  element.insert(0, [new Y.XmlText(text)]);
  return element;
}

const report = async () => handReportSchema.parse(await hand.report(world.documentId, bodyKeys));
const counts = async () => (await report()).counts;
const none = { typed: 0, piece: 0, offline: 0, adopted: 0 };
const length = countCharacters(foreign);

describe('what is written', () => {
  test('[HD2] letter by letter and phrase by phrase is typed', async () => {
    await type('我学习不够，');
    author.type('联系实际不紧密。');
    await world.settle();
    expect(await counts()).toEqual({ ...none, typed: 14 });
  });

  test('[HD3] in one go is a piece, also when it comes as several paragraphs at once', async () => {
    await type('我写的。');
    await edit((doc) => {
      const parts = [foreign.slice(0, 12), foreign.slice(12, 24), foreign.slice(24)];
      doc.getXmlFragment(rootOf('measures')).insert(
        0,
        parts.map((part, index) => block(`pasted-${index}`, part)),
      );
    });
    expect(await counts()).toEqual({ ...none, typed: 4, piece: length });
    const { pieces } = await report();
    expect(pieces).toMatchObject([{ kind: 'piece', how: 'once', characters: length, standing: length }]);
  });

  test('[HD7] and taken out again does not count; what stands is counted per block, per section and in all', async () => {
    await type('留下的。删去的。');
    author.text().delete(4, 4);
    await edit((doc) => doc.getXmlFragment(rootOf('measures')).insert(0, [block('pasted-1', foreign, 'item')]));
    author.text('measures').delete(0, 10);
    await world.settle();
    const made = await report();
    expect(made.counts).toEqual({ ...none, typed: 4, piece: length - 10 });
    expect(made.characters).toBe(countCharacters(await world.stored().then((text) => text.replaceAll('|', ''))));
    expect(made.sections.map(({ key, counts: each }) => [key, each.typed, each.piece])).toEqual([
      ['opening', 4, 0],
      ['problems.a1', 0, 0],
      ['measures', 0, length - 10],
    ]);
    expect(made.sections[2]?.blocks).toEqual([
      { id: 'pasted-1', kind: 'item', begins: foreign.slice(10, 34), counts: { ...none, piece: length - 10 } },
    ]);
    expect(made.pieces).toMatchObject([{ characters: length, standing: length - 10 }]);
  });

  test('[HD7] white space is no character, rare characters are one', async () => {
    await type('𠮷林  𠮷。');
    expect(await counts()).toEqual({ ...none, typed: 4 });
  });

  test('[HD8] makes stretches, without the sign-in session they belong to', async () => {
    await type('一二三');
    world.clock.advance(11 * 60_000);
    await type('四五');
    author.text().delete(0, 1);
    await world.settle();
    const made = await report();
    expect(made.stretches.map(({ written, removed }) => [written, removed])).toEqual([
      [3, 0],
      [2, 1],
    ]);
    expect(made.ms).toBe(2 * letterMs + 2 * letterMs);
    expect(JSON.stringify(made)).not.toContain('session');
  });
});

describe('a client that lies', () => {
  test('[HD4] cannot make a paste typing by cutting it into letters', async () => {
    for (const letter of foreign.repeat(4)) author.type(letter);
    await world.settle();
    expect(await counts()).toEqual({ ...none, piece: 4 * length });
    expect((await report()).pieces).toMatchObject([{ how: 'row', characters: 4 * length }]);
  });

  test('[HD4] nor by cutting it into phrases, each under the limit', async () => {
    const text = foreign.repeat(8);
    for (let from = 0; from < text.length; from += 12) {
      author.type(text.slice(from, from + 12));
      await world.settle();
      world.clock.advance(200);
    }
    expect(await counts()).toEqual({ ...none, piece: 8 * length });
  });

  test('[HD4] nor by spreading it over many client ids and pages', async () => {
    const pages = await Promise.all(Array.from({ length: 5 }, () => author.anotherPage().join()));
    await world.settle();
    for (const [index, letter] of [...foreign.repeat(3)].entries()) pages[index % 5]?.type(letter, 'measures');
    await world.settle();
    expect(new Set(pages.map(({ doc }) => doc.clientID)).size).toBe(5);
    expect((await counts()).typed).toBe(0);
  });

  test('[HD1] cannot write under somebody else’s client id', async () => {
    const colleague = await (await world.newcomer('王五')).join();
    await world.settle();
    await type('我写的。', 'measures', 0, colleague);
    const forged = new Y.Doc();
    Y.applyUpdate(forged, Y.encodeStateAsUpdate(author.doc));
    forged.clientID = colleague.doc.clientID;
    const before = Y.encodeStateVector(forged);
    const text = forged.getXmlFragment(rootOf('measures')).get(0) as Y.XmlElement;
    (text.get(0) as Y.XmlText).insert(0, '王五写的。');
    author.send(encodeSync('update', Y.encodeStateAsUpdate(forged, before)));
    await world.settle();
    expect(author.refused.map(({ code }) => code)).toEqual(['foreign_client']);
    const { writers } = await report();
    expect(writers.map(({ id, counts: each }) => [id, each.typed])).toEqual([[colleague.userId, 4]]);
  });

  test('[HD1] cannot hide offline work among live updates: one update with a day of typing is a piece', async () => {
    author.offline(() => {
      for (const letter of foreign) author.type(letter);
    });
    author.send(encodeSync('update', Y.encodeStateAsUpdate(author.doc)));
    await world.settle();
    expect(await counts()).toEqual({ ...none, piece: length });
  });

  test('[HD1] gains nothing by sending what is here again', async () => {
    await edit((doc) => doc.getXmlFragment(rootOf('measures')).insert(0, [block('pasted-1', foreign)]));
    world.clock.advance(60_000);
    author.send(encodeSync('update', Y.encodeStateAsUpdate(author.doc)));
    author.type('再写。');
    author.send(encodeSync('update', Y.encodeStateAsUpdate(author.doc)));
    await world.settle();
    expect(await counts()).toEqual({ ...none, typed: 3, piece: length });
  });

  test('[HD6] cannot wash a paste by moving it about, nor by taking it back and restoring it', async () => {
    await edit((doc) => doc.getXmlFragment(rootOf('measures')).insert(0, [block('pasted-1', foreign)]));
    for (let round = 0; round < 3; round += 1) {
      await edit((doc) => doc.getXmlFragment(rootOf('measures')).delete(0, 1));
      await edit((doc) => doc.getXmlFragment(rootOf('measures')).insert(0, [block(`moved-${round}-x`, foreign)]));
    }
    expect(await counts()).toEqual({ ...none, piece: length });
  });

  test('[HD6] cannot multiply what it has typed: a copy of it came in one go', async () => {
    const typed = foreign.slice(0, 26);
    await type(typed);
    await edit((doc) => doc.getXmlFragment(rootOf('measures')).insert(0, [block('copied-1', typed)]));
    author.text().delete(0, typed.length);
    await world.settle();
    for (const copy of ['again-01', 'again-02']) {
      await edit((doc) => doc.getXmlFragment(rootOf('problems.a1')).insert(0, [block(copy, typed)]));
    }
    const characters = countCharacters(typed);
    expect(await counts()).toEqual({ ...none, typed: characters, piece: 2 * characters });
  });
});

describe('offline work', () => {
  const leaveAndReturn = async (work: () => void) => {
    author.leave();
    author.offline(work);
    world.clock.advance(3_600_000);
    await author.join();
    await world.settle();
  };

  test('[HD5] that comes in after a break is its own kind', async () => {
    await type('在线写的。');
    await leaveAndReturn(() => {
      for (const letter of foreign) author.type(letter, 'measures');
    });
    expect(await counts()).toEqual({ ...none, typed: 5, offline: length });
    expect((await report()).pieces).toMatchObject([{ kind: 'offline', how: 'once', standing: length }]);
  });

  test('[HD5] of a few letters is a line that stumbled', async () => {
    await leaveAndReturn(() => author.type('断线时写的几个字。'));
    expect(await counts()).toEqual({ ...none, typed: 9 });
  });

  test('[HD5] merged with what others wrote meanwhile counts its own letters only', async () => {
    const colleague = await (await world.newcomer('王五')).join();
    await world.settle();
    await type('共同的开头。');
    author.leave();
    await type('王五写的。', 'measures', 0, colleague);
    author.offline(() => {
      Y.applyUpdate(author.doc, Y.encodeStateAsUpdate(colleague.doc), 'server');
      author.type(foreign, 'measures');
    });
    await author.join();
    await world.settle();
    const made = await report();
    expect(made.counts).toEqual({ ...none, typed: 11, offline: length });
    expect(made.writers.map(({ id, counts: { typed, offline } }) => [id, typed, offline])).toEqual([
      [author.userId, 6, length],
      [colleague.userId, 5, 0],
    ]);
  });

  test('[HD6] that only moved and parted paragraphs brought nothing new', async () => {
    await type(foreign);
    await leaveAndReturn(() => {
      author.doc.transact(() => {
        const half = foreign.slice(20);
        author.text().delete(20, half.length);
        author.doc.getXmlFragment(rootOf('opening')).insert(1, [block('parted-1', half)]);
      });
    });
    expect(await counts()).toEqual({ ...none, typed: length });
  });
});

describe('what moves within the text keeps what it was', () => {
  const both = { ...none, typed: length, piece: length };
  const strange = [...foreign].reverse().join('');

  /** One paragraph that was typed and then went on with a paste. */
  beforeEach(async () => {
    await type(foreign);
    author.type(strange);
    await world.settle();
    expect(await counts()).toEqual(both);
  });

  test('[HD6] when it becomes an item', async () => {
    await edit((doc) => {
      const fragment = doc.getXmlFragment(rootOf('opening'));
      const id = author.block('opening').getAttribute('id') ?? '';
      const text = author.text().toString();
      fragment.delete(0, 1);
      fragment.insert(0, [block(id, text, 'item')]);
    });
    expect(await counts()).toEqual(both);
  });

  test('[HD6] when it is parted, down to a last letter, and joined again', async () => {
    for (const at of [foreign.length + 5, 2 * foreign.length - 1, 3]) {
      const text = author.text().toString();
      await edit((doc) => {
        author.text().delete(at, text.length - at);
        doc.getXmlFragment(rootOf('opening')).insert(1, [block(`parted-${at}-x`, text.slice(at))]);
      });
      expect(await counts()).toEqual(both);
      await edit((doc) => {
        doc.getXmlFragment(rootOf('opening')).delete(1, 1);
        author.text().insert(at, text.slice(at));
      });
      expect(await counts()).toEqual(both);
    }
  });

  test('[HD6] when it is cut out and put in elsewhere, also with words around it', async () => {
    const text = author.text().toString();
    const cut = text.slice(10, foreign.length + 10);
    await edit(() => author.text().delete(10, cut.length));
    world.clock.advance(120_000);
    await edit((doc) => doc.getXmlFragment(rootOf('measures')).insert(0, [block('moved-01', `如前所述，${cut}`)]));
    expect(await counts()).toEqual({ ...both, typed: both.typed + 5 });
  });

  test('[HD6] when a sentence is drawn to another place of its paragraph', async () => {
    const text = author.text().toString();
    await edit(() => {
      author.text().delete(0, text.length);
      author.text().insert(0, text.slice(25) + text.slice(0, 25));
    });
    expect(await counts()).toEqual(both);
  });

  test('[HD6] when a deletion is undone, whether it was one act or many', async () => {
    const undo = new Y.UndoManager(author.doc.getXmlFragment(rootOf('opening')), { captureTimeout: 0 });
    await edit(() => author.text().delete(5, foreign.length + 20));
    undo.undo();
    await world.settle();
    expect(await counts()).toEqual(both);
    undo.captureTimeout = 1_000_000;
    for (let left = 30; left > 0; left -= 1) await edit(() => author.text().delete(author.text().length - 1, 1));
    undo.undo();
    await world.settle();
    expect(author.text().toString()).toBe(foreign + strange);
    expect(await counts()).toEqual(both);
  });
});

describe('adopted words', () => {
  test('[HD12] are their own kind, whenever the server says which they are', async () => {
    await type('我写的。');
    await edit((doc) => doc.getXmlFragment(rootOf('measures')).insert(0, [block('adopted-1', foreign)]));
    const text = author.text('measures');
    const item = text._start;
    if (item === null) throw new Error('no words');
    await edit(() => author.text().insert(0, '改。'));
    expect((await counts()).piece).toBe(length);
    adopted.push({ after: 1, ranges: [{ client: item.id.client, clock: item.id.clock, length: foreign.length }] });
    expect(await counts()).toEqual({ ...none, typed: 6, adopted: length });
    await edit((doc) => doc.getXmlFragment(rootOf('measures')).delete(0, 1));
    await edit((doc) => doc.getXmlFragment(rootOf('opening')).insert(1, [block('moved-01', foreign)]));
    expect(await counts()).toEqual({ ...none, typed: 6, adopted: length });
    expect((await report()).pieces).toMatchObject([{ kind: 'adopted', characters: length }]);
  });

  test('[HD12] can be a part of what came with them, and are waited for when they are not here yet', async () => {
    const { clientID } = author.doc;
    const clock = Y.getState(author.doc.store, clientID);
    adopted.push({ after: 1, ranges: [{ client: clientID, clock: clock + 1 + 10, length: 8 }] });
    expect(await counts()).toEqual(none);
    await edit(() => author.type(foreign, 'measures'));
    expect(await counts()).toEqual({ ...none, piece: length - 8, adopted: 8 });
  });

  test('[HD12] are not what stood before the proposal did, nor what was only moved since', async () => {
    await edit((doc) => doc.getXmlFragment(rootOf('measures')).insert(0, [block('pasted-1', foreign)]));
    const { seq } = await report();
    const first = author.text('measures')._start?.id;
    await edit((doc) => doc.getXmlFragment(rootOf('measures')).delete(0, 1));
    await edit((doc) => doc.getXmlFragment(rootOf('opening')).insert(1, [block('moved-01', foreign)]));
    const moved = (author.doc.getXmlFragment(rootOf('opening')).get(1) as Y.XmlElement).get(0) as Y.XmlText;
    for (const id of [first, moved._start?.id]) {
      if (id === undefined) throw new Error('no words');
      adopted.push({ after: seq, ranges: [{ client: id.client, clock: id.clock, length: foreign.length }] });
    }
    expect(await counts()).toEqual({ ...none, piece: length });
  });

  test('[HD12] of one change are one piece; what came with them counts by itself', async () => {
    const { clientID } = author.doc;
    const clock = Y.getState(author.doc.store, clientID);
    await edit(() => author.type(foreign, 'measures'));
    const own = 12;
    const from = clock + 1;
    adopted.push({
      after: 1,
      ranges: [
        { client: clientID, clock: from, length: 10 },
        { client: clientID, clock: from + 10 + own, length: foreign.length - 10 - own },
      ],
    });
    const found = await report();
    expect(found.counts).toEqual({ ...none, typed: own, adopted: length - own });
    expect(found.pieces).toMatchObject([{ kind: 'adopted', characters: length - own, standing: length - own }]);
  });
});

describe('the replay', () => {
  test('[HD11] has the words that stand, at their places, in the order they came, and no others', async () => {
    await type('一三');
    author.text().insert(1, '密');
    await world.settle();
    author.text().delete(1, 1);
    await world.settle();
    author.text().insert(1, '二');
    await world.settle();
    const { blocks, steps } = await hand.replay(world.documentId, bodyKeys);
    expect(
      steps.map(({ parts, removed }) => [parts.map(({ from, text }) => `${from}${text}`).join(), removed]),
    ).toEqual([
      ['0一', 0],
      ['2三', 0],
      ['1二', 1],
    ]);
    expect(blocks[0]?.section).toBe('opening');
    expect(JSON.stringify(steps)).not.toContain('密');
  });

  test('[HD11] shows a moved paragraph from when it was written, not from when it was moved', async () => {
    await type(foreign.slice(0, 20));
    await edit((doc) => {
      const text = author.text().toString();
      author.text().delete(0, text.length);
      doc.getXmlFragment(rootOf('measures')).insert(0, [block('moved-01', text)]);
    });
    const { steps } = await hand.replay(world.documentId, bodyKeys);
    expect(steps.length).toBe(20);
  });

  test('[HD11] put together gives the text', async () => {
    await type('先写一句。');
    author.type(foreign, 'measures');
    await world.settle();
    author.text().insert(2, '地方');
    await world.settle();
    const { blocks, steps } = await hand.replay(world.documentId, bodyKeys);
    const texts = blocks.map(() => [] as string[]);
    for (const { parts } of steps) {
      for (const { block: at, from, text } of parts) {
        const letters = texts[at] ?? [];
        for (let index = 0; index < text.length; index += 1) letters[from + index] = text[index] ?? '';
      }
    }
    expect(texts.map((letters) => letters.join('')).join('')).toBe((await world.stored()).replaceAll('|', ''));
  });
});

describe('the walk', () => {
  test('[HD13] goes on from where it was, and gives the same as a walk from the beginning', async () => {
    await type('一二三');
    await hand.report(world.documentId, bodyKeys);
    author.type(foreign, 'measures');
    await world.settle();
    await type('四');
    const fresh = await new Hand({ journal: world.journal }).report(world.documentId, bodyKeys);
    expect(await report()).toEqual(fresh);
  });

  test('[HD13] stops where it is asked to, also after it has gone further', async () => {
    await type('一二三');
    const { seq } = await report();
    await edit((doc) => doc.getXmlFragment(rootOf('measures')).insert(0, [block('pasted-1', foreign)]));
    await hand.report(world.documentId, bodyKeys);
    const before = await hand.report(world.documentId, bodyKeys, seq);
    expect([before.seq, before.counts]).toEqual([seq, { ...none, typed: 3 }]);
    await expect(hand.report(world.documentId, bodyKeys, 10_000)).rejects.toThrow('ends before');
  });

  test('[HD13] of many at once is one, and lets others have their turn', async () => {
    for (let index = 0; index < 3_000; index += 1) author.type('字');
    await world.settle();
    let turns = 0;
    let going = true;
    const watch = () => {
      turns += 1;
      if (going) setImmediate(watch);
    };
    setImmediate(watch);
    const asked = await Promise.all([1, 2, 3].map(() => hand.report(world.documentId, bodyKeys)));
    going = false;
    expect(new Set(asked.map((each) => JSON.stringify(each))).size).toBe(1);
    expect(turns).toBeGreaterThan(1);
  });

  test('[HD13] keeps a few texts only', async () => {
    await type('一');
    const { seq } = await report();
    await type('二三四五六七八九十一二三四五六七');
    for (let at = seq; at < seq + 16; at += 1) await hand.report(world.documentId, bodyKeys, at);
    expect((await hand.report(world.documentId, bodyKeys, seq)).characters).toBe(1);
    expect((await report()).characters).toBe(17);
  });
});

/**
 * Anchors under every hand of an author: real editors over real rooms. The mark goes with its words; where it is lost, the
 * quote finds them again.
 */
import { Fragment } from '@tiptap/pm/model';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toggleItem } from '../../../client/editor/keys.ts';
import { insertBlocks } from '../../../client/editor/paste/insert.ts';
import { documentAnswer } from '../../../shared/api/documents.ts';
import { type AnchorBody, type Remark, remarkAnswer, remarksAnswer } from '../../../shared/api/remarks.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import { backspace, blocksOf, type Editing, enter } from '../../client/editor/editing.ts';
import { OfficeAuthor } from '../../support/office-author.ts';
import { OfficeWorld } from '../../support/office-world.ts';

const key = 'problems.a1';
const first = '一是学习不深。我参加集中学习满足于完成学时，多数时候只签到。';
const second = '二是联系群众少。去年我只到过两个小区。';
const quote = '满足于完成学时';

let world: OfficeWorld;
let id: DocumentId;
let path: string;
let author: OfficeAuthor;
let text: Editing;
let at: number;

beforeEach(async () => {
  world = await OfficeWorld.open();
  const meeting = await world.meet();
  id = await world.documentOf(meeting.id, 'lisi');
  path = `/api/documents/${id}`;
  await world.wipe(id, key);
  const blockId = await world.write(id, key, first);
  await world.write(id, key, second);
  await world.act('lisi', 'POST', `${path}/submit`);
  const from = first.indexOf(quote);
  const anchor: AnchorBody = { sectionKey: key, blockId, from, to: from + quote.length, quote };
  await world.act('zhangsan', 'POST', `${path}/remarks`, { anchor, words: '能不能写出具体的事？' });
  await world.act('zhangsan', 'POST', `${path}/return`, { reason: 'lacks_facts', words: '补' });
  const { sections } = await world.get(documentAnswer, 'lisi', path);
  author = await OfficeAuthor.open(world, 'lisi', id, sections);
  text = author.section(key);
  at = from;
});
afterEach(async () => {
  author.close();
  await world.close();
});

/** The remark as the author's page shows it once everything has arrived. */
async function look(): Promise<Remark> {
  await author.settle();
  const { remarks } = await world.get(remarksAnswer, 'lisi', `${path}/remarks`);
  const [only] = remarks;
  if (only === undefined) throw new Error('a remark was lost');
  return only;
}
const standing = async () => (await look()).standing?.words;

/** Nobody writes for a while. */
async function calm(): Promise<void> {
  await author.settle();
  world.clock.advance(11_000);
  await author.settle();
}

async function submit(): Promise<void> {
  await author.settle();
  const { remarks } = await world.get(remarksAnswer, 'lisi', `${path}/remarks`);
  for (const { id: remark, fate } of remarks) {
    if (fate === 'open') await world.act('lisi', 'PUT', `/api/remarks/${remark}/fate`, { fate: 'adopted' });
  }
  await world.act('lisi', 'POST', `${path}/submit`);
}

/** Takes a block out with what it bears and gives it back. */
function lift(block: number) {
  const node = text.state.doc.child(block);
  const start = text.startOf(block) - 1;
  text.erase(start, start + node.nodeSize);
  return node;
}

describe('[RV6] the mark goes with its words', () => {
  test('when something is typed before them and inside them', async () => {
    text.caret(0, 2).type('，主要');
    text.caret(0, at + 3 + 3).type('表面上');
    expect(await standing()).toBe('满足于表面上完成学时');
  });

  test('words typed at their edges are not theirs', async () => {
    text.caret(0, at + quote.length).type('、签到');
    text.caret(0, at).type('只是');
    expect(await standing()).toBe(quote);
  });

  test('when Enter parts the block before them', async () => {
    text.caret(0, 7).run(enter);
    expect(text.lines).toHaveLength(3);
    expect(await look()).toMatchObject({ attached: true, standing: { words: quote } });
  });

  test('when Enter parts them: they stand on in the block that has their beginning', async () => {
    text.caret(0, at + 3).run(enter);
    expect(await look()).toMatchObject({ attached: true, standing: { words: '满足于' } });
  });

  test('when their block is joined to the one before and the one behind', async () => {
    text.caret(1, 0).run(backspace);
    expect(text.lines).toHaveLength(1);
    expect(await standing()).toBe(quote);
    text.caret(0, 0).run(enter);
    text.caret(1, 0).run(backspace);
    expect(await standing()).toBe(quote);
  });

  test('when their block is dragged to another place', async () => {
    const node = text.state.doc.child(0);
    const start = text.startOf(0) - 1;
    const tr = text.state.tr.delete(start, start + node.nodeSize);
    text.dispatch(tr.insert(tr.doc.content.size, node));
    expect(text.lines[1]).toBe(first);
    expect(await standing()).toBe(quote);
  });

  test('when their block is cut and pasted into another section', async () => {
    const node = lift(0);
    await author.settle();
    const other = author.section('problems.a2');
    other.dispatch(other.state.tr.insert(0, node));
    const { standing: there } = await look();
    expect(there).toMatchObject({ sectionKey: 'problems.a2', words: quote });
  });

  test('when their block becomes an item and a paragraph again', async () => {
    text.caret(0, 3).run(toggleItem);
    expect(text.lines[0]).toBe(`*${first}`);
    expect(await standing()).toBe(quote);
    text.caret(0, 3).run(toggleItem);
    expect(await standing()).toBe(quote);
  });

  test('when they are deleted and the deletion is undone', async () => {
    author.page.desk.history.separate();
    text.erase(text.startOf(0) + at - 4, text.startOf(0) + at + quote.length + 2);
    expect((await look()).attached).toBe(false);
    author.page.desk.history.undo();
    expect(text.lines[0]).toBe(first);
    expect(await standing()).toBe(quote);
  });

  test('when the whole block is deleted and the deletion is undone', async () => {
    author.page.desk.history.separate();
    lift(0);
    expect((await look()).attached).toBe(false);
    author.page.desk.history.undo();
    expect(text.lines[0]).toBe(first);
    expect(await standing()).toBe(quote);
  });
});

describe('[RV7] the quote finds its words again', () => {
  const pasted = (words: string) => {
    const block = { kind: 'paragraph', runs: [{ text: words, strong: false, remarks: [] }] } as const;
    text.dispatch(insertBlocks(text.state, [block]));
  };

  test('when they are deleted and typed anew', async () => {
    const start = text.startOf(0) + at;
    text.erase(start, start + quote.length);
    text.caret(0, at).type(quote);
    expect((await look()).attached).toBe(false);
    await calm();
    expect(await look()).toMatchObject({ attached: true, likened: false, standing: { words: quote } });
  });

  test('when their block came back through a program that keeps plain text only', async () => {
    lift(0);
    await author.settle();
    text.caret(0, second.length).run(enter);
    pasted(first);
    await calm();
    expect(await look()).toMatchObject({ attached: true, likened: false, standing: { words: quote } });
  });

  test('not while somebody is writing', async () => {
    lift(0);
    text.caret(0, second.length).run(enter);
    text.type(first);
    expect((await look()).attached).toBe(false);
    world.clock.advance(9_000);
    expect((await look()).attached).toBe(false);
    world.clock.advance(1_000);
    expect((await look()).attached).toBe(true);
  });

  test('when everybody has left the text', async () => {
    const start = text.startOf(0) + at;
    text.erase(start, start + quote.length);
    text.caret(0, at).type(quote);
    await author.settle();
    author.close();
    world.clock.advance(31_000);
    await author.settle();
    expect(world.rooms.status().rooms).toBe(0);
    expect(await look()).toMatchObject({ attached: true, standing: { words: quote } });
  });

  test('when the sentence is rewritten heavily: the likest words of the section, and this is said', async () => {
    lift(0);
    await author.settle();
    text.caret(0, second.length).run(enter);
    text.type('我去年参加集中学习31次，往往满足于把学时完成，多数时候只签个到就走，没有真学。');
    await calm();
    const found = await look();
    expect(found).toMatchObject({ attached: true, likened: true, quote });
    expect(found.standing?.words).toContain('满足于');
  });

  test('when only a remnant of them bears the mark', async () => {
    // Typed over from the second letter to the last but one: what is left of the mark is one letter.
    const start = text.startOf(0) + at;
    text.erase(start, start + quote.length - 1);
    text.caret(0, at).type('我参加集中学习满足于完成学');
    expect(await standing()).toBe('时');
    await calm();
    expect(await standing()).toBe(quote);
  });

  test('not where nothing is like them: then it is detached, with its quote, and never lost', async () => {
    lift(0);
    await author.settle();
    await calm();
    expect(await look()).toMatchObject({ attached: false, standing: null, quote });
    await submit();
    expect(await look()).toMatchObject({ attached: false, standing: null, quote, fate: 'adopted' });
  });

  test('at a submission, whoever was writing a moment ago', async () => {
    const start = text.startOf(0) + at;
    text.erase(start, start + quote.length);
    text.caret(0, at).type(quote);
    await submit();
    expect(await look()).toMatchObject({ attached: true, standing: { words: quote } });
  });

  test('from where they stood at the last submission, not only from where they were remarked', async () => {
    const rewritten = '我去年参加集中学习31次，其中20次签到后就走';
    text.caret(0, at + 3).type(rewritten);
    const start = text.startOf(0) + at;
    text.erase(start + 3 + rewritten.length, start + quote.length + rewritten.length - 1);
    text.erase(start + 1, start + 3);
    await submit();
    await world.act('zhangsan', 'POST', `${path}/return`, { reason: 'lacks_facts', words: '再补' });
    await author.settle();
    expect((await look()).standing?.words).toContain(rewritten);
    lift(0);
    await author.settle();
    text.caret(0, second.length).run(enter);
    text.type(`学习上，${rewritten}。`);
    await calm();
    expect((await look()).standing?.words).toContain(rewritten);
  });

  test('a text in which they were looked for in vain is not searched again', async () => {
    lift(0);
    await calm();
    await look();
    const [before] = await world.storage.records.place.find({ documentId: id });
    world.clock.advance(60_000);
    await look();
    const [after] = await world.storage.records.place.find({ documentId: id });
    expect(before).toBeDefined();
    expect(after).toEqual(before);
  });
});

test('[RV6] a fragment in the clipboard bears the mark of its words', async () => {
  const { content } = text.state.doc;
  text.dispatch(text.state.tr.replaceWith(0, content.size, Fragment.fromArray(blocksOf(text.state.doc).reverse())));
  expect(text.lines).toEqual([second, first]);
  expect(await standing()).toBe(quote);
  const made = await world.act('zhangsan', 'POST', `/api/remarks/${(await look()).id}/replies`, { words: '好' });
  expect(remarkAnswer.parse(made).remark.attached).toBe(true);
});

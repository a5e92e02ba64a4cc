/** Remarks: anchored by the server, kept in SQL, never lost. */

import { Schema } from '@tiptap/pm/model';
import { prosemirrorJSONToYXmlFragment, yXmlFragmentToProsemirrorJSON } from '@tiptap/y-tiptap';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { attach, attachedRemarks, markKey } from '../../../server/documents/anchor.ts';
import type { Rooms } from '../../../server/rooms/rooms.ts';
import { documentAnswer, textAnswer } from '../../../shared/api/documents.ts';
import { type AnchorBody, remarkAnswer, remarksAnswer } from '../../../shared/api/remarks.ts';
import { readContent } from '../../../shared/document/content.ts';
import { rootOf } from '../../../shared/document/schema.ts';
import type { DocumentId, RemarkId } from '../../../shared/ids.ts';
import { codeOf, type Name, OfficeWorld } from '../../support/office-world.ts';

let world: OfficeWorld;
let id: DocumentId;
let path: string;
let blockId: string;
const text = '我学习满足于完成学时，𠮷日只签到。';

beforeEach(async () => {
  world = await OfficeWorld.open();
  const meeting = await world.meet();
  id = await world.documentOf(meeting.id, 'lisi');
  path = `/api/documents/${id}`;
  blockId = await world.write(id, 'problems.a1', text, 'item');
});
afterEach(() => world.close());

const anchorOf = (quote: string): AnchorBody => {
  const from = text.indexOf(quote);
  return { sectionKey: 'problems.a1', blockId, from, to: from + quote.length, quote };
};
const submit = () => world.act('lisi', 'POST', `${path}/submit`);
async function remark(quote: string, words = '说具体些', who: Name = 'zhangsan') {
  const made = await world.act(who, 'POST', `${path}/remarks`, { anchor: anchorOf(quote), words });
  return remarkAnswer.parse(made).remark;
}
const remarks = async (who: Name = 'lisi') => (await world.get(remarksAnswer, who, `${path}/remarks`)).remarks;

/** Rooms that take no edit of the server's own, as when the disk is full. */
function withoutMarks(rooms: Rooms): Rooms {
  return {
    create: (...given) => rooms.create(...given),
    read: (...given) => rooms.read(...given),
    look: (...given) => rooms.look(...given),
    freeze: (...given) => rooms.freeze(...given),
    refresh: (...given) => rooms.refresh(...given),
    isCalm: (...given) => rooms.isCalm(...given),
    announce: (...given) => rooms.announce(...given),
    dismiss: (...given) => rooms.dismiss(...given),
    writeAsServer: () => Promise.reject(new Error('disk full')),
  };
}

describe('writing one', () => {
  test('anchors it in the frozen text, keeps quote and context, and leaves the text and its hash alone', async () => {
    await submit();
    const before = await world.get(textAnswer, 'lisi', `${path}/text`);
    const made = await remark('完成学时');
    expect(made).toMatchObject({
      quote: '完成学时',
      before: '我学习满足于',
      after: '，𠮷日只签到。',
      by: { name: '张三' },
      fate: 'open',
      attached: true,
      round: 1,
    });
    expect(await world.get(textAnswer, 'lisi', `${path}/text`)).toEqual(before);
  });

  test('is refused when the words do not stand there, or a character would be torn in two', async () => {
    await submit();
    const wrong: AnchorBody[] = [
      { ...anchorOf('完成学时'), quote: '完成工作' },
      { ...anchorOf('完成学时'), blockId: 'b-nowhere-1' },
      { ...anchorOf('完成学时'), sectionKey: 'opening' },
      { ...anchorOf('完成学时'), from: 400, to: 404 },
      { ...anchorOf('𠮷'), to: anchorOf('𠮷').from + 1, quote: '\ud842' },
    ];
    for (const anchor of wrong) {
      const answer = await world.ask('zhangsan', 'POST', `${path}/remarks`, { anchor, words: '说' });
      expect([answer.status, codeOf(answer)]).toEqual([409, 'anchor_not_found']);
    }
    expect(await remarks()).toEqual([]);
  });

  test('belongs to those the table names, in the states it names', async () => {
    const tried = async (who: Name) =>
      codeOf(await world.ask(who, 'POST', `${path}/remarks`, { anchor: anchorOf('完成学时'), words: '说' }));
    expect([await tried('zhangsan'), await tried('lisi')]).toEqual(['forbidden', 'forbidden']);
    await submit();
    expect([await tried('lisi'), await tried('wangwu'), await tried('office'), await tried('administrator')]).toEqual([
      'forbidden',
      'forbidden',
      'forbidden',
      'not_found',
    ]);
    const { currentVersion } = await world.get(documentAnswer, 'zhangsan', path);
    await world.act('zhangsan', 'POST', `${path}/approve`, { versionId: currentVersion?.id });
    expect(await tried('supervisor')).toBeUndefined();
    await world.act('office', 'POST', `${path}/file`, { number: '1', date: '2022-01-18' });
    expect([await tried('zhangsan'), await tried('supervisor')]).toEqual(['wrong_state', 'wrong_state']);
  });

  test('stays in the store when its mark cannot be written, shows as detached, and gets its mark when it can be written', async () => {
    await submit();
    const rooms = withoutMarks(world.rooms);
    const response = await world.appWith({ rooms }).request(`${path}/remarks`, {
      method: 'POST',
      headers: { 'x-person': world.people.zhangsan.id },
      body: JSON.stringify({ anchor: anchorOf('完成学时'), words: '说具体些' }),
    });
    expect(response.status).toBe(201);
    const made = remarkAnswer.parse(await response.json()).remark;
    expect([made.quote, made.attached]).toEqual(['完成学时', false]);
    expect((await remarks()).map(({ quote, attached }) => [quote, attached])).toEqual([['完成学时', true]]);
  });
});

describe('what becomes of one', () => {
  test('overlapping ones stand side by side, each found by its own id', async () => {
    await submit();
    const first = await remark('满足于完成');
    const second = await remark('完成学时');
    const third = await remark('满足于完成', '再说一点');
    expect((await remarks()).map((each) => [each.id, each.attached])).toEqual(
      [first, second, third].map((each) => [each.id, true]),
    );
  });

  test('an edit that removes its words detaches it and never deletes it', async () => {
    await submit();
    await remark('完成学时');
    await world.act('zhangsan', 'POST', `${path}/return`, { reason: 'lacks_facts', words: '补' });
    await world.rooms.writeAsServer(id, (doc) => {
      const fragment = doc.getXmlFragment(rootOf('problems.a1'));
      fragment.delete(0, fragment.length);
    });
    expect((await remarks()).map(({ quote, attached }) => [quote, attached])).toEqual([['完成学时', false]]);
  });

  test('it is answered, given a fate, and opened again', async () => {
    await submit();
    const { id: remarkId } = await remark('完成学时');
    const replied = await world.ask('lisi', 'POST', `/api/remarks/${remarkId}/replies`, { words: '已补充三件事' });
    expect(replied.status).toBe(201);
    expect(remarkAnswer.parse(replied.body).remark.replies.map(({ words, by }) => [words, by.name])).toEqual([
      ['已补充三件事', '李四'],
    ]);
    const fate = `/api/remarks/${remarkId}/fate`;
    expect(codeOf(await world.ask('lisi', 'PUT', fate, { fate: 'explained' }))).toBe('fate_needs_words');
    await world.act('lisi', 'PUT', fate, { fate: 'explained', words: '数字出自台账' });
    expect((await remarks())[0]).toMatchObject({
      fate: 'explained',
      fateWords: '数字出自台账',
      fateBy: { name: '李四' },
    });
    await world.act('lisi', 'PUT', fate, { fate: 'open' });
    expect((await remarks())[0]).toMatchObject({ fate: 'open', fateWords: '', fateBy: null, fateAt: null });
  });

  test('its fate is the author’s to set, and strangers learn nothing of it', async () => {
    await submit();
    const { id: remarkId } = await remark('完成学时');
    const fate = (who: Name) => world.ask(who, 'PUT', `/api/remarks/${remarkId}/fate`, { fate: 'adopted' });
    expect([codeOf(await fate('zhangsan')), codeOf(await fate('wangwu')), codeOf(await fate('stranger'))]).toEqual([
      'forbidden',
      'forbidden',
      'not_found',
    ]);
    const unknown = '/api/remarks/rmk_00000000000000000000000000/fate';
    expect(codeOf(await world.ask('lisi', 'PUT', unknown, { fate: 'adopted' }))).toBe('not_found');
  });

  test('words are limited and must be there', async () => {
    await submit();
    const { id: remarkId } = await remark('完成学时');
    const reply = (words: string) => world.ask('lisi', 'POST', `/api/remarks/${remarkId}/replies`, { words });
    expect(codeOf(await reply('长'.repeat(2001)))).toBe('text_too_long');
    expect(codeOf(await reply('  '))).toBe('invalid_request');
  });
});

describe('the mark', () => {
  const remarkId = 'rmk_01ARZ3NDEKTSV4RRFFQ69G5FAV' as RemarkId; // an id by form
  const other = 'rmk_01ARZ3NDEKTSV4RRFFQ69G5FAW' as RemarkId; // likewise
  const schema = new Schema({
    nodes: {
      doc: { content: 'item*' },
      item: { content: 'text*', attrs: { id: { default: null } } },
      text: {},
    },
    marks: { strong: {}, remark: { attrs: { id: {} }, excludes: '' } },
  });

  function typed(): { doc: Y.Doc; fragment: Y.XmlFragment; anchor: AnchorBody } {
    const doc = new Y.Doc();
    const fragment = doc.getXmlFragment(rootOf('causes'));
    const content = [
      { type: 'text', text: '一是' },
      { type: 'text', text: '学习不深', marks: [{ type: 'strong' }] },
      { type: 'text', text: '，抓得不紧。' },
    ];
    prosemirrorJSONToYXmlFragment(
      schema,
      { type: 'doc', content: [{ type: 'item', attrs: { id: 'block-0001' }, content }] },
      fragment,
    );
    return {
      doc,
      fragment,
      anchor: { sectionKey: 'causes', blockId: 'block-0001', from: 1, to: 8, quote: '是学习不深，抓' },
    };
  }

  test('bears the key that the editor gives to the same mark', () => {
    const { doc, fragment, anchor } = typed();
    attach(doc, anchor, remarkId);
    const seen = yXmlFragmentToProsemirrorJSON(fragment);
    const again = new Y.Doc();
    const copy = again.getXmlFragment('copy');
    // The editor reads the mark under its hashed key; writing what it read gives the key the editor itself would use.
    prosemirrorJSONToYXmlFragment(schema, schema.nodeFromJSON(plain(seen)).toJSON(), copy);
    expect(formatKeys(copy)).toEqual(formatKeys(fragment));
    expect(formatKeys(copy)).toContain(markKey(remarkId));
  });

  test('crosses bold words and several text nodes, and overlaps with another', () => {
    const { doc, fragment, anchor } = typed();
    const block = fragment.get(0);
    if (!(block instanceof Y.XmlElement)) throw new Error('no block');
    block.insert(block.length, [new Y.XmlText('第二段文字')]);
    expect(attach(doc, { ...anchor, to: 14, quote: '是学习不深，抓得不紧。第二' }, remarkId)).toBe(true);
    expect(attach(doc, anchor, other)).toBe(true);
    expect(attachedRemarks(doc, ['causes'])).toEqual(new Set([remarkId, other]));
    const [section] = readContent(doc, ['causes']);
    expect(section?.blocks[0]?.runs.map(({ text: words, strong }) => [words, strong])).toEqual([
      ['一是', false],
      ['学习不深', true],
      ['，抓得不紧。第二段文字', false],
    ]);
  });

  test('is not written where the words have changed', () => {
    const { doc, anchor } = typed();
    expect(attach(doc, { ...anchor, quote: '是学习很深，抓' }, remarkId)).toBe(false);
    expect(attachedRemarks(doc, ['causes'])).toEqual(new Set());
  });

  function formatKeys(fragment: Y.XmlFragment): string[] {
    const keys = new Set<string>();
    for (const block of fragment.toArray()) {
      if (!(block instanceof Y.XmlElement)) continue;
      for (const child of block.toArray()) {
        if (!(child instanceof Y.XmlText)) continue;
        for (const op of child.toDelta()) for (const key of Object.keys(op.attributes ?? {})) keys.add(key);
      }
    }
    return [...keys].sort();
  }

  /** y-tiptap's JSON names marks by their stored keys; the schema knows them without the hash. */
  function plain(json: unknown): unknown {
    return JSON.parse(JSON.stringify(json).replace(/remark--[A-Za-z0-9+/=]{8}/g, 'remark'));
  }
});

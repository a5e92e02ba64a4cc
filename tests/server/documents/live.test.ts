/** REST and sockets meet: what a step of the review does to people who are in the room at that moment. */
import * as decoding from 'lib0/decoding';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { attachedRemarks } from '../../../server/documents/anchor.ts';
import { loadRoomFacts } from '../../../server/documents/document-facts.ts';
import { handedOver } from '../../../server/rooms/connection.ts';
import type { Seat } from '../../../server/rooms/registry.ts';
import { textAnswer } from '../../../shared/api/documents.ts';
import type { Meeting } from '../../../shared/api/meetings.ts';
import { rootOf } from '../../../shared/document/schema.ts';
import type { DocumentId } from '../../../shared/ids.ts';
import {
  encodeSync,
  messageTypes,
  type RoomAccess,
  readAccess,
  readChanged,
  readRefused,
  syncSteps,
} from '../../../shared/protocol/frames.ts';
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

/** A page in a room: the shared text, and what the server said. */
class Page {
  readonly doc = new Y.Doc();
  readonly heard: string[] = [];
  closedWith: number | undefined;
  #seat: Seat | undefined;

  static async open(who: Name, id: DocumentId): Promise<Page> {
    const page = new Page();
    const outbox: Uint8Array[] = [];
    const say = (frame: Uint8Array) => (page.#seat === undefined ? void outbox.push(frame) : page.#seat.receive(frame));
    const seat = await world.rooms.enter(
      id,
      { userId: world.people[who].id, name: who, session: `s-${who}` },
      {
        send: (...turn) => {
          for (const frame of handedOver(...turn)) page.#hear(frame, say);
        },
        close: (code) => {
          page.closedWith = code;
          queueMicrotask(() => page.#seat?.leave());
        },
        bufferedAmount: 0,
      },
    );
    if (typeof seat === 'string') {
      page.heard.push(seat);
      return page;
    }
    page.#seat = seat;
    page.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') say(encodeSync('update', update));
    });
    say(encodeSync('step1', Y.encodeStateVector(page.doc)));
    for (const frame of outbox) say(frame);
    await settle();
    return page;
  }

  #hear(frame: Uint8Array, say: (frame: Uint8Array) => void): void {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === messageTypes.access) {
      const { level, reason } = readAccess(decoder);
      this.heard.push(`${level} ${reason}`.trim());
    } else if (type === messageTypes.refused) this.heard.push(`refused ${readRefused(decoder).code}`);
    else if (type === messageTypes.changed) this.heard.push(`changed ${readChanged(decoder).topic}`);
    else if (type === messageTypes.sync) {
      const step = decoding.readVarUint(decoder);
      const bytes = decoding.readVarUint8Array(decoder);
      if (step === syncSteps.step1) say(encodeSync('step2', Y.encodeStateAsUpdate(this.doc, bytes)));
      else Y.applyUpdate(this.doc, bytes, 'server');
    }
  }

  /** Types at the end of the first block of a section. */
  type(text: string, key = 'opening'): void {
    this.doc.transact(() => {
      const block = this.doc.getXmlFragment(rootOf(key)).get(0);
      if (!(block instanceof Y.XmlElement)) throw new Error(`${key} has no block`);
      const inside = block.get(0);
      if (inside instanceof Y.XmlText) inside.insert(inside.length, text);
      else block.insert(0, [new Y.XmlText(text)]);
    });
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    await world.rooms.idle();
  }
}

const liveText = async (who: Name) => {
  const { sections } = await world.get(textAnswer, who, `${path}/text`);
  return sections.map(({ text }) => text).join('');
};

describe('a step of the review', () => {
  test('submitting freezes what was typed before it and refuses what is typed after it', async () => {
    const lisi = await Page.open('lisi', outline);
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
    const lisi = await Page.open('lisi', outline);
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
    const lisi = await Page.open('lisi', outline);
    await world.ask('lisi', 'POST', `${path}/submit`, {});
    lisi.type('现对照检查如下。');
    await settle();
    expect(lisi.heard).toEqual(['write']);
    expect(await liveText('lisi')).toBe('现对照检查如下。');
  });

  test('withdrawing and returning make the author a writer again, within the same message', async () => {
    const lisi = await Page.open('lisi', outline);
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
    const lisi = await Page.open('lisi', outline);
    lisi.type('现对照检查如下。');
    await world.act('lisi', 'POST', `${path}/submit`);
    const [version] = await world.storage.records.version.find({ documentId: outline });
    await world.act('zhangsan', 'POST', `${path}/approve`, { versionId: version?.id });
    const office = await Page.open('office', outline);
    expect(office.heard).toEqual(['read']);
    await world.act('zhangsan', 'POST', `${path}/reopen`, { reason: '补充' });
    expect(office.closedWith).toBe(4403);
  });
});

describe('a remark', () => {
  test('reaches the pages in the frozen room as a mark they may carry, and makes them look again', async () => {
    const lisi = await Page.open('lisi', outline);
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
    const wangwu = await Page.open('wangwu', team);
    expect((await Page.open('zhaoliu', team)).heard).toEqual(['no_access']);
    await patch({ participants: list({ wangwu: { drafter: false }, zhaoliu: { drafter: true } }) });
    expect(wangwu.closedWith).toBe(4403);
    expect((await Page.open('zhaoliu', team)).heard).toEqual(['write']);
  });

  test('a person whose empty outline goes with him is told that it is gone', async () => {
    const lisi = await Page.open('lisi', outline);
    await patch({ participants: list({ lisi: undefined }) });
    expect(lisi.closedWith).toBe(4404);
  });

  test('a new aspect can be written at once, in a room that is open', async () => {
    const lisi = await Page.open('lisi', outline);
    await patch({ aspects: [...meeting.aspects, { key: 'anew', title: '带头整改方面', long: '', tag: '' }] });
    await settle();
    lisi.type('我整改不够。', 'problems.anew');
    await settle();
    expect(await liveText('lisi')).toBe('我整改不够。');
    expect(lisi.heard).toContain('changed document');
  });

  test('words typed while an aspect is being removed are never hidden', async () => {
    const lisi = await Page.open('lisi', outline);
    lisi.type('我学习不够。', 'problems.a1');
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

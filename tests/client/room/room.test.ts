import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unsavedDocuments } from '../../../client/room/unsaved.ts';
import type { UserId } from '../../../shared/ids.ts';
import { decodeClientFrame } from '../../../shared/protocol/frames.ts';
import { RoomWorld } from '../../support/room-world.ts';
import { Machine, Page } from './page.ts';

let world: RoomWorld;
let li: UserId;
const pages: Page[] = [];

beforeEach(async () => {
  world = await RoomWorld.open();
  li = world.person('李四').userId;
});

afterEach(async () => {
  for (const page of pages.splice(0)) page.room.close();
  await world.settle();
  await world.close();
});

async function open(machine = new Machine(), userId = li, level: 'read' | 'write' = 'write'): Promise<Page> {
  const page = new Page(world, userId, machine, level);
  pages.push(page);
  return page.open();
}

/** The browser dies: nothing is closed or flushed, the machine keeps what it has. */
function crash(page: Page): Machine {
  page.wire.cut = true;
  page.wire.break();
  pages.splice(pages.indexOf(page), 1);
  return page.machine;
}

describe('the save state', () => {
  test('says stored only after the database has every letter, deletions included', async () => {
    const page = await open();
    expect(page.save).toEqual({ state: 'stored', characters: 0, at: null });
    const go = world.journal.pause();
    page.type('民主生活会');
    await world.turn();
    expect(page.save).toEqual({ state: 'storing', late: false });
    go();
    await page.settle();
    expect(page.save).toEqual({ state: 'stored', characters: 5, at: world.clock.now() });
    expect(await world.stored()).toBe('民主生活会||');

    const again = world.journal.pause();
    page.erase();
    await world.turn();
    expect(page.save.state).toBe('storing');
    again();
    await page.settle();
    expect(page.save).toMatchObject({ state: 'stored', characters: 0 });
  });

  test('reports a commit that takes longer than five seconds as not stored', async () => {
    const page = await open();
    world.journal.failing = true;
    page.type('写');
    await world.turn();
    world.clock.advance(5_000);
    await world.turn();
    expect(page.save).toEqual({ state: 'storing', late: true });
    world.journal.failing = false;
    await page.wait(60_000);
    expect(page.save.state).toBe('stored');
    expect(await world.stored()).toBe('写||');
  });

  test('counts exactly what the server counts, whatever was typed before step 2', async () => {
    const machine = new Machine();
    const page = await open(machine);
    page.wire.cut = true;
    page.wire.break();
    await page.settle();
    page.type('离线');
    page.wire.cut = false;
    await page.wait(1_000);
    for (const word of ['一', '二', '三']) {
      page.type(word);
      await page.settle();
      expect(page.save.state).toBe('stored');
    }
    const updates = page.wire.sent.map(decodeClientFrame).filter((frame) => frame.ok && frame.value.type === 'update');
    expect(updates.length).toBe(3);
    expect(await world.stored()).toBe('离线一二三||');
  });

  test('what is typed between opening the socket and step 2 is part of step 2 and counted once', async () => {
    const page = await open();
    page.wire.cut = true;
    page.wire.break();
    await page.settle();
    page.wire.cut = false;
    page.wire.sent = [];
    page.room.retry();
    page.type('途中');
    await page.settle();
    expect(page.save).toMatchObject({ state: 'stored', characters: 2 });
    page.type('之后');
    await page.settle();
    expect(page.save).toMatchObject({ state: 'stored', characters: 4 });
    const updates = page.wire.sent.map(decodeClientFrame).filter((frame) => frame.ok && frame.value.type === 'update');
    expect(updates.length).toBe(2);
  });

  test('a reader sees a state of his own', async () => {
    const reader = world.person('张三', 'read').userId;
    const page = await open(new Machine(), reader, 'read');
    expect(page.save).toEqual({ state: 'read_only', online: true });
    expect(page.machine.texts.size).toBe(0);
  });

  test('whenStored resolves when everything is durable, and gives up in time', async () => {
    const page = await open();
    const go = world.journal.pause();
    page.type('送审前');
    const stored = page.room.whenStored(10_000);
    const late = page.room.whenStored(100);
    world.clock.advance(100);
    expect(await late).toBe(false);
    go();
    await page.settle();
    expect(await stored).toBe(true);
    expect(await page.room.whenStored(0)).toBe(true);
  });
});

describe('without a connection', () => {
  test('typing goes on, survives a crash and is stored on return', async () => {
    const page = await open();
    page.type('在线。');
    await page.settle();
    page.wire.cut = true;
    page.wire.break();
    await page.settle();
    expect(page.save.state).toBe('offline');
    page.type('离线。');
    await page.settle();
    expect(page.save).toEqual({ state: 'local', kept: true, online: false });
    expect(unsavedDocuments(li, page.machine.store)).toEqual([world.documentId]);

    const machine = crash(page);
    await world.settle();
    const next = new Page(world, li, machine);
    pages.push(next);
    next.wire.cut = true;
    await next.open();
    expect(next.text).toBe('在线。离线。||');
    expect(next.save).toEqual({ state: 'local', kept: true, online: false });
    next.wire.cut = false;
    await next.wait(1_000);
    expect(next.save.state).toBe('stored');
    expect(await world.stored()).toBe('在线。离线。||');
    expect(unsavedDocuments(li, machine.store)).toEqual([]);
  });

  test('deletions made offline are unsaved too, also after a crash', async () => {
    const page = await open();
    page.type('删掉');
    await page.settle();
    page.wire.cut = true;
    page.wire.break();
    await page.settle();
    page.erase();
    await page.settle();
    expect(page.save.state).toBe('local');
    const next = await open(crash(page));
    expect(next.save.state).toBe('stored');
    expect(await world.stored()).toBe('||');
  });

  test('what was sent and not acknowledged when the line broke is sent again', async () => {
    const page = await open();
    const go = world.journal.pause();
    page.type('未确认');
    await world.turn();
    page.wire.break();
    await world.turn();
    expect(page.save.state).toBe('local');
    go();
    await page.wait(1_000);
    expect(page.save.state).toBe('stored');
    expect(await world.stored()).toBe('未确认||');
  });

  test('tries again with growing pauses, and at once when asked', async () => {
    const page = await open();
    page.wire.cut = true;
    page.wire.break();
    await page.settle();
    const before = page.wire.opened;
    for (let second = 0; second < 60; second += 1) await page.wait(1_000);
    const attempts = page.wire.opened - before;
    expect(attempts).toBeGreaterThan(5);
    expect(attempts).toBeLessThan(16);
    page.wire.cut = false;
    page.room.retry();
    await page.settle();
    expect(page.room.view.online).toBe(true);
  });

  test('a line that says nothing for half a minute is given up', async () => {
    const page = await open();
    const before = page.wire.opened;
    // An idle room answers the question that is asked after fifteen seconds.
    for (let second = 0; second < 60; second += 1) await page.wait(1_000);
    expect(page.wire.opened).toBe(before);
    page.wire.mute = true;
    page.type('没有回音');
    for (let second = 0; second < 35; second += 1) await page.wait(1_000);
    expect(page.wire.opened).toBeGreaterThan(before);
    page.wire.mute = false;
    for (let second = 0; second < 45; second += 1) await page.wait(1_000);
    expect(page.save.state).toBe('stored');
    expect(await world.stored()).toBe('没有回音||');
  });
});

describe('when the machine says that its network is gone', () => {
  test('the line is given up at once, and what is typed then is stored on return', async () => {
    const page = await open();
    page.wire.mute = true;
    page.wire.cut = true;
    page.room.lost();
    page.type('断网');
    await world.turn();
    expect(page.room.view.online).toBe(false);
    expect(page.save.state).toBe('local');
    page.wire.mute = false;
    page.wire.cut = false;
    page.room.retry();
    await page.settle();
    expect(page.save.state).toBe('stored');
    expect(await world.stored()).toBe('断网||');
  });
});

describe('when the server refuses', () => {
  test('offline words for a text that was submitted meanwhile go to the tray, the page shows the server’s text', async () => {
    const page = await open();
    page.type('已入库。');
    await page.settle();
    page.wire.cut = true;
    page.wire.break();
    await page.settle();
    page.type('来不及的话。');
    world.levels.set(li, 'read');
    world.epoch += 1;
    await world.registry.refresh(world.documentId, 'submit');
    page.wire.cut = false;
    await page.wait(1_000);
    expect(page.text).toBe('已入库。||');
    expect(page.room.view).toMatchObject({ generation: 1, writable: false, refused: { code: 'read_only' } });
    expect(page.save.state).toBe('read_only');
    expect(page.room.view.tray).toMatchObject([
      { code: 'read_only', sections: [{ key: 'opening', paragraphs: ['已入库。来不及的话。'] }] },
    ]);
    expect(unsavedDocuments(li, page.machine.store)).toEqual([]);

    const next = await open(crash(page), li, 'read');
    expect(next.room.view.tray.length).toBe(1);
    next.room.dismissRescue(next.room.view.tray[0]?.id ?? '');
    await next.settle();
    expect(next.room.view.tray).toEqual([]);
    expect(await world.stored()).toBe('已入库。||');
  });

  test('a refused update is not sent again after the page has gone back', async () => {
    const page = await open();
    page.paste('太'.repeat(1_000_000));
    await page.settle();
    await page.settle();
    expect(page.room.view.refused?.code).toBe('too_large');
    expect(page.text).toBe('||');
    expect(page.room.view.tray[0]?.sections[0]?.paragraphs[0]?.length).toBe(1_000_000);
    page.type('短');
    await page.settle();
    expect(page.save.state).toBe('stored');
    expect(await world.stored()).toBe('短||');
  });

  test('a crash between the refusal and the server’s text loses no word', async () => {
    const page = await open();
    page.wire.cut = true;
    page.wire.break();
    await page.settle();
    page.type('我的话');
    world.levels.set(li, 'read');
    await world.registry.refresh(world.documentId, 'submit');
    page.wire.cut = false;
    // The answer to step 1 is on its way when the browser dies.
    world.clock.advance(1_000);
    for (let turn = 0; turn < 40 && page.room.view.generation === 0; turn += 1) await Promise.resolve();
    const next = await open(crash(page), li, 'read');
    await next.settle();
    expect(next.room.view.tray.flatMap(({ sections }) => sections.flatMap(({ paragraphs }) => paragraphs))).toEqual([
      '我的话',
    ]);
  });

  test('with a full local storage the words stay on the page and in the kept text', async () => {
    const page = await open();
    page.wire.cut = true;
    page.wire.break();
    await page.settle();
    page.type('我的话');
    page.machine.full = true;
    world.levels.set(li, 'read');
    await world.registry.refresh(world.documentId, 'submit');
    page.wire.cut = false;
    await page.wait(1_000);
    expect(page.room.view.tray.length).toBe(1);
    expect([...page.machine.texts.values()][0]?.length).toBeGreaterThan(0);
  });
});

describe('access', () => {
  test('a writer who becomes a reader is told at once, and again when he may write', async () => {
    const page = await open();
    world.levels.set(li, 'read');
    world.epoch += 1;
    await world.registry.refresh(world.documentId, 'submit');
    await page.settle();
    expect(page.room.view).toMatchObject({ writable: false, level: 'read', reason: 'submit' });
    world.levels.set(li, 'write');
    world.epoch += 1;
    await world.registry.refresh(world.documentId, 'return');
    await page.settle();
    expect(page.room.view).toMatchObject({ writable: true, level: 'write', generation: 0 });
  });

  test('who loses access loses the text and its copy, not his own unsaved words', async () => {
    const page = await open();
    page.type('已入库。');
    await page.settle();
    page.wire.cut = true;
    page.wire.break();
    await page.settle();
    page.type('只在本机。');
    world.levels.set(li, 'none');
    await world.registry.refresh(world.documentId, '');
    page.wire.cut = false;
    await page.wait(1_000);
    expect(page.room.view).toMatchObject({ ended: 4403, writable: false });
    expect(page.room.view.tray[0]?.sections).toEqual([{ key: 'opening', paragraphs: ['已入库。只在本机。'] }]);
    expect([...page.machine.texts.values()].flat()).toEqual([]);
  });

  test('who is put out while he composes finds that word in his tray', async () => {
    const page = await open();
    page.room.beforeLeaving(() => page.type('还在拼的'));
    world.levels.set(li, 'none');
    await world.registry.refresh(world.documentId, 'participants');
    await page.settle();
    expect(page.room.view).toMatchObject({ ended: 4403, unsaved: false });
    expect(page.room.view.tray.flatMap(({ sections }) => sections.flatMap((each) => each.paragraphs))).toEqual([
      '还在拼的',
    ]);
  });

  test('an ended session keeps the text open, announces itself once, and goes on after signing in', async () => {
    const page = await open();
    page.wire.refusesWith = 4401;
    world.registry.dismiss(li, 4401);
    await page.settle();
    expect(page.signedOut).toBe(1);
    page.type('登录前写的');
    await page.wait(60_000);
    expect(page.save).toEqual({ state: 'local', kept: true, online: false });
    expect(page.room.view.writable).toBe(true);
    page.wire.refusesWith = undefined;
    page.room.retry();
    await page.settle();
    expect(page.save.state).toBe('stored');
    expect(await world.stored()).toBe('登录前写的||');
  });

  test.each([4400, 4413, 4426])('close code %i stops and touches nothing that is kept', async (code) => {
    const page = await open();
    page.wire.cut = true;
    page.wire.break();
    await page.settle();
    page.type('还在');
    const kept = [...page.machine.texts.values()].flat().length;
    page.wire.cut = false;
    page.wire.refusesWith = code;
    await page.wait(60_000);
    expect(page.room.view).toMatchObject({ ended: code, writable: false });
    expect(page.save).toEqual({ state: 'stopped', code });
    expect([...page.machine.texts.values()].flat().length).toBe(kept);
    expect(page.text).toBe('还在||');
  });

  test('frames that say look again reach the page', async () => {
    const page = await open();
    world.registry.announce(world.documentId, 'remarks', world.documentId);
    await page.settle();
    expect(page.announced).toEqual(['remarks']);
  });
});

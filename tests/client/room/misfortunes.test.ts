import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unsavedDocuments } from '../../../client/room/unsaved.ts';
import type { UserId } from '../../../shared/ids.ts';
import { RoomWorld } from '../../support/room-world.ts';
import { Machine, Page } from './page.ts';

let world: RoomWorld;
let li: UserId;
let wang: UserId;
const pages: Page[] = [];

beforeEach(async () => {
  world = await RoomWorld.open();
  li = world.person('李四').userId;
  wang = world.person('王五').userId;
});

afterEach(async () => {
  for (const page of pages.splice(0)) page.room.close();
  await world.settle();
  await world.close();
});

async function open(userId = li, machine = new Machine(), level: 'read' | 'write' = 'write'): Promise<Page> {
  const page = new Page(world, userId, machine, level);
  pages.push(page);
  return page.open();
}

/** Cuts the line and says so. */
async function cut(page: Page): Promise<void> {
  page.wire.cut = true;
  page.wire.break();
  await page.settle();
}

async function mend(page: Page): Promise<void> {
  page.wire.cut = false;
  page.room.wake();
  await page.settle();
}

/** The browser dies: nothing is closed or flushed, the machine keeps what it has. */
function crash(page: Page): void {
  page.wire.cut = true;
  page.wire.break();
  pages.splice(pages.indexOf(page), 1);
}

async function seconds(page: Page, count: number): Promise<void> {
  for (let second = 0; second < count; second += 1) await page.wait(1_000);
}

const dayMs = 86_400_000;

describe('a line that dies without a word', () => {
  test('under one who types is noticed in eleven seconds, said after five, and replaced', async () => {
    const page = await open();
    const { opened } = page.wire;
    page.wire.silence();
    page.type('没有回音');
    await seconds(page, 5);
    expect(page.save).toEqual({ state: 'storing', late: true });
    expect(page.wire.opened).toBe(opened);
    await seconds(page, 6);
    expect(page.wire.opened).toBe(opened + 1);
    expect(page.save.state).toBe('stored');
    expect(await world.stored()).toBe('没有回音||');
  });

  test('under an idle page is noticed in twenty-one seconds', async () => {
    const page = await open();
    const { opened } = page.wire;
    page.wire.silence();
    await seconds(page, 21);
    expect(page.wire.opened).toBe(opened + 1);
    expect(page.room.view.online).toBe(true);
  });

  test('is noticed within two seconds by who comes back to the page', async () => {
    const page = await open();
    const { opened } = page.wire;
    page.wire.silence();
    page.room.wake();
    await seconds(page, 2);
    expect(page.wire.opened).toBe(opened + 1);
  });

  test('is not taken for a database that fails: that line answers, and stays', async () => {
    const page = await open();
    const { opened } = page.wire;
    world.journal.failing = true;
    page.type('写');
    for (let second = 0; second < 60; second += 1) {
      world.clock.advance(1_000);
      await world.turn();
    }
    expect(page.save).toEqual({ state: 'storing', late: true });
    expect(page.wire.opened).toBe(opened);
    world.journal.failing = false;
    await page.wait(10_000);
    expect(page.save.state).toBe('stored');
  });

  test('is not taken for a page out of sight, whose timers run once a minute', async () => {
    const page = await open();
    const { opened } = page.wire;
    for (let minute = 0; minute < 10; minute += 1) {
      page.sleep();
      await page.wait(60_000);
      page.awake();
      await page.settle();
    }
    expect(page.wire.opened).toBe(opened);
  });
});

test('a proxy that drops idle sockets has no occasion: an idle page speaks every sixteen seconds', async () => {
  const page = await open();
  const { opened } = page.wire;
  let silentSeconds = 0;
  let longest = 0;
  for (let second = 0; second < 600; second += 1) {
    const before = page.wire.sent.length;
    await page.wait(1_000);
    silentSeconds = page.wire.sent.length === before ? silentSeconds + 1 : 0;
    longest = Math.max(longest, silentSeconds);
  }
  expect(longest).toBeLessThanOrEqual(16);
  expect(page.wire.opened).toBe(opened);
});

describe('a phone asleep for a day', () => {
  test.each([
    ['the screen goes on', (page: Page) => page.room.wake()],
    ['a timer goes off', (page: Page) => page.awake()],
  ])('is back as soon as %s: both texts merge, nothing is lost', async (_name, wakes) => {
    const [page, colleague] = [await open(), await open(wang)];
    page.type('睡前。');
    await page.settle();
    page.wire.silence();
    page.type('没有发出去。');
    page.sleep();
    await page.wait(dayMs);
    colleague.type('白天。', 'measures');
    await colleague.settle();
    wakes(page);
    await page.settle();
    expect(page.text).toBe('睡前。没有发出去。||白天。');
    expect(page.save.state).toBe('stored');
    expect(await world.stored()).toBe('睡前。没有发出去。||白天。');
    expect(unsavedDocuments(li, page.machine.store)).toEqual([]);
  });

  test('finds its session ended, keeps the words, and stores them after signing in', async () => {
    const page = await open();
    page.wire.silence();
    page.type('夜里写的');
    page.sleep();
    await page.wait(dayMs);
    page.wire.refusesWith = 4401;
    page.awake();
    page.room.wake();
    await page.settle();
    expect(page.signedOut).toBe(1);
    expect(page.save).toEqual({ state: 'local', kept: true, online: false });
    page.type('，登录前又写');
    page.wire.refusesWith = undefined;
    page.room.retry();
    await page.settle();
    expect(page.save.state).toBe('stored');
    expect(await world.stored()).toBe('夜里写的，登录前又写||');
  });
});

describe('two windows of one person on one text', () => {
  test('both write, both see everything once, and are no company to each other', async () => {
    const machine = new Machine();
    const [one, two] = [await open(li, machine), await open(li, machine)];
    one.type('左窗。');
    await one.settle();
    two.type('右窗。', 'measures');
    await two.settle();
    one.type('再写。');
    await one.settle();
    for (const page of [one, two]) {
      expect(page.text).toBe('左窗。再写。||右窗。');
      expect(page.room.view.people).toEqual([]);
      expect(page.save.state).toBe('stored');
    }
    expect(await world.stored()).toBe('左窗。再写。||右窗。');
    expect(unsavedDocuments(li, machine.store)).toEqual([]);
  });

  test('what one has stored says nothing of the other: unsaved words stay marked, deletions too', async () => {
    const machine = new Machine();
    const [one, two] = [await open(li, machine), await open(li, machine)];
    two.type('要删的话', 'measures');
    await two.settle();
    await cut(two);
    two.type('');
    two.paste('只在右窗。');
    one.type('左窗入库。');
    await one.settle();
    expect(one.save.state).toBe('stored');
    expect(unsavedDocuments(li, machine.store)).toEqual([world.documentId]);
    crash(two);
    world.levels.set(li, 'read');
    await world.registry.refresh(world.documentId, 'submit');
    one.room.close();
    const next = await open(li, machine, 'read');
    await next.wait(1_000);
    const rescued = next.room.view.tray.flatMap(({ sections }) => sections.flatMap(({ paragraphs }) => paragraphs));
    expect(rescued.join()).toContain('只在右窗。');
    expect(unsavedDocuments(li, machine.store)).toEqual([]);
  });

  test('a window opened later stores what the other wrote without a line, not the mark of what that one writes after', async () => {
    const machine = new Machine();
    const one = await open(li, machine);
    await cut(one);
    one.type('断线时写。');
    const go = world.journal.pause();
    const two = new Page(world, li, machine);
    pages.push(two);
    await two.room.open();
    await world.turn();
    one.type('之后又写。');
    go();
    await two.settle();
    expect(two.save.state).toBe('stored');
    expect(await world.stored()).toBe('断线时写。||');
    expect(unsavedDocuments(li, machine.store)).toEqual([world.documentId]);
    await mend(one);
    expect(await world.stored()).toBe('断线时写。之后又写。||');
    expect(unsavedDocuments(li, machine.store)).toEqual([]);
  });

  test('words refused in one do not take the other’s unsaved words out of the copy', async () => {
    const machine = new Machine();
    const [one, two] = [await open(li, machine), await open(li, machine)];
    await cut(one);
    await cut(two);
    one.type('左窗的话。');
    two.type('右窗的话。', 'measures');
    world.levels.set(li, 'read');
    await world.registry.refresh(world.documentId, 'submit');
    await mend(one);
    await one.wait(1_000);
    expect(one.room.view.refused?.code).toBe('read_only');
    crash(two);
    const next = await open(li, machine, 'read');
    await next.wait(1_000);
    const rescued = next.room.view.tray.flatMap(({ sections }) => sections.flatMap(({ paragraphs }) => paragraphs));
    expect(rescued).toEqual(expect.arrayContaining(['左窗的话。', '右窗的话。']));
  });
});

describe('words of somebody who is signed out', () => {
  test('are not seen by the next person at this machine, and arrive when their author is back', async () => {
    const machine = new Machine();
    const page = await open(li, machine);
    page.wire.refusesWith = 4401;
    world.registry.dismiss(li, 4401);
    await page.settle();
    page.type('李四没有入库的话');
    await page.settle();
    page.room.close();
    const other = await open(wang, machine);
    other.type('王五的话。', 'measures');
    await other.settle();
    expect(other.text).toBe('||王五的话。');
    expect(other.save.state).toBe('stored');
    expect(other.room.view.tray).toEqual([]);
    expect(unsavedDocuments(wang, machine.store)).toEqual([]);
    other.room.close();
    const back = await open(li, machine);
    expect(back.save.state).toBe('stored');
    expect(await world.stored()).toBe('李四没有入库的话||王五的话。');
    expect(unsavedDocuments(undefined, machine.store)).toEqual([]);
  });
});

describe('a text that went on while its author was offline', () => {
  test('submitted and returned meanwhile: the words merge', async () => {
    const page = await open();
    page.type('送审前。');
    await page.settle();
    await cut(page);
    page.type('离线写的。');
    for (const [level, reason] of [
      ['read', 'submit'],
      ['write', 'return'],
    ] as const) {
      world.levels.set(li, level);
      world.epoch += 1;
      await world.registry.refresh(world.documentId, reason);
    }
    await mend(page);
    expect(page.save.state).toBe('stored');
    expect(page.room.view).toMatchObject({ refused: null, tray: [], generation: 0 });
    expect(await world.stored()).toBe('送审前。离线写的。||');
  });

  test('submitted meanwhile: the words are in the tray with their reason, and still there when it is returned', async () => {
    const page = await open();
    await cut(page);
    page.type('来不及的话。');
    world.levels.set(li, 'read');
    await world.registry.refresh(world.documentId, 'submit');
    await mend(page);
    await page.wait(1_000);
    expect(page.room.view.refused?.code).toBe('read_only');
    world.levels.set(li, 'write');
    world.epoch += 1;
    await world.registry.refresh(world.documentId, 'return');
    await page.settle();
    expect(page.room.view.writable).toBe(true);
    expect(page.room.view.tray).toMatchObject([
      { code: 'read_only', sections: [{ key: 'opening', paragraphs: ['来不及的话。'] }] },
    ]);
    page.type('重新写入。');
    await page.settle();
    expect(await world.stored()).toBe('重新写入。||');
  });
});

test('RM5: a reader whose line is stuck is sent away, comes back by himself and is whole', async () => {
  const zhang = world.person('张三', 'read').userId;
  await world.registry.refresh(world.documentId, '');
  const [reader, writer] = [await open(zhang, new Machine(), 'read'), await open()];
  reader.wire.bufferedAmount = 9 * 1024 * 1024;
  writer.type('读者没有收到。');
  await writer.settle();
  expect(reader.room.view.online).toBe(false);
  expect(reader.text).toBe('||');
  reader.wire.bufferedAmount = 0;
  writer.type('又写。');
  await reader.wait(1_000);
  expect(reader.room.view).toMatchObject({ online: true, ended: undefined });
  expect(reader.text).toBe('读者没有收到。又写。||');
});

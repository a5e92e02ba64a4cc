/** What is kept on this machine, for whom, and since when: by one who may write only now, and by two windows of one person. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { markUnsaved, unsavedDocuments } from '../../../client/room/unsaved.ts';
import type { UserId } from '../../../shared/ids.ts';
import type { RoomAccess } from '../../../shared/protocol/frames.ts';
import { RoomWorld } from '../../support/room-world.ts';
import { Machine, Page } from './page.ts';

let world: RoomWorld;
let li: UserId;
let machine: Machine;
const pages: Page[] = [];

beforeEach(async () => {
  world = await RoomWorld.open();
  li = world.person('李四').userId;
  machine = new Machine();
});

afterEach(async () => {
  for (const page of pages.splice(0)) page.room.close();
  await world.settle();
  await world.close();
});

async function open(level: 'read' | 'write' = 'write'): Promise<Page> {
  const page = new Page(world, li, machine, level);
  pages.push(page);
  return page.open();
}

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
async function crash(page: Page): Promise<void> {
  await cut(page);
  pages.splice(pages.indexOf(page), 1);
}

async function setLevel(level: RoomAccess): Promise<void> {
  world.levels.set(li, level);
  world.epoch += 1;
  await world.registry.refresh(world.documentId, 'participants');
}

test('a reader who may write while the page is open has his words kept from then on, also across a crash', async () => {
  await setLevel('read');
  const page = await open('read');
  expect(page.room.view.kept).toBe(false);
  expect(machine.texts.size).toBe(0);
  await setLevel('write');
  await page.settle();
  expect(page.room.view).toMatchObject({ kept: true, writable: true, generation: 0 });
  page.type('有线时写的。');
  await page.settle();
  await cut(page);
  page.type('断线时写的。');
  await crash(page);
  const next = await open();
  await next.wait(1_000);
  expect(await world.stored()).toBe('有线时写的。断线时写的。||');
  expect(unsavedDocuments(li, machine.store)).toEqual([]);
});

test('a mark whose words were never kept does not warn for ever', async () => {
  markUnsaved(machine.store, li, world.documentId, 'a page that is no more', '1');
  const page = await open();
  await page.settle();
  expect(page.save.state).toBe('stored');
  expect(unsavedDocuments(li, machine.store)).toEqual([]);
});

test('access lost in one window leaves the other’s unsaved words in the copy', async () => {
  const [one, two] = [await open(), await open()];
  await cut(two);
  two.type('右窗的话。', 'measures');
  await setLevel('none');
  await one.settle();
  expect(one.room.view.ended).toBe(4403);
  await crash(two);
  await setLevel('write');
  const next = await open();
  await next.wait(1_000);
  expect(await world.stored()).toBe('||右窗的话。');
});

test('what was refused in one window does not come in again by way of the copy that the other’s words are in', async () => {
  const [one, two] = [await open(), await open()];
  await cut(two);
  two.type('右窗的话。', 'measures');
  one.paste('长'.repeat(1_000_000));
  await one.settle();
  await one.wait(1_000);
  expect(one.room.view).toMatchObject({ refused: { code: 'too_large' }, generation: 1, kept: false, writable: true });
  one.type('照样能写。');
  await one.settle();
  expect(one.save.state).toBe('stored');
  await crash(two);
  const kept = [...machine.texts.values()].flat();
  expect(kept).not.toEqual([]);
});

test('after a refusal in one window the other goes on being kept', async () => {
  const [one, two] = [await open(), await open()];
  one.paste('长'.repeat(1_000_000));
  await one.settle();
  expect(one.room.view.refused?.code).toBe('too_large');
  await cut(two);
  two.type('之后写的。', 'measures');
  await crash(two);
  const offline = new Page(world, li, machine);
  offline.wire.cut = true;
  pages.push(offline);
  await offline.open();
  expect(offline.text).toBe('||之后写的。');
  await mend(offline);
  expect(await world.stored()).toBe('||之后写的。');
});

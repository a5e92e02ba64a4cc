import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { isUnsaved } from '../../../client/room/unsaved.ts';
import type { UserId } from '../../../shared/ids.ts';
import { messageTypes } from '../../../shared/protocol/frames.ts';
import { RoomWorld } from '../../support/room-world.ts';
import { atRest, Machine, Page } from './page.ts';

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

const isUpdate = (frame: Uint8Array) => frame[0] === messageTypes.sync && frame[1] === 2;

/** 李四's page misses the first of two words of 王五: what follows waits for it and never shows. */
async function missing(): Promise<readonly [mine: Page, theirs: Page]> {
  const [mine, theirs] = [await open(), await open(wang)];
  mine.type('李四写的。', 'measures');
  await mine.settle();
  mine.wire.loses = (frame) => isUpdate(frame);
  theirs.type('失落。');
  await theirs.settle();
  mine.wire.loses = () => false;
  theirs.type('之后。');
  await theirs.settle();
  expect(mine.text).toBe('||李四写的。');
  return [mine, theirs];
}

/** The other's word reaches 李四's page as another word of the same length: nothing is missing, everything counts alike. */
async function altered(page?: Page): Promise<readonly [mine: Page, theirs: Page]> {
  const [mine, theirs] = [page ?? (await open()), await open(wang)];
  mine.wire.loses = (frame) => {
    if (!isUpdate(frame) || !Buffer.from(frame).includes('同意')) return false;
    mine.wire.loses = () => false;
    mine.wire.forge(replaceBytes(frame, '同意', '反对'));
    return true;
  };
  theirs.paste('同意这个意见。');
  await theirs.settle();
  expect(mine.text).toBe('反对这个意见。||');
  expect(Y.encodeStateVector(mine.room.view.doc)).toEqual(Y.encodeStateVector(theirs.room.view.doc));
  return [mine, theirs];
}

function replaceBytes(frame: Uint8Array, before: string, after: string): Uint8Array {
  const [from, to] = [Buffer.from(before), Buffer.from(after)];
  const changed = Buffer.from(frame);
  const at = changed.indexOf(from);
  if (at < 0 || from.length !== to.length) throw new Error(`no ${before} in the frame`);
  to.copy(changed, at);
  return new Uint8Array(changed);
}

describe('RM16: the page compares what it holds with the server at rest', () => {
  test('two pages of one text find nothing, deletions and other people’s words included', async () => {
    const [mine, theirs] = [await open(), await open(wang)];
    mine.type('写了又删');
    await mine.settle();
    theirs.type('王五的话', 'measures');
    await theirs.settle();
    mine.erase();
    await mine.settle();
    for (const page of [mine, theirs]) {
      await page.rest();
      expect(page.room.view).toMatchObject({ diverged: false, writable: true });
    }
  });

  test('words that are not sent or not acknowledged are no divergence', async () => {
    const page = await open();
    const go = world.journal.pause();
    page.type('还在路上');
    await world.turn();
    page.wire.forge(await atRest(world));
    await world.turn();
    const { diverged } = page.room.view;
    go();
    expect(diverged).toBe(false);
    await page.settle();
    await page.rest();
    expect(page.room.view.diverged).toBe(false);
  });

  test.each([
    ['a lost update', missing],
    ['words that arrive as others', altered],
  ])('%s: writing stops at once, nothing more is sent, both texts stay', async (_name, provoke) => {
    const [mine] = await provoke();
    const before = mine.text;
    const stored = await world.stored();
    await mine.rest();
    expect(mine.room.view).toMatchObject({ diverged: true, writable: false, online: false });
    expect(mine.save).toEqual({ state: 'stopped', code: 'diverged' });
    const sent = mine.wire.sent.length;
    mine.room.retry();
    mine.room.wake();
    await mine.wait(120_000);
    expect(mine.wire.sent.length).toBe(sent);
    expect(mine.text).toBe(before);
    expect(await world.stored()).toBe(stored);
  });

  test('an update that left no word is missed too: whatever its author writes next would not show', async () => {
    const [mine, theirs] = [await open(), await open(wang)];
    mine.wire.loses = isUpdate;
    theirs.type('写了又删');
    theirs.erase();
    await theirs.settle();
    mine.wire.loses = () => false;
    expect(mine.text).toBe(theirs.text);
    await mine.rest();
    expect(mine.room.view.diverged).toBe(true);
  });

  test('words that an input method still held when writing stopped are kept', async () => {
    const [mine] = await altered();
    mine.room.beforeLeaving(() => {
      if (!mine.text.includes('写到一半')) mine.type('写到一半', 'measures');
    });
    await mine.rest();
    expect(mine.text).toContain('写到一半');
    expect(isUnsaved(mine.machine.store, li, world.documentId)).toBe(true);
    mine.room.repair();
    await mine.wait(1_000);
    expect(mine.text).toBe('同意这个意见。||');
    const rescued = mine.room.view.tray.flatMap(({ sections }) => sections.flatMap(({ paragraphs }) => paragraphs));
    expect(rescued).toEqual(['反对这个意见。', '写到一半']);
  });

  test('repair gives the server’s text, keeps the differing paragraphs, drops the old copy, and writing goes on', async () => {
    const [mine, theirs] = await altered();
    await mine.rest();
    mine.room.repair();
    await mine.wait(1_000);
    expect(mine.room.view).toMatchObject({
      diverged: false,
      writable: true,
      online: true,
      generation: 1,
      refused: null,
    });
    expect(mine.text).toBe('同意这个意见。||');
    expect(mine.room.view.tray).toMatchObject([
      { code: 'diverged', sections: [{ key: 'opening', paragraphs: ['反对这个意见。'] }] },
    ]);
    mine.type('又写。', 'measures');
    await mine.settle();
    expect(theirs.text).toBe('同意这个意见。||又写。');
    await mine.rest();
    expect(mine.room.view.diverged).toBe(false);
    const next = await open(li, mine.machine);
    await next.rest();
    expect(next.text).toBe('同意这个意见。||又写。');
    expect(next.room.view.diverged).toBe(false);
  });

  test('a copy on this machine that was changed behind our back is found after opening', async () => {
    const page = await open();
    page.paste('原来的话');
    await page.settle();
    page.room.close();
    for (const [name, kept] of page.machine.texts) {
      page.machine.texts.set(
        name,
        kept.map((update) => (Buffer.from(update).includes('原来') ? replaceBytes(update, '原来', '篡改') : update)),
      );
    }
    const next = await open(li, page.machine);
    expect(next.text).toBe('篡改的话||');
    await next.rest();
    expect(next.room.view.diverged).toBe(true);
    next.room.repair();
    await next.wait(1_000);
    expect(next.text).toBe('原来的话||');
    expect(next.room.view.tray[0]?.sections).toEqual([{ key: 'opening', paragraphs: ['篡改的话'] }]);
    expect(await world.stored()).toBe('原来的话||');
  });

  test('without room for the tray the old copy stays', async () => {
    const [mine] = await altered();
    await mine.rest();
    mine.machine.full = true;
    mine.room.repair();
    await mine.wait(1_000);
    expect(mine.text).toBe('同意这个意见。||');
    expect(mine.room.view.tray.length).toBe(1);
    expect([...mine.machine.texts.values()][0]?.length).toBeGreaterThan(0);
  });

  test('a reader sees it too, and nothing of the text is kept on his machine', async () => {
    const zhang = world.person('张三', 'read').userId;
    await world.registry.refresh(world.documentId, '');
    const [reader] = await altered(await open(zhang, new Machine(), 'read'));
    await reader.rest();
    expect(reader.room.view.diverged).toBe(true);
    reader.room.repair();
    await reader.wait(1_000);
    expect(reader.text).toBe('同意这个意见。||');
    expect(reader.room.view.tray).toEqual([]);
    expect(reader.machine.store.length).toBe(0);
  });
});

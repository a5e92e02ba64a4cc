/** What a room does when nobody writes for a while: it tells every page what it should hold, and keeps a checkpoint near. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { Lull } from '../../../server/rooms/lull.ts';
import { restMs } from '../../../server/rooms/room.ts';
import { textHash } from '../../../shared/document/text-hash.ts';
import { bodyKeys, type Person, RoomWorld } from '../../support/room-world.ts';

let world: RoomWorld;
let alice: Person;
let bob: Person;

beforeEach(async () => {
  world = await RoomWorld.open();
  alice = world.person('alice');
  bob = world.person('bob');
  await alice.join();
  await bob.join();
  await world.settle();
});

afterEach(async () => {
  alice.destroy();
  bob.destroy();
  await world.close();
});

describe('a room at rest', () => {
  it('[RM16] tells every page the state vector and the hash of the text it should hold', async () => {
    alice.type('我学习不够深入。');
    await world.settle();
    world.clock.advance(restMs);
    for (const page of [alice, bob]) {
      const told = page.atRest.at(-1);
      expect(told?.seq).toBe(alice.lastSaved()?.seq);
      expect(told?.stateVector).toEqual(Y.encodeStateVector(page.doc));
      expect(told?.textHash).toEqual(textHash(page.doc));
    }
  });

  it('[RM16] whose copy differs gets a hash that is not his', async () => {
    alice.type('我学习不够深入。');
    await world.settle();
    bob.doc.transact(() => bob.text().delete(0, 1), 'server');
    world.clock.advance(restMs);
    expect(bob.atRest.at(-1)?.stateVector).toEqual(Y.encodeStateVector(bob.doc));
    expect(bob.atRest.at(-1)?.textHash).not.toEqual(textHash(bob.doc));
  });

  it('[RM16] says nothing while people write, and once when they have stopped', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      alice.type('字');
      await world.settle();
      world.clock.advance(restMs / 2);
    }
    expect(alice.atRest).toHaveLength(0);
    world.clock.advance(restMs / 2);
    expect(alice.atRest).toHaveLength(1);
    world.clock.advance(10 * restMs);
    expect(alice.atRest).toHaveLength(1);
  });

  it('[RM16] says nothing of words that the store has not taken', async () => {
    world.journal.failing = true;
    alice.type('字');
    await world.turn();
    world.clock.advance(restMs);
    expect(bob.atRest).toHaveLength(0);
    world.journal.failing = false;
    world.clock.advance(10_000);
    await world.settle();
    world.clock.advance(restMs);
    expect(bob.atRest).toHaveLength(1);
  });

  it('[RM16] says nothing while words have arrived and wait', async () => {
    alice.type('字');
    world.clock.advance(restMs);
    expect([alice, bob].map(({ atRest }) => atRest.length)).toEqual([0, 0]);
    await world.settle();
    world.clock.advance(restMs);
    expect(bob.atRest.map(({ textHash: told }) => told)).toEqual([textHash(bob.doc)]);
  });

  it('[RM16] tells nobody who has not been given the text, has not said what he has, or was refused', async () => {
    const [silent, mute, refused] = [
      (await world.newcomer('silent')).staySilent(),
      (await world.newcomer('mute')).stayMute(),
      await world.newcomer('refused'),
    ];
    for (const person of [silent, mute, refused]) await person.join();
    await world.settle();
    world.levels.set(refused.userId, 'read');
    await world.registry.refresh(world.documentId, '');
    refused.type('不该写');
    await world.settle();
    expect(refused.refused).toHaveLength(1);
    world.clock.advance(restMs);
    expect([silent, mute, refused, alice].map(({ atRest }) => atRest.length)).toEqual([0, 0, 0, 1]);
    for (const person of [silent, mute, refused]) person.destroy();
  });

  it('[RM16] says nothing while it is held, and says it afterwards', async () => {
    let done = (): void => undefined;
    const working = new Promise<void>((resolve) => {
      done = resolve;
    });
    const frozen = world.registry.freeze(world.documentId, bodyKeys, 'submit', () => working);
    await world.turn();
    world.clock.advance(restMs);
    expect(alice.atRest).toHaveLength(0);
    done();
    await frozen;
    world.clock.advance(restMs);
    expect(alice.atRest).toHaveLength(1);
  });

  it('[RM16] says nothing while its text is not what is stored', async () => {
    world.journal.failing = true;
    world.journal.failingLoads = true;
    const anchored = world.registry.writeAsServer(world.documentId, (doc) =>
      doc.getXmlFragment('s:opening').insert(0, [new Y.XmlElement('paragraph')]),
    );
    await expect(anchored).rejects.toThrow('the disk does not answer');
    world.clock.advance(3 * restMs);
    expect([alice, bob].map(({ atRest }) => atRest.length)).toEqual([0, 0]);
    // Nor is anybody shown what could not be stored.
    world.journal.failingLoads = false;
    expect(await world.stored()).toBe('||');
    expect(await world.registry.look(world.documentId, bodyKeys, (doc) => doc.getXmlFragment('s:opening').length)).toBe(
      1,
    );
  });

  it('[RM16] waits once more as long by a clock that was set back, and not for hours', () => {
    let now = 3_600_000;
    let lulls = 0;
    const timers: { readonly ms: number; readonly work: () => void }[] = [];
    const after = (ms: number, work: () => void) => {
      timers.push({ ms, work });
      return () => undefined;
    };
    const lull = new Lull({ now: () => now, after }, restMs, () => {
      lulls += 1;
    });
    lull.note();
    now = 0;
    timers.shift()?.work();
    expect([lulls, timers.map(({ ms }) => ms)]).toEqual([0, [restMs]]);
    now += restMs;
    timers.shift()?.work();
    expect([lulls, timers.length]).toEqual([1, 0]);
  });

  it('[RM16] tells who joins, also where nobody writes', async () => {
    world.clock.advance(restMs);
    const carol = await world.newcomer('carol', 'read');
    await carol.join();
    await world.settle();
    world.clock.advance(restMs);
    expect(carol.atRest.at(-1)?.textHash).toEqual(textHash(carol.doc));
    carol.destroy();
  });

  it('[RM8] keeps a checkpoint within two hundred updates while people are there', async () => {
    for (let count = 0; count < 198; count += 1) alice.type('字');
    await world.settle();
    world.clock.advance(restMs);
    await world.settle();
    expect((await world.journal.load(world.documentId)).checkpoint?.seq).toBeUndefined();
    alice.type('满');
    await world.settle();
    world.clock.advance(restMs);
    await world.settle();
    const { checkpoint, entries } = await world.journal.load(world.documentId);
    expect(checkpoint?.seq).toBe(200);
    expect(entries).toEqual([]);
  });

  it('[RM8] keeps a checkpoint also where people never stop', async () => {
    for (let turn = 0; turn < 41; turn += 1) {
      for (let count = 0; count < 100; count += 1) alice.type('字');
      await world.settle();
    }
    expect((await world.journal.load(world.documentId)).checkpoint?.seq).toBeGreaterThan(3_900);
  });
});

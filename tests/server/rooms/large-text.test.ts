/** A text that takes long to open is given out as the store has it, before it is opened; nobody gets less than all of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeSync, messageTypes } from '../../../shared/protocol/frames.ts';
import { type Person, RoomWorld } from '../../support/room-world.ts';

const openingMs = 20;
const long = '学习贯彻不够深入，'.repeat(8_000);
let world: RoomWorld;
let alice: Person;
let bob: Person;

beforeEach(async () => {
  world = await RoomWorld.open();
  alice = world.person('alice');
  bob = world.person('bob');
  await alice.join();
  await world.settle();
  alice.type(long);
  await world.settle();
  alice.leave();
  // The last one out leaves a checkpoint behind.
  world.clock.advance(30_000);
  await world.settle();
  world.restart([alice, bob]);
});

afterEach(async () => {
  alice.destroy();
  bob.destroy();
  await world.close();
});

describe('a large text after a restart', () => {
  it('[RM17] reaches its first reader whole before it is opened, and is opened then', async () => {
    await bob.join();
    await world.settle();
    expect(bob.heard.filter((type) => type === messageTypes.sync)).toHaveLength(1);
    expect(bob.seen()).toBe(`${long}||`);
    expect(bob.greeted).toBe(false);
    world.clock.advance(openingMs);
    expect(bob.greeted).toBe(true);
  });

  it('[RM17] also greets a page that waits for the server to speak first', async () => {
    bob.staySilent();
    await bob.join();
    await world.settle();
    expect(bob.greeted).toBe(false);
    world.clock.advance(openingMs);
    expect(bob.greeted).toBe(true);
  });

  it('[RM17] is not opened while its bytes are still on their way, but not kept closed for ever', async () => {
    bob.bufferedAmount = 1_000_000;
    await bob.join();
    await world.settle();
    world.clock.advance(200);
    expect(bob.greeted).toBe(false);
    world.clock.advance(400);
    expect(bob.greeted).toBe(true);
  });

  it('[RM17] takes what is written into it at once, and opens for that', async () => {
    await bob.join();
    world.clock.advance(openingMs);
    await world.settle();
    bob.type('又一句。');
    await world.settle();
    expect(await world.stored()).toBe(`${long}又一句。||`);
    await alice.join();
    await world.settle();
    expect(alice.seen()).toBe(`${long}又一句。||`);
  });

  it('[RM17] is given whole to somebody who has a part of it', async () => {
    await alice.join();
    await world.settle();
    expect(alice.seen()).toBe(`${long}||`);
    world.clock.advance(openingMs);
    await world.settle();
    alice.type('再一句。');
    await world.settle();
    expect(await world.stored()).toBe(`${long}再一句。||`);
  });
});

describe('asking for the text', () => {
  it('[RM18] with a state vector beyond all measure costs the connection', async () => {
    await bob.join();
    bob.send(encodeSync('step1', new Uint8Array(300 * 1024)));
    expect(bob.closedWith).toBe(4400);
  });

  it('[RM18] is answered at once the first time, then once a second with what was asked last', async () => {
    await bob.join();
    await world.settle();
    const answers = () => bob.heard.filter((type) => type === messageTypes.sync).length;
    world.clock.advance(openingMs);
    const before = answers();
    for (let count = 0; count < 1_000; count += 1) bob.askForText();
    await world.settle();
    expect(answers()).toBe(before);
    world.clock.advance(1_000);
    await world.settle();
    expect(answers()).toBe(before + 1);
    world.clock.advance(10_000);
    expect(answers()).toBe(before + 1);
  });
});

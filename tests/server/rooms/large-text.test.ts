/** A text that takes long to open is given out as the store has it, before it is opened; nobody gets less than all of it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveText } from '../../../server/rooms/live-text.ts';
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

  it('[RM17] is not kept closed by who has left while its bytes were on their way to him', async () => {
    alice.bufferedAmount = 1_000_000;
    await alice.join();
    alice.leave();
    await bob.join();
    world.clock.advance(openingMs);
    expect(bob.greeted).toBe(true);
  });

  it('[RM17] is not opened any more when its room has ended, nor is anybody answered', async () => {
    await bob.join();
    bob.askForText();
    world.gone = true;
    await world.registry.refresh(world.documentId, '');
    await world.settle();
    expect(bob.closedWith).toBe(4404);
    expect(world.clock.pending).toBe(0);
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

describe('a small text after a restart', () => {
  beforeEach(async () => {
    await alice.join();
    await world.settle();
    world.clock.advance(openingMs);
    await world.settle();
    alice.doc.transact(() => alice.text().delete(0, long.length - 5));
    await world.settle();
    alice.leave();
    world.clock.advance(30_000);
    await world.settle();
    world.restart([alice, bob]);
    await world.settle();
  });

  it('[RM17] is opened right behind the answer to its first reader', async () => {
    await bob.join();
    expect(bob.greeted).toBe(true);
    expect(bob.seen()).toBe(`${long.slice(-5)}||`);
    // Nothing is awaited any more but the room's rest.
    expect(world.clock.pending).toBe(1);
  });

  it('[RM17] is opened for who does not ask, whether his line is free or not', async () => {
    bob.bufferedAmount = 1_000_000;
    await bob.staySilent().join();
    expect(bob.greeted).toBe(false);
    world.clock.advance(openingMs);
    expect(bob.greeted).toBe(true);
  });
});

describe('asking for the text', () => {
  it('[RM18] with a state vector beyond all measure costs the connection', async () => {
    await bob.join();
    bob.send(encodeSync('step1', new Uint8Array(300 * 1024)));
    expect(bob.closedWith).toBe(4400);
  });

  it.each(['that is open', 'in one piece'])(
    '[RM18] of a text %s with bytes that are no state vector costs the connection',
    async (how) => {
      await bob.staySilent().join();
      if (how === 'that is open') world.clock.advance(openingMs);
      bob.send(encodeSync('step1', new Uint8Array([2, 7])));
      expect(bob.closedWith).toBe(4400);
      expect(bob.heard).not.toContain(messageTypes.awareness);
    },
  );

  it('[RM18] is answered again after a second, also by a clock that was set back', async () => {
    await bob.join();
    await world.settle();
    world.clock.advance(openingMs);
    const answers = () => bob.heard.filter((type) => type === messageTypes.sync).length;
    for (const passed of [1_000, -3_600_000]) {
      const before = answers();
      world.clock.advance(passed === 1_000 ? passed - openingMs : passed);
      bob.askForText();
      expect(answers()).toBe(before + 1);
    }
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
    // And so it goes on; who has had his answer gets none when somebody else asks.
    for (let count = 0; count < 3; count += 1) bob.askForText();
    expect(answers()).toBe(before + 2);
    world.clock.advance(1_000);
    expect(answers()).toBe(before + 3);
    await alice.join();
    alice.askForText();
    world.clock.advance(1_000);
    expect(answers()).toBe(before + 3);
  });

  it('[RM18] is not read for who has left before the answer', async () => {
    await bob.join();
    await alice.join();
    await world.settle();
    world.clock.advance(openingMs);
    bob.askForText();
    bob.leave();
    const read = vi.spyOn(LiveText.prototype, 'since');
    try {
      world.clock.advance(1_000);
      await world.settle();
      expect(read).not.toHaveBeenCalled();
    } finally {
      read.mockRestore();
    }
  });
});

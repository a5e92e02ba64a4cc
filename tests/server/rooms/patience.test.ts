/** What a room bears from one connection: how much talk, and how long a debt. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAwareness, encodeSync, messageTypes } from '../../../shared/protocol/frames.ts';
import { type Person, RoomWorld } from '../../support/room-world.ts';

let world: RoomWorld;
let alice: Person;
let bob: Person;

beforeEach(async () => {
  world = await RoomWorld.open();
  alice = world.person('alice');
  bob = world.person('bob');
  await bob.join();
  await world.settle();
});

afterEach(async () => {
  alice.destroy();
  bob.destroy();
  await world.close();
});

describe('talk', () => {
  const talk: readonly (readonly [what: string, frame: Uint8Array])[] = [
    ['shows his caret', encodeAwareness(new Uint8Array([0]))],
    ['asks who is here', new Uint8Array([messageTypes.queryAwareness])],
    ['asks for the text', encodeSync('step1', new Uint8Array([0]))],
  ];

  function say(person: Person, times: number, frame: Uint8Array): void {
    for (let n = 0; n < times; n += 1) person.send(frame);
  }

  it.each(talk)('[RM20] closes who %s more often than anybody at a page can, and nobody else', async (_what, frame) => {
    await alice.join();
    // The step 1 with which everybody begins is talk, too.
    say(alice, 1_999, frame);
    expect(alice.closedWith).toBeUndefined();
    say(alice, 1, frame);
    expect(alice.closedWith).toBe(4400);
    say(bob, 1_000, frame);
    await world.settle();
    expect(bob.closedWith).toBeUndefined();
  });

  it('[RM20] bears a hundred a second for as long as one likes', async () => {
    await alice.join();
    for (let tenth = 0; tenth < 6_000; tenth += 1) {
      say(alice, 10, encodeAwareness(new Uint8Array([0])));
      world.clock.advance(100);
    }
    expect(alice.closedWith).toBeUndefined();
  });

  it('[RM20] does not count updates', async () => {
    await alice.join();
    for (let n = 0; n < 3_000; n += 1) alice.type('字');
    await world.settle();
    expect(alice.closedWith).toBeUndefined();
    expect(alice.refused).toEqual([]);
    expect(bob.seen()).toContain('字'.repeat(3_000));
  });
});

describe('debts', () => {
  function beat(person: Person, times: number): void {
    for (let n = 0; n < times; n += 1) person.seat?.beat();
  }

  it('[RM21] sends away to come back who leaves the server’s step 1 unanswered for three heartbeats', async () => {
    await alice.stayMute().join();
    beat(alice, 2);
    expect(alice.closedWith).toBeUndefined();
    beat(alice, 1);
    expect(alice.closedWith).toBe(1013);
  });

  it('[RM21] lets stay who answered late, and who has nothing to say', async () => {
    await alice.stayMute().join();
    beat(alice, 2);
    alice.answer();
    beat(alice, 20);
    beat(bob, 20);
    await world.settle();
    expect([alice.closedWith, bob.closedWith]).toEqual([undefined, undefined]);
  });

  it('[RM21] begins to count when the step 1 has been sent, not while the database fails', async () => {
    world.journal.failing = true;
    bob.type('等');
    await world.turn();
    await alice.stayMute().join();
    expect(alice.greeted).toBe(false);
    beat(alice, 20);
    expect(alice.closedWith).toBeUndefined();
    world.journal.failing = false;
    world.clock.advance(5_000);
    await world.settle();
    expect(alice.greeted).toBe(true);
    beat(alice, 2);
    expect(alice.closedWith).toBeUndefined();
    beat(alice, 1);
    expect(alice.closedWith).toBe(1013);
  });

  it('[RM21] closes who was refused and stays for three heartbeats, so that he comes back and hears it again', async () => {
    await alice.join();
    beat(alice, 5);
    world.levels.set(alice.userId, 'read');
    await world.registry.refresh(world.documentId, '');
    alice.type('不该写');
    await world.settle();
    expect(alice.refused.map(({ code }) => code)).toEqual(['read_only']);
    beat(alice, 2);
    expect(alice.closedWith).toBeUndefined();
    beat(alice, 1);
    expect(alice.closedWith).toBe(1013);
  });
});

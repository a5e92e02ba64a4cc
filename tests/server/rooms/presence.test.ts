import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodeAwareness, messageTypes } from '../../../shared/protocol/frames.ts';
import { type Person, RoomWorld } from '../../support/room-world.ts';

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

/** An awareness message as no page would write it. */
function message(...entries: readonly (readonly [client: number, clock: number, json: string])[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const [client, clock, json] of entries) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, json);
  }
  return encodeAwareness(encoding.toUint8Array(encoder));
}

function seenOf(client: number): unknown {
  world.clock.advance(100);
  return bob.awareness.getStates().get(client);
}

describe('carets', () => {
  it('[RM6] takes nothing but a caret: relative positions and a section', () => {
    const position = { item: { client: 1, clock: 2 }, assoc: -1 };
    alice.send(
      message([7, 1, JSON.stringify({ section: 'a', cursor: { anchor: position, head: position }, more: 1 })]),
    );
    const user = { id: alice.userId, name: 'alice' };
    expect(seenOf(7)).toEqual({ section: 'a', cursor: { anchor: position, head: position }, user });
    const deep = `${'['.repeat(900)}${']'.repeat(900)}`;
    alice.send(message([7, 2, `{"cursor":{"anchor":${deep},"head":${deep}}}`]));
    alice.send(message([7, 3, JSON.stringify({ section: 'x'.repeat(81) })]));
    alice.send(message([7, 4, JSON.stringify({ section: 'x'.repeat(80), more: 'x'.repeat(3_000) })]));
    alice.send(message([7, 5, '{"section":']));
    expect(seenOf(7)).toMatchObject({ section: 'a' });
    expect(alice.closedWith).toBeUndefined();
  });

  it('[RM6] closes whoever sends numbers that cannot be counted on, too many states, or half a message', async () => {
    const bad = [
      message([7, 2 ** 53 - 1, '{}']),
      message([2 ** 40, 1, '{}']),
      message(...Array.from({ length: 401 }, (_, index) => [index, 1, 'null'] as const)),
      message([7, 1, `"${'x'.repeat(300_000)}"`]),
      encodeAwareness(new Uint8Array([1, 7, 1, 9, 0x22])),
      encodeAwareness(new Uint8Array([0, 0])),
    ];
    for (const [index, frame] of bad.entries()) {
      const mallory = await (await world.newcomer(`mallory${index}`)).join();
      mallory.send(frame);
      expect(mallory.closedWith, String(index)).toBe(4400);
      mallory.destroy();
    }
  });

  it('[RM6] tells of a person who comes back at once that he is here, not that he has gone', async () => {
    alice.send(message([7, 1, '{"section":"a"}']));
    expect(seenOf(7)).toMatchObject({ section: 'a' });
    alice.leave();
    await alice.join();
    alice.send(message([7, 2, '{"section":"b"}']));
    expect(seenOf(7)).toMatchObject({ section: 'b' });
  });
});

describe('rounds', () => {
  it('[RM6] answers a thousand questions of who is here once', () => {
    bob.say({ section: 'b' });
    world.clock.advance(100);
    const before = alice.heard.length;
    for (let turn = 0; turn < 1_000; turn += 1) alice.send(new Uint8Array([messageTypes.queryAwareness]));
    expect(alice.heard.length).toBe(before);
    world.clock.advance(100);
    expect(alice.heard.slice(before)).toEqual([messageTypes.awareness]);
  });

  it('[RM6] sends nothing to who alone moved his caret', () => {
    const before = alice.writes;
    alice.say({ section: 'a' });
    world.clock.advance(100);
    expect(alice.writes).toBe(before);
    expect(bob.awareness.getStates().get(alice.doc.clientID)).toMatchObject({ section: 'a' });
  });

  it('[RM6] forgets what was said by who left before anybody heard it', () => {
    alice.say({ section: 'a' });
    alice.leave();
    world.clock.advance(100);
    expect(bob.awareness.getStates().has(alice.doc.clientID)).toBe(false);
    expect(world.clock.pending).toBeLessThan(5);
  });
});

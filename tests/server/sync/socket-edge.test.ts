/** What real sockets are made to feel by the clock: debts, sessions that end, callers who take nothing. */
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beatMs } from '../../../server/sync/heartbeat.ts';
import { encodeSync } from '../../../shared/protocol/frames.ts';
import { type Person, RoomWorld } from '../../support/room-world.ts';
import { beat, SocketEdge } from '../../support/socket-edge.ts';

let world: RoomWorld;
let edge: SocketEdge;
let alice: Person;
let bob: Person;

beforeEach(async () => {
  world = await RoomWorld.open();
  alice = world.person('alice');
  bob = world.person('bob');
  edge = await SocketEdge.open(world);
});

afterEach(async () => {
  edge.close();
  for (const person of [alice, bob]) person.destroy();
  await world.close();
});

describe('a heartbeat', () => {
  it('[RM21] sends away with 1013 who answers pings and nothing else', async () => {
    const mute = await edge.connect(alice);
    const well = await edge.connect(bob);
    well.send(encodeSync('step2', new Uint8Array([0, 0])));
    const closed = once(mute, 'close');
    for (let n = 0; n < 2; n += 1) await Promise.all([beat(world, mute, beatMs), once(well, 'ping')]);
    expect(edge.closed).toEqual([]);
    world.clock.advance(beatMs);
    expect((await closed)[0]).toBe(1013);
    await edge.hasClosed(1);
    await beat(world, well, beatMs);
    expect(edge.closed).toEqual([1013]);
  });

  it('[PR8] closes with 4401 whose session has ended, and him alone', async () => {
    const leaver = await edge.connect(alice);
    const stayer = await edge.connect(bob);
    edge.signedOut.add(alice.userId);
    const closed = once(leaver, 'close');
    await beat(world, stayer, beatMs);
    expect((await closed)[0]).toBe(4401);
    await edge.hasClosed(1);
    expect(edge.closed).toEqual([4401]);
  });
});

describe('a reader that takes nothing', () => {
  it('[RM5] is closed with 1013 when more than 8 MiB wait for him, and cut although he never answers', async () => {
    const reader = await edge.connect(alice);
    reader.send(encodeSync('step1', new Uint8Array([0])));
    await once(reader, 'message');
    reader.pause();
    await bob.join();
    await world.settle();
    // Kernels keep some megabytes themselves.
    for (let written = 0; written < 15; written += 1) {
      bob.type('字'.repeat(640_000));
      await world.settle();
    }
    expect(world.registry.status().connections).toBe(2);
    // The library would cut him as well, but only after half a minute of the real clock.
    world.clock.advance(2_000);
    await world.turn();
    expect(edge.closed).toEqual([1013]);
    expect(world.registry.status().connections).toBe(1);
    expect(bob.closedWith).toBeUndefined();
  });
});

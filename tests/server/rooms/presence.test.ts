import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { presenceIntervalMs } from '../../../server/rooms/presence.ts';
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

function round(): void {
  world.clock.advance(presenceIntervalMs);
}

function seenOf(client: number): unknown {
  round();
  return bob.awareness.getStates().get(client);
}

/** How many presence frames somebody has had. */
function told(person: Person): number {
  return person.heard.filter((type) => type === messageTypes.awareness).length;
}

async function newcomer(name: string): Promise<Person> {
  const person = await (await world.newcomer(name)).join();
  await world.settle();
  return person;
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

  const at = (position: object) => ({ cursor: { anchor: position, head: {} } });
  /** JSON of so many bytes. */
  const sized = (bytes: number) => `{"section":"a"${' '.repeat(bytes - 15)}}`;

  it.each([
    ['a state of more than 2,000 bytes', sized(2_001)],
    ['a section of more than 80 characters', JSON.stringify({ section: 'x'.repeat(81) })],
    ['a root of more than 80 characters', JSON.stringify(at({ tname: 'x'.repeat(81) }))],
    ['a negative client', JSON.stringify(at({ item: { client: -1, clock: 0 } }))],
    ['a broken client', JSON.stringify(at({ item: { client: 0.5, clock: 0 } }))],
    ['a negative clock', JSON.stringify(at({ item: { client: 0, clock: -1 } }))],
    ['a broken clock', JSON.stringify(at({ type: { client: 0, clock: 0.5 } }))],
    ['a broken side', JSON.stringify(at({ assoc: 0.5 }))],
    ['half a selection', '{"cursor":{"anchor":{}}}'],
    ['half a JSON', '{"section":'],
    ['no object', '7'],
  ])('[RM6] passes over %s, and does not close for it', (_what, json) => {
    alice.send(message([7, 1, json]));
    expect(seenOf(7)).toBeUndefined();
    expect(alice.closedWith).toBeUndefined();
  });

  it.each([
    ['a state of 2,000 bytes', sized(2_000)],
    ['a page without a selection', '{"section":"a","cursor":null}'],
    ['a selection without a section', JSON.stringify({ ...at({ tname: 'x'.repeat(80) }), section: null })],
    ['nothing but a page', '{}'],
    ['four letters that are not null', '{ } '],
  ])('[RM6] takes %s', (_what, json) => {
    alice.send(message([7, 1, json]));
    expect(seenOf(7)).toMatchObject({ user: { name: 'alice' } });
  });

  it('[RM6] reads no bytes that are not UTF-8 as letters', () => {
    const frame = message([7, 1, '{"section":"ab"}']);
    frame[frame.indexOf(0x61)] = 0xff;
    alice.send(frame);
    expect(seenOf(7)).toBeUndefined();
  });

  it.each(['nulk', 'nuil', 'n0ll', 'mull', 'nulls', 'nul'])('[RM6] takes %s for no goodbye', (word) => {
    alice.send(message([7, 1, '{"section":"a"}']));
    expect(seenOf(7)).toMatchObject({ section: 'a' });
    alice.send(message([7, 2, word]));
    expect(seenOf(7)).toMatchObject({ section: 'a' });
  });

  it('[RM6] takes 400 states in one message, and the largest numbers there are', () => {
    const echoes = Array.from({ length: 399 }, (_, index) => [index, 1, 'null'] as const);
    alice.send(message([2 ** 32 - 1, 2 ** 32 - 1, '{"section":"a"}'], ...echoes));
    expect(seenOf(2 ** 32 - 1)).toMatchObject({ section: 'a' });
    expect(alice.closedWith).toBeUndefined();
  });

  it('[RM6] closes whoever sends numbers that cannot be counted on, too many states, or half a message', async () => {
    const bad = [
      message([7, 2 ** 53 - 1, '{}']),
      message([2 ** 32, 1, '{}']),
      message([1, 2 ** 32, '{}']),
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

  it('[RM6] tells two who moved of each other', () => {
    alice.say({ section: 'a' });
    bob.say({ section: 'b' });
    round();
    expect(bob.awareness.getStates().get(alice.doc.clientID)).toMatchObject({ section: 'a' });
    expect(alice.awareness.getStates().get(bob.doc.clientID)).toMatchObject({ section: 'b' });
  });

  it('[RM6] tells nothing a second time: neither who moved, nor who left, nor who is here', () => {
    alice.say({ section: 'a' });
    bob.send(new Uint8Array([messageTypes.queryAwareness]));
    round();
    const before = told(bob);
    bob.say({ section: 'b' });
    round();
    expect(told(bob)).toBe(before);
    alice.leave();
    round();
    expect(told(bob)).toBe(before + 1);
    bob.say({ section: 'c' });
    round();
    expect(told(bob)).toBe(before + 1);
  });

  it('[RM6] tells only who asked who is here, and nobody of what is no caret', () => {
    alice.say({ section: 'a' });
    round();
    const before = told(bob);
    alice.send(new Uint8Array([messageTypes.queryAwareness]));
    round();
    alice.send(message([alice.doc.clientID, 50, '{"section":7}']));
    round();
    expect(told(bob)).toBe(before);
  });

  it.each([0, 1])(
    '[RM6] ends with the room, whether a round waits (%i) or those who leave would begin one',
    async (waiting) => {
      alice.say({ section: 'a' });
      bob.say({ section: 'b' });
      round();
      const resting = world.clock.pending;
      if (waiting > 0) alice.say({ section: 'c' });
      expect(world.clock.pending).toBe(resting + waiting);
      world.gone = true;
      await world.registry.refresh(world.documentId, '');
      await world.settle();
      expect([alice.closedWith, bob.closedWith]).toEqual([4404, 4404]);
      expect(world.clock.pending).toBe(0);
    },
  );

  it('[RM6] forgets what was said by who left before anybody heard it', () => {
    alice.say({ section: 'a' });
    alice.leave();
    world.clock.advance(100);
    expect(bob.awareness.getStates().has(alice.doc.clientID)).toBe(false);
    expect(world.clock.pending).toBeLessThan(5);
  });
});

describe('the client id somebody speaks for', () => {
  it('[RM6] is not one under which somebody else has written, also where that one shows no caret', async () => {
    alice.type('字');
    await world.settle();
    bob.send(message([alice.doc.clientID, 9, '{"section":"a"}']));
    const carol = await newcomer('carol');
    round();
    expect(carol.awareness.getStates().has(alice.doc.clientID)).toBe(false);
    alice.say({ section: 'b' });
    expect(seenOf(alice.doc.clientID)).toMatchObject({ section: 'b', user: { name: 'alice' } });
    carol.destroy();
  });

  it('[RM6] may be one under which he wrote himself', async () => {
    alice.type('字');
    await world.settle();
    alice.say({ section: 'a' });
    expect(seenOf(alice.doc.clientID)).toMatchObject({ section: 'a' });
  });

  it('[RM6] is his who names it first, also within one round', () => {
    alice.send(message([7, 1, '{"section":"a"}']));
    bob.send(message([7, 2, '{"section":"b"}']));
    expect(seenOf(7)).toMatchObject({ section: 'a', user: { name: 'alice' } });
  });

  it('[RM6] is one for as long as the connection lasts', () => {
    alice.send(message([7, 1, '{"section":"a"}'], [8, 1, '{"section":"a"}']));
    alice.send(message([8, 2, '{"section":"b"}']));
    expect(seenOf(8)).toBeUndefined();
    alice.send(message([7, 2, '{"section":"c"}']));
    expect(seenOf(7)).toMatchObject({ section: 'c' });
  });

  it('[RM6] is not taken by telling that it has gone', () => {
    alice.send(message([7, 1, 'null'], [8, 1, '{"section":"a"}']));
    expect(seenOf(8)).toMatchObject({ section: 'a' });
  });

  it('[RM6] is his for as long as he is here, also while he shows no caret', () => {
    alice.send(message([7, 1, '{"section":"a"}']));
    expect(seenOf(7)).toMatchObject({ section: 'a' });
    alice.send(message([7, 2, 'null']));
    expect(seenOf(7)).toBeUndefined();
    const before = told(alice);
    bob.send(message([7, 3, '{"section":"b"}']));
    round();
    expect(told(alice)).toBe(before);
  });

  it('[RM6] is free when he has left, and whoever takes it loses nothing by his leaving twice', async () => {
    const carol = await newcomer('carol');
    alice.send(message([7, 1, '{"section":"a"}']));
    round();
    const { seat } = alice;
    seat?.leave();
    carol.send(message([7, 2, '{"section":"c"}']));
    expect(seenOf(7)).toMatchObject({ section: 'c', user: { name: 'carol' } });
    carol.send(message([7, 3, '{"section":"d"}']));
    seat?.leave();
    expect(seenOf(7)).toMatchObject({ section: 'd' });
    carol.destroy();
  });
});

describe('the order of what is said', () => {
  it('[RM6] is that of its clock: what is not newer is passed over', () => {
    alice.send(message([7, 5, '{"section":"a"}']));
    alice.send(message([7, 5, '{"section":"b"}']));
    alice.send(message([7, 4, '{"section":"c"}']));
    expect(seenOf(7)).toMatchObject({ section: 'a' });
    const before = told(bob);
    alice.send(message([7, 5, '{"section":"b"}']));
    round();
    expect(told(bob)).toBe(before);
  });

  it('[RM6] shows who comes back with his next word, also when everybody has heard that he had gone', async () => {
    alice.say({ section: 'a' });
    expect(seenOf(alice.doc.clientID)).toMatchObject({ section: 'a' });
    alice.leave();
    expect(seenOf(alice.doc.clientID)).toBeUndefined();
    await alice.join();
    // A page tells its state again when its line is back, one further.
    alice.say({ section: 'a' });
    expect(seenOf(alice.doc.clientID)).toMatchObject({ section: 'a' });
  });

  it.each([
    ['for a moment', '{"section":"b"}', 'leave'],
    ['and says what is no caret', '{"section":7}', 'stay'],
  ] as const)('[RM6] still tells that he has gone of who comes back %s', async (_what, json, then) => {
    alice.send(message([7, 1, '{"section":"a"}']));
    expect(seenOf(7)).toMatchObject({ section: 'a' });
    alice.leave();
    await alice.join();
    alice.send(message([7, 2, json]));
    if (then === 'leave') alice.leave();
    expect(seenOf(7)).toBeUndefined();
  });

  it('[RM6] does not rest on bytes of a frame that the network has taken back', () => {
    const frame = message([7, 1, '{"section":"a"}']);
    alice.send(frame);
    frame.fill(0);
    expect(seenOf(7)).toMatchObject({ section: 'a' });
  });
});

describe('a newcomer', () => {
  const sections = async (name: string) => {
    const person = await newcomer(name);
    const states = [...person.awareness.getStates()].filter(([client]) => client !== person.doc.clientID);
    person.destroy();
    return states.map(([client, { section }]) => [client, section]);
  };

  it('[RM6] hears with the text who is here: as they are now, and nobody who has gone', async () => {
    alice.send(message([7, 1, '{"section":"a"}']));
    bob.send(message([8, 1, '{"section":"b"}']));
    round();
    expect(await sections('carol')).toEqual([
      [7, 'a'],
      [8, 'b'],
    ]);
    alice.send(message([7, 2, '{"section":"c"}']));
    round();
    expect(await sections('dan')).toEqual(
      [
        [8, 'b'],
        [7, 'c'],
      ].sort(([a], [b]) => Number(a) - Number(b)),
    );
    alice.send(message([7, 3, 'null']));
    round();
    expect(await sections('erin')).toEqual([[8, 'b']]);
    bob.leave();
    expect(await sections('frank')).toEqual([]);
  });

  it('[RM6] is told nothing where nobody shows a caret, and the text comes first where somebody does', async () => {
    const carol = await newcomer('carol');
    expect(told(carol)).toBe(0);
    alice.say({ section: 'a' });
    round();
    const dan = await newcomer('dan');
    const { sync, awareness } = messageTypes;
    expect(dan.heard.filter((type) => type === sync || type === awareness)).toEqual([sync, sync, awareness]);
    carol.destroy();
    dan.destroy();
  });

  it('[RM6] who has not been given the text yet is not told of carets', async () => {
    const carol = await world.newcomer('carol');
    await carol.staySilent().join();
    await world.settle();
    alice.say({ section: 'a' });
    round();
    expect(told(carol)).toBe(0);
    carol.askForText();
    await world.settle();
    expect(told(carol)).toBe(1);
    carol.destroy();
  });
});

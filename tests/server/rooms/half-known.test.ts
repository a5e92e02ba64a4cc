/** A line that breaks is answered before its last words have come: then the room knows the first part of what the next brings. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { rootOf } from '../../../shared/document/schema.ts';
import { encodeSync } from '../../../shared/protocol/frames.ts';
import { type Person, RoomWorld } from '../../support/room-world.ts';

let world: RoomWorld;
let alice: Person;
let bob: Person;
let oldLine: Person;

beforeEach(async () => {
  world = await RoomWorld.open();
  [alice, bob] = [world.person('alice'), world.person('bob')];
  await alice.join();
  await bob.join();
  await world.settle();
  oldLine = await alice.anotherPage().join();
  await world.settle();
});

afterEach(async () => {
  for (const person of [alice, bob, oldLine]) person.destroy();
  await world.close();
});

/**
 * Alice writes two words without a line; the first arrives by the old one once the new one has been greeted. Returns her
 * answer to that greeting, before she hears of anything else.
 */
async function arriveInTwoParts(first: string, second: string): Promise<Uint8Array> {
  const greeting = Y.encodeStateVector(alice.doc);
  const updates: Uint8Array[] = [];
  const note = (update: Uint8Array) => updates.push(update);
  alice.leave();
  alice.doc.on('update', note);
  alice.offline(() => alice.type(first));
  alice.doc.off('update', note);
  alice.offline(() => alice.type(second));
  await alice.stayMute().join();
  for (const update of updates) oldLine.send(encodeSync('update', update));
  await world.settle();
  return encodeSync('step2', Y.encodeStateAsUpdate(alice.doc, greeting));
}

async function expectOneText(): Promise<void> {
  await world.settle();
  expect(alice.refused).toEqual([]);
  expect(alice.closedWith).toBeUndefined();
  expect(bob.seen()).toBe(alice.seen());
  expect(await world.stored()).toBe(alice.seen());
  world.restart([alice, bob, oldLine]);
  expect(await world.stored()).toBe(alice.seen());
  expect(world.troubles).toEqual([]);
}

it('RM11: the rest of a word whose beginning is there comes in', async () => {
  const answer = await arriveInTwoParts('学习', '不够');
  alice.send(answer);
  await expectOneText();
  expect(alice.seen()).toBe('学习不够||');
});

it('RM11: the rest of a word whose beginning went with its paragraph refuses nobody, and he writes on', async () => {
  const answer = await arriveInTwoParts('学习', '不够');
  bob.doc.getXmlFragment(rootOf('opening')).delete(0, 1);
  await world.settle();
  alice.send(answer);
  await world.settle();
  alice.type('深入', 'measures');
  await expectOneText();
  expect(alice.seen()).toBe('||深入');
});

it('RM11: of a word whose beginning was collected only the rest is stored, which every copy can take', async () => {
  const answer = await arriveInTwoParts('学习', '不够');
  bob.doc.getXmlFragment(rootOf('opening')).delete(0, 1);
  await world.settle();
  alice.send(answer);
  await world.settle();
  const entries = await world.journal.entries(world.documentId, 0, 100);
  const { structs } = Y.decodeUpdate(entries.at(-1)?.update ?? new Uint8Array());
  expect(structs.map(({ id, length }) => [id.client, length])).toEqual([[alice.doc.clientID, 2]]);
});

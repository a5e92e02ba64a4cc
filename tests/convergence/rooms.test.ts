/**
 * Random stories of several writers: typing, deleting, splitting, bold, going offline, losing and regaining the right to
 * write, a server that dies. In the end everybody and the store hold the same text, and nothing acknowledged is missing.
 */

import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { hasLoneSurrogate } from '../../shared/document/schema.ts';
import { Random } from '../support/random.ts';
import { bodyKeys, type Person, RoomWorld } from '../support/room-world.ts';

const letters = ['我', '不', '够', '，', '。', '一是', '𠮷', '2021年', '“两个确立”', '㛃'];
const fromEnvironment = process.env['SEED'];
const seeds = fromEnvironment === undefined ? [1, 7, 20220120, 4711] : [Number(fromEnvironment)];
const steps = Number(process.env['STEPS'] ?? 300);

describe.each(seeds)('seed %i', (seed) => {
  it('ends with one text everywhere and keeps all that was acknowledged', { timeout: 60_000 }, async () => {
    const random = new Random(seed);
    const world = await RoomWorld.open();
    const people = ['alice', 'bob', 'carol', 'dave'].map((name) => world.person(name));
    for (const person of people) await person.join();
    await world.settle();
    for (let step = 0; step < steps; step += 1) await act(world, people, random);
    world.epoch += 1;
    for (const person of people) world.levels.set(person.userId, 'write');
    await world.registry.refresh(world.documentId, '');
    for (const person of people) await comeBack(world, person);
    await world.settle();
    const stored = await world.stored();
    for (const person of people) expect(person.seen(), `${person.name}, seed ${seed}`).toBe(stored);
    expect(hasLoneSurrogate(stored)).toBe(false);
    expect(stored).not.toContain('\ufffd');
    expect((await world.registry.read(world.documentId, bodyKeys)).content.map(({ key }) => key)).toEqual(bodyKeys);
    for (const person of people) person.destroy();
    await world.close();
  });
});

async function act(world: RoomWorld, people: readonly Person[], random: Random): Promise<void> {
  const person = random.pick(people);
  const chance = random.next();
  if (chance < 0.8) edit(person, random);
  else if (chance < 0.86) await world.settle();
  else if (chance < 0.91) person.leave();
  else if (chance < 0.96) await comeBack(world, person);
  else if (chance < 0.98) await changeAccess(world, person, random);
  else await crash(world, people);
}

async function comeBack(world: RoomWorld, person: Person): Promise<void> {
  await world.settle();
  if (person.refused.length > 0) person.startAfresh();
  if (person.seat !== undefined) return;
  await person.join();
  await world.settle();
  if (person.refused.length === 0) return;
  person.startAfresh();
  await person.join();
  await world.settle();
}

async function changeAccess(world: RoomWorld, person: Person, random: Random): Promise<void> {
  world.epoch += 1;
  world.levels.set(person.userId, random.pick(['read', 'write']));
  await world.registry.refresh(world.documentId, 'changed');
}

/** Whatever was acknowledged before the crash must be in the store after it. */
async function crash(world: RoomWorld, people: readonly Person[]): Promise<void> {
  const vouched = people.map((person) => person.lastSaved()?.stateVector);
  world.restart(people);
  const loaded = await world.journal.load(world.documentId);
  const doc = new Y.Doc();
  if (loaded.checkpoint !== undefined) Y.applyUpdate(doc, loaded.checkpoint.state);
  for (const entry of loaded.entries) Y.applyUpdate(doc, entry.update);
  for (const vector of vouched) {
    if (vector === undefined) continue;
    for (const [client, clock] of Y.decodeStateVector(vector)) {
      expect(Y.getState(doc.store, client)).toBeGreaterThanOrEqual(clock);
    }
  }
  doc.destroy();
}

function edit(person: Person, random: Random): void {
  const key = random.pick(bodyKeys);
  const fragment = person.doc.getXmlFragment(`s:${key}`);
  const chance = random.next();
  person.doc.transact(() => {
    if (fragment.length === 0 || chance < 0.12) {
      const block = new Y.XmlElement(random.pick(['paragraph', 'item']));
      block.setAttribute('id', `b${Math.floor(random.next() * 1e12).toString(36)}00000000`.slice(0, 12));
      fragment.insert(random.below(fragment.length + 1), [block]);
      return;
    }
    const index = random.below(fragment.length);
    if (chance < 0.17) fragment.delete(index, 1);
    else editBlock(fragment.get(index), random);
  });
}

function editBlock(block: unknown, random: Random): void {
  if (!(block instanceof Y.XmlElement)) return;
  const inside = block.get(0);
  if (!(inside instanceof Y.XmlText)) {
    block.insert(0, [new Y.XmlText(random.pick(letters))]);
    return;
  }
  const text = inside
    .toDelta()
    .map((op: { insert?: unknown }) => (typeof op.insert === 'string' ? op.insert : ''))
    .join('');
  const points = [...text];
  const chance = random.next();
  if (chance < 0.65 || points.length < 2) {
    const before = points.slice(0, random.below(points.length + 1)).join('');
    inside.insert(before.length, random.pick(letters));
  } else {
    const from = random.below(points.length - 1);
    const before = points.slice(0, from).join('').length;
    const length = points.slice(from, from + 1 + random.below(3)).join('').length;
    if (chance < 0.9) inside.delete(before, length);
    else inside.format(before, length, { strong: random.next() < 0.5 ? {} : null });
  }
}

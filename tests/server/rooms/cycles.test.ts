/** RM8: whatever people and the store did, when everybody has gone nothing is left behind. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../support/random.ts';
import { type Person, RoomWorld } from '../../support/room-world.ts';

const cycles = 10_000;

function act(person: Person, chance: number): void {
  if (chance < 0.2) person.leave();
  else if (chance < 0.23) person.send(new Uint8Array([9, 9, 9]));
  else if (chance < 0.4 && person.greeted) person.say({ cursor: null });
  else if (chance < 0.45) person.askForText();
  else if (person.doc.getXmlFragment('s:opening').length > 0) person.type('字');
}

describe('ten thousand visits', () => {
  it('[RM8] leave no room, no connection and no timer', { timeout: 120_000 }, async () => {
    const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 32));
    const random = new Random(seed);
    const chance = (share: number) => random.next() < share;
    console.log(`ten thousand visits: SEED=${seed}`);
    const world = await RoomWorld.open();
    const people = [world.person('alice'), world.person('bob'), world.person('carol', 'read')];
    for (let cycle = 0; cycle < cycles; cycle += 1) {
      const person = random.pick(people);
      world.journal.failingLoads = chance(0.05);
      world.failingFacts = chance(0.02);
      world.gone = chance(0.01);
      if (person.closedWith !== undefined) {
        person.startAfresh();
        person.closedWith = undefined;
      }
      if (person.seat === undefined) await person.join().catch(() => undefined);
      else act(person, random.next());
      if (chance(0.3)) await world.turn();
      world.journal.failing = chance(0.05);
      if (chance(0.05)) await world.registry.refresh(world.documentId, '').catch(() => undefined);
      if (chance(0.1)) world.clock.advance(random.below(40_000));
    }
    world.journal.failingLoads = false;
    world.journal.failing = false;
    world.failingFacts = false;
    world.gone = false;
    world.clock.advance(10_000);
    await world.settle();
    for (const person of people) person.leave();
    for (let minute = 0; minute < 3; minute += 1) {
      world.clock.advance(60_000);
      await world.settle();
    }
    expect((await world.stored()).length, `seed ${seed}`).toBeGreaterThan(100);
    expect(world.registry.status(), `seed ${seed}`).toMatchObject({ rooms: 0, connections: 0, unsaved: 0 });
    expect(world.clock.pending, `seed ${seed}`).toBe(0);
    for (const person of people) person.destroy();
    await world.close();
  });
});

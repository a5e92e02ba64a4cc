import { expect, it } from 'vitest';
import { Allowance } from '../../../server/rooms/allowance.ts';
import { content, forge } from '../../support/adversary-forge.ts';
import { RawVisitor } from '../../support/adversary-visitor.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { RoomWorld } from '../../support/room-world.ts';

it('lets a burst pass, then so much a second, and never saves up more than the burst', () => {
  const clock = new FakeClock();
  const allowance = new Allowance(clock, { most: 10, perSecond: 2 });
  expect(allowance.take(10)).toBe(true);
  expect(allowance.take(1)).toBe(false);
  clock.advance(1_000);
  expect(allowance.take(2)).toBe(true);
  expect(allowance.take(1)).toBe(false);
  clock.advance(60_000);
  expect(allowance.take(10)).toBe(true);
  expect(allowance.take(1)).toBe(false);
});

it('[RM19] refuses whoever keeps the server busy with updates that cost much, until he has waited', async () => {
  const world = await RoomWorld.open();
  const mallory = await world.newcomer('mallory');
  const visitor = new RawVisitor(world, mallory.userId);
  const costly = (client: number) =>
    forge([{ client, clock: 0, structs: Array.from({ length: 19_000 }, () => ({ content: content.collected(1) })) }]);
  const verdicts: string[] = [];
  await visitor.comeIn();
  for (let client = 1; client <= 12; client += 1) {
    visitor.write(costly(client));
    await world.settle();
    verdicts.push(visitor.verdict);
  }
  expect(verdicts.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => 'saved'));
  expect(verdicts).toContain('refused too_fast');
  await visitor.comeIn();
  visitor.write(costly(99));
  await world.settle();
  expect(visitor.verdict).toBe('saved');
  mallory.destroy();
  await world.close();
});

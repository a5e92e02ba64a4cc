import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
  expect(allowance.take(0)).toBe(true);
  clock.advance(1_000);
  expect(allowance.take(2)).toBe(true);
  expect(allowance.take(1)).toBe(false);
  clock.advance(60_000);
  expect(allowance.take(10)).toBe(true);
  expect(allowance.take(1)).toBe(false);
});

describe('what updates cost', () => {
  let world: RoomWorld;
  beforeEach(async () => {
    world = await RoomWorld.open();
  });
  afterEach(() => world.close());

  /** Writes what costs a tenth of what one may, again and again; what became of each. */
  async function writeMuch(visitor: RawVisitor, from: number): Promise<readonly string[]> {
    const verdicts: string[] = [];
    await visitor.comeIn();
    for (let client = from; client < from + 12; client += 1) {
      const structs = Array.from({ length: 19_000 }, () => ({ content: content.collected(1) }));
      visitor.write(forge([{ client, clock: 0, structs }]));
      await world.settle();
      verdicts.push(visitor.verdict);
    }
    return verdicts;
  }

  async function comes(name: string): Promise<RawVisitor> {
    const { userId } = await world.newcomer(name);
    return new RawVisitor(world, userId);
  }

  it('[RM19] is bounded: who keeps the server busy is refused until he has waited', async () => {
    const mallory = await comes('mallory');
    const verdicts = await writeMuch(mallory, 1);
    expect(verdicts.slice(0, 9)).toEqual(Array.from({ length: 9 }, () => 'saved'));
    expect(verdicts).toContain('refused too_fast');
    world.clock.advance(2_200);
    expect((await writeMuch(mallory, 100)).slice(0, 9)).toEqual(Array.from({ length: 9 }, () => 'saved'));
  });

  it('[RM19] is much where client ids are used up: they are kept for ever', async () => {
    const mallory = await comes('mallory');
    await mallory.comeIn();
    const verdicts: string[] = [];
    for (let client = 1; client <= 110; client += 1) {
      mallory.write(forge([{ client, clock: 0, structs: [{ content: content.collected(1) }] }]));
      await world.settle();
      verdicts.push(mallory.verdict);
    }
    expect(verdicts[90]).toBe('saved');
    expect(verdicts).toContain('refused too_fast');
  });

  it('[RM19] is nothing for a page that comes back and has nothing new to say: it is let in at once', async () => {
    const mallory = await comes('mallory');
    await writeMuch(mallory, 1);
    await mallory.comeIn();
    expect(mallory.verdict).toBe('saved');
  });

  it('[RM19] is counted for the person: who comes in again, or twice, may write no more', async () => {
    const mallory = await comes('mallory');
    await writeMuch(mallory, 1);
    expect((await writeMuch(mallory, 100))[0]).toBe('refused too_fast');
    expect((await writeMuch(new RawVisitor(world, mallory.userId), 200))[0]).toBe('refused too_fast');
    const alice = await comes('alice');
    expect((await writeMuch(alice, 300))[0]).toBe('saved');
  });
});

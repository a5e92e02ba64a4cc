/** Many at the door: how many may stand in it, and in which order they come through. */
import { describe, expect, it } from 'vitest';
import { Crowd, maxInOneRoom, maxOfOnePerson } from '../../../server/sync/crowd.ts';
import { Turnstile } from '../../../server/sync/turnstile.ts';
import type { DocumentId, UserId } from '../../../shared/ids.ts';

describe('a crowd', () => {
  const alice = 'user_alice' as UserId;
  const bob = 'user_bob' as UserId;
  const room = (n: number) => `doc_${n}` as DocumentId;

  it('[PR13] has at most fifty of one person in a room, whoever else is there', () => {
    const crowd = new Crowd();
    const entered = Array.from({ length: maxInOneRoom }, () => crowd.enter(alice, room(1)));
    expect(entered).toEqual(Array.from({ length: 50 }, () => true));
    expect(crowd.enter(alice, room(1))).toBe(false);
    expect(crowd.enter(bob, room(1))).toBe(true);
    expect(crowd.enter(alice, room(2))).toBe(true);
    crowd.leave(alice, room(1));
    expect(crowd.enter(alice, room(1))).toBe(true);
    expect(crowd.enter(alice, room(1))).toBe(false);
  });

  it('[PR13] has at most five hundred of one person in all rooms', () => {
    const crowd = new Crowd();
    const rooms = Array.from({ length: 500 }, (_, n) => room(n));
    expect(maxOfOnePerson).toBe(500);
    expect(rooms.every((one) => crowd.enter(alice, one))).toBe(true);
    expect(crowd.enter(alice, room(1_000))).toBe(false);
    expect(crowd.enter(bob, room(1_000))).toBe(true);
    for (const one of rooms) crowd.leave(alice, one);
    expect(crowd.enter(alice, room(1_000))).toBe(true);
  });
});

describe('the door', () => {
  /** Work that lasts until it is let go. */
  function work() {
    let end: () => void = () => undefined;
    const lasting = new Promise<void>((resolve) => {
      end = resolve;
    });
    let begun = false;
    const start = async () => {
      begun = true;
      await lasting;
      return 'through';
    };
    return { start, end, begun: () => begun };
  }
  const aMoment = () => new Promise((resolve) => setTimeout(resolve));

  it('[PR13] lets one through after the other, in the order they came', async () => {
    const turnstile = new Turnstile();
    const [first, second, third] = [work(), work(), work()];
    const through = [first, second, third].map(({ start }) => turnstile.pass(start));
    await aMoment();
    expect([first, second, third].map(({ begun }) => begun())).toEqual([true, false, false]);
    first.end();
    await through[0];
    await aMoment();
    expect([second, third].map(({ begun }) => begun())).toEqual([true, false]);
    second.end();
    third.end();
    expect(await Promise.all(through)).toEqual(['through', 'through', 'through']);
  });

  it('[PR13] lets everything else happen between two of them', async () => {
    const turnstile = new Turnstile();
    const seen: string[] = [];
    const through = ['one', 'two'].map((name) => turnstile.pass(async () => seen.push(name)));
    setImmediate(() => seen.push('somebody who is in'));
    await Promise.all(through);
    expect(seen).toEqual(['one', 'somebody who is in', 'two']);
  });

  it('[PR13] tells who could not be looked up, and goes on with the next, now and later', async () => {
    const turnstile = new Turnstile();
    const failed = turnstile.pass(async () => {
      throw new Error('the database does not answer');
    });
    const next = turnstile.pass(async () => 'through');
    await expect(failed).rejects.toThrow('does not answer');
    expect(await next).toBe('through');
    await aMoment();
    expect(await turnstile.pass(async () => 'later')).toBe('later');
  });
});

import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import type { Identity } from '../../../server/identity/identity.ts';
import { beatMs, Heart, Heartbeat } from '../../../server/sync/heartbeat.ts';
import { SessionCheck } from '../../../server/sync/session-check.ts';
import { FakeClock } from '../../support/fake-clock.ts';

class Caller {
  pings = 0;
  ended = false;
  answers = true;
  checks = 0;
  #onPong: () => void = () => undefined;
  readonly heartbeat: Heartbeat;

  constructor(heart: Heart, check: () => Promise<void> = async () => undefined) {
    const socket = {
      on: (_event: string, hear: () => void) => {
        this.#onPong = hear;
      },
      ping: () => {
        this.pings += 1;
        if (this.answers) this.#onPong();
      },
      terminate: () => {
        this.ended = true;
      },
    };
    this.heartbeat = new Heartbeat(heart, socket as unknown as WebSocket, async () => {
      this.checks += 1;
      await check();
    });
  }
}

describe('the heart', () => {
  it('[PR8] pings each caller about every 25 s, with one timer for all of them', () => {
    const clock = new FakeClock();
    const heart = new Heart(clock);
    const callers = Array.from({ length: 100 }, () => {
      clock.advance(700);
      return new Caller(heart);
    });
    expect(clock.pending).toBe(1);
    const before = callers.map(({ pings }) => pings);
    clock.advance(10 * beatMs);
    expect(callers.map(({ pings }, index) => pings - (before[index] ?? 0))).toEqual(callers.map(() => 10));
    expect(callers.every(({ ended }) => !ended)).toBe(true);
  });

  it('[PR8] ends who was silent for two pings, and only them', () => {
    const clock = new FakeClock();
    const heart = new Heart(clock);
    const silent = new Caller(heart);
    const well = new Caller(heart);
    silent.answers = false;
    clock.advance(2 * beatMs);
    expect(silent.ended).toBe(false);
    clock.advance(beatMs);
    expect(silent.ended).toBe(true);
    expect(well.ended).toBe(false);
    expect(well.checks).toBe(3);
  });

  it('[PR8] leaves who has just come alone for 24 s at least', () => {
    const clock = new FakeClock();
    const heart = new Heart(clock);
    expect(beatMs).toBe(25_000);
    for (let second = 0; second < 25; second += 1) {
      const newcomer = new Caller(heart);
      clock.advance(23_900);
      expect(newcomer.pings).toBe(0);
      clock.advance(1_100);
      expect(newcomer.pings).toBe(1);
      newcomer.heartbeat.stop();
      clock.advance(700);
    }
  });

  it('[PR8] goes on when a session cannot be looked up, and asks again at the next beat', async () => {
    const clock = new FakeClock();
    const heart = new Heart(clock);
    const caller = new Caller(heart, async () => {
      throw new Error('the database does not answer');
    });
    clock.advance(beatMs);
    // Nobody catches what a beat throws: a rejection let go would end the process.
    await new Promise((resolve) => setImmediate(resolve));
    clock.advance(beatMs);
    expect([caller.checks, caller.pings, caller.ended]).toEqual([2, 2, false]);
  });

  it('[RM8] stands still when nobody is left', () => {
    const clock = new FakeClock();
    const heart = new Heart(clock);
    const callers = [new Caller(heart), new Caller(heart)];
    for (const { heartbeat } of callers) heartbeat.stop();
    for (const { heartbeat } of callers) heartbeat.stop();
    expect(clock.pending).toBe(0);
    const late = new Caller(heart);
    clock.advance(beatMs);
    expect(late.pings).toBe(1);
  });
});

describe('looking at sessions again', () => {
  it('[PR8] asks once for all sockets of a session, and again in the next round', async () => {
    const clock = new FakeClock();
    let asked = 0;
    let signedIn = true;
    const identity: Identity = {
      who: async (headers) => {
        asked += 1;
        return signedIn ? ({ sessionId: headers.get('cookie') } as never) : undefined;
      },
    };
    const check = new SessionCheck(identity, clock);
    for (let socket = 0; socket < 50; socket += 1) expect(await check.holds('s1', 'c1')).toBe(true);
    expect(await check.holds('s2', 'c2')).toBe(true);
    expect(asked).toBe(2);
    signedIn = false;
    clock.advance(beatMs);
    expect(await check.holds('s1', 'c1')).toBe(false);
    signedIn = true;
    clock.advance(-24 * 3_600_000);
    expect(await check.holds('s1', 'c1'), 'a clock set back').toBe(true);
  });
});

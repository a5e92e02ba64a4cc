/** The end in order: what comes before what, and how long each step is waited for. */
import { beforeEach, describe, expect, it } from 'vitest';
import { type Ending, endServer } from '../../../server/operate/stop.ts';
import { FakeClock } from '../../support/fake-clock.ts';

let clock: FakeClock;
let steps: string[];
let said: unknown[];
let ending: Ending;
/** Steps that do not end by themselves. */
let stuck: Set<string>;
let unsaved: number;
let checkpointsMs: () => number;

beforeEach(() => {
  clock = new FakeClock();
  steps = [];
  said = [];
  stuck = new Set();
  unsaved = 0;
  const stopping = new AbortController();
  const step = (name: string) => {
    steps.push(stopping.signal.aborted ? name : `${name} before the end was told`);
    return stuck.has(name) ? new Promise<never>(() => undefined) : Promise.resolve();
  };
  const hear = (level: string) => (facts: unknown, what: unknown) => said.push([level, facts, what]);
  ending = {
    stopping,
    clock,
    registry: {
      stopTaking: () => steps.push('take no more'),
      close: async (graceMs, leftMs) => {
        checkpointsMs = leftMs ?? (() => Number.NaN);
        await step(`save for ${graceMs}`);
        return unsaved;
      },
    },
    listener: {
      drained: () => step('finish requests'),
      socketsClosed: () => step('close sockets'),
      end: () => void step('cut'),
    },
    storage: { close: () => step('close the database') },
    // Of the log two levels are used, with facts and a sentence.
    log: { info: hear('info'), error: hear('error') } as unknown as Ending['log'],
  };
});

const all = ['take no more', 'finish requests', 'save for 4000', 'close sockets', 'cut', 'close the database'];

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

describe('an orderly end', () => {
  it('[RM4] takes nothing new first, saves before it sends away, closes the database last, and says how long it took', async () => {
    expect(await endServer(ending)).toBe(0);
    expect(steps).toEqual(all);
    expect(said).toEqual([['info', { unsaved: 0, ms: 0 }, 'stopped']]);
    expect(clock.pending).toBe(0);
  });

  it('[RM4] tells of rooms that could not be saved, and closes the database all the same', async () => {
    unsaved = 1;
    expect(await endServer(ending)).toBe(1);
    expect(steps).toEqual(all);
    expect(said).toEqual([['error', { unsaved: 1, ms: 0 }, 'stopped with unsaved rooms']]);
  });

  it.each([
    ['finish requests', 2_000],
    ['close sockets', 1_000],
  ])('[RM4] waits for who has to %s for %i ms and no longer', async (name, ms) => {
    stuck.add(name);
    const ended = endServer(ending);
    await turn();
    clock.advance(ms - 1);
    await turn();
    expect(steps.at(-1)).toBe(name);
    clock.advance(1);
    expect(await ended).toBe(0);
    expect(steps).toEqual(all);
    expect(clock.pending).toBe(0);
  });

  it('[RM4] gives checkpoints and handshakes what the steps before have left of eight seconds', async () => {
    stuck.add('finish requests').add('save for 4000').add('close sockets');
    let saved = (): void => undefined;
    ending = {
      ...ending,
      registry: {
        ...ending.registry,
        close: async (_graceMs, leftMs) => {
          checkpointsMs = leftMs ?? (() => Number.NaN);
          await new Promise<void>((resolve) => {
            saved = resolve;
          });
          return 0;
        },
      },
    };
    const ended = endServer(ending);
    await turn();
    expect(steps).toEqual(all.slice(0, 2));
    clock.advance(2_000);
    await turn();
    expect(checkpointsMs()).toBe(5_000);
    // Overdue: the machine had no time to spare.
    clock.advance(5_500);
    expect(checkpointsMs()).toBeLessThanOrEqual(0);
    saved();
    await turn();
    clock.advance(499);
    await turn();
    expect(steps.at(-1)).toBe('close sockets');
    clock.advance(1);
    expect(await ended).toBe(0);
    expect(said).toEqual([['info', { unsaved: 0, ms: 8_000 }, 'stopped']]);
  });

  it('[RM4] rejects when the database cannot be closed, and does not say that it stopped', async () => {
    ending = { ...ending, storage: { close: () => Promise.reject(new Error('the disk is full')) } };
    await expect(endServer(ending)).rejects.toThrow('the disk is full');
    expect(said).toEqual([]);
  });
});

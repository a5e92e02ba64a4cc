/**
 * Real editors, real rooms on both sides, everything that can come between: in the end everybody and the store hold the same
 * text, and no letter is missing that nobody took away. `STEPS` says how much happens in all, `STORY` how much in one story;
 * `SEED=… STEPS=250` tells the one story of that seed again.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { prove, type Tally } from '../support/editor-proof.ts';
import { Story } from '../support/editor-story.ts';
import { Random } from '../support/random.ts';

const torture = process.env['TORTURE'] === '1';
const steps = Number(process.env['STEPS'] ?? (torture ? 100_000 : 1_500));
const stepsPerStory = Number(process.env['STORY'] ?? 250);
// In CI the same stories every time, so that what breaks one is the change at hand.
const first = Number(process.env['SEED'] ?? (torture ? Math.floor(Math.random() * 1_000_000_000) : 1));
/** Stories that once went wrong: an undo that stood elsewhere for everybody else, in a line that had come back before. */
const oldSeeds = [734_512_548];

let clientIds = new Random(0);

/** Client ids decide between two who write at one place; drawn from the story's chance, they make it repeatable. */
beforeAll(() => {
  Object.defineProperty(Y.Doc.prototype, 'clientID', {
    configurable: true,
    set(this: Y.Doc) {
      const value = 1 + clientIds.below(4_294_967_295);
      Object.defineProperty(this, 'clientID', { value, writable: true, configurable: true, enumerable: true });
    },
  });
});
afterAll(() => {
  Reflect.deleteProperty(Y.Doc.prototype, 'clientID');
});

async function tell(seed: number, tally: Tally, length = stepsPerStory): Promise<void> {
  const random = new Random(seed);
  clientIds = new Random(seed + 1);
  const story = await Story.open(random);
  try {
    for (let step = 1; step <= length; step += 1) {
      await story.next();
      if (random.next() > 0.008 && step < length) continue;
      await story.calm();
      await prove(story, tally);
    }
    await story.close();
  } catch (error) {
    const told = story.diary.slice(-40).join('\n');
    throw new Error(`seed ${seed}, step ${story.step}: ${error instanceof Error ? error.stack : error}\n${told}`);
  }
}

test.each(oldSeeds)('the story of seed %i', { timeout: 120_000 }, (seed) => tell(seed, new Map(), 250));

test(`convergence: ${steps} operations from seed ${first} end with one text everywhere and nothing lost`, {
  timeout: 3_600_000,
}, async () => {
  const tally: Tally = new Map();
  const failed: string[] = [];
  const started = performance.now();
  const stories = Math.max(1, Math.ceil(steps / stepsPerStory));
  for (let nth = 0; nth < stories; nth += 1) {
    await tell(first + nth * 7_919, tally).catch((error: Error) => failed.push(error.message));
  }
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(
    `convergence: ${stories} stories from seed ${first}, ${stories * stepsPerStory} operations, ${seconds} s`,
  );
  for (const [what, count] of [...tally].sort()) console.log(`  ${count} ${what}`);
  expect(failed.join('\n\n')).toBe('');
});

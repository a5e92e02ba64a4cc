import { defineConfig } from 'vitest/config';

/** Tests that start the product as a process or drive a browser: alone on the machine, one after the other, at the end. */
const whole = [
  'tests/end-to-end/**/*.test.ts',
  'tests/server/demo/demo.test.ts',
  'tests/torture/{crashes,adversaries}.test.ts',
];

/**
 * Random stories of many writers, crashes and attacks: a short run here, the long one is `npm run torture`. Not what one
 * waits for while editing.
 */
export const stories = ['tests/convergence/**/*.test.ts', 'tests/torture/**/*.test.ts'];
const parts = { testTimeout: 60_000, hookTimeout: 120_000, sequence: { groupOrder: 0 } };

export default defineConfig({
  test: {
    projects: [
      { test: { ...parts, name: 'parts', include: ['tests/**/*.test.{ts,tsx}'], exclude: [...whole, ...stories] } },
      { test: { ...parts, name: 'stories', include: stories, exclude: whole, testTimeout: 120_000 } },
      {
        test: {
          name: 'whole',
          include: whole,
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});

import { defineConfig } from 'vitest/config';
import { stories } from './vitest.config.ts';

/** The same stories at full size, one after the other; a run takes as long as it takes. */
export default defineConfig({
  test: {
    include: stories,
    env: { TORTURE: '1' },
    fileParallelism: false,
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
  },
});

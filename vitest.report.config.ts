import { defineConfig } from 'vitest/config';

/** The backtest's report in a real browser: `npm run test:report`. */
export default defineConfig({
  test: {
    include: ['test/report/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});

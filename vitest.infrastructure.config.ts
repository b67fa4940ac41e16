import { defineConfig } from 'vitest/config';

/** The resource graph, and what is built for it: `npm run test:infrastructure`. The first run installs SST's platform into .sst. */
export default defineConfig({
  test: {
    include: ['test/infrastructure/**/*.test.ts'],
    globalSetup: ['test/infrastructure/support/evaluate-graphs.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 600_000,
  },
});

import { defineConfig } from 'vitest/config';

/** Long fuzz, model and kill runs. TRAILBELL_SOAK_SECONDS bounds each of them. */
export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.soak.ts', 'test/**/*.soak.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 1_800_000,
    hookTimeout: 60_000,
  },
});

import { defineConfig } from 'vitest/config';
import { DEPLOYMENT_TESTS } from './vitest.config.ts';

/** Whole deployments on this machine, for hours of their time and with faults: `npm run test:deployment`. */
export default defineConfig({
  test: {
    include: [...DEPLOYMENT_TESTS],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});

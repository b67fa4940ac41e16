import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** They start whole deployments and take as long as all the others: `npm run test:deployment` runs them. */
export const DEPLOYMENT_TESTS = [
  'test/backtest-aws.test.ts',
  'test/heartbeat.test.ts',
  'test/outages.test.ts',
  'test/payloads.test.ts',
  'test/redaction.test.ts',
  'test/redrive.test.ts',
  'test/drill.test.ts',
  'test/replay-command.test.ts',
  'test/rule-times.test.ts',
  'test/silences.test.ts',
  'test/tune/terminal.test.ts',
] as const;

const limits = { testTimeout: 60_000, hookTimeout: 60_000 } as const;

export default defineConfig({
  test: {
    pool: 'forks',
    // Much of the time is spent waiting for processes of the tests' own.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        // The core is pure: its tests can share a process, and what they import is loaded once.
        test: { ...limits, name: 'core', include: ['packages/core/src/**/*.test.ts'], isolate: false },
      },
      {
        test: {
          ...limits,
          name: 'project',
          include: ['packages/!(core)/src/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'test/infrastructure/**', 'test/report/**', ...DEPLOYMENT_TESTS],
        },
      },
    ],
  },
});

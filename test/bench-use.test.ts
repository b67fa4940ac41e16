import { spawnSync } from 'node:child_process';
import { PROJECT_FOLDER } from '@trailbell/cli/rules/project';
import { expect, test } from 'vitest';

const bench = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['bench/main.ts', ...args], { cwd: PROJECT_FOLDER, encoding: 'utf8', timeout: 20_000 });

const USAGE =
  /^usage: npm run bench -- \[matcher\|alarms\|backtest\|cold-start\|prefilter\|regex\|rules\|tune\] \[--quick\]$/m;

test('the benches say how they are used', () => {
  const { status, stdout, stderr } = bench('--help');
  expect(stdout).toMatch(USAGE);
  expect([status, stderr]).toEqual([0, '']);
});

test.each([
  [['nosuch'], 'there is no bench nosuch'],
  [['alarms', 'tune'], 'name one bench, not alarms and tune'],
  [['--fxi'], "Unknown option '--fxi'"],
  [['alarms', '--events', 'x'], '--events is an option of matcher and prefilter'],
  [['--events', 'no-such-file'], 'there is no file no-such-file'],
  [['--copies', '10'], '--copies is an option of backtest'],
])('%j is wrong use of the benches, and runs none', (args, why) => {
  const { status, stdout, stderr } = bench(...args);
  expect(stderr.split('\n')[0]).toContain(why);
  expect(stderr).toMatch(USAGE);
  expect(stderr).not.toContain('    at ');
  expect([status, stdout]).toEqual([2, '']);
});

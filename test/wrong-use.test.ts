import { expect, test } from 'vitest';
import { runTrailbell } from './support/run-trailbell.ts';

test.each([
  [['nosuch'], "unknown command 'nosuch'"],
  [['demo', '--speed', 'abc'], 'expected a number of 0.01 or more'],
  [['replay', '--speed', 'abc'], 'expected a number of 0.01 or more'],
  [['replay', '--fxi', 'x'], "unknown option '--fxi'"],
  [['schema', '--fxi'], "unknown option '--fxi'"],
  [['show'], "missing required argument 'rule'"],
])('%j is wrong use, and ends with 2', async (args, message) => {
  const { exitCode, stdout, stderr } = await runTrailbell(args);
  expect(stderr).toContain(message);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
});

test.each([[['--help']], [['replay', '--help']], [['--version']]])('%j is answered, and ends with 0', async (args) => {
  const { exitCode, stderr } = await runTrailbell(args);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

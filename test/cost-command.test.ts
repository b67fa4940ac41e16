import { expect, test } from 'vitest';
import { runTrailbell } from './support/run-trailbell.ts';

const cost = (...options: string[]) => runTrailbell(['cost', ...options]);

test('the largest numbers that are taken still come to a number', async () => {
  const { exitCode, stdout } = await cost(
    ...['--records-per-day', '1e15', '--accounts', '1e9', '--rules', '1e9', '--matches-per-day', '0', '--json'],
  );
  expect(exitCode).toBe(0);
  expect(stdout).not.toContain('null');
  expect(JSON.parse(stdout)).toMatchObject({ question: { recordsPerDay: 1e15, matchesPerDay: 0 } });
});

test.each([
  ['--records-per-day', '1e308'],
  ['--accounts', '2.5'],
])('%s %s is refused, with exit code 2', async (option, value) => {
  const { exitCode, stdout, stderr } = await cost(option, value);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(`'${value}' is invalid`);
});

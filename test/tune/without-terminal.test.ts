import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runTrailbell } from '../support/run-trailbell.ts';
import { denied } from './rule-over-records.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-tune-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const rule = join(folder, 'denied.yaml');
writeFileSync(rule, "name: denied\ntitle: Denied\nseverity: info\nfilterPattern: '{ $.errorCode = AccessDenied }'\n");
const records = join(folder, 'records.jsonl');
writeFileSync(records, [denied(1), denied(1, 1), denied(7)].map((record) => `${JSON.stringify(record)}\n`).join(''));

test('where there is no terminal the numbers are printed once', async () => {
  const { stdout, exitCode } = await runTrailbell(['tune', rule, '--over', records]);
  expect(stdout).toMatch(/^matches {3}3$/m);
  expect(exitCode).toBe(0);
});

test.each([
  ['files that are not there', ['--over', join(folder, 'nowhere')], 'nowhere'],
  ['nothing', [], '--over'],
])('over %s there is nothing to tune, which is said', async (_, args, said) => {
  const { stdout, stderr, exitCode } = await runTrailbell(['tune', rule, ...args]);
  expect(stdout).toBe('');
  expect(stderr).toContain('there are no records');
  expect(stderr).toContain(said);
  expect(exitCode).toBe(2);
});

test('a file with a mistake in it is named with the line, and is nothing to tune', async () => {
  const broken = join(folder, 'broken.yaml');
  writeFileSync(broken, 'name: broken\ntitle: Broken\nseverity: loud\n');
  const { stderr, exitCode } = await runTrailbell(['tune', broken, '--over', records]);
  expect(stderr).toContain('broken.yaml:3:11');
  expect(stderr).toContain('expected a file with one rule');
  expect(exitCode).toBe(2);
});

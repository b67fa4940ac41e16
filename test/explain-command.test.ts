import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { jsonLines, runTrailbell } from './support/run-trailbell.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-explain-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const PATTERN = '{ $.a = 1 && ($.b = "x" || $.c NOT EXISTS) }';

test('every comparison is a leaf with what it saw and why, every operator a branch', async () => {
  const input = '{"a":2,"b":"X","c":null}\n';
  expect(await runTrailbell(['explain', PATTERN, '-'], { input })).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: [
      'standard input:1 does not match',
      '  {"a":2,"b":"X","c":null}',
      '  ✘ all of: 0 of 2 hold',
      '  ├─ ✘ $.a = 1 saw 2: the numbers differ',
      '  └─ ✘ any of: 0 of 2 hold',
      '     ├─ ✘ $.b = "x" saw "X": the texts differ in upper and lower case',
      '     └─ ✘ $.c NOT EXISTS saw null: $.c exists',
      '',
      '',
    ].join('\n'),
  });
});

test.each([
  [
    'ERROR ?x',
    'ERROR',
    [
      '  ✔ all of: 1 of 1 hold',
      '  ├─ ✔ "ERROR": it occurs at character 1',
      '  └─ · ?"x": ? terms count only where there are no others',
    ],
  ],
  [
    '[a, b=2]',
    'one',
    [
      '  ✘ all of: 0 of 2 hold',
      '  ├─ ✘ a: the pattern needs 2 fields, the message has 1',
      '  └─ ✘ b: the pattern needs 2 fields, the message has 1',
    ],
  ],
  ['%x%', 'abc', ['  ✘ %x%: the expression is not found']],
  ['', 'abc', ['  ✔ (empty): the empty pattern matches every event']],
  ['{ $.a = 1 }', 'text', ['  ✘ $.a = 1: the message is not a JSON object']],
])('%j is explained on %j', async (pattern, input, tree) => {
  const { stdout } = await runTrailbell(['explain', pattern], { input });
  expect(stdout.split('\n').slice(2, -2)).toEqual(tree);
});

test('of many records ten are explained: those that match, then the nearest misses', async () => {
  const lines = Array.from({ length: 30 }, (_, index) => `{"a":${index % 15},"c":1,"b":"${index === 16 ? 'x' : ''}"}`);
  const { stdout, stderr } = await runTrailbell(['explain', PATTERN, file('many', lines.join('\n'))]);
  const headings = stdout.split('\n').filter((line) => line.startsWith(folder));
  expect(headings).toHaveLength(10);
  expect(headings.slice(0, 3).map((line) => line.replace(/^.*:/, ''))).toEqual([
    '17 matches',
    '2 does not match',
    '1 does not match',
  ]);
  expect(stderr).toBe(
    '1 of 30 records match; those and the nearest misses, 10 in all, are shown. --all shows every record.\n',
  );
});

test.each([
  ['{ $.a = * }', 'all 12 of 12', /^12 of 12 records match; the first 10 of those are shown/],
  ['{ $.a = y }', 'none of 12', /^none of 12 records matches; the 10 nearest misses are shown/],
])('%s on twelve records says what was left out (%s)', async (pattern, _what, note) => {
  const { stderr } = await runTrailbell(['explain', pattern], { input: '{"a":"x"}\n'.repeat(12) });
  expect(stderr).toMatch(note);
});

test('--all explains every record, in order', async () => {
  const input = Array.from({ length: 25 }, (_, index) => `{"a":${index % 2}}`).join('\n');
  const { stdout, stderr } = await runTrailbell(['explain', '--all', '{ $.a = 1 }'], { input });
  const headings = stdout.split('\n').filter((line) => line.startsWith('standard input:'));
  expect(stderr).toBe('');
  expect(headings.slice(0, 3)).toEqual([
    'standard input:1 does not match',
    'standard input:2 matches',
    'standard input:3 does not match',
  ]);
  expect(headings).toHaveLength(25);
});

test('--json gives the tree as data', async () => {
  const archive = file('archive', '{"Records":[{"a":1},{"a":2.50,"c":0}]}');
  const { stdout } = await runTrailbell(['explain', '--json', PATTERN, archive]);
  expect(stdout).toContain('"message":{"a":2.50,"c":0}');
  expect(jsonLines(stdout)).toMatchObject([
    { file: archive, line: 1, entry: 1, message: { a: 1 }, matches: true },
    {
      entry: 2,
      matches: false,
      explanation: {
        verdict: 'fails',
        children: [{ label: '$.a = 1', seen: ['2.50'], verdict: 'fails', offset: 2, length: 7 }, { verdict: 'fails' }],
      },
    },
  ]);
});

test('what the message says cannot steer a terminal that is told to be coloured', async () => {
  const input = `{"a":"${String.raw`\u001b`}[31m\u009b2J\u202e"}`;
  const { stdout } = await runTrailbell(['explain', '{ $.a = x }'], { input, env: { FORCE_COLOR: '1' } });
  expect(stdout).toContain('\u001b[31m✘\u001b[39m');
  expect(stripVTControlCharacters(stdout).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test.each([
  ['nothing to explain', ['explain', 'x'], 1, ''],
  ['a missing file', ['explain', 'x', 'missing'], 2, 'missing: there is no such file or folder'],
  ['a pattern that cannot be read', ['explain', 'a*'], 2, 'the pattern cannot be read:\n  a*\n   ^\n'],
  ['wrong use', ['explain'], 2, 'error: missing required argument'],
])('exit code: %s', async (_what, args, code, message) => {
  const { exitCode, stdout, stderr } = await runTrailbell(args);
  expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
  expect(stderr).toContain(message);
});

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { PROJECT_FOLDER } from '@trailbell/cli/rules/project';
import { afterAll, expect, test } from 'vitest';
import { jsonLines, runTrailbell } from './support/run-trailbell.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-match-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const SAMPLE_DAY = join(PROJECT_FOLDER, 'packages/local/sample-day/records.jsonl');

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const stop = '{"eventName":"StopLogging","eventSource":"cloudtrail.amazonaws.com","n":1.0}';
const login = '{"eventName":"ConsoleLogin","eventSource":"signin.amazonaws.com","n":12345678901234567890}';
const records = file('records.jsonl', `${stop}\n${login}\n`);
const archive = file('archive.json.gz', gzipSync(`{"Records":[${stop},${login}]}`));
const text = file('text.log', 'ERROR one\nINFO  two\n[ERROR] three 500\n\n');

test.each<readonly [what: string, args: readonly string[], stdout: string, exitCode: number]>([
  ['a record that matches is printed as it is', ['{ $.eventName = Stop* }', records], `${stop}\n`, 0],
  ['a record of an archive is printed as it is', ['{ $.n = 12345678901234567890 }', archive], `${login}\n`, 0],
  ['lines of text are messages', ['ERROR -one', text], '[ERROR] three 500\n', 0],
  [
    'space-delimited patterns look at lines of text',
    ['[level=ERROR, what, status=5*]', text],
    '[ERROR] three 500\n',
    0,
  ],
  ['regular expressions look at lines of text', ['%^INFO +two$%', text], 'INFO  two\n', 0],
  ['the empty pattern matches every message', ['', text], 'ERROR one\nINFO  two\n[ERROR] three 500\n', 0],
  ['several files are read', ['{ $.n = 1 }', records, archive], `${stop}\n${stop}\n`, 0],
  ['a pattern may begin with a hyphen after --', ['--', '-ERROR', text], 'INFO  two\n', 0],
  ['nothing matched', ['{ $.eventName = Start* }', records], '', 1],
  ['--invert-match takes the others', ['-v', '{ $.eventName = Stop* }', records], `${login}\n`, 0],
  ['--invert-match may leave nothing', ['--invert-match', '', records], '', 1],
  ['--count counts', ['--count', '{ $.eventName = * }', records], '2\n', 0],
  ['--count counts the others too', ['-cv', 'ERROR', text], '1\n', 0],
  ['--count without a match is 0', ['--count', 'nothing', text], '0\n', 1],
  ['--count names the files where there are several', ['-c', 'ERROR', text, records], `${text}:2\n${records}:0\n`, 0],
  ['-l names the files with a match', ['-l', 'StopLogging', text, records, archive], `${records}\n${archive}\n`, 0],
])('%s', async (_what, args, stdout, exitCode) => {
  expect(await runTrailbell(['match', ...args])).toEqual({ stdout, exitCode, stderr: '' });
});

test('standard input is read where no file is named, and as -', async () => {
  for (const names of [[], ['-']]) {
    const { stdout } = await runTrailbell(['match', 'ERROR', ...names], { input: readFileSync(text) });
    expect(stdout).toBe('ERROR one\n[ERROR] three 500\n');
  }
});

test('the files of a folder are read in the order of their names', async () => {
  const nested = join(folder, 'nested');
  mkdirSync(join(nested, 'b'), { recursive: true });
  for (const name of ['c.log', 'b/x.log', 'a.log']) writeFileSync(join(nested, name), `found in ${name}\n`);
  const { stdout } = await runTrailbell(['match', 'found', nested]);
  expect(stdout).toBe('found in a.log\nfound in b/x.log\nfound in c.log\n');
  const counts = await runTrailbell(['match', '--count', 'a.log', nested]);
  expect(counts.stdout).toBe(`${nested}/a.log:1\n${nested}/b/x.log:0\n${nested}/c.log:0\n`);
});

test('--json gives file, line, entry, the message as JSON with its own spelling, and the extracted values', async () => {
  const [first, second] = (await runTrailbell(['match', '--json', '{ $.n > 0 }', archive])).stdout.split('\n');
  expect(first).toBe(`{"file":"${archive}","line":1,"entry":1,"message":${stop},"extractedValues":{}}`);
  expect(second).toContain('"n":12345678901234567890');
  const { stdout } = await runTrailbell(['match', '--json', '[level, what, ...]', text]);
  expect(jsonLines(stdout)).toEqual([
    { file: text, line: 1, message: 'ERROR one', extractedValues: { $level: 'ERROR', $what: 'one' } },
    { file: text, line: 2, message: 'INFO  two', extractedValues: { $level: 'INFO', $what: 'two' } },
    {
      file: text,
      line: 3,
      message: '[ERROR] three 500',
      extractedValues: { $level: 'ERROR', $what: 'three', $3: '500' },
    },
  ]);
});

test('--explain says why, below each match or in its JSON', async () => {
  const pattern = '{ $.eventName = Stop* && $.errorCode NOT EXISTS }';
  expect((await runTrailbell(['match', '--explain', pattern, records])).stdout).toBe(
    [
      stop,
      '  ✔ all of: 2 of 2 hold',
      '  ├─ ✔ $.eventName = Stop* saw "StopLogging": the text begins with "Stop"',
      '  └─ ✔ $.errorCode NOT EXISTS: there is no $.errorCode',
      '',
    ].join('\n'),
  );
  const [inverted] = jsonLines((await runTrailbell(['match', '--explain', '--json', '-v', pattern, records])).stdout);
  expect(inverted).toMatchObject({ line: 2, explanation: { verdict: 'fails', reason: '1 of 2 hold' } });
  expect(inverted).not.toHaveProperty('extractedValues');
});

test('a pattern that cannot be read is shown with a caret, what was found and a hint', async () => {
  expect(await runTrailbell(['match', '{ $.user = "日本" && $.b == 1 }', records])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: [
      'the pattern cannot be read:',
      '  { $.user = "日本" && $.b == 1 }',
      '                            ^',
      "  After '=' a value is expected, not '='.",
      '  Write = in place of ==.',
      '',
    ].join('\n'),
  });
});

test('a file that cannot be read is named, the others are read, and the exit code is 2', async () => {
  const damaged = file('damaged.gz', gzipSync('INFO one\n'.repeat(100)).subarray(0, 25));
  const missing = join(folder, 'mis\u001bsing');
  const { exitCode, stdout, stderr } = await runTrailbell(['match', '[level=ERROR, ...]', missing, damaged, text]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: 'ERROR one\n[ERROR] three 500\n' });
  expect(stderr).toContain(`${join(folder, 'mis␛sing')}: there is no such file or folder\n`);
  expect(stderr).toContain(`${damaged}: the gzip data is damaged`);
});

test.each([[['match']], [['match', '--nope', 'x']], [['match', '--count', '--json', 'x']], [['match', '-ERROR']]])(
  'the wrong use %j ends with 2 and says what a pattern with a hyphen needs',
  async (args) => {
    const { exitCode, stderr } = await runTrailbell(args);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error: .*\n.*goes after --/);
  },
);

test('many lines are read without holding them, whatever the first looks like', async () => {
  const line = readFileSync(SAMPLE_DAY, 'utf8').split('\n')[0] ?? '';
  const block = Buffer.from(`${line}\n`.repeat(1000));
  const input = Buffer.concat([Buffer.from('{"cut": [\n'), ...Array.from({ length: 200 }, () => block)]);
  expect(input.length).toBeGreaterThan(120_000_000);
  const { exitCode, stdout } = await runTrailbell(['match', '--count', '{ $.eventVersion = * }'], {
    input,
    env: { NODE_OPTIONS: '--max-old-space-size=40' },
  });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '200000\n' });
}, 60_000);

/** Runs the command in a terminal of its own. */
function runInTerminal(args: readonly string[], env: Readonly<Record<string, string>>, errors = '2>&1'): string {
  const command = [process.execPath, join(PROJECT_FOLDER, 'packages/cli/bin/trailbell.js'), ...args];
  const quoted = command.map((part) => `'${part.replaceAll("'", String.raw`'\''`)}'`).join(' ');
  // Node shows no colours where CI is set, whatever the terminal.
  const { CI, ...surroundings } = process.env;
  return spawnSync('script', ['-qec', `stty cols 100; ${quoted} ${errors}`, '/dev/null'], {
    encoding: 'utf8',
    env: { ...surroundings, TERM: 'xterm-256color', ...env },
  }).stdout;
}

const hasScript = process.platform === 'linux' && spawnSync('script', ['--version']).status === 0;
if (!hasScript) console.log('skipped: there is no script command to open a terminal with');

test.runIf(hasScript)('in a terminal control characters are shown, not obeyed', () => {
  const hostile = file('hostile.log', 'ERROR \u001b[31mred\u0007 \u009b2J \u202eback\there\n');
  // What is shown of the progress depends on how long it takes.
  const output = (...args: readonly string[]) => runInTerminal(args, {}, '2>/dev/null');
  expect(output('match', 'ERROR', hostile)).toBe('ERROR ␛[31mred␇ �2J �back\there\r\n');
  const [line] = output('match', '--json', 'ERROR', hostile).split('\r\n');
  expect(line).toContain(String.raw`\u001b[31mred\u0007 \u009b2J \u202eback\there`);
  expect(JSON.parse(line ?? '')).toMatchObject({ message: 'ERROR \u001b[31mred\u0007 \u009b2J \u202eback\there' });
});

test.runIf(hasScript)('in a terminal explanations are coloured, unless NO_COLOR says otherwise', () => {
  const args = ['match', '--explain', '%ERROR%', text];
  expect(runInTerminal(args, {})).toContain('\u001b[32m✔\u001b[39m');
  expect(runInTerminal(args, { NO_COLOR: '1' })).toContain('  ✔ %ERROR%: the expression is found');
});

test.runIf(hasScript)('in a terminal the reading of a large file is shown, and nothing of that stays', () => {
  const large = file('large.gz', gzipSync(Buffer.alloc(100_000_000, `${stop}\n`), { level: 1 }));
  const output = runInTerminal(['match', '--count', '{ $.eventName = Start* }', large], {});
  expect(output).toMatch(/\r1 file {2}[\d,]+ records {2}\d+ MB\/s {2}\S+large.gz/);
  expect(output).toMatch(/\r +\r0\r\n$/);
});

const corpus = fileURLToPath(new URL('../../shared/corpus/events.jsonl.gz', import.meta.url));
if (!existsSync(corpus)) console.log(`skipped: there is no collection of records at ${corpus}`);

test.runIf(existsSync(corpus))('in a large collection of real records as many match as hold the value', async () => {
  const { stdout } = await runTrailbell(['match', '--count', '{ $.eventName = "ConsoleLogin" }', corpus]);
  const names = gunzipSync(readFileSync(corpus))
    .toString()
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { event: { eventName: string } }).event.eventName);
  expect(stdout).toBe(`${names.filter((name) => name === 'ConsoleLogin').length}\n`);
});

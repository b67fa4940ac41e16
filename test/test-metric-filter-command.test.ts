import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { testMetricFilter } from '@trailbell/cli/metric-filter-test/test-metric-filter';
import { afterAll, expect, test } from 'vitest';
import { runTrailbell } from './support/run-trailbell.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-test-metric-filter-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function ask(pattern: string, ...args: readonly string[]) {
  return runTrailbell(['test-metric-filter', '--filter-pattern', pattern, ...args]);
}

/** What was matched: number and message of each. */
async function matched(pattern: string, args: readonly string[], input = '') {
  const { stdout } = await runTrailbell(['test-metric-filter', '--filter-pattern', pattern, ...args], { input });
  const { matches } = JSON.parse(stdout) as { matches: readonly { eventNumber: number; eventMessage: string }[] };
  return matches.map(({ eventNumber, eventMessage }) => `${eventNumber}:${eventMessage}`);
}

test('the answer is printed as the AWS CLI prints it', async () => {
  expect(await ask('[ip, ..., n>1]', '--log-event-messages', 'é "a b" 2', 'x', 'q\t1', 'y\u007f 1e3')).toEqual({
    exitCode: 0,
    stderr: '',
    stdout: `{
    "matches": [
        {
            "eventNumber": 1,
            "eventMessage": "é \\"a b\\" 2",
            "extractedValues": {
                "$ip": "é",
                "$2": "a b",
                "$n": "2"
            }
        },
        {
            "eventNumber": 4,
            "eventMessage": "y\u007f 1e3",
            "extractedValues": {
                "$ip": "y\u007f",
                "$n": "1e3"
            }
        }
    ]
}
`,
  });
  const none = await ask('x', '--log-event-messages', 'y');
  expect(none).toEqual({ exitCode: 0, stderr: '', stdout: '{\n    "matches": []\n}\n' });
  const plain = await ask('', '--log-event-messages', 'y');
  expect(plain.stdout).toContain('"extractedValues": {}\n');
});

test('a refusal is the AWS CLI’s, and then ours with a caret', async () => {
  expect(await ask('{ $.a == 1 }', '--log-event-messages', 'x')).toEqual({
    exitCode: 254,
    stdout: '',
    stderr: `
An error occurred (InvalidParameterException) when calling the TestMetricFilter operation: Invalid metric filter pattern

  { $.a == 1 }
         ^
  After '=' a value is expected, not '='.
  Write = in place of ==.
`,
  });
});

test.each([
  ['ERR*', "Invalid character(s) in term '*'", '  ERR*\n     ^'],
  ['{ $.a = 1', "If a filter pattern starts with '{' it must end with '}'", '^'],
  ['%[z-a]%', 'Failed to compile regular expression.', '^'],
  ['[a, a]', "Duplicate field 'a'", '  [a, a]\n      ^'],
  ['x'.repeat(1025), 'Member must have length less than or equal to 1024', 'this one has 1025'],
  ['[a=%x%, b=%y%, c=%z%]', 'maximum of 2 regular expressions', 'up to 2 regular expressions'],
])('%j is refused in CloudWatch’s words and in ours', async (pattern, awsMessage, ours) => {
  const { exitCode, stdout, stderr } = await ask(pattern, '--log-event-messages', 'x');
  expect({ exitCode, stdout }).toEqual({ exitCode: 254, stdout: '' });
  const [aws = '', explanation = ''] = stderr.split('\n\n');
  expect(aws).toContain(awsMessage);
  expect(explanation).toContain(ours);
});

test.each<readonly [what: string, args: readonly string[], matches: readonly string[]]>([
  ['each a message', ['--log-event-messages', 'a', 'b'], ['1:a', '2:b']],
  ['with hyphens', ['--log-event-messages', '-a b', '--- x y', '-', 'c'], ['1:-a b', '2:--- x y', '3:-', '4:c']],
  ['behind an equals sign', ['--log-event-messages=-a', '--log-event-messages=b'], ['1:-a', '2:b']],
  ['with brackets', ['--log-event-messages', '[ERROR] x'], ['1:[ERROR] x']],
  ['a JSON list of strings', ['--log-event-messages', '["a","b c"]'], ['1:a', '2:b c']],
  ['another JSON list', ['--log-event-messages', '[1,2]'], ['1:[1,2]']],
  ['JSON lists of strings, several', ['--log-event-messages', '["a"]', '["b"]'], ['1:["a"]', '2:["b"]']],
])('messages on the command line: %s', async (_what, args, matches) => {
  expect(await matched('', args)).toEqual(matches);
});

test('messages come from files and standard input, a line each, without empty lines, packed or not', async () => {
  const lines = 'one\r\n\n two \n{"a":1}';
  const expected = ['1:one', '2: two ', '3:{"a":1}'];
  expect(await matched('', ['--file', file('lines', lines)])).toEqual(expected);
  expect(await matched('', ['--file', file('lines.gz', gzipSync(lines))])).toEqual(expected);
  expect(await matched('', ['--file', '-'], lines)).toEqual(expected);
});

test('file:// stands for what a file holds, as in the AWS CLI', async () => {
  const pattern = `file://${file('pattern', '{ $.a = 1 }\n')}`;
  const list = `file://${file('messages.json', '["{\\"a\\":1}", "x"]\n')}`;
  expect(await matched(pattern, ['--log-event-messages', list])).toEqual(['1:{"a":1}']);
});

test('50 messages are taken, 51 refused', async () => {
  const lines = Array.from({ length: 51 }, (_, index) => `m${index}`);
  expect(await matched('m49', ['--log-event-messages', ...lines.slice(0, 50)])).toEqual(['50:m49']);
  expect(await matched('m49', ['--file', file('50', lines.slice(0, 50).join('\n'))])).toEqual(['50:m49']);
  for (const args of [
    ['--log-event-messages', ...lines],
    ['--file', file('51', lines.join('\n'))],
  ]) {
    const { exitCode, stderr } = await ask('m', ...args);
    expect(exitCode).toBe(254);
    expect(stderr).toMatch(
      /\(InvalidParameterException\).*'logEventMessages'.*less than or equal to 50\n\n.*trailbell match/,
    );
  }
});

test.each<readonly [what: string, args: readonly string[], message: string | RegExp]>([
  [
    'an empty message',
    ['--log-event-messages', 'a', ''],
    '\nParameter validation failed:\nInvalid length for parameter logEventMessages[1], value: 0, valid min length: 1\n',
  ],
  [
    'a file without messages',
    ['--file', file('empty', '\n')],
    '\nParameter validation failed:\nInvalid length for parameter logEventMessages, value: 0, valid min length: 1\n',
  ],
  ['no messages', [], /required: --log-event-messages/],
  ['messages twice', ['--log-event-messages', 'a', '--file', '-'], /not with both/],
  ['an option without its value', ['--log-event-messages'], /argument missing/],
  ['an unknown option', ['--log-event-messages', 'a', '--nope'], '\nUnknown options: --nope\n'],
  ['a message without its option', ['a'], '\nUnknown options: a\n'],
  ['a missing file', ['--file', 'missing'], '\nUnable to read --file missing: there is no such file or folder\n'],
  [
    'a missing file of a value',
    ['--log-event-messages', 'file://missing'],
    /^\nError parsing parameter '--log-event-messages': Unable to load paramfile file:\/\/missing: there is no such/,
  ],
  [
    'a file of a value that is no list',
    ['--log-event-messages', `file://${file('text', 'a\nb')}`],
    /does not hold a JSON list of strings/,
  ],
])('wrong use ends with 252: %s', async (_what, args, message) => {
  const { exitCode, stdout, stderr } = await ask('a', ...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 252, stdout: '' });
  if (typeof message === 'string') expect(stderr).toBe(message);
  else expect(stderr).toMatch(message);
});

test('without a pattern the exit code is 252', async () => {
  const { exitCode, stderr } = await runTrailbell(['test-metric-filter', '--log-event-messages', 'a']);
  expect(exitCode).toBe(252);
  expect(stderr).toContain("required option '--filter-pattern <pattern>'");
});

interface RecordedCase {
  readonly id: string;
  readonly pattern: string;
  readonly message: string;
  /** Null where the pattern must be refused. */
  readonly match: boolean | null;
  readonly extracted?: Readonly<Record<string, string>>;
  readonly error?: string;
}

/** Cases of one pattern; as many as a call takes. */
function recordedCalls(path: string): readonly (readonly RecordedCase[])[] {
  if (!existsSync(path)) {
    console.log(`skipped: there are no recorded answers at ${path}`);
    return [];
  }
  const cases = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedCase)
    .filter(({ message, match }) => match === null || message !== '');
  return [...Map.groupBy(cases, ({ pattern }) => pattern).values()].flatMap((ofPattern) =>
    Array.from({ length: Math.ceil(ofPattern.length / 50) }, (_, call) => ofPattern.slice(call * 50, call * 50 + 50)),
  );
}

const recorded = recordedCalls(
  fileURLToPath(new URL('../../shared/conformance/filter-patterns.jsonl', import.meta.url)),
);

test.runIf(recorded.length > 0)('every recorded answer of CloudWatch is given', () => {
  for (const call of recorded) {
    const [{ id, pattern, match, error } = { id: '', pattern: '', match: null, error: '' }] = call;
    const answer = testMetricFilter(pattern, match === null ? ['x'] : call.map(({ message }) => message));
    if (match === null) {
      expect([id, answer.kind]).toEqual([id, 'refused']);
      if (error !== undefined) expect(answer).toMatchObject({ awsMessage: error });
    } else expect([id, answer]).toEqual([id, { kind: 'matches', matches: expectedMatches(call, answer) }]);
  }
});

test.runIf(recorded.length > 0)(
  'of the recorded answers every twentieth is given by the command',
  async () => {
    const sample = recorded.filter((_, index) => index % 20 === 0);
    await inParallel(2, sample, async (call) => {
      const [{ id, pattern, match, error } = { id: '', pattern: '', match: null, error: '' }] = call;
      const messages = match === null ? ['x'] : call.map(({ message }) => message);
      const { exitCode, stdout, stderr } = await ask(pattern, '--log-event-messages', ...messages);
      expect([id, exitCode]).toEqual([id, match === null ? 254 : 0]);
      if (match === null) expect([id, stderr]).toEqual([id, expect.stringContaining(`operation: ${error ?? ''}`)]);
      else {
        const answer = JSON.parse(stdout) as unknown;
        expect([id, answer]).toEqual([id, { matches: expectedMatches(call, answer) }]);
      }
    });
  },
  60_000,
);

/** The matches of a call; what was not recorded of them is taken from the answer. */
function expectedMatches(call: readonly RecordedCase[], answer: unknown) {
  const { matches } = answer as { matches: readonly { eventNumber: number; extractedValues: unknown }[] };
  return call.flatMap(({ message, match, extracted }, index) => {
    if (match !== true) return [];
    const given = matches.find(({ eventNumber }) => eventNumber === index + 1);
    return [{ eventNumber: index + 1, eventMessage: message, extractedValues: extracted ?? given?.extractedValues }];
  });
}

async function inParallel<Item>(count: number, items: readonly Item[], work: (item: Item) => Promise<void>) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: count }, worker));
}

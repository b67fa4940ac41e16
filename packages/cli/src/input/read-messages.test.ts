import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readMessages } from './read-messages.ts';

/** `line:message`, or `line#entry:message` for one of several in a document. */
async function read(content: string | Buffer, chunkSize = 7): Promise<readonly string[]> {
  const bytes = Buffer.from(content);
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunkSize) }, (_, index) =>
    bytes.subarray(index * chunkSize, (index + 1) * chunkSize),
  );
  const messages: string[] = [];
  for await (const group of readMessages(Readable.from(chunks))) {
    for (const { event, line, entry } of group) {
      messages.push(`${line}${entry === undefined ? '' : `#${entry}`}:${event.message}`);
    }
  }
  return messages;
}

const a = '{"eventName":"A","eventSource":"s","n":1.0}';
const b = '{"eventName":"B","eventSource":"s","n":12345678901234567890}';
const logEvent = (message: string) => ({ timestamp: 1773221414000, message });

test.each<readonly [what: string, content: string | Buffer, messages: readonly string[]]>([
  ['lines of text', 'one\n\n two \r\nthree', ['1:one', '3: two ', '4:three']],
  ['lines of JSON', `${a}\n${b}\n`, [`1:${a}`, `2:${b}`]],
  [
    'lines of both',
    `START\n${a}\n[ERROR] x\n[1,2]\n"x"\n7\n`,
    ['1:START', `2:${a}`, '3:[ERROR] x', '4:[1,2]', '5:"x"', '6:7'],
  ],
  ['an archive on a line', `{"Records":[${a},${b}]}`, [`1#1:${a}`, `1#2:${b}`]],
  ['an archive with one record', `{"Records":[${a}]}`, [`1:${a}`]],
  ['an archive without records', '{"Records":[]}', []],
  [
    'an archive over many lines',
    `\n{\n  "Records": [\n${a.replaceAll(',', ',\n ')},\n${b}\n  ]\n}\n`,
    [`2#1:${a}`, `2#2:${b}`],
  ],
  ['a packed archive', gzipSync(`{"Records":[${a},${b}]}`), [`1#1:${a}`, `1#2:${b}`]],
  ['packed members one after the other', Buffer.concat([gzipSync('one\ntw'), gzipSync('o\n')]), ['1:one', '2:two']],
  ['archives one after the other', `{"Records":[${a},${a}]}\n{"Records":[${b}]}`, [`1#1:${a}`, `1#2:${a}`, `2:${b}`]],
  ['a list of records', `[${a}, ${b}]`, [`1#1:${a}`, `1#2:${b}`]],
  ['a list over many lines, then a line', `[\n${a},\n${b}\n]\nend`, [`1#1:${a}`, `1#2:${b}`, '5:end']],
  ['a record over many lines', '{\n "a": 1.0,\n "b": "x y"\n}', ['1:{"a":1.0,"b":"x y"}']],
  ['a record with notes around it', `{"source":"x","event":${a}}`, [`1:${a}`]],
  ['a log event', JSON.stringify(logEvent(a)), [`1:${a}`]],
  ['a log event of two lines of text', JSON.stringify(logEvent('x\n y')), ['1:x\n y']],
  [
    'the output of filter-log-events',
    JSON.stringify({ events: [logEvent('x'), logEvent(a)], searchedLogStreams: [] }, undefined, 4),
    ['1#1:x', `1#2:${a}`],
  ],
  [
    'the output of get-log-events',
    JSON.stringify({ events: [logEvent('x')], nextForwardToken: 'f', nextBackwardToken: 'b' }),
    ['1:x'],
  ],
  [
    'the output of lookup-events',
    JSON.stringify({ Events: [{ EventId: '1', CloudTrailEvent: a }] }, undefined, 4),
    [`1:${a}`],
  ],
  [
    'a subscription’s payload',
    JSON.stringify({
      messageType: 'DATA_MESSAGE',
      owner: '1',
      logGroup: 'g',
      logStream: 's',
      subscriptionFilters: [],
      logEvents: [{ id: '1', ...logEvent(a) }],
    }),
    [`1:${a}`],
  ],
  [
    'an export of a log group',
    `2026-03-11T09:30:19.000Z ${a}\n2026-03-11T09:30:19.000Z text\n`,
    [`1:${a}`, '2:2026-03-11T09:30:19.000Z text'],
  ],
  ['a byte order mark', `\uFEFF${a}`, [`1:${a}`]],
  ['nothing', '', []],
])('%s', async (_what, content, messages) => {
  expect(await read(content)).toEqual(messages);
  expect(await read(content, 1_000_000)).toEqual(messages);
});

test.each([
  '{"message":"x","level":"ERROR","timestamp":1}',
  '{"message":"x"}',
  '{"Records":[1,2]}',
  '{"Records":[{"a":1}],"level":"ERROR"}',
  '{"events":[{"message":"x"}],"level":"ERROR"}',
  '{"events":[{"no":"message"}]}',
  '{"event":{"name":"x"},"level":"ERROR"}',
  '{"Events":[{"CloudTrailEvent":7}]}',
  '[]',
  '[1,{"a":2}]',
])('%s only looks like an envelope, and is a message', async (line) => {
  expect(await read(`${line}\n${line}\n`)).toEqual([`1:${line}`, `2:${line}`]);
});

test.each<readonly [what: string, content: string, messages: readonly string[]]>([
  ['a first line that is broken', `{broken\n${a}\n`, ['1:{broken', `2:${a}`]],
  ['a line that is cut off inside a list', `{"x":[\n${a}\n${b}\n`, ['1:{"x":[', `2:${a}`, `3:${b}`]],
  ['a document that never ends', `{\n"a": 1,\n`, ['1:{', '2:"a": 1,']],
  ['a document with a bad number', '{\n"a": 1.2.3\n}\n', ['1:{', '2:"a": 1.2.3', '3:}']],
])('%s costs no other line', async (_what, content, messages) => {
  expect(await read(content)).toEqual(messages);
});

test('damaged gzip data is an error that says so', async () => {
  const packed = gzipSync('line\n'.repeat(1000));
  await expect(read(packed.subarray(0, 30))).rejects.toThrow('the gzip data is damaged');
});

test('whoever stops reading closes the stream', async () => {
  for (const content of [Buffer.from('x\n'.repeat(10)), gzipSync('x\n'.repeat(10))]) {
    const stream = Readable.from([content.subarray(0, 12), content.subarray(12)]);
    for await (const group of readMessages(stream)) if ([...group].length > 0) break;
    expect(stream.destroyed).toBe(true);
  }
});

import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { gunzip } from '../logs/index.ts';
import { parsePattern } from '../pattern/index.ts';
import { PatternSet, type Engine } from './pattern-set.ts';

const ENGINES: readonly Engine[] = ['scanner', 'index'];
const WANTED = '{"eventName":"StopLogging"}';
const patterns = [
  '{ $.eventName = "StopLogging" }',
  '{ $.userIdentity.type = "Root" }',
  '{ $.a.b.c NOT EXISTS && $.zz = 1 }',
];

/** A message that says nothing in a great many bytes. */
const HOSTILE: readonly (readonly [string, () => string])[] = [
  ['10 MB of text', () => `{"text":"${'x'.repeat(10_000_000)}"}`],
  ['10 MB of escapes', () => JSON.stringify({ text: '"\\'.repeat(2_500_000) })],
  ['objects 100,000 deep', () => `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['arrays 100,000 deep that never close', () => `{"a":${'['.repeat(100_000)}`],
  ['a million keys', () => `{${Array.from({ length: 1_000_000 }, (_, index) => `"k${index}":1`).join(',')}}`],
  ['a million times the same key', () => `{${'"eventName":"x",'.repeat(1_000_000)}"eventName":"y"}`],
  ['a million keys of a field that is looked up', () => `{"userIdentity":{${'"type":1,'.repeat(1_000_000)}"type":2}}`],
  ['a number of a million digits', () => `{"eventName":${'9'.repeat(1_000_000)}}`],
  ['quotes alone', () => '"'.repeat(1_000_000)],
  ['backslashes alone', () => '\\'.repeat(1_000_001)],
];

test.each(HOSTILE)('%s takes seconds at most, and leaves the events around it alone', (_name, hostile) => {
  const messages = [WANTED, hostile(), WANTED];
  const logEvents = messages.map((message, index) => ({ id: `e${index}`, timestamp: index, message }));
  const bytes = Buffer.from(JSON.stringify({ logEvents }));
  for (const engine of ENGINES) {
    const set = PatternSet.compile(
      patterns.map((text) => parsePattern(text)),
      { engine },
    );
    const started = process.cpuUsage();
    const payload = set.matchPayload(bytes, 0);
    const { user, system } = process.cpuUsage(started);
    expect(payload).toMatchObject({
      kind: 'data',
      eventCount: 3,
      matches: [
        { logEvent: { id: 'e0' }, patterns: [0] },
        { logEvent: { id: 'e2' }, patterns: [0] },
      ],
    });
    expect((user + system) / 1e6).toBeLessThan(8);
  }
});

test.each([1, 500, 512, 513, 5000])(
  'among %i keys that look like one that patterns mention, the last such one counts',
  (count) => {
    const set = PatternSet.compile([parsePattern('{ $.eventName = "StopLogging" && $.account = 7 }')], {
      engine: 'scanner',
    });
    // Of the same length and with the same ends.
    const others = Array.from({ length: count }, (_, index) => `"a${String(10_000 + index)}t":1`);
    const isMatch = (...fields: readonly string[]) => {
      const logEvents = [{ id: 'e', timestamp: 0, message: `{${fields.join(',')}}` }];
      const payload = set.matchPayload(Buffer.from(JSON.stringify({ logEvents })), 0);
      return payload.kind === 'data' && payload.matches.length === 1;
    };
    const name = '"eventName":"StopLogging"';
    expect(isMatch(name, ...others, '"account":7')).toBe(true);
    expect(isMatch('"account":7', ...others, name)).toBe(true);
    expect(isMatch('"account":7', ...others, name, '"account":8')).toBe(false);
    expect(isMatch('"account":8', name, ...others, '"account":7')).toBe(true);
  },
);

test('a pattern of 150,000 alternatives is looked up like any other', () => {
  const names = Array.from({ length: 150_000 }, (_, index) => `($.eventName = "Name${index}*")`);
  const set = PatternSet.compile([`{ $.account = 7 && ($.errorCode = "x" || (${names.join(' || ')})) }`]);
  const message = '{"account":7,"eventName":"Name149999th"}';
  const bytes = Buffer.from(JSON.stringify({ logEvents: [{ id: 'a', timestamp: 0, message }, { message: WANTED }] }));
  expect(set.matchPayload(bytes, 0)).toMatchObject({ matches: [{ logEvent: { id: 'a' } }] });
});

test('the memory for a large payload is given back, and the next one is judged as ever', () => {
  const set = PatternSet.compile(patterns.map((text) => parsePattern(text)));
  const large = Buffer.from(
    JSON.stringify({ logEvents: [{ message: 'x'.repeat(34 * 1024 * 1024) }, { message: WANTED }] }),
  );
  for (const bytes of [large, Buffer.from(JSON.stringify({ logEvents: [{ message: WANTED }] })), large]) {
    expect(set.matchPayload(bytes, 0)).toMatchObject({ matches: [{ patterns: [0] }] });
  }
});

test('a trailer that claims another length than the data has is only a hint', () => {
  const text = '{"logEvents":[]}'.padEnd(100_000);
  const packed = gzipSync(text);
  const members = Buffer.concat([packed, gzipSync('short')]);
  expect(Buffer.from(gunzip(members, 1_000_000)).toString()).toBe(`${text}short`);
  expect(() => gunzip(packed, 50_000)).toThrow(expect.objectContaining({ code: 'ERR_BUFFER_TOO_LARGE' }));
  for (const claimed of [0, 1, 0xffff_ffff]) {
    const lying = Buffer.from(packed);
    lying.writeUInt32LE(claimed, lying.length - 4);
    expect(() => gunzip(lying, 1_000_000)).toThrow(expect.objectContaining({ code: 'Z_DATA_ERROR' }));
  }
});

test('data whose checksum is wrong is refused', () => {
  const packed = gzipSync('{"logEvents":[]}');
  packed[packed.length - 8] = (packed[packed.length - 8] ?? 0) ^ 1;
  expect(() => gunzip(packed, 1000)).toThrow(expect.objectContaining({ code: 'Z_DATA_ERROR' }));
});

import { Buffer } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import type { CompiledRule } from '../compiled-rules/index.ts';
import { sampleId } from '../alarm/index.ts';
import { parsePattern, parseSelector } from '../pattern/index.ts';
import type { Engine } from './pattern-set.ts';
import { RuleSet } from './rule-set.ts';
import { buildImage } from './scanner/build-image.ts';
import { compiledRule } from './test/compiled-rule.ts';

const RECEIVED_AT_MS = 6_000_000;

function rule(name: string, filterPattern: string, more: Partial<CompiledRule> = {}): CompiledRule {
  return compiledRule({ name, filterPattern, ...more });
}

function selector(text: string) {
  return { text, selector: parseSelector(text) };
}

function payloadOf(...messages: readonly unknown[]): Uint8Array {
  const logEvents = messages.map((message, index) => ({
    id: `e${index}`,
    timestamp: 60_000 * index,
    message: typeof message === 'string' ? message : JSON.stringify(message),
  }));
  return bytesOf({ messageType: 'DATA_MESSAGE', owner: '1', logGroup: 'g', logStream: 's', logEvents });
}

function bytesOf(value: unknown): Uint8Array {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
}

describe.each<Engine>(['scanner', 'index'])('with the %s', (engine) => {
  const compile = (...rules: readonly CompiledRule[]) => RuleSet.compile(rules, { engine });

  test('that engine is at work', () => {
    expect(compile().engine).toBe(engine);
  });

  test('a match is a sample of the alarm that its group values name', () => {
    const set = compile(
      rule('stop', '{ $.eventName = "StopLogging" }', { groupBy: [selector('$.account'), selector('$.user')] }),
    );
    const payload = set.matchPayload(
      payloadOf({ eventName: 'GetObject' }, { eventID: 'x', eventName: 'StopLogging', account: 12 }),
      RECEIVED_AT_MS,
    );
    expect(payload).toMatchObject({
      kind: 'data',
      logStream: 's',
      eventCount: 2,
      unreadable: [],
      notJsonIds: [],
      matched: [
        {
          logEvent: { id: 'e1', timestamp: 60_000, message: '{"eventID":"x","eventName":"StopLogging","account":12}' },
          matches: [
            { identity: { rule: 'stop', group: ['12', '-'] }, sample: { id: sampleId('x'), value: 1, minute: 1 } },
          ],
        },
      ],
    });
  });

  test('an event on its own is matched as it is within a payload', () => {
    const set = compile(rule('a', '{ $.a = 1 }'), rule('b', 'word'), rule('c', '{ $.b NOT EXISTS }'));
    for (const message of ['{"a":1}', '{"a":1,"b":"word"}', 'a word', '[1]', '']) {
      const alone = set.match({ id: 'e0', timestamp: 0, message });
      const payload = set.matchPayload(payloadOf(message), RECEIVED_AT_MS);
      if (payload.kind !== 'data') throw new Error(payload.kind);
      expect(payload.matched.flatMap(({ matches }) => matches)).toEqual(alone.matches);
      expect(payload.notJsonIds).toEqual(alone.isJson ? [] : ['e0']);
    }
  });

  test('an exception takes a match out until it expires', () => {
    const exception = { filterPattern: '{ $.user = "backup" }', expiresAtMs: 60_000 };
    const set = compile(rule('a', '{ $.a = 1 }', { exceptions: [exception] }));
    const message = { a: 1, user: 'backup' };
    const payload = set.matchPayload(payloadOf(message, message, { a: 1 }), RECEIVED_AT_MS);
    expect(payload.kind === 'data' && payload.matched.map(({ logEvent }) => logEvent.id)).toEqual(['e1', 'e2']);
  });

  test.each([
    [{ a: 1, size: 5 }, [5]],
    [{ a: 1, size: '7.5' }, [7.5]],
    [{ a: 1 }, [0]],
    [{ a: 1, size: 'large' }, []],
    [{ a: 1, size: ' ' }, []],
  ])('the value of %j is %j', (message, values) => {
    const set = compile(rule('a', '{ $.a = 1 }', { metricValue: selector('$.size'), defaultValue: 0 }));
    const payload = set.matchPayload(payloadOf(message), RECEIVED_AT_MS);
    const matches = payload.kind === 'data' ? payload.matched.flatMap((matched) => matched.matches) : [];
    expect(matches.map(({ sample }) => sample.value)).toEqual(values);
  });

  test('entries without a message are named, and what is no JSON object is counted', () => {
    const logEvents = [
      null,
      { message: '{"a":1}' },
      { id: 'x' },
      { id: 'text', message: 'text' },
      { id: 'array', message: '[1]' },
    ];
    expect(compile(rule('a', '{ $.a = 1 }')).matchPayload(bytesOf({ logEvents }), RECEIVED_AT_MS)).toMatchObject({
      eventCount: 3,
      unreadable: [{ message: 'logEvents[0] has no message' }, { message: 'logEvents[2] has no message' }],
      notJsonIds: ['text', 'array'],
      matched: [{ logEvent: { timestamp: RECEIVED_AT_MS } }],
    });
  });

  test.each([
    ['control', { messageType: 'CONTROL_MESSAGE', logEvents: [{ message: '{"a":1}' }] }],
    ['unreadable', {}],
    ['unreadable', 'not JSON'],
    ['unreadable', '{"logEvents":[{"message":"{}"}'],
    ['unreadable', '{"logEvents":[{"message":"{}",}]}'],
    ['unreadable', '{"logEvents":[{"id":"\u0001","message":"{}"}]}'],
    ['unreadable', ''],
  ])('a payload is %s: %j', (kind, payload) => {
    expect(compile(rule('a', '{ $.b = 1 }')).matchPayload(bytesOf(payload), RECEIVED_AT_MS).kind).toBe(kind);
  });

  test('records of an archive are matched as of their own time', () => {
    const exception = {
      filterPattern: '{ $.user = "backup" }',
      expiresAtMs: Date.parse('2026-01-02T00:00:00Z'),
    };
    const set = compile(rule('a', '{ $.a = 1 }', { exceptions: [exception] }), rule('b', '"\\"b\\" : 1.0"'));
    const records = [
      '{"a":1,"user":"backup","eventTime":"2026-01-01T23:59:59Z"}',
      '{"a":1,"user":"backup","eventTime":"2026-01-02T00:00:00Z"}',
      '{ "b" : 1.0 }',
      '{"a":2}',
      '7',
    ];
    const archive = set.matchArchive(bytesOf(`{ "Records" : [${records.join(' , ')}] }\n`));
    expect(archive).toMatchObject({
      kind: 'records',
      recordCount: 5,
      matched: [
        { index: 1, record: records[1], rules: [{ name: 'a' }] },
        { index: 2, record: records[2], rules: [{ name: 'b' }] },
      ],
    });
  });

  test.each([
    '',
    '[]',
    '{"Records":{}}',
    '{"Records":[{"a":1}',
    '{"Records":[{"a":1}]',
    '{"Records":[1,]}',
    '{"Records":[]} x',
    '{"records":[]}',
  ])('an archive is unreadable: %s', (text) => {
    expect(compile(rule('a', '{ $.a = 1 }')).matchArchive(bytesOf(text)).kind).toBe('unreadable');
  });

  test('more matches than the report holds are all found', () => {
    const set = compile(...Array.from({ length: 3000 }, (_, index) => rule(`r${index}`, '{ $.a = 1 }')));
    const payload = set.matchPayload(payloadOf(...Array.from({ length: 50 }, () => ({ a: 1 }))), RECEIVED_AT_MS);
    expect(payload.kind === 'data' && payload.matched.map(({ matches }) => matches.length)).toEqual(
      Array.from({ length: 50 }, () => 3000),
    );
  });
});

test('tables that were built before give the same matches, and those of other code are refused', () => {
  const rules = [rule('a', '{ $.a = "x*" }'), rule('b', '{ $.b >= 5 }')];
  const image = buildImage(rules.map(({ filterPattern }) => parsePattern(filterPattern)));
  const prebuilt = RuleSet.compile(rules, { image: Buffer.from(Buffer.from(image).toString('base64'), 'base64') });
  const payload = payloadOf({ a: 'xy', b: 5 }, { a: 'y', b: 4 });
  expect(prebuilt.matchPayload(payload, 0)).toEqual(RuleSet.compile(rules).matchPayload(payload, 0));
  const older = image.slice();
  older[0] = (older[0] ?? 0) + 1;
  expect(() => RuleSet.compile(rules, { image: older })).toThrow('another version');
});

import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_UNPACKED_BYTES } from '../logs/index.ts';
import type { Engine } from './pattern-set.ts';
import { RuleSet, type MatchedPayload } from './rule-set.ts';
import { compiledRule } from './test/compiled-rule.ts';

const NOW_MS = Date.UTC(2026, 2, 11, 9);

const payload = {
  messageType: 'DATA_MESSAGE',
  owner: '111122223333',
  logGroup: 'trail',
  logStream: '111122223333_CloudTrail_eu-west-1',
  subscriptionFilters: ['trailbell'],
  logEvents: [
    { id: '1', timestamp: 1, message: '{"eventID":"a"}' },
    { id: '2', timestamp: 2, message: 'not json' },
  ],
};

function pack(value: unknown): unknown {
  const json = typeof value === 'string' ? value : JSON.stringify(value);
  return { awslogs: { data: gzipSync(json).toString('base64') } };
}

const BOMB = gzipSync(Buffer.alloc(MAX_UNPACKED_BYTES + 1), { level: 1 }).toString('base64');

describe.each<Engine>(['scanner', 'index'])('with the %s', (engine) => {
  const set = RuleSet.compile([compiledRule()], { engine });
  const match = (event: unknown, nowMs = NOW_MS) => set.matchDelivery(event, nowMs);
  const logEventsOf = (matched: MatchedPayload) =>
    matched.kind === 'data' ? matched.matched.map(({ logEvent }) => logEvent) : matched.kind;

  test('a data message gives its log events as they are, JSON or not', () => {
    const matched = match(pack(payload));
    expect(matched).toMatchObject({
      kind: 'data',
      owner: payload.owner,
      logGroup: payload.logGroup,
      logStream: payload.logStream,
      eventCount: 2,
      unreadable: [],
    });
    expect(logEventsOf(matched)).toEqual(payload.logEvents);
  });

  test('a control message is no data, with or without log events', () => {
    expect(match(pack({ ...payload, messageType: 'CONTROL_MESSAGE' }))).toEqual({ kind: 'control' });
    expect(match(pack({ messageType: 'CONTROL_MESSAGE' }))).toEqual({ kind: 'control' });
  });

  test('one bad entry of logEvents is named by its place and the others are read', () => {
    const [first] = payload.logEvents;
    const logEvents = [null, first, { id: '3', timestamp: 3 }, 'text', { message: 'm', timestamp: 'soon' }];
    const matched = match(pack({ ...payload, logEvents }));
    expect(logEventsOf(matched)).toEqual([
      first,
      { id: expect.any(String) as string, timestamp: NOW_MS, message: 'm' },
    ]);
    expect(matched.kind === 'data' && matched.unreadable.map(({ message }) => message)).toEqual([
      'logEvents[0] has no message',
      'logEvents[2] has no message',
      'logEvents[3] has no message',
    ]);
  });

  test('a log event without an id gets the same one each time it is delivered', () => {
    const event = pack({ ...payload, logEvents: [{ timestamp: 1, message: 'm' }] });
    expect(match(event)).toEqual(match(event, NOW_MS + 1));
  });

  test.each([
    ['nothing', undefined, 'no-data'],
    ['an empty object', {}, 'no-data'],
    ['no data', { awslogs: {} }, 'no-data'],
    ['empty data', { awslogs: { data: '' } }, 'no-data'],
    ['data that is not text', { awslogs: { data: 5 } }, 'no-data'],
    ['data that is not base64', { awslogs: { data: 'é {"a":1}' } }, 'not-base64'],
    ['base64 of something else', { awslogs: { data: Buffer.from('plain text').toString('base64') } }, 'not-gzip'],
    [
      'gzip that was cut off',
      { awslogs: { data: gzipSync(JSON.stringify(payload)).subarray(0, 60).toString('base64') } },
      'not-gzip',
    ],
    ['gzip of text', pack('hello'), 'not-json'],
    ['gzip of nothing', pack(''), 'not-json'],
    ['JSON of another kind', pack([1, 2]), 'not-a-payload'],
    ['JSON without log events', pack({ ...payload, logEvents: undefined }), 'not-a-payload'],
  ])('%s is unreadable and says so', (_name, event, code) => {
    expect(match(event)).toMatchObject({ kind: 'unreadable', problem: { code } });
  });

  test('gzip data in several members is read to its end', () => {
    const json = JSON.stringify(payload);
    const members = [json.slice(0, 50), json.slice(50)].map((part) => gzipSync(part));
    const matched = match({ awslogs: { data: Buffer.concat(members).toString('base64') } });
    expect(matched).toEqual(match(pack(payload)));
  });

  test('6 MB of log events are read whole', () => {
    const message = 'x'.repeat(250_000);
    const logEvents = Array.from({ length: 24 }, (_, index) => ({ id: String(index), timestamp: index, message }));
    expect(logEventsOf(match(pack({ ...payload, logEvents })))).toHaveLength(24);
  });

  test('a payload that unpacks beyond all measure is refused, not unpacked', () => {
    expect(match({ awslogs: { data: BOMB } })).toMatchObject({ problem: { code: 'too-large' } });
  });

  test('nothing that is delivered makes it throw', () => {
    const kinds: MatchedPayload['kind'][] = ['data', 'control', 'unreadable'];
    fc.assert(
      fc.property(fc.anything(), fc.json(), (value, json) => {
        expect(kinds).toContain(match(value).kind);
        expect(kinds).toContain(match({ awslogs: { data: value } }).kind);
        expect(kinds).toContain(match(pack(json)).kind);
      }),
    );
  });
});

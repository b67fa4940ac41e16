import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodePayload } from './decode-payload.ts';
import type { DecodedPayload } from './read-payload.ts';
import { MAX_UNPACKED_BYTES } from './unpack-payload.ts';

const NOW_MS = Date.UTC(2026, 2, 11, 9);

function pack(payload: unknown): unknown {
  const json = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return { awslogs: { data: gzipSync(json).toString('base64') } };
}

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

test('a data message gives its log events as they are, JSON or not', () => {
  expect(decodePayload(pack(payload), NOW_MS)).toEqual({
    kind: 'data',
    owner: payload.owner,
    logGroup: payload.logGroup,
    logStream: payload.logStream,
    events: payload.logEvents,
    unreadable: [],
  });
});

test('a control message is no data, with or without log events', () => {
  expect(decodePayload(pack({ ...payload, messageType: 'CONTROL_MESSAGE' }), NOW_MS)).toEqual({ kind: 'control' });
  expect(decodePayload(pack({ messageType: 'CONTROL_MESSAGE' }), NOW_MS)).toEqual({ kind: 'control' });
});

test('one bad entry of logEvents is named by its place and the others are read', () => {
  const logEvents = [
    null,
    payload.logEvents[0],
    { id: '3', timestamp: 3 },
    'text',
    { message: 'm', timestamp: 'soon' },
  ];
  const decoded = decodePayload(pack({ ...payload, logEvents }), NOW_MS);
  if (decoded.kind !== 'data') throw new Error(decoded.kind);
  expect(decoded.events).toEqual([
    payload.logEvents[0],
    { id: expect.any(String) as string, timestamp: NOW_MS, message: 'm' },
  ]);
  expect(decoded.unreadable.map(({ message }) => message)).toEqual([
    'logEvents[0] has no message',
    'logEvents[2] has no message',
    'logEvents[3] has no message',
  ]);
});

test('a log event without an id gets the same one each time it is delivered', () => {
  const event = pack({ ...payload, logEvents: [{ timestamp: 1, message: 'm' }] });
  expect(decodePayload(event, NOW_MS)).toEqual(decodePayload(event, NOW_MS + 1));
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
  const decoded = decodePayload(event, NOW_MS);
  expect(decoded).toMatchObject({ kind: 'unreadable', problem: { code } });
});

test('gzip data in several members is read to its end', () => {
  const json = JSON.stringify(payload);
  const members = [json.slice(0, 50), json.slice(50)].map((part) => gzipSync(part));
  const decoded = decodePayload({ awslogs: { data: Buffer.concat(members).toString('base64') } }, NOW_MS);
  expect(decoded).toEqual(decodePayload(pack(payload), NOW_MS));
});

test('6 MB of log events are read whole', () => {
  const message = 'x'.repeat(250_000);
  const logEvents = Array.from({ length: 24 }, (_, index) => ({ id: String(index), timestamp: index, message }));
  const decoded = decodePayload(pack({ ...payload, logEvents }), NOW_MS);
  expect(decoded.kind === 'data' && decoded.events.length).toBe(24);
});

test('a payload that unpacks beyond all measure is refused, not unpacked', () => {
  const bomb = gzipSync(Buffer.alloc(MAX_UNPACKED_BYTES + 1)).toString('base64');
  expect(decodePayload({ awslogs: { data: bomb } }, NOW_MS)).toMatchObject({ problem: { code: 'too-large' } });
});

test('nothing that is delivered makes it throw', () => {
  const kinds: DecodedPayload['kind'][] = ['data', 'control', 'unreadable'];
  fc.assert(
    fc.property(fc.anything(), fc.json(), (value, json) => {
      expect(kinds).toContain(decodePayload(value, NOW_MS).kind);
      expect(kinds).toContain(decodePayload({ awslogs: { data: value } }, NOW_MS).kind);
      expect(kinds).toContain(decodePayload(pack(json), NOW_MS).kind);
    }),
  );
});

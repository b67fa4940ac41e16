import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import type { CompiledRule } from '../compiled-rules/index.ts';
import { RuleSet } from './rule-set.ts';
import { compiledRule } from './test/compiled-rule.ts';
import { isRuleTime } from './time-conditions.ts';

const OFFICE = { days: ['monday'], from: '09:00', to: '17:00', timeZone: 'Europe/Berlin' } as const;
const NIGHT = { from: '22:00', to: '06:00', timeZone: 'UTC' } as const;
const [MONDAY_NOON, MONDAY_EVENING, TUESDAY_NOON] = [
  Date.parse('2027-01-04T11:00:00Z'),
  Date.parse('2027-01-04T22:30:00Z'),
  Date.parse('2027-01-05T11:00:00Z'),
];

const rule = (more: Partial<CompiledRule>) => compiledRule({ filterPattern: '{ $.a = 1 }', ...more });

test.each([
  [{}, [true, true, true]],
  [{ during: [OFFICE] }, [true, false, false]],
  [{ notDuring: [OFFICE] }, [false, true, true]],
  [{ during: [OFFICE, NIGHT] }, [true, true, false]],
  [{ during: [NIGHT, OFFICE], notDuring: [NIGHT] }, [true, false, false]],
])('%j at noon on Monday, that evening and on Tuesday', (conditions, expected) => {
  expect([MONDAY_NOON, MONDAY_EVENING, TUESDAY_NOON].map((atMs) => isRuleTime(conditions, atMs))).toEqual(expected);
});

test.each([NaN, Infinity, 1e20, -1e20])('an event of no time, %f, is counted', (atMs) => {
  expect(isRuleTime({ during: [OFFICE], notDuring: [OFFICE] }, atMs)).toBe(true);
});

test('events of other times are not counted, in payloads and in archives', () => {
  const set = RuleSet.compile([rule({ during: [OFFICE] })]);
  const message = (eventTime?: string) => ({ a: 1, eventTime });
  const logEvents = [MONDAY_NOON, TUESDAY_NOON, 1e300].map((timestamp, index) => ({
    id: `e${index}`,
    timestamp,
    message: JSON.stringify(message()),
  }));
  const payload = { messageType: 'DATA_MESSAGE', owner: '1', logGroup: 'g', logStream: 's', logEvents };
  const matched = set.matchPayload(Buffer.from(JSON.stringify(payload)), 0);
  expect(matched.kind === 'data' && matched.matched.map(({ logEvent }) => logEvent.id)).toEqual(['e0', 'e2']);
  const records = { Records: [message('2027-01-05T11:00:00Z'), message('2027-01-04T11:00:00Z'), message()] };
  const archive = set.matchArchive(Buffer.from(JSON.stringify(records)));
  expect(archive.kind === 'records' && archive.matched.map(({ index }) => index)).toEqual([1, 2]);
});

test('a match names the exceptions that have ended and would have taken it out', () => {
  const ends = (filterPattern: string, expiresAtMs: number) => ({ filterPattern, expiresAtMs });
  const exceptions = [ends('{ $.b = 2 }', 1000), ends('{ $.a = 1 }', 2000), ends('{ $.a = 1 }', 3000)];
  const set = RuleSet.compile([rule({ exceptions: exceptions.slice(0, 2) })]);
  const expired = (timestamp: number) =>
    set.match({ id: 'e', timestamp, message: '{"a":1}' }).matches.map(({ expiredExceptions }) => expiredExceptions);
  expect(expired(1500)).toEqual([]);
  expect(expired(2000)).toEqual([[1]]);
  const all = RuleSet.compile([rule({ exceptions })]);
  expect(all.match({ id: 'e', timestamp: 2500, message: '{"a":1}' }).matches).toEqual([]);
});

import { expect, test } from 'vitest';
import { cloudWatchTime, isoTime, reasonTime } from './cloudwatch-time.ts';

const moment = Date.UTC(2026, 1, 3, 4, 5, 6, 78);

test('a moment is written in the three forms that a message uses', () => {
  expect(cloudWatchTime(moment)).toBe('2026-02-03T04:05:06.078+0000');
  expect(isoTime(moment)).toBe('2026-02-03T04:05:06.078Z');
  expect(reasonTime(moment)).toBe('03/02/26 04:05:06');
});

test.each([
  [-1, '1970-01-01T00:00:00.000Z'],
  [NaN, '1970-01-01T00:00:00.000Z'],
  [-Infinity, '1970-01-01T00:00:00.000Z'],
  [Infinity, '9999-12-31T23:59:59.999Z'],
  [1e18, '9999-12-31T23:59:59.999Z'],
])('%d, which has no four-digit year, is told as %s', (ms, text) => {
  expect(isoTime(ms)).toBe(text);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from './duration.ts';

test.each([
  ['0s', 0],
  ['90s', 90_000],
  ['7m', 420_000],
  ['2h', 7_200_000],
  ['1h30m', 5_400_000],
  ['1d', 86_400_000],
  ['1d2h3m4s', 93_784_000],
])('%s is %i milliseconds', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each([
  '',
  ' ',
  '5',
  '5 m',
  '-5m',
  '1.5h',
  '30m1h',
  '5m5m',
  '5M',
  '7min',
  's',
  '1h30',
  ' 7m',
  '7m ',
  '7m\n',
  '9999999999s',
])('%j is not a duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test('what is formatted reads back as the same milliseconds', () => {
  fc.assert(
    fc.property(fc.nat(400 * 86_400), (seconds) => {
      expect(parseDuration(formatDuration(seconds * 1000))).toBe(seconds * 1000);
    }),
  );
});

test.each([
  [0, '0s'],
  [60_000, '1m'],
  [5_400_000, '1h30m'],
])('%i milliseconds are written %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test.each([-1000, 1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d milliseconds are no duration', (ms) => {
  expect(() => formatDuration(ms)).toThrow(RangeError);
});

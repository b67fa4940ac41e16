import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cloudWatchNumber } from './cloudwatch-number.ts';

test.each([
  [1, '1.0'],
  [0, '0.0'],
  [-0, '-0.0'],
  [-3, '-3.0'],
  [0.5, '0.5'],
  [66.66201000304783, '66.66201000304783'],
  [624630, '624630.0'],
  [9999999, '9999999.0'],
  [10000000, '1.0E7'],
  [12345678.5, '1.23456785E7'],
  [1e21, '1.0E21'],
  [0.001, '0.001'],
  [0.00025, '2.5E-4'],
  [-1.5e-7, '-1.5E-7'],
])('%d is written %s', (value, text) => {
  expect(cloudWatchNumber(value)).toBe(text);
});

test('every finite number comes back from its text as JSON', () => {
  fc.assert(
    fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) => {
      const text = cloudWatchNumber(value);
      expect(text).toMatch(/^-?\d+\.\d+(E-?\d+)?$/);
      expect(JSON.parse(text)).toBe(value);
    }),
  );
});

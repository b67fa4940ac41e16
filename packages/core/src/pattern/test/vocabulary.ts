/** What generated patterns and messages are made of. */
import fc from 'fast-check';

/** Few enough that patterns and events meet. */
export const NAMES = ['a', 'b', 'c', '0', '__proto__', 'constructor', 'length', 'toString'] as const;
export const ODD_NAMES = ['a.b', 'a b', '$', '"', '\\', '€', '😀'] as const;
export const WORDS = [
  'x',
  'X',
  'xy',
  'x*',
  '*x',
  '*',
  '**',
  'a*b',
  '404',
  '4*',
  'true',
  'IS',
  '1.0.0',
  'é',
  '-',
  '.',
] as const;
export const TEXTS = [
  ...WORDS,
  'x y',
  ' ',
  '"',
  '\\',
  '\\"',
  '1',
  '1.0',
  '1000.0',
  'Infinity',
  'null',
  '%',
  '\ud800',
  '😀',
] as const;
export const NUMBERS = [
  ...[
    '0',
    '-0',
    '1',
    '-1',
    '1.0',
    '1e0',
    '1e3',
    '1000',
    '0.1',
    '1e-3',
    '9e-4',
    '1e7',
    '1e22',
    '1e309',
    '-1e309',
    '1e-999',
  ],
  ...[
    '9007199254740991',
    '9007199254740992',
    '9007199254740993',
    '9007199254740993.0',
    '-9007199254740993',
    '404',
    '4.04e2',
  ],
  ...['0.30000000000000004', '0.3', '123456789012345678901234567890', '1e2147483647', '5e-324', '2e-324', '3e-324'],
] as const;
/** Numbers as patterns and events spell them. */
export const number = fc.oneof(
  fc.constantFrom(...NUMBERS),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((double) => (Object.is(double, -0) ? '-0.0' : String(double))),
  fc.bigInt().map(String),
);

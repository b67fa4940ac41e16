import fc from 'fast-check';
import { doubleText } from '../event/number-text.ts';

/** Numbers that are close to one another, where doubles, decimals and spellings part ways: a JSON pattern and its event. */
export const closeNumbers = fc
  .tuple(
    fc.constantFrom(
      '0',
      '1',
      '404',
      '0.1',
      '0.001',
      '10000000',
      '1e22',
      '9007199254740992',
      '-9007199254740992',
      '1e308',
      '5e-324',
    ),
    fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
    fc.nat({ max: 7 }),
    fc.nat({ max: 7 }),
    fc.boolean(),
  )
  .map(([base, operator, left, right, isQuoted]): [pattern: string, event: string] => {
    const literal = respell(base, left);
    const isText = isQuoted && operator.endsWith('=') && !/[<>]/.test(operator);
    return [`{ $.a ${operator} ${isText ? `"${literal}"` : literal} }`, `{"a":${respell(base, right)}}`];
  });

/** The number or one next to it, in one of several spellings. */
function respell(base: string, way: number): string {
  const double = Number(base);
  const ways = [
    base,
    base.includes('e') ? base.replace('e', '.0e') : base.includes('.') ? `${base}0` : `${base}.0`,
    base.includes('e') ? base : `${base}e0`,
    /^-?\d+$/.test(base) ? String(BigInt(base) + 1n) : base,
    /^-?\d+$/.test(base) ? String(BigInt(base) - 1n) : base,
    base.includes('e') ? base : `${base.includes('.') ? base : `${base}.`}00000000000000000000001`,
    doubleText(double),
    String(double),
  ];
  return ways[way] ?? base;
}

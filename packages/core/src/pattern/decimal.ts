/** Decimal numbers of any size and precision, compared digit by digit: no exponent is ever expanded. */

/** The value `0.digits x 10^exponent`, negated if `negative`. `digits` has no zero at either end; zero is `''`. */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** The largest exponent that a number may be written with, as in CloudWatch. */
export const MAX_EXPONENT = 2_147_483_647;

const ZERO: Decimal = { negative: false, digits: '', exponent: 0 };

/**
 * Reads a whole text as a number: an optional sign, digits with or without a point, and an optional exponent.
 * Undefined for anything else and for exponents beyond {@link MAX_EXPONENT}.
 */
export function parseDecimal(text: string): Decimal | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const power = Number(exponent);
  if (Math.abs(power) > MAX_EXPONENT) return undefined;
  return normalize(sign === '-', whole + fraction, whole.length + power);
}

function normalize(negative: boolean, digits: string, exponent: number): Decimal {
  let start = 0;
  let end = digits.length;
  while (start < end && digits.charCodeAt(start) === 48) start++;
  while (end > start && digits.charCodeAt(end - 1) === 48) end--;
  return start === end ? ZERO : { negative, digits: digits.slice(start, end), exponent: exponent - start };
}

/** Negative if `a < b`, zero if they are equal, positive if `a > b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const sign = signOf(a);
  if (sign !== signOf(b)) return sign - signOf(b);
  if (sign === 0) return 0;
  return sign < 0 ? compareMagnitudes(b, a) : compareMagnitudes(a, b);
}

function signOf(decimal: Decimal): number {
  if (decimal.digits === '') return 0;
  return decimal.negative ? -1 : 1;
}

/** Digit strings compare like words: both begin right after the point, and neither ends in zeros. */
function compareMagnitudes(a: Decimal, b: Decimal): number {
  if (a.exponent !== b.exponent) return a.exponent - b.exponent;
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -1 : 1;
}

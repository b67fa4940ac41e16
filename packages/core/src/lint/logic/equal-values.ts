/** Which strings and numbers of an event equal a literal: all of them where they are few, so that other tests can be tried on each. */
import type { Literal, NumberLiteral, RegexLiteral } from '../../pattern/index.ts';
import { compareDecimals, parseDecimal, type Decimal } from '../../pattern/decimal.ts';
import { valueTestHolds, literalEquals, type Comparable } from '../../pattern/evaluate/value-test.ts';
import { doubleText, isIntegerSpelling, readEventNumber, type EventNumber } from '../../pattern/event/number-text.ts';
import { compileRegex } from '../../pattern/regex/compile-regex.ts';
import type { ValueTest } from '../../pattern/index.ts';

/** Longer numbers are not written out. */
const MAX_DIGITS = 400;

const searches = new WeakMap<RegexLiteral, (text: string) => boolean>();

function findsRegex(regex: RegexLiteral, text: string): boolean {
  let search = searches.get(regex);
  if (search === undefined) {
    search = compileRegex(regex);
    searches.set(regex, search);
  }
  return search(text);
}

/** Whether a string or number passes a test, as the evaluator judges. */
export function holdsFor(test: ValueTest, value: Comparable): boolean {
  return valueTestHolds(test, value, findsRegex);
}

/** Whether a string or number equals a literal, as the evaluator judges. */
export function equalsLiteral(literal: Literal, value: Comparable): boolean {
  return literalEquals(literal, value, findsRegex);
}

/** Every string and number that equals the literal; undefined where they are endless or too long. Never empty. */
export function valuesEqualTo(literal: Literal): readonly Comparable[] | undefined {
  switch (literal.kind) {
    case 'text': {
      const number = numberWithText(literal.text);
      return number === undefined ? [literal.text] : [literal.text, number];
    }
    case 'number': {
      const numbers = numbersOfValue(literal);
      return numbers && [literal.text, ...numbers];
    }
    case 'glob':
    case 'regex':
      return undefined;
  }
}

/** The number of an event that a text sees as this text; undefined where there is none. There is never more than one. */
export function numberWithText(text: string): EventNumber | undefined {
  if (/^-?Infinity$/.test(text)) return { value: undefined, text };
  if (!/^-?\d+(?:\.\d+)?(?:E-?\d+)?$/.test(text)) return undefined;
  if (isIntegerSpelling(text) && !/^(?:0|-?[1-9]\d*)$/.test(text)) return undefined;
  const number = readEventNumber(text);
  return number.text === text ? number : undefined;
}

/** The integer, and the double in each of its spellings, whose value is the literal's. */
function numbersOfValue({ text, value }: NumberLiteral): readonly EventNumber[] | undefined {
  if (Math.abs(value.exponent) > MAX_DIGITS || value.digits.length > MAX_DIGITS) return undefined;
  const numbers: EventNumber[] = [];
  const integer = integerSpelling(value);
  if (integer !== undefined) numbers.push(readEventNumber(integer));
  const double = Number(text);
  const shortest = Number.isFinite(double) ? parseDecimal(String(double)) : undefined;
  if (shortest !== undefined && compareDecimals(shortest, value) === 0) {
    const doubles = double === 0 ? [0, -0] : [double];
    numbers.push(...doubles.map((spelled) => ({ value, text: doubleText(spelled) })));
  }
  return numbers;
}

function integerSpelling({ negative, digits, exponent }: Decimal): string | undefined {
  if (digits === '') return '0';
  if (exponent < digits.length) return undefined;
  return `${negative ? '-' : ''}${digits.padEnd(exponent, '0')}`;
}

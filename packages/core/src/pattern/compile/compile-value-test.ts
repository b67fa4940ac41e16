import type { EqualityTest, Literal, NumberLiteral, OrderingTest, ValueTest } from '../ast.ts';
import { compileRegex } from '../regex/compile-regex.ts';
import { compareDecimals, parseDecimal } from '../decimal.ts';
import { globMatches } from '../evaluate/glob.ts';
import { type EventNumber, doubleText } from '../event/number-text.ts';
import { orderHolds } from '../evaluate/value-test.ts';

/** A test of one string or number of a JSON event. */
export interface CompiledValueTest {
  readonly string: (text: string) => boolean;
  /** @param exact asked for only where the double cannot decide */
  readonly number: (double: number, exact: () => EventNumber) => boolean;
}

/** Compiles `= x`, `!= x` or `< 1`. */
export function compileValueTest(test: ValueTest): CompiledValueTest {
  if (test.kind === 'ordering') return { string: () => false, number: compileOrder(test) };
  if (test.literal.kind === 'number') return compileNumberEquality(test.operator, test.literal);
  const matches = compileTextLiteral(test.literal);
  return test.operator === '='
    ? { string: matches, number: onNumberText(test.literal, matches) }
    : { string: not(matches), number: notOnNumber(onNumberText(test.literal, matches)) };
}

/** Compiles the test of a field of a space-delimited line. */
export function compileFieldTest(test: ValueTest): (field: string) => boolean {
  if (test.literal.kind !== 'number') {
    const matches = compileTextLiteral(test.literal);
    return test.operator === '=' ? matches : not(matches);
  }
  const { value: limit } = test.literal;
  const holds = test.kind === 'ordering' ? orderTest(test) : equalityTest(test.operator);
  const otherwise = test.operator === '!=';
  return (field) => {
    const value = parseDecimal(field);
    return value === undefined ? otherwise : holds(compareDecimals(value, limit));
  };
}

function compileTextLiteral(literal: Exclude<Literal, NumberLiteral>): (text: string) => boolean {
  switch (literal.kind) {
    case 'text': {
      const { text: expected } = literal;
      return (text) => text === expected;
    }
    case 'glob':
      return (text) => globMatches(literal, text);
    case 'regex':
      return compileRegex(literal);
  }
}

/** The text of a double with a fraction needs no spelling; 1 and 1.0 are the same double and different texts. */
function onNumberText(literal: Literal, matches: (text: string) => boolean): CompiledValueTest['number'] {
  if (literal.kind === 'text' && !/^-?[0-9I]/.test(literal.text)) return () => false;
  return (double, exact) => matches(hasFraction(double) ? doubleText(double) : exact().text);
}

function hasFraction(double: number): boolean {
  return Number.isFinite(double) && !Number.isInteger(double);
}

function compileNumberEquality(operator: EqualityTest['operator'], literal: NumberLiteral): CompiledValueTest {
  const { text: expected } = literal;
  const string = (text: string) => text === expected;
  return {
    string: operator === '=' ? string : not(string),
    number: compileNumberTest(literal, equalityTest(operator)),
  };
}

function compileOrder(test: OrderingTest): CompiledValueTest['number'] {
  return compileNumberTest(test.literal, orderTest(test));
}

/**
 * Compares by doubles where they suffice. Below 2^53 every integer is its own double, and every other number of an event is worth
 * the shortest decimal of its double; those decimals keep the doubles' order. So only a number that shares its double with
 * the literal is close, and for that double the order is worked out here, once.
 */
function compileNumberTest(literal: NumberLiteral, holds: (order: number) => boolean): CompiledValueTest['number'] {
  const nearest = Number(literal.text);
  const shortest = parseDecimal(String(nearest));
  const isBelow = holds(-1);
  const isAbove = holds(1);
  const isNearest = shortest !== undefined && holds(compareDecimals(shortest, literal.value));
  return (double, exact) => {
    if (double < 2 ** 53 && double > -(2 ** 53)) {
      if (double < nearest) return isBelow;
      return double > nearest ? isAbove : isNearest;
    }
    const { value } = exact();
    return value !== undefined && holds(compareDecimals(value, literal.value));
  };
}

function equalityTest(operator: EqualityTest['operator']): (order: number) => boolean {
  return operator === '=' ? (order) => order === 0 : (order) => order !== 0;
}

function orderTest(test: OrderingTest): (order: number) => boolean {
  const { operator } = test;
  return (order) => orderHolds(operator, order);
}

function not(test: (text: string) => boolean): (text: string) => boolean {
  return (text) => !test(text);
}

function notOnNumber(test: CompiledValueTest['number']): CompiledValueTest['number'] {
  return (double, exact) => !test(double, exact);
}

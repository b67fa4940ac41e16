/** Whether a value passes a test, read off the language's table of literals and subjects. */
import type { GlobLiteral, Literal, OrderingTest, RegexLiteral, TextLiteral, ValueTest } from '../ast.ts';
import { compareDecimals, parseDecimal } from '../decimal.ts';
import { globMatches } from './glob.ts';
import type { EventNumber } from '../event/number-text.ts';

/** What can be compared at all: a string or a number of an event. */
export type Comparable = string | EventNumber;

/** Whether a regular expression is found anywhere in a text. */
export type RegexFinder = (regex: RegexLiteral, text: string) => boolean;

/** Whether a string or number of a JSON event passes. */
export function valueTestHolds(test: ValueTest, subject: Comparable, findsRegex: RegexFinder): boolean {
  if (test.kind === 'ordering') {
    if (typeof subject === 'string' || subject.value === undefined) return false;
    return orderHolds(test.operator, compareDecimals(subject.value, test.literal.value));
  }
  const isComparable = test.literal.kind !== 'number' || typeof subject === 'string' || subject.value !== undefined;
  return isComparable && literalEquals(test.literal, subject, findsRegex) === (test.operator === '=');
}

/** Whether a value equals a literal; `!=` is the opposite, where the two can be compared. */
export function literalEquals(literal: Literal, subject: Comparable, findsRegex: RegexFinder): boolean {
  if (literal.kind !== 'number') {
    return textMatches(literal, typeof subject === 'string' ? subject : subject.text, findsRegex);
  }
  if (typeof subject === 'string') return subject === literal.text;
  return subject.value !== undefined && compareDecimals(subject.value, literal.value) === 0;
}

/** Whether a field of a space-delimited line passes. Fields are text; a number literal reads the whole field as a number. */
export function fieldTestHolds(test: ValueTest, field: string, findsRegex: RegexFinder): boolean {
  const { literal } = test;
  if (literal.kind !== 'number') return textMatches(literal, field, findsRegex) === (test.operator === '=');
  const value = parseDecimal(field);
  if (value === undefined) return test.operator === '!=';
  const order = compareDecimals(value, literal.value);
  if (test.kind === 'ordering') return orderHolds(test.operator, order);
  return (order === 0) === (test.operator === '=');
}

/** @param order negative, zero or positive: how the subject compares to the literal */
export function orderHolds(operator: OrderingTest['operator'], order: number): boolean {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function textMatches(
  literal: TextLiteral | GlobLiteral | RegexLiteral,
  text: string,
  findsRegex: RegexFinder,
): boolean {
  switch (literal.kind) {
    case 'text':
      return text === literal.text;
    case 'glob':
      return globMatches(literal, text);
    case 'regex':
      return findsRegex(literal, text);
  }
}

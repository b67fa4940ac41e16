/** Says in words why one value passes a test or does not. */
import type { GlobLiteral, Literal, ValueTest } from '../ast.ts';
import { parseDecimal } from '../decimal.ts';
import type { EventNumber } from '../event/number-text.ts';
import { showText } from './show-value.ts';
import type { Comparable } from '../evaluate/value-test.ts';

/** @param equals whether the value equals the literal; not looked at for orderings */
export function explainComparable(test: ValueTest, subject: Comparable, holds: boolean, equals: boolean): string {
  if (test.kind === 'ordering') {
    if (typeof subject === 'string') return 'a string has no order, not even one that looks like a number';
    return subject.value === undefined
      ? TOO_LARGE
      : `the number is ${holds ? '' : 'not '}${test.operator} ${test.literal.text}`;
  }
  if (test.literal.kind === 'number' && typeof subject !== 'string') {
    if (subject.value === undefined) return TOO_LARGE;
    return equals ? 'the numbers are equal' : 'the numbers differ';
  }
  return equals ? explainEqual(test.literal) : explainUnequal(test.literal, subject);
}

/** Why a field of a space-delimited line passes or does not. */
export function explainField(test: ValueTest, field: string, holds: boolean): string {
  if (test.literal.kind === 'number') {
    if (parseDecimal(field) === undefined) return 'the field is not a number';
    if (test.kind === 'ordering') return `the number is ${holds ? '' : 'not '}${test.operator} ${test.literal.text}`;
    return holds === (test.operator === '=') ? 'the numbers are equal' : 'the numbers differ';
  }
  const equals = holds === (test.operator === '=');
  return equals ? explainEqual(test.literal) : explainUnequal(test.literal, field);
}

/** Why a value that is neither a string nor a number passes no test. */
export function explainIncomparable(value: unknown): string {
  if (typeof value === 'boolean') return `a boolean compares with nothing; write IS ${value ? 'TRUE' : 'FALSE'}`;
  if (value === null) return 'null compares with nothing; write IS NULL';
  return Array.isArray(value)
    ? 'an array compares with nothing; select its elements with [0] or [*]'
    : 'an object compares with nothing; select one of its properties';
}

const TOO_LARGE = 'the number is too large for a double and compares with nothing';

function explainEqual(literal: Literal): string {
  switch (literal.kind) {
    case 'number':
      return 'the string is spelled like the number';
    case 'text':
      return 'the texts are equal';
    case 'glob':
      return `the text ${globVerb(literal)}`;
    case 'regex':
      return 'the expression is found';
  }
}

function explainUnequal(literal: Literal, subject: Comparable): string {
  const text = typeof subject === 'string' ? subject : subject.text;
  const numberText = typeof subject === 'string' ? '' : explainNumberText(subject);
  switch (literal.kind) {
    case 'number':
      return 'the string is not spelled like the number';
    case 'text':
      if (text.toLowerCase() === literal.text.toLowerCase()) return 'the texts differ in upper and lower case';
      if (text.trim() === literal.text.trim()) return 'the texts differ in blanks at the ends';
      if (literal.text.includes('*')) return 'the texts differ; * stands for anything only at the ends';
      return `the texts differ${numberText}`;
    case 'glob':
      return `the text does not match${numberText}`;
    case 'regex':
      return `the expression is not found${numberText}`;
  }
}

function globVerb(glob: GlobLiteral): string {
  if (glob.text === '') return 'can be anything';
  if (glob.openStart && glob.openEnd) return `contains ${showText(glob.text)}`;
  return glob.openStart ? `ends with ${showText(glob.text)}` : `begins with ${showText(glob.text)}`;
}

function explainNumberText(subject: EventNumber): string {
  return `; the number's text is ${showText(subject.text)}`;
}

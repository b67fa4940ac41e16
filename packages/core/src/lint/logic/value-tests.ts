/** What holds between two tests of one value, whatever the value: sound, not complete, as in literals.ts. */
import type { OrderingTest, ValueTest } from '../../pattern/index.ts';
import { compareDecimals } from '../../pattern/decimal.ts';
import { orderHolds, type Comparable } from '../../pattern/evaluate/value-test.ts';
import { equalsLiteral, holdsFor, numberWithText, valuesEqualTo } from './equal-values.ts';
import { areDisjoint, isAnything, literalImplies } from './literals.ts';
import { plainLiteral } from './plain-literal.ts';

const INFINITE = ['Infinity', '-Infinity'].map((text) => ({ value: undefined, text }));

/** Whether every string or number that passes `a` passes `b`. */
export function testImplies(a: ValueTest, b: ValueTest): boolean {
  const values = valuesThatPass(a);
  if (values !== undefined) return values.every((value) => holdsFor(b, value));
  if (b.kind === 'equality' && b.operator === '=' && isAnything(b.literal)) return true;
  if (a.kind === 'ordering') return b.kind === 'ordering' ? isNarrower(a, b) : orderingImpliesNotEqual(a, b);
  if (b.kind === 'ordering') return false;
  if (a.operator === '=') {
    if (b.operator === '=') return literalImplies(a.literal, b.literal);
    return areDisjoint(a.literal, b.literal) && (b.literal.kind !== 'number' || !isMetByInfinity(a));
  }
  // An infinite number passes `!= "x"` and not `!= 1`.
  const keepsInfinity = b.literal.kind !== 'number' || a.literal.kind === 'number';
  return b.operator === '!=' && keepsInfinity && literalImplies(b.literal, a.literal);
}

/** Whether no string or number passes all of the tests. */
export function testsClash(tests: readonly ValueTest[]): boolean {
  for (const test of tests) {
    const values = valuesThatPass(test);
    if (values !== undefined) return !values.some((value) => tests.every((other) => holdsFor(other, value)));
  }
  return tests.some(
    (test, index) => isImpossible(test) || tests.slice(0, index).some((other) => pairClashes(other, test)),
  );
}

/** Whether no string or number passes the test: `!= *`. */
export function isImpossible(test: ValueTest): boolean {
  return test.kind === 'equality' && test.operator === '!=' && isAnything(test.literal);
}

function valuesThatPass(test: ValueTest): readonly Comparable[] | undefined {
  return test.kind === 'equality' && test.operator === '=' ? valuesEqualTo(plainLiteral(test.literal)) : undefined;
}

function pairClashes(a: ValueTest, b: ValueTest): boolean {
  if (a.kind === 'ordering') return b.kind === 'ordering' && isEmptyRange(a, b);
  if (b.kind === 'ordering') return false;
  if (a.operator === '=' && b.operator === '=') return areDisjoint(a.literal, b.literal);
  if (a.operator === '=') return literalImplies(a.literal, b.literal);
  return b.operator === '=' && literalImplies(b.literal, a.literal);
}

function isMetByInfinity(test: ValueTest): boolean {
  return INFINITE.some((number) => equalsLiteral(test.literal, number));
}

/** An ordering lets only finite numbers through. */
function orderingImpliesNotEqual(a: OrderingTest, b: Extract<ValueTest, { kind: 'equality' }>): boolean {
  if (b.operator === '=') return false;
  const literal = plainLiteral(b.literal);
  if (literal.kind === 'number') return !orderHolds(a.operator, compareDecimals(literal.value, a.literal.value));
  if (literal.kind !== 'text') return false;
  const number = numberWithText(literal.text);
  return number === undefined || !holdsFor(a, number);
}

function isUpper({ operator }: OrderingTest): boolean {
  return operator === '<' || operator === '<=';
}

function isStrict({ operator }: OrderingTest): boolean {
  return operator === '<' || operator === '>';
}

function isNarrower(a: OrderingTest, b: OrderingTest): boolean {
  if (isUpper(a) !== isUpper(b)) return false;
  const order = compareDecimals(a.literal.value, b.literal.value);
  if (order === 0) return isStrict(a) || !isStrict(b);
  return isUpper(a) ? order < 0 : order > 0;
}

function isEmptyRange(a: OrderingTest, b: OrderingTest): boolean {
  if (isUpper(a) === isUpper(b)) return false;
  const [upper, lower] = isUpper(a) ? [a, b] : [b, a];
  const order = compareDecimals(upper.literal.value, lower.literal.value);
  return order < 0 || (order === 0 && (isStrict(upper) || isStrict(lower)));
}

/** Walks over comparisons joined by `&&` and `||`. The parser bounds how deep they nest, so recursion is safe. */
import type { Conjunction, Disjunction, Expression } from './ast.ts';

interface Kind {
  readonly kind: string;
}

/** Whether an expression joins others. */
export function isJoined<Comparison extends Kind>(
  expression: Expression<Comparison>,
): expression is Conjunction<Comparison> | Disjunction<Comparison> {
  return expression.kind === 'and' || expression.kind === 'or';
}

/** Every comparison of an expression, from left to right. */
export function* comparisonsOf<Comparison extends Kind>(expression: Expression<Comparison>): Generator<Comparison> {
  if (isJoined(expression)) for (const operand of expression.operands) yield* comparisonsOf(operand);
  else yield expression;
}

/** Whether an expression holds, given which comparisons do. */
export function expressionHolds<Comparison extends Kind>(
  expression: Expression<Comparison>,
  holds: (comparison: Comparison) => boolean,
): boolean {
  if (!isJoined(expression)) return holds(expression);
  return expression.kind === 'and'
    ? expression.operands.every((operand) => expressionHolds(operand, holds))
    : expression.operands.some((operand) => expressionHolds(operand, holds));
}

/** A test of a subject, from the tests of an expression's comparisons. */
export function compileExpression<Comparison extends Kind, Subject>(
  expression: Expression<Comparison>,
  compile: (comparison: Comparison) => (subject: Subject) => boolean,
): (subject: Subject) => boolean {
  if (!isJoined(expression)) return compile(expression);
  const tests = expression.operands.map((operand) => compileExpression(operand, compile));
  const [first, second] = tests;
  if (first !== undefined && second !== undefined && tests.length === 2) {
    return expression.kind === 'and'
      ? (subject) => first(subject) && second(subject)
      : (subject) => first(subject) || second(subject);
  }
  return expression.kind === 'and' ? allOf(tests) : anyOf(tests);
}

/** Plain loops: this runs for every rule and event. */
function allOf<Subject>(tests: readonly ((subject: Subject) => boolean)[]): (subject: Subject) => boolean {
  return (subject) => {
    for (const test of tests) if (!test(subject)) return false;
    return true;
  };
}

function anyOf<Subject>(tests: readonly ((subject: Subject) => boolean)[]): (subject: Subject) => boolean {
  return (subject) => {
    for (const test of tests) if (test(subject)) return true;
    return false;
  };
}

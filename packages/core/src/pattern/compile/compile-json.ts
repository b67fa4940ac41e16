import type { JsonComparison, JsonConstantComparison, JsonPattern, Selector, SelectorStep, ValueTest } from '../ast.ts';
import { type Select, compileSelect } from './compile-select.ts';
import { type CompiledValueTest, compileValueTest } from './compile-value-test.ts';
import { compileExpression } from '../expression.ts';
import type { EventNumber } from '../event/number-text.ts';
import type { ParsedEvent } from '../event/parsed-event.ts';
import { splitAtWildcard } from '../event/select.ts';

type EventTest = (event: ParsedEvent) => boolean;

/** Compiles a JSON pattern to a test of events. */
export function compileJson(pattern: JsonPattern): EventTest {
  const test = compileExpression(pattern.condition, compileComparison);
  return (event) => event.root !== undefined && test(event);
}

/** Compiles one comparison of a JSON pattern, for events that are JSON objects. */
export function compileComparison(comparison: JsonComparison): EventTest {
  const { selector } = comparison;
  const parts = splitAtWildcard(selector);
  return parts === undefined ? compileSingle(comparison, selector) : compileMany(comparison, parts.before, parts.after);
}

function compileSingle(comparison: JsonComparison, selector: Selector): EventTest {
  const select = compileSelect(selector.steps);
  switch (comparison.kind) {
    case 'not-exists':
      return (event) => select(event.root) === undefined;
    case 'is':
      return compileConstant(comparison.constant, select);
    case 'compare': {
      const test = compileValueTest(comparison.test);
      return (event) => {
        const value = select(event.root);
        if (typeof value === 'string') return test.string(value);
        return (
          typeof value === 'number' && test.number(value, () => event.readNumber(String(select(event.spelledRoot))))
        );
      };
    }
  }
}

/** Without a wildcard, IS NULL also holds for an array with a null in it. */
function compileConstant(constant: JsonConstantComparison['constant'], select: Select): EventTest {
  if (constant !== 'NULL') {
    const expected = constant === 'TRUE';
    return (event) => select(event.root) === expected;
  }
  return (event) => {
    const value = select(event.root);
    return value === null || (Array.isArray(value) && value.includes(null));
  };
}

function compileMany(
  comparison: JsonComparison,
  before: readonly SelectorStep[],
  after: readonly SelectorStep[],
): EventTest {
  const parentOf = compileSelect(before);
  const below = compileSelect(after);
  switch (comparison.kind) {
    case 'not-exists': {
      const exists = anyChild(parentOf, below, (value) => value !== undefined);
      return (event) => !exists(event);
    }
    case 'is': {
      const expected = comparison.constant === 'NULL' ? null : comparison.constant === 'TRUE';
      return anyChild(parentOf, below, (value) => value === expected);
    }
    case 'compare':
      return compileAnyComparison(comparison.test, parentOf, below);
  }
}

/** `!=` holds if no child equals the literal, as long as there is something to look into. */
function compileAnyComparison(test: ValueTest, parentOf: Select, below: Select): EventTest {
  if (test.kind === 'ordering' || test.operator === '=') {
    return anyChild(parentOf, below, passes(compileValueTest(test)));
  }
  const equalsAny = anyChild(parentOf, below, passes(compileValueTest({ ...test, operator: '=' })));
  return (event) => parentOf(event.root) !== undefined && !equalsAny(event);
}

type ChildTest = (value: unknown, exact: () => EventNumber) => boolean;

function passes(test: CompiledValueTest): ChildTest {
  return (value, exact) => {
    if (typeof value === 'string') return test.string(value);
    return typeof value === 'number' && test.number(value, exact);
  };
}

/** Whether the test holds below any element of an array or any value of an object. */
function anyChild(parentOf: Select, below: Select, test: ChildTest): EventTest {
  return (event) => {
    const parent = parentOf(event.root);
    if (typeof parent !== 'object' || parent === null) return false;
    const children = parent as Readonly<Record<string | number, unknown>>;
    for (const key of Array.isArray(parent) ? parent.keys() : Object.keys(parent)) {
      const exact = () => event.readNumber(String(below((parentOf(event.spelledRoot) as typeof children)[key])));
      if (test(below(children[key]), exact)) return true;
    }
    return false;
  };
}

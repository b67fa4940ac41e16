import { formatSelector, type Expression, type JsonComparison, type Literal, type Selector } from '../pattern/index.ts';
import { literalsOfRegex } from './literals-of-regex.ts';

type Condition = Expression<JsonComparison>;

/**
 * A condition that holds wherever the given one does, made of comparisons alone whose meaning to CloudWatch is recorded and leaves
 * nothing to interpretation: what CloudWatch keeps out it must keep out for the reason that we think. Undefined where nothing can
 * be said.
 *
 * Left out are numbers, wildcards, indexes and property names in brackets, texts that could be the text of a number, and texts
 * with a `*` inside, a quote, a backslash or anything beyond ASCII. What is compared in such a way is at least there: `$.a = *`.
 */
export function certainCondition(condition: Condition): Condition | undefined {
  switch (condition.kind) {
    case 'and': {
      const known = condition.operands.map(certainCondition).filter((operand) => operand !== undefined);
      return joined('and', known);
    }
    case 'or': {
      const known = condition.operands.map(certainCondition).filter((operand) => operand !== undefined);
      return known.length === condition.operands.length ? joined('or', known) : undefined;
    }
    case 'is':
    case 'not-exists':
      return isPlain(condition.selector) ? condition : undefined;
    case 'compare':
      return isPlain(condition.selector) ? certainComparison(condition) : undefined;
  }
}

/** Undefined for no operands: there is then nothing that must hold. */
export function joined(kind: 'and' | 'or', operands: readonly Condition[]): Condition | undefined {
  const [first, second] = operands;
  return second === undefined ? first : { kind, operands };
}

/** `selector = literal`, for each of several literals. */
function certainComparison(comparison: Extract<JsonComparison, { kind: 'compare' }>): Condition | undefined {
  const { test, selector, span } = comparison;
  const isThere: Condition = {
    kind: 'compare',
    selector,
    span,
    test: {
      kind: 'equality',
      operator: '=',
      literal: { kind: 'glob', text: '', openStart: true, openEnd: true, span },
    },
  };
  if (test.kind === 'ordering') return isThere;
  if (isCertain(test.literal)) return comparison;
  if (test.operator === '!=' || test.literal.kind !== 'regex') return isThere;
  const literals = literalsOfRegex(test.literal);
  if (literals?.every(isCertain) !== true) return isThere;
  return joined(
    'or',
    literals.map((literal): Condition => ({ ...comparison, test: { kind: 'equality', operator: '=', literal } })),
  );
}

const PLAIN_SELECTOR = /^\$(?:\.[A-Za-z_][\w-]*)+$/;

function isPlain(selector: Selector): boolean {
  return PLAIN_SELECTOR.test(formatSelector(selector));
}

function isCertain(literal: Literal): boolean {
  switch (literal.kind) {
    case 'number':
    case 'regex':
      return false;
    case 'text':
      return isPlainText(literal.text) && (/^\d+$/.test(literal.text) || !mayBeOfNumber(literal.text));
    case 'glob':
      if (literal.text === '') return true;
      return (
        isPlainText(literal.text) &&
        ((!literal.openStart && BELOW_TEN_MILLION.test(literal.text)) || !mayBeOfNumber(literal.text))
      );
  }
}

function isPlainText(text: string): boolean {
  return /^[\x20-\x7e]+$/.test(text) && !/["\\*]/.test(text);
}

/** The beginning of a number that is written out, and of an IP address: `10.`. */
const BELOW_TEN_MILLION = /^[1-9]\d{1,6}\./;

/** Whether it may be part of a number's text form, `1.0E-7`: how large and small ones are spelled is not known. */
function mayBeOfNumber(text: string): boolean {
  return /^[-+.\dEe]*$/.test(text) && !/\..*\./.test(text);
}

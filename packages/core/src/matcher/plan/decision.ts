import type {
  Expression,
  JsonComparison,
  Literal,
  Pattern,
  Selector,
  Term,
  TermsPattern,
} from '../../pattern/index.ts';
import { fieldPathOf, isExactInUtf8, MAX_PATH_LENGTH, type FieldPath } from './atom.ts';
import { integerRange } from './integer-range.ts';

/**
 * What the scanner decides by. It must hold for every event that the pattern matches, and may hold for others: where the scanner
 * cannot tell, it says that a question may hold.
 */
export type Decision = Question | Combination;

export interface Combination {
  readonly kind: 'and' | 'or';
  readonly operands: readonly Decision[];
}

/** Something the scanner can answer about an event. `path` names a field; its text is that of a string or of an integer. */
export type Question =
  | { readonly kind: 'may' }
  | {
      readonly kind: 'comparable' | 'null' | 'true' | 'false' | 'absent' | 'present' | 'array' | 'container';
      readonly path: FieldPath;
    }
  | {
      readonly kind:
        | 'equals'
        | 'not-equals'
        | 'prefix'
        | 'not-prefix'
        | 'suffix'
        | 'not-suffix'
        | 'contains'
        | 'not-contains'
        | 'container-with';
      readonly path: FieldPath;
      readonly text: string;
    }
  /** An integer from `low` to `high`, or a string that is `text`. */
  | {
      readonly kind: 'range' | 'not-range';
      readonly path: FieldPath;
      readonly low: number;
      readonly high: number;
      readonly text: string | undefined;
    }
  | { readonly kind: 'message-with' | 'message-without'; readonly text: string };

const MAY: Decision = { kind: 'may' };

/** What an event must pass to be looked at for a pattern. */
export function decisionOf(pattern: Pattern): Decision {
  switch (pattern.kind) {
    case 'json':
      return ofExpression(pattern.condition);
    case 'terms':
      return ofTerms(pattern);
    case 'everything':
    case 'regex':
    case 'space':
      return MAY;
  }
}

function ofExpression(expression: Expression<JsonComparison>): Decision {
  if (expression.kind === 'and' || expression.kind === 'or') {
    return { kind: expression.kind, operands: expression.operands.map(ofExpression) };
  }
  return ofComparison(expression);
}

/** `?` terms count only where there are no others. */
function ofTerms({ terms }: TermsPattern): Decision {
  const isOptional = terms.every(({ kind }) => kind === 'optional');
  const asked = isOptional ? terms : terms.filter(({ kind }) => kind !== 'optional');
  return {
    kind: isOptional ? 'or' : 'and',
    operands: asked.map(ofTerm),
  };
}

/** Where backslashes stand for themselves and for escapes, a text with one may be found between two of them: not proof enough. */
function ofTerm({ kind, text }: Term): Question {
  if (!isExactInUtf8(text)) return { kind: 'may' };
  if (kind !== 'excluded') return { kind: 'message-with', text };
  return text.includes('\\') ? { kind: 'may' } : { kind: 'message-without', text };
}

function ofComparison(comparison: JsonComparison): Question {
  const path = fieldPathOf(comparison.selector);
  if (path === undefined) return ofPartialPath(comparison);
  switch (comparison.kind) {
    case 'not-exists':
      return { kind: 'absent', path };
    case 'is':
      return { kind: CONSTANTS[comparison.constant], path };
    case 'compare': {
      const { test } = comparison;
      if (test.kind === 'ordering') {
        return { kind: 'range', path, ...integerRange(test.operator, test.literal), text: undefined };
      }
      return ofEquality(path, test.literal, test.operator === '=');
    }
  }
}

const CONSTANTS = { NULL: 'null', TRUE: 'true', FALSE: 'false' } as const;

function ofEquality(path: FieldPath, literal: Literal, isEqual: boolean): Question {
  if (literal.kind === 'number') {
    return { kind: isEqual ? 'range' : 'not-range', path, ...integerRange('=', literal), text: literal.text };
  }
  if (literal.kind === 'regex' || !isExactInUtf8(literal.text)) return { kind: 'comparable', path };
  const { text } = literal;
  if (literal.kind === 'text') return { kind: isEqual ? 'equals' : 'not-equals', path, text };
  if (literal.openStart && literal.openEnd) return { kind: isEqual ? 'contains' : 'not-contains', path, text };
  if (literal.openStart) return { kind: isEqual ? 'suffix' : 'not-suffix', path, text };
  return { kind: isEqual ? 'prefix' : 'not-prefix', path, text };
}

/** A selector with an index or a wildcard: the scanner sees as far as that, and what the text of the array or object holds. */
function ofPartialPath(comparison: JsonComparison): Question {
  if (comparison.kind === 'not-exists') return { kind: 'may' };
  const { steps } = comparison.selector;
  const firstOther = steps.findIndex(({ kind }) => kind !== 'property');
  if (firstOther === -1 || firstOther > MAX_PATH_LENGTH) return { kind: 'may' };
  const path = fieldPathOf({ ...comparison.selector, steps: steps.slice(0, firstOther) });
  if (path === undefined) return { kind: 'may' };
  const isArray = steps[firstOther]?.kind === 'index';
  if (comparison.kind === 'compare' && comparison.test.kind === 'equality') {
    const { literal, operator } = comparison.test;
    if (operator === '=' && isSpelledInOneWay(literal)) return { kind: 'container-with', path, text: literal.text };
    if (operator === '!=' && !isArray && hasWildcard(comparison.selector)) return { kind: 'present', path };
  }
  return { kind: isArray ? 'array' : 'container', path };
}

function hasWildcard({ steps }: Selector): boolean {
  return steps.some(({ kind }) => kind === 'wildcard');
}

/** Whether a value that equals the literal holds its text as it is; numbers may be spelled in other ways. */
function isSpelledInOneWay(literal: Literal): literal is Extract<Literal, { kind: 'text' | 'glob' }> {
  if (literal.kind === 'text') return isExactInUtf8(literal.text) && !/^-?[0-9I]/.test(literal.text);
  return literal.kind === 'glob' && isExactInUtf8(literal.text) && !/^[-+.0-9EInfity]*$/.test(literal.text);
}

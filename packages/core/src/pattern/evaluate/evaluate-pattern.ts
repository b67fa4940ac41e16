/**
 * The plain evaluator: it walks the tree and reads like docs/patterns.md. {@link compilePattern} is the fast one, and must always
 * agree with it.
 */
import type { JsonPattern, Pattern, RegexLiteral, SpacePattern, Term } from '../ast.ts';
import { bindFields, extractFields } from './bind-fields.ts';
import { expressionHolds } from '../expression.ts';
import { jsonComparisonHolds, select } from './json-comparison.ts';
import { parseEvent } from '../event/parsed-event.ts';
import { simulateRegex } from '../regex/regex-simulation.ts';
import { parseRegex } from '../regex/regex-syntax.ts';
import { fieldTestHolds } from './value-test.ts';

/** The values that TestMetricFilter reports for a match: `$name` or `$1` and the field's text; nothing but for space patterns. */
export type ExtractedValues = Readonly<Record<string, string>>;

/** Evaluates a pattern against one message: undefined if it does not match, else what it extracts. */
export function evaluatePattern(pattern: Pattern, message: string): ExtractedValues | undefined {
  switch (pattern.kind) {
    case 'everything':
      return {};
    case 'terms':
      return termsHold(pattern.terms, message) ? {} : undefined;
    case 'regex':
      return findsRegex(pattern.regex, message) ? {} : undefined;
    case 'json':
      return jsonHolds(pattern, message) ? {} : undefined;
    case 'space':
      return evaluateSpace(pattern, message);
  }
}

/** `?` terms count only where there are no others. */
function termsHold(terms: readonly Term[], message: string): boolean {
  const occurs = (term: Term) => message.includes(term.text);
  if (terms.every(({ kind }) => kind === 'optional')) return terms.some(occurs);
  return terms.every((term) => term.kind === 'optional' || occurs(term) === (term.kind === 'required'));
}

function findsRegex(regex: RegexLiteral, text: string): boolean {
  return simulateRegex(parseRegex(regex.source), text);
}

function jsonHolds(pattern: JsonPattern, message: string): boolean {
  const event = parseEvent(message);
  if (event.root === undefined) return false;
  return expressionHolds(pattern.condition, (comparison) =>
    jsonComparisonHolds(comparison, select(comparison.selector, event), findsRegex),
  );
}

function evaluateSpace(pattern: SpacePattern, message: string): ExtractedValues | undefined {
  const fields = bindFields(pattern.entries, message);
  if (fields === undefined) return undefined;
  const isMatch = fields.every(
    ({ text, entry }) =>
      entry?.kind !== 'field' ||
      entry.condition === undefined ||
      expressionHolds(
        entry.condition,
        (comparison) => comparison.kind === 'present' || fieldTestHolds(comparison.test, text, findsRegex),
      ),
  );
  return isMatch ? extractFields(fields) : undefined;
}

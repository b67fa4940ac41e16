import { cutText } from '../cloudtrail/index.ts';
import type {
  Expression,
  FieldComparison,
  JsonComparison,
  Pattern,
  SpacePattern,
  Term,
  TermsPattern,
} from '../pattern/ast.ts';
import { compileComparison } from '../pattern/compile/compile-json.ts';
import { compileFieldTest } from '../pattern/compile/compile-value-test.ts';
import { bindFields } from '../pattern/evaluate/bind-fields.ts';
import { isJoined } from '../pattern/expression.ts';
import { formatComparison, formatFieldComparison, formatPattern, formatTerm } from '../pattern/format-pattern.ts';
import { compilePattern, type ParsedEvent } from '../pattern/index.ts';

/** Enough for every comparison of most rules; more would take the room of what the event says. */
const MAX_CLAUSE = 256;

/** What of a pattern decided that an event matches. */
export type MatchedClause = (event: ParsedEvent) => string | undefined;

/**
 * Tells what of a pattern decided that an event matches, in the pattern's language: all that was joined by `&&`, and of what was joined
 * by `||` only what holds. At most 256 characters, `…` being the last where it was cut; undefined where nothing decided, because
 * the pattern matches everything or does not match the event.
 */
export function matchedClause(pattern: Pattern): MatchedClause {
  const clause = clauseOf(pattern);
  return (event) => {
    const text = clause(event) ?? '';
    return text === '' ? undefined : cutText(text, MAX_CLAUSE);
  };
}

function clauseOf(pattern: Pattern): MatchedClause {
  switch (pattern.kind) {
    case 'everything':
      return () => undefined;
    case 'json': {
      const part = partOf(pattern.condition, comparisonPart);
      return (event) => (event.root === undefined ? undefined : part(event)?.text);
    }
    case 'regex':
      return whereMatching(pattern, () => formatPattern(pattern));
    case 'terms':
      return whereMatching(pattern, (message) => holdingTerms(pattern, message).map(formatTerm).join(' '));
    case 'space':
      return whereMatching(pattern, (message) => holdingConditions(pattern, message).join(', '));
  }
}

function whereMatching(pattern: Pattern, textOf: (message: string) => string): MatchedClause {
  const compiled = compilePattern(pattern);
  return (event) => (compiled.matchesEvent(event) ? textOf(event.message) : undefined);
}

/** `?` terms count only where there are no others. */
function holdingTerms({ terms }: TermsPattern, message: string): readonly Term[] {
  const areAllOptional = terms.every(({ kind }) => kind === 'optional');
  return terms.filter(({ kind, text }) => (areAllOptional ? message.includes(text) : kind !== 'optional'));
}

function holdingConditions({ entries }: SpacePattern, message: string): readonly string[] {
  return (bindFields(entries, message) ?? []).flatMap(({ entry, text }) => {
    if (entry?.kind !== 'field' || entry.condition === undefined) return [];
    const part = partOf(entry.condition, (comparison) => fieldPart(entry.name, comparison))(text);
    return part === undefined ? [] : [part.text];
  });
}

/** A part of an expression that holds. */
interface Part {
  readonly text: string;
  /** Whether it is several, joined: within others it stands in parentheses. */
  readonly isJoined: boolean;
}

type PartOf<Subject> = (subject: Subject) => Part | undefined;

/** What of an expression holds: undefined where it does not. */
function partOf<Comparison extends { readonly kind: string }, Subject>(
  expression: Expression<Comparison>,
  tell: (comparison: Comparison) => PartOf<Subject>,
): PartOf<Subject> {
  if (!isJoined(expression)) return tell(expression);
  const operands = expression.operands.map((operand) => partOf(operand, tell));
  const needed = expression.kind === 'and' ? operands.length : 1;
  const sign = expression.kind === 'and' ? ' && ' : ' || ';
  return (subject) => {
    const parts = operands.map((operand) => operand(subject)).filter((part) => part !== undefined);
    if (parts.length < needed) return undefined;
    const [only] = parts;
    if (only !== undefined && parts.length === 1) return only;
    return { text: parts.map((part) => (part.isJoined ? `(${part.text})` : part.text)).join(sign), isJoined: true };
  };
}

function comparisonPart(comparison: JsonComparison): PartOf<ParsedEvent> {
  const holds = compileComparison(comparison);
  const part: Part = { text: formatComparison(comparison), isJoined: false };
  return (event) => (holds(event) ? part : undefined);
}

function fieldPart(name: string, comparison: FieldComparison): PartOf<string> {
  const holds = comparison.kind === 'present' ? () => true : compileFieldTest(comparison.test);
  const part: Part = { text: formatFieldComparison(name, comparison), isJoined: false };
  return (text) => (holds(text) ? part : undefined);
}

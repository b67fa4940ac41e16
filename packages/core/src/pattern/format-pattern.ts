import type {
  Expression,
  FieldComparison,
  GlobLiteral,
  JsonComparison,
  Literal,
  Pattern,
  Selector,
  SpaceEntry,
  Term,
} from './ast.ts';
import { isJoined } from './expression.ts';
import { quote } from './parse/read-quoted.ts';
import { isPlainName } from './parse/read-selector.ts';

/** Writes a pattern in one canonical way: parsed again, it gives the same tree but for the spans. */
export function formatPattern(pattern: Pattern): string {
  switch (pattern.kind) {
    case 'everything':
      return '';
    case 'terms':
      return pattern.terms.map(formatTerm).join(' ');
    case 'regex':
      return formatLiteral(pattern.regex);
    case 'json':
      return `{ ${formatExpression(pattern.condition, formatComparison)} }`;
    case 'space':
      return `[${pattern.entries.map(formatEntry).join(', ')}]`;
  }
}

/** Writes a selector: `$.a.['b.c'][0]`. A wildcard is written `[*]`, but for `$.*`. */
export function formatSelector(selector: Selector): string {
  const steps = selector.steps.map((step, index) => {
    switch (step.kind) {
      case 'property':
        return isPlainName(step.name) ? `.${step.name}` : `.['${step.name}']`;
      case 'index':
        return `[${step.index}]`;
      case 'wildcard':
        return index === 0 ? '.*' : '[*]';
    }
  });
  return `$${steps.join('')}`;
}

/** Writes one comparison of a JSON pattern. */
export function formatComparison(comparison: JsonComparison): string {
  const selector = formatSelector(comparison.selector);
  switch (comparison.kind) {
    case 'compare':
      return `${selector} ${comparison.test.operator} ${formatLiteral(comparison.test.literal)}`;
    case 'is':
      return `${selector} IS ${comparison.constant}`;
    case 'not-exists':
      return `${selector} NOT EXISTS`;
  }
}

/** Writes one comparison of the condition of a field. */
export function formatFieldComparison(name: string, comparison: FieldComparison): string {
  if (comparison.kind === 'present') return name;
  return `${name} ${comparison.test.operator} ${formatLiteral(comparison.test.literal)}`;
}

/** Writes one term with its operator, always in quotes. */
export function formatTerm(term: Term): string {
  const operator = { required: '', excluded: '-', optional: '?' }[term.kind];
  return operator + quote(term.text);
}

function formatEntry(entry: SpaceEntry): string {
  switch (entry.kind) {
    case 'ellipsis':
      return '...';
    case 'unnamed':
      return '';
    case 'field': {
      const { name, condition } = entry;
      if (condition === undefined) return name;
      return formatExpression(condition, (comparison) => formatFieldComparison(name, comparison));
    }
  }
}

/** Parentheses only where the tree needs them: around what joins inside a conjunction, and `||` inside `||`. */
function formatExpression<Comparison extends { readonly kind: string }>(
  expression: Expression<Comparison>,
  format: (comparison: Comparison) => string,
): string {
  if (!isJoined(expression)) return format(expression);
  const { kind, operands } = expression;
  const parts = operands.map((operand) => {
    const text = formatExpression(operand, format);
    return isJoined(operand) && (kind === 'and' || operand.kind === 'or') ? `(${text})` : text;
  });
  return parts.join(kind === 'and' ? ' && ' : ' || ');
}

/** Writes what a value is compared with; texts always in quotes. */
export function formatLiteral(literal: Literal): string {
  switch (literal.kind) {
    case 'number':
      return literal.text;
    case 'text':
      return quote(literal.text);
    case 'glob':
      return isAnything(literal) ? '*' : quote(globText(literal));
    case 'regex':
      return `%${literal.source}%`;
  }
}

/** A text with its stars, without quotes. Of `*` alone both ends are open, which is two stars. */
export function globText({ text, openStart, openEnd }: GlobLiteral): string {
  return `${openStart ? '*' : ''}${text}${openEnd ? '*' : ''}`;
}

/** Whether it is `*` alone, or as many as two. */
export function isAnything({ text, openStart, openEnd }: GlobLiteral): boolean {
  return text === '' && openStart && openEnd;
}

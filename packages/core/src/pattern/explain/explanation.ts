import type { Expression, Span } from '../ast.ts';
import { isJoined } from '../expression.ts';

/**
 * Why a pattern, or a part of it, matches a message or does not: plain data for a terminal tree, an editor or a report.
 * Values of the event are shortened and escaped, so they can be printed.
 */
export interface Explanation {
  /** The part in the pattern's own language, or what its children have to do with each other. */
  readonly label: string;
  /** `ignored`: a `?` term that stands beside others, which CloudWatch leaves out. */
  readonly verdict: 'holds' | 'fails' | 'ignored';
  /** What the part saw in the message: `"StopLogging"`, `42`, `an array of 3`. */
  readonly seen: readonly string[];
  readonly reason: string;
  /** Where the part stands in the pattern's text, in UTF-16 units. */
  readonly offset: number;
  readonly length: number;
  readonly children: readonly Explanation[];
}

/** An explanation of a part without further parts. */
export function explainLeaf(
  label: string,
  holds: boolean,
  reason: string,
  span: Span,
  seen: readonly string[] = [],
): Explanation {
  return { label, verdict: holds ? 'holds' : 'fails', seen, reason, ...span, children: [] };
}

/** An explanation of parts that must all hold, or of which one must. */
export function explainParts(kind: 'all' | 'any', children: readonly Explanation[]): Explanation {
  const counted = children.filter(({ verdict }) => verdict !== 'ignored');
  const held = counted.filter(({ verdict }) => verdict === 'holds').length;
  const holds = kind === 'all' ? held === counted.length : held > 0;
  return {
    label: `${kind} of`,
    verdict: holds ? 'holds' : 'fails',
    seen: [],
    reason: `${held} of ${counted.length} hold`,
    ...spanOf(children),
    children,
  };
}

/** Explains every comparison of an expression, also those that need not be looked at for the verdict. */
export function explainExpression<Comparison extends { readonly kind: string }>(
  expression: Expression<Comparison>,
  explain: (comparison: Comparison) => Explanation,
): Explanation {
  if (!isJoined(expression)) return explain(expression);
  const children = expression.operands.map((operand) => explainExpression(operand, explain));
  return explainParts(expression.kind === 'and' ? 'all' : 'any', children);
}

function spanOf(parts: readonly Explanation[]): Span {
  const first = parts.at(0);
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return { offset: 0, length: 0 };
  return { offset: first.offset, length: last.offset + last.length - first.offset };
}

import { cutText } from '../cloudtrail/index.ts';
import type { Expression, Pattern } from '../pattern/ast.ts';
import { isJoined } from '../pattern/expression.ts';
import { explainPattern, type Explanation } from '../pattern/index.ts';

/** Enough for every comparison of most rules; more would take the room of what the event says. */
const MAX_CLAUSE = 256;

/**
 * What of a pattern decided that a message matches, in the pattern's language: all that was joined by `&&`, and of what was joined
 * by `||` only what holds. At most 256 characters, `…` being the last where it was cut; undefined where nothing decided, because
 * the pattern matches everything or does not match the message.
 */
export function matchedClause(pattern: Pattern, message: string): string | undefined {
  const explanation = explainPattern(pattern, message);
  const text = explanation.verdict === 'holds' ? decidingText(pattern, explanation) : '';
  return text === '' ? undefined : cutText(text, MAX_CLAUSE);
}

function decidingText(pattern: Pattern, explanation: Explanation): string {
  switch (pattern.kind) {
    case 'everything':
      return '';
    case 'regex':
      return explanation.label;
    case 'terms':
      return holding(explanation)
        .map(({ label }) => label)
        .join(' ');
    case 'json':
      return textOf(pattern.condition, explanation, 'alone');
    case 'space':
      return pattern.entries
        .flatMap((entry, index) => {
          const explained = explanation.children[index];
          const condition = entry.kind === 'field' ? entry.condition : undefined;
          return condition === undefined || explained === undefined ? [] : [textOf(condition, explained, 'alone')];
        })
        .join(', ');
  }
}

/** The explanation of an expression has a part for each operand, in their order. */
function textOf<Comparison extends { readonly kind: string }>(
  expression: Expression<Comparison>,
  explained: Explanation,
  place: 'alone' | 'within',
): string {
  if (!isJoined(expression)) return explained.label;
  const deciding = expression.operands.flatMap((operand, index) => {
    const part = explained.children[index];
    return part?.verdict === 'holds' ? [{ operand, part }] : [];
  });
  const isOne = deciding.length === 1;
  const texts = deciding.map(({ operand, part }) => textOf(operand, part, isOne ? place : 'within'));
  const text = texts.join(expression.kind === 'and' ? ' && ' : ' || ');
  return isOne || place === 'alone' ? text : `(${text})`;
}

function holding({ children }: Explanation): readonly Explanation[] {
  return children.filter(({ verdict }) => verdict === 'holds');
}

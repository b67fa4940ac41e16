/** Parses comparisons joined by `&&`, `||` and parentheses: the part that JSON and space-delimited patterns share. */
import type { Expression } from '../ast.ts';
import { grammarError } from './grammar-error.ts';
import { hintAfterComparison } from './hints.ts';
import type { Lexer } from './lexer.ts';
import { PatternSyntaxError, awsMessages } from '../pattern-syntax-error.ts';

/**
 * How deep parentheses may nest. A pattern within CloudWatch's 1,024 characters cannot nest deeper than this, and whatever
 * walks a tree may recurse.
 */
export const MAX_NESTING = 512;

/** Parses up to the first token that cannot continue the expression. `&&` binds closer than `||`. */
export function parseExpression<Comparison>(
  lexer: Lexer,
  parseComparison: (lexer: Lexer) => Comparison,
): Expression<Comparison> {
  return parseDisjunction(lexer, parseComparison, 0);
}

function parseDisjunction<Comparison>(
  lexer: Lexer,
  parseComparison: (lexer: Lexer) => Comparison,
  depth: number,
): Expression<Comparison> {
  const first = parseConjunction(lexer, parseComparison, depth);
  if (!lexer.take('||')) return first;
  const operands = [first, parseConjunction(lexer, parseComparison, depth)];
  while (lexer.take('||')) operands.push(parseConjunction(lexer, parseComparison, depth));
  return { kind: 'or', operands };
}

function parseConjunction<Comparison>(
  lexer: Lexer,
  parseComparison: (lexer: Lexer) => Comparison,
  depth: number,
): Expression<Comparison> {
  const first = parseUnit(lexer, parseComparison, depth);
  if (!lexer.take('&&')) return first;
  const operands = [first, parseUnit(lexer, parseComparison, depth)];
  while (lexer.take('&&')) operands.push(parseUnit(lexer, parseComparison, depth));
  return { kind: 'and', operands };
}

function parseUnit<Comparison>(
  lexer: Lexer,
  parseComparison: (lexer: Lexer) => Comparison,
  depth: number,
): Expression<Comparison> {
  if (!lexer.isAt('(')) return parseComparison(lexer);
  const { span: opening } = lexer;
  lexer.advance();
  if (depth === MAX_NESTING) {
    throw new PatternSyntaxError({
      code: 'size',
      message: `Parentheses nest deeper than ${MAX_NESTING}.`,
      hint: '&& binds closer than ||, so many of them can go.',
      span: opening,
      awsMessage: awsMessages.grammar,
    });
  }
  const inner = parseDisjunction(lexer, parseComparison, depth + 1);
  if (!lexer.take(')')) {
    const { text: found, span } = lexer.token;
    const details = ['}', ']', ',', ''].includes(found)
      ? { hint: `The parenthesis at offset ${opening.offset} is still open.` }
      : hintAfterComparison(found, lexer.text.charAt(span.offset - 1));
    throw grammarError(lexer.token, "'&&', '||' or ')' is expected", details);
  }
  return inner;
}

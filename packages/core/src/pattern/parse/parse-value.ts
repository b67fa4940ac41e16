/** Parses an operator and what it compares with. */
import type { GlobLiteral, Literal, NumberLiteral, Span, TextLiteral, ValueTest } from '../ast.ts';
import { MAX_EXPONENT, parseDecimal } from '../decimal.ts';
import { grammarError } from './grammar-error.ts';
import { hintForValue } from './hints.ts';
import type { Lexer, Operator } from './lexer.ts';
import { PatternSyntaxError, awsMessages } from '../pattern-syntax-error.ts';

/** Parses `= x` or `> 1`, from behind the operator on. `subject` is where the compared thing is written. */
export function parseValueTest(lexer: Lexer, operator: Operator, subject: Span): ValueTest {
  if (operator === '=' || operator === '!=') {
    return { kind: 'equality', operator, literal: parseLiteral(lexer, operator, subject) };
  }
  return { kind: 'ordering', operator, literal: parseOrderedNumber(lexer, operator, subject) };
}

function parseLiteral(lexer: Lexer, operator: Operator, subject: Span): Literal {
  const { details, span } = lexer;
  switch (details.kind) {
    case 'number':
      return parseNumber(lexer);
    case 'quoted':
      lexer.advance();
      return textOrGlob(details.value, span);
    case 'regex':
      lexer.advance();
      return details.regex;
    case 'word': {
      if (lexer.kind === 'json' && lexer.isAtWord('NULL')) break;
      const { tokenText } = lexer;
      lexer.advance();
      return textOrGlob(tokenText, span);
    }
    case 'operator':
    case 'punctuation':
    case 'selector':
    case 'end':
      break;
  }
  throw grammarError(
    lexer.token,
    `after '${operator}' a value is expected`,
    hintForValue(operator, lexer.tokenText, lexer.quoteSubject(subject)),
  );
}

function parseOrderedNumber(lexer: Lexer, operator: Operator, subject: Span): NumberLiteral {
  const { token } = lexer;
  if (token.kind === 'number') return parseNumber(lexer);
  const isText = token.kind === 'quoted' || token.kind === 'word' || token.kind === 'regex';
  const isUnquotedNumber = token.kind === 'quoted' && parseDecimal(token.value) !== undefined;
  throw grammarError(token, `after '${operator}' a number is expected`, {
    ...(isText ? { hint: 'Texts have no order; they can only be = or !=.' } : {}),
    ...hintForValue(operator, token.text, lexer.quoteSubject(subject)),
    ...(isUnquotedNumber ? { hint: `Write ${token.value} without quotes.` } : {}),
    ...(isText && lexer.kind === 'json' ? { awsMessage: awsMessages.lexical(token.text) } : {}),
  });
}

function parseNumber(lexer: Lexer): NumberLiteral {
  const { tokenText: text, span } = lexer;
  lexer.advance();
  const value = parseDecimal(text);
  if (value === undefined) {
    throw new PatternSyntaxError({
      code: 'grammar',
      message: `The exponent of a number is at most ${MAX_EXPONENT}.`,
      span,
      awsMessage: awsMessages.grammar,
    });
  }
  return { kind: 'number', text, value, span };
}

/** A `*` at either end stands for anything, quoted or not; elsewhere it is itself. */
function textOrGlob(text: string, span: Span): TextLiteral | GlobLiteral {
  const openStart = text.startsWith('*');
  const openEnd = text.endsWith('*');
  if (!openStart && !openEnd) return { kind: 'text', text, span };
  const inner = text.slice(openStart ? 1 : 0, openEnd ? -1 : undefined);
  return { kind: 'glob', text: inner, openStart, openEnd, span };
}

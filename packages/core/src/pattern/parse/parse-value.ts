/** Parses an operator and what it compares with. */
import type { Literal, NumberLiteral, Span, ValueTest } from '../ast.ts';
import { MAX_EXPONENT, parseDecimal } from '../decimal.ts';
import { grammarError } from './grammar-error.ts';
import { hintForValue } from './hints.ts';
import type { Lexer, Operator } from './lexer.ts';
import { PatternSyntaxError, awsMessages } from '../pattern-syntax-error.ts';
import { textOrGlob } from './text-or-glob.ts';

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
      return details;
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
  if (lexer.details.kind === 'number') return parseNumber(lexer);
  const { token } = lexer;
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

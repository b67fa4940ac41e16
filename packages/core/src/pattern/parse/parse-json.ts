import type { JsonComparison, JsonPattern, Selector, Span, ValueTest } from '../ast.ts';
import { grammarError } from './grammar-error.ts';
import { hintAfterComparison, hintAfterIs, hintAfterNot, hintForOperand, hintForOperator } from './hints.ts';
import { Lexer } from './lexer.ts';
import { parseExpression } from './parse-expression.ts';
import { parseValueTest } from './parse-value.ts';
import { awsMessages } from '../pattern-syntax-error.ts';

/** Parses `{ ... }`. */
export function parseJsonPattern(text: string): JsonPattern {
  const lexer = new Lexer(text, 'json');
  lexer.take('{');
  const condition = parseExpression(lexer, parseComparison);
  if (!lexer.take('}')) {
    const { text: found, span } = lexer.token;
    const hint = hintAfterComparison(found, text.charAt(span.offset - 1));
    throw grammarError(lexer.token, "'&&', '||' or '}' is expected", hint);
  }
  if (lexer.details.kind !== 'end') throw grammarError(lexer.token, "after '}' nothing more is expected");
  return { kind: 'json', condition };
}

function parseComparison(lexer: Lexer): JsonComparison {
  const selector = lexer.details;
  if (selector.kind !== 'selector') {
    throw grammarError(
      lexer.token,
      "a selector such as $.eventName or '(' is expected",
      hintForOperand(lexer.tokenText),
    );
  }
  const plainTest = lexer.takePlainTest();
  if (plainTest !== undefined) return compare(selector, plainTest);
  lexer.advance();
  if (lexer.details.kind !== 'operator') {
    if (lexer.isAtWord('IS')) return parseConstant(lexer, selector);
    if (lexer.isAtWord('NOT')) return parseAbsence(lexer, selector);
    const subject = lexer.quoteSubject(selector.span);
    throw grammarError(
      lexer.token,
      `after ${subject} an operator is expected`,
      hintForOperator(lexer.tokenText, subject),
    );
  }
  const { operator } = lexer.details;
  lexer.advance();
  return compare(selector, parseValueTest(lexer, operator, selector.span));
}

function compare(selector: Selector, test: ValueTest): JsonComparison {
  return { kind: 'compare', selector, test, span: spanTo(selector.span, test.literal.span) };
}

function parseConstant(lexer: Lexer, selector: Selector): JsonComparison {
  lexer.advance();
  const { span } = lexer;
  const constant = (['NULL', 'TRUE', 'FALSE'] as const).find((word) => lexer.isAtWord(word));
  if (constant === undefined) {
    const { token } = lexer;
    const isText = token.kind === 'word' || token.kind === 'number' || token.kind === 'quoted';
    throw grammarError(token, 'after IS, NULL, TRUE or FALSE is expected', {
      ...hintAfterIs(token.text, lexer.quoteSubject(selector.span)),
      ...(isText ? { awsMessage: awsMessages.lexical(token.text) } : {}),
    });
  }
  lexer.advance();
  return { kind: 'is', selector, constant, span: spanTo(selector.span, span) };
}

function parseAbsence(lexer: Lexer, selector: Selector): JsonComparison {
  lexer.advance();
  const { span } = lexer;
  if (!lexer.isAtWord('EXISTS')) {
    const hint = hintAfterNot(lexer.tokenText, lexer.quoteSubject(selector.span));
    throw grammarError(lexer.token, 'after NOT, EXISTS is expected', hint);
  }
  lexer.advance();
  return { kind: 'not-exists', selector, span: spanTo(selector.span, span) };
}

function spanTo(first: Span, last: Span): Span {
  return { offset: first.offset, length: last.offset + last.length - first.offset };
}

import type { Expression, FieldComparison, SpaceEntry, SpacePattern, Span } from '../ast.ts';
import { LETTER_OR_DIGIT } from '../characters.ts';
import { grammarError } from './grammar-error.ts';
import { Lexer, type Token } from './lexer.ts';
import { parseExpression } from './parse-expression.ts';
import { parseValueTest } from './parse-value.ts';
import { PatternSyntaxError, awsMessages } from '../pattern-syntax-error.ts';

const FIELD_NAME = new RegExp(`^[\\p{L}_][${LETTER_OR_DIGIT}_-]*$`, 'u');

/** Parses `[ ... ]`. */
export function parseSpacePattern(text: string): SpacePattern {
  const lexer = new Lexer(text, 'space');
  lexer.take('[');
  const entries: SpaceEntry[] = [];
  const names = new Set<string>();
  if (!lexer.isAt(']')) {
    do entries.push(parseEntry(lexer, names));
    while (lexer.take(','));
  }
  if (!lexer.take(']')) {
    throw grammarError(lexer.token, "',' or ']' is expected", hintAfterEntry(lexer.token));
  }
  if (lexer.details.kind !== 'end') throw grammarError(lexer.token, "after ']' nothing more is expected");
  return { kind: 'space', entries };
}

function parseEntry(lexer: Lexer, names: Set<string>): SpaceEntry {
  const { token } = lexer;
  if (lexer.isAt(',') || lexer.isAt(']')) return { kind: 'unnamed', span: { offset: token.span.offset, length: 0 } };
  if (token.kind === 'word' && token.text === '...') {
    lexer.advance();
    claimName('...', token.span, names);
    return { kind: 'ellipsis', span: token.span };
  }
  const field = new FieldParser();
  const condition = field.parse(lexer);
  claimName(field.name, field.nameSpan, names);
  const end = lexer.lastEnd;
  const span = { offset: token.span.offset, length: end - token.span.offset };
  return { kind: 'field', name: field.name, ...(condition.kind === 'present' ? {} : { condition }), span };
}

function claimName(name: string, span: Span, names: Set<string>): void {
  if (names.has(name)) {
    throw new PatternSyntaxError({
      code: 'duplicate',
      message: name === '...' ? "'...' stands twice." : `Two fields are named '${name}'.`,
      hint: name === '...' ? 'Only one stretch of fields can be left open.' : 'Give every field a name of its own.',
      span,
      awsMessage: awsMessages.duplicate(name),
    });
  }
  names.add(name);
}

/** Parses the condition of one entry, in which every comparison must name the same field. */
class FieldParser {
  name = '';
  nameSpan: Span = { offset: 0, length: 0 };

  parse(lexer: Lexer): Expression<FieldComparison> {
    return parseExpression(lexer, (at) => this.#comparison(at));
  }

  #comparison(lexer: Lexer): FieldComparison {
    const token = takeName(lexer);
    this.#checkName(token);
    if (lexer.details.kind !== 'operator') return { kind: 'present', span: token.span };
    const { operator } = lexer.details;
    lexer.advance();
    const test = parseValueTest(lexer, operator, token.span);
    const end = test.literal.span.offset + test.literal.span.length;
    return { kind: 'compare', test, span: { offset: token.span.offset, length: end - token.span.offset } };
  }

  #checkName(token: Token): void {
    if (this.name === '') {
      this.name = token.text;
      this.nameSpan = token.span;
    } else if (this.name !== token.text) {
      throw new PatternSyntaxError({
        code: 'grammar',
        message: `The condition of field '${this.name}' names another field, '${token.text}'.`,
        hint: 'Each condition stands with its own field, and all of them must hold: [a = 1, b = 2].',
        span: token.span,
        awsMessage: awsMessages.variables(this.name, token.text),
      });
    }
  }
}

function takeName(lexer: Lexer): Token {
  const { token } = lexer;
  if (token.kind === 'word' && FIELD_NAME.test(token.text)) {
    lexer.advance();
    return token;
  }
  const leadingDigits = /^\d+(?:.|$)/su.exec(lexer.text.slice(token.span.offset, token.span.offset + 64))?.[0];
  throw grammarError(token, "a field name, '...' or nothing is expected between commas", {
    ...hintForName(token),
    ...(leadingDigits === undefined ? {} : { awsMessage: awsMessages.lexical(leadingDigits) }),
  });
}

function hintForName(token: Token): { readonly hint?: string } {
  if (token.kind === 'number' || token.kind === 'word') {
    return { hint: 'A name begins with a letter or _ and goes on with letters, digits, _ and -.' };
  }
  if (token.kind === 'quoted') {
    return {
      hint: `Give the field a name: name = ${token.text}. For a phrase in any place, quote the whole pattern instead.`,
    };
  }
  return {};
}

function hintAfterEntry(token: Token): { readonly hint?: string } {
  if (/^NOT$|^IS$/i.test(token.text)) return { hint: 'IS and NOT EXISTS are for JSON patterns only.' };
  if (/^AND$/i.test(token.text)) return { hint: 'Write && in place of AND.' };
  if (/^OR$/i.test(token.text)) return { hint: 'Write || in place of OR.' };
  if (token.text === ')') return { hint: 'This parenthesis was never opened.' };
  return { hint: 'Fields are separated by commas; a value of several words must be quoted.' };
}

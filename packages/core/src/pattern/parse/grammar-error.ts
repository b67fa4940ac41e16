import { shorten } from '../characters.ts';
import type { Token } from './lexer.ts';
import { PatternSyntaxError, awsMessages } from '../pattern-syntax-error.ts';

/** The error for a token that is well formed and stands where it cannot. `expected` is a clause: "a value is expected". */
export function grammarError(
  token: Token,
  expected: string,
  details: { readonly hint?: string; readonly awsMessage?: string } = {},
): PatternSyntaxError {
  const clause = `${expected.charAt(0).toUpperCase()}${expected.slice(1)}`;
  return new PatternSyntaxError({
    code: 'grammar',
    message: `${clause}, not ${nameToken(token)}.`,
    span: token.kind === 'end' ? { offset: token.span.offset, length: 0 } : token.span,
    awsMessage: awsMessages.grammar,
    ...details,
  });
}

function nameToken(token: Token): string {
  return token.kind === 'end' ? 'the end of the pattern' : `'${shorten(token.text, 40)}'`;
}

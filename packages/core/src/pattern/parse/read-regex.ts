/** Finds the end of `%...%`, refusing the characters that CloudWatch does not let into a regular expression. */
import type { RegexLiteral } from '../ast.ts';
import { characterAt, nameCharacter } from '../characters.ts';
import { PatternSyntaxError, awsMessages } from '../pattern-syntax-error.ts';
import { parseRegex } from '../regex/regex-syntax.ts';

/** Letters, digits, the blank, symbols and operators of https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
const REGEX_CHARACTER = /[A-Za-z0-9 :_#=@/;,\-^$?[\]{}|*+.\\]/;

/** Reads the regular expression whose opening `%` is at `offset`. */
export function readRegex(text: string, offset: number): RegexLiteral {
  let at = offset + 1;
  while (at < text.length && text.charAt(at) !== '%') {
    const character = characterAt(text, at);
    if (!REGEX_CHARACTER.test(character)) throw illegalCharacter(text, offset, at, character);
    at++;
  }
  if (at === text.length) throw unclosed(text, offset);
  if (at === offset + 1) throw empty(offset);
  const source = text.slice(offset + 1, at);
  parseRegex(source, offset + 1);
  return { kind: 'regex', source, span: { offset, length: at + 1 - offset } };
}

function illegalCharacter(text: string, offset: number, at: number, character: string): PatternSyntaxError {
  return new PatternSyntaxError({
    code: 'lexical',
    message: `${nameCharacter(character)} is not allowed in a regular expression, escaped or not.`,
    hint: hintFor(character),
    span: { offset: at, length: character.length },
    awsMessage: awsMessages.lexical(text.slice(offset, at) + character),
  });
}

function hintFor(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint > 0x7f) return 'Regular expressions hold ASCII only; put . in its place.';
  const hex = codePoint.toString(16).padStart(2, '0');
  const literal = `For the character itself write \\x${hex}.`;
  return character === '(' || character === ')'
    ? `There are no groups; | separates whole alternatives. ${literal}`
    : literal;
}

function unclosed(text: string, offset: number): PatternSyntaxError {
  return new PatternSyntaxError({
    code: 'lexical',
    message: 'The regular expression is not closed.',
    hint: 'End it with %; for the character itself write \\x25 inside, or quote the text.',
    span: { offset, length: text.length - offset },
    awsMessage: awsMessages.lexical(text.slice(offset)),
  });
}

function empty(offset: number): PatternSyntaxError {
  return new PatternSyntaxError({
    code: 'lexical',
    message: 'The regular expression is empty.',
    hint: 'Put an expression between the % signs.',
    span: { offset, length: 2 },
    awsMessage: awsMessages.lexical('%%'),
  });
}

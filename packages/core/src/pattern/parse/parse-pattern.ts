import type { Pattern, RegexPattern, Span, ValueTest } from '../ast.ts';
import { endOfText, skipBlanks } from '../characters.ts';
import { comparisonsOf } from '../expression.ts';
import { parseJsonPattern } from './parse-json.ts';
import { parseSpacePattern } from './parse-space.ts';
import { parseTermsPattern } from './parse-terms.ts';
import { PatternSyntaxError, awsMessages } from '../pattern-syntax-error.ts';
import { readRegex } from './read-regex.ts';

/** CloudWatch's limits, from https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
export const CLOUDWATCH_PATTERN_LIMITS = { characters: 1024, regexes: 2, wildcards: 3 } as const;

export interface ParseOptions {
  /** Whether to refuse what only CloudWatch's limits forbid. Default: `none`, because our matcher has none of them. */
  readonly limits?: 'cloudwatch' | 'none';
}

/**
 * Parses a filter pattern of any kind.
 * @throws PatternSyntaxError
 */
export function parsePattern(text: string, options: ParseOptions = {}): Pattern {
  const isLimited = options.limits === 'cloudwatch';
  if (isLimited) checkLength(text);
  const pattern = parseByKind(text);
  if (isLimited) checkCounts(pattern);
  return pattern;
}

function parseByKind(text: string): Pattern {
  const start = skipBlanks(text, 0);
  if (start === text.length) return { kind: 'everything' };
  switch (text.charAt(start)) {
    case '{':
      checkLastCharacter(text, start, '}');
      return parseJsonPattern(text);
    case '[':
      checkLastCharacter(text, start, ']');
      return parseSpacePattern(text);
    case '%':
      checkLastCharacter(text, start, '%');
      return parseRegexPattern(text, start);
    default:
      return parseTermsPattern(text);
  }
}

function checkLastCharacter(text: string, start: number, last: string): void {
  const end = endOfText(text);
  if (text.charAt(end - 1) === last) return;
  const first = text.charAt(start);
  throw new PatternSyntaxError({
    code: 'pairing',
    message: `A pattern that begins with '${first}' must end with '${last}'.`,
    hint: `Add it; or, to look for text that begins with ${first}, quote that text.`,
    span: { offset: end - 1, length: 1 },
    awsMessage: awsMessages.pairing(first, last),
  });
}

function parseRegexPattern(text: string, start: number): RegexPattern {
  const regex = readRegex(text, start);
  const end = start + regex.span.length;
  const rest = text.slice(end, endOfText(text));
  if (rest === '') return { kind: 'regex', regex };
  throw new PatternSyntaxError({
    code: 'lexical',
    message: 'After a regular expression nothing more is expected.',
    hint: 'It stands alone; for one of several write %a|b%, for a percent sign \\x25.',
    span: { offset: end, length: rest.length },
    awsMessage: awsMessages.lexical(rest.charAt(0)),
  });
}

function checkLength(text: string): void {
  const { characters } = CLOUDWATCH_PATTERN_LIMITS;
  if (text.length <= characters) return;
  throw new PatternSyntaxError({
    code: 'limit',
    message: `CloudWatch takes patterns of up to ${characters} characters; this one has ${text.length}.`,
    span: { offset: characters, length: text.length - characters },
    awsMessage: awsMessages.length,
  });
}

function checkCounts(pattern: Pattern): void {
  const regexes: Span[] = [];
  const wildcards: Span[] = [];
  const note = (test: ValueTest) => {
    if (test.literal.kind === 'regex') regexes.push(test.literal.span);
  };
  if (pattern.kind === 'json') {
    for (const comparison of comparisonsOf(pattern.condition)) {
      if (comparison.kind === 'compare') note(comparison.test);
      if (comparison.selector.steps.some(({ kind }) => kind === 'wildcard')) wildcards.push(comparison.selector.span);
    }
  }
  if (pattern.kind === 'space') {
    for (const entry of pattern.entries) {
      if (entry.kind !== 'field' || entry.condition === undefined) continue;
      for (const comparison of comparisonsOf(entry.condition)) if (comparison.kind === 'compare') note(comparison.test);
    }
  }
  refuseBeyond(regexes, CLOUDWATCH_PATTERN_LIMITS.regexes, 'regular expressions', awsMessages.regexCount);
  // What CloudWatch says to a fourth wildcard has never been recorded.
  refuseBeyond(wildcards, CLOUDWATCH_PATTERN_LIMITS.wildcards, 'wildcard selectors', awsMessages.grammar);
}

function refuseBeyond(found: readonly Span[], limit: number, what: string, awsMessage: string): void {
  const first = found[limit];
  if (first === undefined) return;
  throw new PatternSyntaxError({
    code: 'limit',
    message: `CloudWatch takes up to ${limit} ${what} in a pattern; this is number ${limit + 1} of ${found.length}.`,
    span: first,
    awsMessage,
  });
}

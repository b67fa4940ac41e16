import type { Pattern } from '../ast.ts';
import { compileJson } from './compile-json.ts';
import { compileRegex } from '../regex/compile-regex.ts';
import { compileSpace } from './compile-space.ts';
import { compileTerms } from './compile-terms.ts';
import type { ExtractedValues } from '../evaluate/evaluate-pattern.ts';
import { type ParseOptions, parsePattern } from '../parse/parse-pattern.ts';
import { type ParsedEvent, parseEvent } from '../event/parsed-event.ts';

/** A pattern made ready for many events. It has no state: use it as often as you like, from anywhere. */
export interface CompiledPattern {
  readonly pattern: Pattern;
  /** Whether the pattern matches a message. Never throws. */
  matches(message: string): boolean;
  /** The same for an event that other patterns look at too, so that its message is parsed once. */
  matchesEvent(event: ParsedEvent): boolean;
  /** What TestMetricFilter reports for a match; undefined if the pattern does not match. */
  extract(message: string): ExtractedValues | undefined;
}

/**
 * Compiles a pattern, given as text or as a tree from `parsePattern`.
 * @throws PatternSyntaxError for text that `parsePattern` refuses
 */
export function compilePattern(pattern: string | Pattern, options: ParseOptions = {}): CompiledPattern {
  const tree = typeof pattern === 'string' ? parsePattern(pattern, options) : pattern;
  switch (tree.kind) {
    case 'everything':
      return fromMessageTest(tree, () => true);
    case 'terms':
      return fromMessageTest(tree, compileTerms(tree));
    case 'regex':
      return fromMessageTest(tree, compileRegex(tree.regex));
    case 'json':
      return fromEventTest(tree, compileJson(tree));
    case 'space':
      return fromExtraction(tree, compileSpace(tree));
  }
}

function fromMessageTest(pattern: Pattern, test: (message: string) => boolean): CompiledPattern {
  return {
    pattern,
    matches: test,
    matchesEvent: (event) => test(event.message),
    extract: (message) => (test(message) ? {} : undefined),
  };
}

function fromEventTest(pattern: Pattern, test: (event: ParsedEvent) => boolean): CompiledPattern {
  return {
    pattern,
    matches: (message) => test(parseEvent(message)),
    matchesEvent: test,
    extract: (message) => (test(parseEvent(message)) ? {} : undefined),
  };
}

function fromExtraction(pattern: Pattern, extract: (message: string) => ExtractedValues | undefined): CompiledPattern {
  return {
    pattern,
    matches: (message) => extract(message) !== undefined,
    matchesEvent: (event) => extract(event.message) !== undefined,
    extract,
  };
}

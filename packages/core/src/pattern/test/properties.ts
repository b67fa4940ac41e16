/** What holds for every pattern and message. */
import { expect } from 'vitest';
import {
  type Pattern,
  PatternSyntaxError,
  compilePattern,
  evaluatePattern,
  explainPattern,
  formatPattern,
  parseEvent,
  parsePattern,
} from '../index.ts';
import { withoutSpans } from './arbitrary-patterns.ts';

/** Both evaluators and the explanation agree, on the tree and on the tree that went through JSON. */
export function checkAgreement(text: string, message: string): void {
  const pattern = parsePattern(text);
  const shipped = JSON.parse(JSON.stringify(pattern)) as Pattern;
  const plain = evaluatePattern(pattern, message);
  const compiled = compilePattern(shipped);
  expect(compiled.extract(message)).toEqual(plain);
  expect(compiled.matches(message)).toBe(plain !== undefined);
  expect(compiled.matchesEvent(parseEvent(message))).toBe(plain !== undefined);
  expect(explainPattern(shipped, message).verdict).toBe(plain === undefined ? 'fails' : 'holds');
}

/** The canonical text of a pattern gives the same tree, and is its own canonical text. */
export function checkRoundTrip(text: string): void {
  const pattern = parsePattern(text);
  const canonical = formatPattern(pattern);
  expect(withoutSpans(parsePattern(canonical))).toEqual(withoutSpans(pattern));
  expect(formatPattern(parsePattern(canonical))).toBe(canonical);
}

/** Any text is either a pattern or refused with a place inside the text. */
export function checkAnyText(text: string): void {
  try {
    parsePattern(text);
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    expect(error.offset).toBeGreaterThanOrEqual(0);
    expect(error.offset + error.length).toBeLessThanOrEqual(text.length);
    expect(error.message).toMatch(/\S/);
    return;
  }
  checkRoundTrip(text);
}

/**
 * A test that blanks divide may be read in one go, one that tabs divide is read token by token: the same tree and the same places come
 * out, or a refusal at the same place. Regular expressions are left out: they hold blanks and no tabs.
 */
export function checkBlanks(text: string): void {
  if (text.includes('%')) return;
  const withBlanks = text.replaceAll('\t', ' ');
  expect(outcomeOf(withBlanks.replaceAll(' ', '\t'))).toBe(outcomeOf(withBlanks));
}

function outcomeOf(text: string): string {
  try {
    return JSON.stringify(parsePattern(text), (_, part: unknown) =>
      typeof part === 'string' ? part.replaceAll('\t', ' ') : part,
    );
  } catch (error) {
    if (!(error instanceof PatternSyntaxError)) throw error;
    return `${error.code} at ${error.offset}, ${error.length}`;
  }
}

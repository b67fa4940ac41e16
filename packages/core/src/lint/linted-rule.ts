import { parsePattern, type Pattern, type Span } from '../pattern/index.ts';
import type { LoadedRule, Position, ValuePath } from '../rule/index.ts';

/** A pattern of a rule, read once for all checks. */
export interface LintedPattern {
  readonly text: string;
  readonly pattern: Pattern;
  /** Where it stands in the rule: `['filterPattern']`, or `['exceptions', 0, 'filterPattern']`. */
  readonly path: ValuePath;
}

/** A rule as the checks see it. */
export interface LintedRule {
  readonly rule: LoadedRule;
  readonly pattern: LintedPattern;
  /** In the order of the rule's exceptions. */
  readonly exceptions: readonly LintedPattern[];
}

/** Reads the patterns of a rule, which loading has checked. */
export function lintedRule(rule: LoadedRule): LintedRule {
  return {
    rule,
    pattern: lintedPattern(rule.filterPattern, ['filterPattern']),
    exceptions: rule.exceptions.map(({ filterPattern }, index) =>
      lintedPattern(filterPattern, ['exceptions', index, 'filterPattern']),
    ),
  };
}

function lintedPattern(text: string, path: ValuePath): LintedPattern {
  return { text, pattern: parsePattern(text), path };
}

/** The first and the last place of a part of a pattern, in the rule's file. */
export function placeOf(
  { rule }: Pick<LintedRule, 'rule'>,
  { path }: LintedPattern,
  { offset, length }: Span,
): { readonly start: Position; readonly end: Position } {
  return {
    start: rule.source.positionInText(path, offset),
    end: rule.source.positionInText(path, offset + length),
  };
}

import { compilePattern, explainPattern, type CompiledPattern, type Explanation } from '../../pattern/index.ts';
// Not the folder's index: that brings the scanner, which lint has no use for.
import { isRuleTime } from '../../matcher/time-conditions.ts';
import type { LoadedRule, RuleExample, ValuePath } from '../../rule/index.ts';
import { eventTimeMs } from '../../cloudtrail/index.ts';
import type { RuleComplaint } from '../finding.ts';
import type { LintedPattern, LintedRule } from '../linted-rule.ts';
import { unlikelyExamples } from './unlikely-examples.ts';

/**
 * Examples that are missing, and examples that do not hold. Exceptions are judged as in force, whenever they end, so that a record
 * which the rule must count is counted with all of them on. `during` and `notDuring` are judged by the record's `eventTime`; a record
 * without one is taken to be of a time that counts.
 */
export function checkExamples(linted: LintedRule): readonly RuleComplaint[] {
  const { rule, pattern, exceptions } = linted;
  const { matches, ignores } = rule.examples;
  const [counts, ...takesOut] = [pattern, ...exceptions].map(compiled);
  if (counts === undefined) return [];
  return [
    ...missing(matches.length, ignores.length),
    ...matches.flatMap((example, index) => unmatched(example, ['examples', 'matches', index], rule, counts, takesOut)),
    ...ignores.flatMap((example, index) => {
      const path = ['examples', 'ignores', index];
      const message = messageOf(example);
      if (!counts.matches(message) || takesOut.some((exception) => exception.matches(message))) return [];
      if (isAtAnotherTime(rule, example)) return [];
      return [
        {
          code: 'example-fails',
          path,
          message: `the rule counts this record, which it must ignore${named(example)}`,
          hint: 'make the pattern narrower, or move the record to matches',
        } as const,
      ];
    }),
    ...unlikelyExamples(rule, 'matches'),
    ...unlikelyExamples(rule, 'ignores'),
  ];
}

function compiled({ pattern }: LintedPattern): CompiledPattern {
  return compilePattern(pattern);
}

function missing(matches: number, ignores: number): readonly RuleComplaint[] {
  return [
    ...(matches > 0
      ? []
      : [
          {
            code: 'no-matches',
            path: ['examples', 'matches'],
            message: 'no example shows a record that the rule must count',
            hint: 'add one under examples: matches, best one from your own trail',
          } as const,
        ]),
    ...(ignores > 0
      ? []
      : [
          {
            code: 'no-ignores',
            path: ['examples', 'ignores'],
            message: 'no example shows a record that the rule must not count',
            hint: 'add the nearest record that is right under examples: ignores',
          } as const,
        ]),
  ];
}

function unmatched(
  example: RuleExample,
  path: ValuePath,
  rule: LoadedRule,
  counts: CompiledPattern,
  takesOut: readonly CompiledPattern[],
): readonly RuleComplaint[] {
  const message = messageOf(example);
  if (!counts.matches(message)) {
    const decisive = decisiveOf(explainPattern(counts.pattern, message));
    return [
      {
        code: 'example-fails',
        path,
        message: `the rule does not count this record, which it must match${named(example)}`,
        ...(decisive !== undefined && { hint: `${decisive.label} fails: ${decisive.reason}` }),
      },
    ];
  }
  if (isAtAnotherTime(rule, example)) {
    return [
      {
        code: 'example-fails',
        path,
        message: `the rule does not count at the time of this record, which it must match${named(example)}`,
        hint: 'see during and notDuring, and the eventTime of the record',
      },
    ];
  }
  const hiding = takesOut.findIndex((exception) => exception.matches(message));
  if (hiding === -1) return [];
  return [
    {
      code: 'exception-hides-match',
      path: ['exceptions', hiding, 'filterPattern'],
      message: `this exception takes out a record that the rule must count${named(example)}`,
      hint: 'make the exception narrower, or move the record to ignores',
    },
  ];
}

/** Whether the record is of a time at which the rule does not count. */
function isAtAnotherTime({ during, notDuring }: LoadedRule, { event }: RuleExample): boolean {
  const timeMs = eventTimeMs(event);
  if (timeMs === undefined) return false;
  const intervals = {
    ...(during && { during: during.map(({ interval }) => interval) }),
    ...(notDuring && { notDuring: notDuring.map(({ interval }) => interval) }),
  };
  return !isRuleTime(intervals, timeMs);
}

/** The first comparison that a match would have needed. */
function decisiveOf({ children, verdict, ...rest }: Explanation): Explanation | undefined {
  if (verdict !== 'fails') return undefined;
  const failing = children.find((child) => child.verdict === 'fails');
  return failing === undefined ? { children, verdict, ...rest } : decisiveOf(failing);
}

function messageOf({ event }: RuleExample): string {
  return typeof event === 'string' ? event : JSON.stringify(event);
}

function named({ name }: RuleExample): string {
  return name === undefined ? '' : `: ${name}`;
}

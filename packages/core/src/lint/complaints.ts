import type { Position, ValuePath } from '../rule/index.ts';
import { checkAbsentFields } from './checks/absent-fields.ts';
import { checkAlarm } from './checks/alarm.ts';
import { checkCloudWatchLimits } from './checks/cloudwatch-limits.ts';
import { checkEventNames } from './checks/event-names.ts';
import { checkExamples } from './checks/examples.ts';
import { checkExceptions } from './checks/exceptions.ts';
import { checkFields } from './checks/fields.ts';
import { checkGroups } from './checks/groups.ts';
import { checkImpossible } from './checks/impossible.ts';
import { checkIndexHelp } from './checks/index-help.ts';
import { checkMatchesEverything } from './checks/matches-everything.ts';
import { checkMissingNotEquals } from './checks/missing-not-equals.ts';
import { checkParentheses } from './checks/parentheses.ts';
import { checkRedundant } from './checks/redundant.ts';
import { checkRegexes } from './checks/regexes.ts';
import { checkTerms } from './checks/terms.ts';
import { checkValues } from './checks/values.ts';
import type { Complaint, PatternComplaint, RuleComplaint } from './finding.ts';
import { lintedRule, placeOf, type LintedPattern, type LintedRule } from './linted-rule.ts';

/** A complaint, and where it stands in the rule's file. */
export interface PlacedComplaint extends Complaint {
  readonly path: ValuePath;
  readonly start: Position;
  readonly end: Position;
  readonly replacement?: PatternComplaint['replacement'];
}

type PatternCheck = (pattern: LintedPattern) => readonly PatternComplaint[];

/** What is said of any pattern, that of an exception too. */
const PATTERN_CHECKS: readonly PatternCheck[] = [
  checkImpossible,
  checkParentheses,
  checkRedundant,
  checkFields,
  checkAbsentFields,
  checkEventNames,
  checkValues,
  checkRegexes,
];

/** What is said of the pattern by which a rule counts. An exception that fails to match is on the safe side. */
const RULE_PATTERN_CHECKS: readonly PatternCheck[] = [
  checkMissingNotEquals,
  checkMatchesEverything,
  checkTerms,
  checkIndexHelp,
  checkCloudWatchLimits,
];

/** What all checks of single rules say of a rule. Of one that extends another: only what its base does not say already. */
export function complaintsOf(
  linted: LintedRule,
  today: string,
  further: readonly RuleComplaint[] = [],
): readonly PlacedComplaint[] {
  const { rule } = linted;
  const complaints = [...inPatterns(linted), ...inRule(linted, today, further)];
  const { extended } = rule;
  if (extended === undefined) return complaints;
  const ofBase = complaintsOf(lintedRule(extended.base), today);
  const isOfBase = ({ path, code, message }: PlacedComplaint) =>
    extended.originOf(path).from === 'base' && ofBase.some((base) => base.code === code && base.message === message);
  return complaints.filter((complaint) => !isOfBase(complaint));
}

function inPatterns(linted: LintedRule): readonly PlacedComplaint[] {
  const { pattern, exceptions } = linted;
  const run = (checks: readonly PatternCheck[], one: LintedPattern) =>
    checks.flatMap((check) => check(one).map((complaint) => placedInPattern(linted, one, complaint)));
  return [
    ...run([...PATTERN_CHECKS, ...RULE_PATTERN_CHECKS], pattern),
    ...exceptions.flatMap((exception) => run(PATTERN_CHECKS, exception)),
  ];
}

function placedInPattern(
  linted: LintedRule,
  pattern: LintedPattern,
  { span, ...complaint }: PatternComplaint,
): PlacedComplaint {
  return { ...complaint, path: pattern.path, ...placeOf(linted, pattern, span) };
}

function inRule(linted: LintedRule, today: string, further: readonly RuleComplaint[]): readonly PlacedComplaint[] {
  const { source } = linted.rule;
  const complaints = [
    ...checkAlarm(linted),
    ...checkGroups(linted),
    ...checkExamples(linted),
    ...checkExceptions(linted, today),
    ...further,
  ];
  return complaints.map((complaint) => {
    const start = source.positionOf(complaint.path);
    return { ...complaint, start, end: start };
  });
}

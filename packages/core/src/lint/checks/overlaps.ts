import { SEVERITIES } from '../../rule/index.ts';
import type { RuleComplaint } from '../finding.ts';
import type { LintedRule } from '../linted-rule.ts';
import { patternImplies } from '../logic/implication.ts';
import { maySatisfy } from '../logic/satisfiable.ts';
import { checkMatchesEverything } from './matches-everything.ts';

/** Rules that ring for the same records as a rule before or after them. Of two equals the later is spoken of. */
export function checkOverlaps(all: readonly LintedRule[]): ReadonlyMap<LintedRule, readonly RuleComplaint[]> {
  const complaints = new Map<LintedRule, readonly RuleComplaint[]>();
  // What matches nothing is within everything, and everything is within what matches all; both are said elsewhere.
  const rules = all.filter(({ pattern: { pattern } }) => pattern.kind !== 'json' || maySatisfy([pattern.condition]));
  const whole = new Set(
    rules.filter(({ rule, pattern }) => countsAllMatches(rule) && checkMatchesEverything(pattern).length === 0),
  );
  for (const [index, rule] of rules.entries()) {
    for (const [at, other] of rules.entries()) {
      if (at === index || !whole.has(other)) continue;
      if (!patternImplies(rule.pattern.pattern, other.pattern.pattern)) continue;
      const isSame = countsAllMatches(rule.rule) && patternImplies(other.pattern.pattern, rule.pattern.pattern);
      if (isSame ? at > index : isMoreSevere(rule, other)) continue;
      complaints.set(rule, [isSame ? same(rule, other) : within(other)]);
      break;
    }
  }
  return complaints;
}

/** Whether whatever the pattern matches is counted, at any time. */
function countsAllMatches({ exceptions, during, notDuring }: LintedRule['rule']): boolean {
  return exceptions.length === 0 && during === undefined && notDuring === undefined;
}

/** A rule for the worst of what a wider one counts is there to ring louder. */
function isMoreSevere({ rule }: LintedRule, { rule: other }: LintedRule): boolean {
  return SEVERITIES.indexOf(rule.severity) < SEVERITIES.indexOf(other.severity);
}

function same(rule: LintedRule, other: LintedRule): RuleComplaint {
  const ringsAlike = JSON.stringify(ringsWhen(rule)) === JSON.stringify(ringsWhen(other));
  return {
    code: 'same-pattern',
    ...(!ringsAlike && { severity: 'note' }),
    path: ['filterPattern'],
    message: ringsAlike
      ? `this rule rings whenever ${other.rule.name} does: their patterns match the same records`
      : `the pattern matches the same records as that of ${other.rule.name}; they differ in when they ring`,
    hint: 'keep one of them',
  };
}

function ringsWhen({ rule: { alarm, groupBy, metricValue, defaultValue, mode } }: LintedRule): unknown {
  return { alarm, groupBy, metricValue, defaultValue, mode };
}

function within(other: LintedRule): RuleComplaint {
  return {
    code: 'overlapping-rules',
    path: ['filterPattern'],
    message: `every record that this rule counts is counted by ${other.rule.name} too`,
    hint: 'one event may ring both, and this rule no louder; take it out of the wider one where that is too much',
  };
}

import { comparisonsOf, parsePattern, type JsonComparison, type Pattern } from '../../pattern/index.ts';
import { RECORD_FIELDS } from '../aws/record-fields.ts';
import type { RuleComplaint } from '../finding.ts';
import type { LintedPattern, LintedRule } from '../linted-rule.ts';
import { patternImplies } from '../logic/implication.ts';
import { maySatisfy } from '../logic/satisfiable.ts';

const DAY_MS = 86_400_000;

/** So long before its end an exception is spoken of. */
const SOON_DAYS = 14;

/** Exceptions that have ended or will soon, that take out every match, or none. @param today `YYYY-MM-DD` in UTC */
export function checkExceptions(linted: LintedRule, today: string): readonly RuleComplaint[] {
  return linted.exceptions.flatMap((exception, index) => [
    ...ending(linted, index, today),
    ...effect(linted, exception, index),
  ]);
}

function ending({ rule }: LintedRule, index: number, today: string): readonly RuleComplaint[] {
  const { expires = today, owner = '' } = rule.exceptions[index] ?? {};
  const path = ['exceptions', index, 'expires'];
  const daysLeft = Math.round((Date.parse(expires) - Date.parse(today)) / DAY_MS);
  if (daysLeft < 0) {
    return [
      {
        code: 'exception-expired',
        path,
        message: `this exception ended on ${expires} and no longer applies`,
        hint: `ask ${owner} whether it is still right; then give it a new date, or take it out`,
      },
    ];
  }
  if (daysLeft > SOON_DAYS) return [];
  const when = daysLeft === 0 ? 'today' : daysLeft === 1 ? 'tomorrow' : `in ${daysLeft} days`;
  return [
    {
      code: 'exception-ends-soon',
      path,
      message: `this exception ends ${when}; from then on its records count`,
      hint: `ask ${owner} whether it is still right`,
    },
  ];
}

/** A pattern with what every record has: `{ $.eventName = * }` takes nothing away from it. */
function withAlwaysPresent(pattern: Pattern): Pattern {
  if (pattern.kind !== 'json') return pattern;
  return { kind: 'json', condition: { kind: 'and', operands: [pattern.condition, ...ALWAYS_PRESENT] } };
}

const ALWAYS_PRESENT = Object.entries(RECORD_FIELDS).flatMap(([name, field]) => {
  const isAlwaysThere = field.kind === 'text' && field.presence === 'always';
  const present = isAlwaysThere ? parsePattern(`{ $.${name} = * }`) : undefined;
  return present?.kind === 'json' ? [present.condition] : [];
});

function isNotEqual(comparison: JsonComparison): boolean {
  return comparison.kind === 'compare' && comparison.test.kind === 'equality' && comparison.test.operator === '!=';
}

function effect(linted: LintedRule, exception: LintedPattern, index: number): readonly RuleComplaint[] {
  const { path, pattern } = exception;
  const counted = linted.pattern.pattern;
  if (patternImplies(withAlwaysPresent(counted), pattern)) {
    return [
      {
        code: 'exception-takes-all',
        path,
        message: 'every record that the rule counts is taken out by this exception: the rule never rings',
        hint: 'narrow it to the principal, the account or the address that is right',
      },
    ];
  }
  if (counted.kind !== 'json' || pattern.kind !== 'json') return [];
  if ([...comparisonsOf(pattern.condition)].every(isNotEqual)) {
    return [
      {
        code: 'exception-turned-round',
        path,
        message: 'an exception names what is left out: this one leaves out all but what it names',
        hint: 'write = for the records that are right, or move the != to the rule’s own pattern',
      },
    ];
  }
  const isPossible = maySatisfy([counted.condition]) && maySatisfy([pattern.condition]);
  if (isPossible && !maySatisfy([counted.condition, pattern.condition])) {
    return [
      {
        code: 'exception-without-effect',
        path,
        message: 'no record that the rule counts meets this exception',
        hint: 'take it out, or look for the value that was meant',
      },
    ];
  }
  const covering = linted.exceptions.findIndex(
    (other, at) =>
      at !== index && patternImplies(pattern, other.pattern) && (at < index || !patternImplies(other.pattern, pattern)),
  );
  if (covering === -1) return [];
  const line = linted.rule.source.positionOf(['exceptions', covering, 'filterPattern']).line;
  return [
    {
      code: 'exception-without-effect',
      path,
      message: `the exception in line ${line} already takes out all that this one does`,
      hint: 'take one of them out',
    },
  ];
}

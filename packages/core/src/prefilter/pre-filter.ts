import { CLOUDWATCH_PATTERN_LIMITS, parsePattern, type Expression, type JsonComparison } from '../pattern/index.ts';
import type { Rule } from '../rule/rule.ts';
import { alternativesOf } from './alternative.ts';
import { certainCondition } from './certain-condition.ts';
import { fitFilter } from './fit-filter.ts';
import { ownCallsFilter, type OwnCall, type OwnRoles } from './own-calls.ts';

export interface PreFilterOptions {
  /** The roles whose normal calls are left out, where no rule can match them; none where absent. */
  readonly ownRoles?: OwnRoles;
  /**
   * Whether a regular expression may be used, where it lets clearly less through. A log group takes five filters that have any.
   * Default: true. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
   */
  readonly allowsRegex?: boolean;
}

export interface PreFilter {
  /** The pattern for the subscription filter; `''` lets everything through. */
  readonly pattern: string;
  /** Which share of an ordinary trail it lets through, 0 to 1, by our estimate of what is in one. */
  readonly estimatedShare: number;
  /** Names of the rules for which nothing sound can be kept out. */
  readonly unfilteredBy: readonly string[];
  /** What of the pipeline's own calls would have come through and is left out. */
  readonly ownCallsLeftOut: readonly OwnCall[];
}

type FilteredRule = Pick<Rule, 'name' | 'filterPattern'>;

const EVERYTHING = { pattern: '', estimatedShare: 1, ownCallsLeftOut: [] };

/**
 * The pattern of the log group's subscription filter: what it keeps out, no rule can match.
 *
 * It is sound in this sense. A message that a rule's filter pattern matches, as docs/patterns.md reads the language, is let
 * through, whatever the message. CloudWatch evaluates the filter, and we evaluate the rule: so the filter says only what CloudWatch is
 * known to read as we do (see `certainCondition`), and of the rule it uses nothing else. Exceptions and groups play no part. Messages that
 * are not JSON objects are kept out only where every rule is a JSON pattern, which never matches those. One thing is not known of
 * CloudWatch: which of two properties of one name in one object it takes. We take the last. CloudTrail writes none twice.
 *
 * It stays within CloudWatch's limits for a subscription filter, and the same rules and options always give the same text. Between
 * sound filters it chooses by an estimate of what is in an ordinary trail.
 */
export function preFilterFor(rules: readonly FilteredRule[], options: PreFilterOptions = {}): PreFilter {
  const { ownRoles, allowsRegex = true } = options;
  const conditions: Expression<JsonComparison>[] = [];
  const certain: Expression<JsonComparison>[] = [];
  const notJson: string[] = [];
  const unfilteredBy: string[] = [];
  for (const { name, filterPattern } of rules) {
    const pattern = parsePattern(filterPattern);
    if (pattern.kind !== 'json') {
      notJson.push(name);
      continue;
    }
    conditions.push(pattern.condition);
    const condition = certainCondition(pattern.condition);
    if (condition === undefined) unfilteredBy.push(name);
    else certain.push(condition);
  }
  if (notJson.length > 0) return { ...EVERYTHING, unfilteredBy: [...notJson, ...unfilteredBy] };
  // Without rules nothing need pass, but no pattern says so, and nobody deploys that.
  const alternatives = unfilteredBy.length > 0 || certain.length === 0 ? undefined : certain.flatMap(alternativesOf);

  const limit = CLOUDWATCH_PATTERN_LIMITS.characters;
  const fitted = (maxLength: number) => alternatives && fitFilter(alternatives, { maxLength, allowsRegex });
  const filter = fitted(limit - BRACES);
  const whole: PreFilter = {
    pattern: filter === undefined ? '' : `{${filter.text}}`,
    estimatedShare: filter?.share ?? 1,
    unfilteredBy,
    ownCallsLeftOut: [],
  };
  if (ownRoles === undefined) return whole;
  // A shorter filter lets more calls through, own ones among them, and those take more words.
  for (let some = filter; some !== undefined || filter === undefined;) {
    const own = ownCallsFilter(ownRoles, conditions, { passing: some?.text, maxLength: limit - BRACES });
    if (own === undefined) return some === filter ? whole : { ...whole, pattern: `{${some?.text ?? ''}}` };
    const text = some === undefined ? own.text : `(${some.text})&&(${own.text})`;
    const excess = text.length + BRACES - limit;
    if (excess <= 0) {
      return { ...whole, pattern: `{${text}}`, estimatedShare: some?.share ?? 1, ownCallsLeftOut: own.leftOut };
    }
    some = fitted((some?.text.length ?? 0) - excess);
  }
  return whole;
}

const BRACES = '{}'.length;

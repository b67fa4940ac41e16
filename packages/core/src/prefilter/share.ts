import { valueTestHolds } from '../pattern/evaluate/value-test.ts';
import { formatSelector, type Expression, type JsonComparison } from '../pattern/index.ts';
import { ORDINARY_TRAIL, type OrdinaryCall } from './ordinary-trail.ts';

type Condition = Expression<JsonComparison>;

/** For each call of the ordinary trail, how likely something is: 0 to 1. */
export type Likelihoods = readonly number[];

const TOTAL = ORDINARY_TRAIL.reduce((sum, { weight }) => sum + weight, 0);

/** The calls that the trail does not list, of those that it does: each further letter of a prefix halves what it takes of them. */
const UNLISTED = 1 / 20;

/** A comparison with a field that the trail knows nothing of: that a field has one value is rare, that it has not is usual. */
const UNKNOWN = { equal: 0.02, other: 0.9 };

/** How likely a condition is. Comparisons are taken to be independent of each other, given the call. */
export function likelihoodsOf(condition: Condition): Likelihoods {
  switch (condition.kind) {
    case 'and':
      return condition.operands.map(likelihoodsOf).reduce(bothOf);
    case 'or':
      return condition.operands
        .map(likelihoodsOf)
        .reduce((some, others) => some.map((one, index) => Math.max(one, others[index] ?? 0)));
    case 'compare':
    case 'is':
    case 'not-exists': {
      const selector = formatSelector(condition.selector);
      return ORDINARY_TRAIL.map(({ fields }) => likelihood(condition, selector, fields));
    }
  }
}

/** How likely it is that both hold. */
export function bothOf(some: Likelihoods, others: Likelihoods): Likelihoods {
  return some.map((one, index) => one * (others[index] ?? 0));
}

/** The share of an ordinary trail, 0 to 1, in which at least one of the conditions holds, the likeliest deciding. */
export function shareOf(conditions: readonly Likelihoods[]): number {
  let share = 0;
  for (const [index, { weight }] of ORDINARY_TRAIL.entries()) {
    let likeliest = 0;
    for (const condition of conditions) likeliest = Math.max(likeliest, condition[index] ?? 0);
    share += weight * likeliest;
  }
  return share / TOTAL;
}

const NAMES = [...Map.groupBy(ORDINARY_TRAIL, ({ fields }) => fields['$.eventName'] ?? '')].map(([name, calls]) => ({
  name,
  share: calls.reduce((sum, { weight }) => sum + weight, 0) / TOTAL,
}));

/** The names of the ordinary trail's calls, each with its share of the trail, 0 to 1. */
export function ordinaryNames(): readonly { readonly name: string; readonly share: number }[] {
  return NAMES;
}

/** The share of an ordinary trail, 0 to 1, that the beginning of a name takes of the calls that are not listed. */
export function shareOfUnlisted(beginningLength: number): number {
  return UNLISTED * 2 ** -beginningLength;
}

function likelihood(comparison: JsonComparison, selector: string, fields: OrdinaryCall['fields']): number {
  if (!Object.hasOwn(fields, selector)) return isOneValue(comparison) ? UNKNOWN.equal : UNKNOWN.other;
  const value = fields[selector];
  if (comparison.kind === 'not-exists') return value === undefined ? 1 : 0;
  if (comparison.kind === 'is' || value === undefined) return 0;
  return valueTestHolds(comparison.test, value, () => true) ? 1 : 0;
}

function isOneValue(comparison: JsonComparison): boolean {
  switch (comparison.kind) {
    case 'not-exists':
      return false;
    case 'is':
      return true;
    case 'compare': {
      const { operator, literal } = comparison.test;
      return operator !== '!=' && !(literal.kind === 'glob' && literal.text === '');
    }
  }
}

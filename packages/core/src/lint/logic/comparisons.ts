/** What holds between two comparisons of a JSON pattern, whatever the event: sound, not complete, as in literals.ts. */
import type { JsonComparison, Selector } from '../../pattern/index.ts';
import { formatComparison } from '../../pattern/format-pattern.ts';
import { literalImplies } from './literals.ts';
import { commonSteps, isBelow, selectorKey, wildcardAt } from './selector-key.ts';
import { testImplies, testsClash } from './value-tests.ts';

/** Whether no event meets both comparisons. */
export function comparisonsClash(a: JsonComparison, b: JsonComparison): boolean {
  if (selectorKey(a.selector) === selectorKey(b.selector)) return clashOnOneSelector(a, b);
  return forbidsBelow(a, b) || forbidsBelow(b, a) || needDifferentContainers(a, b);
}

/** Whether every event that meets `a` meets `b`. */
export function comparisonImplies(a: JsonComparison, b: JsonComparison): boolean {
  if (selectorKey(a.selector) !== selectorKey(b.selector)) {
    return b.kind === 'not-exists' && isBelow(b.selector, a.selector) && holdsNothing(a, b.selector);
  }
  if (a.kind === 'compare' && b.kind === 'compare') {
    if (wildcardAt(a.selector) === -1) return testImplies(a.test, b.test);
    const [isNotA, isNotB] = [isNotEqual(a), isNotEqual(b)];
    if (isNotA !== isNotB) return false;
    return isNotA ? literalImplies(b.test.literal, a.test.literal) : testImplies(a.test, b.test);
  }
  return formatComparison(a) === formatComparison(b);
}

function isNotEqual(comparison: JsonComparison): boolean {
  return comparison.kind === 'compare' && comparison.test.kind === 'equality' && comparison.test.operator === '!=';
}

function clashOnOneSelector(a: JsonComparison, b: JsonComparison): boolean {
  const isOneValue = wildcardAt(a.selector) === -1;
  if (a.kind === 'not-exists' || b.kind === 'not-exists') {
    if (a.kind === b.kind) return false;
    return isOneValue || !(isNotEqual(a) || isNotEqual(b));
  }
  if (a.kind === 'compare' && b.kind === 'compare') {
    if (isOneValue) return testsClash([a.test, b.test]);
    if (isNotEqual(a) === isNotEqual(b)) return false;
    const [equal, notEqual] = isNotEqual(a) ? [b, a] : [a, b];
    return equal.test.kind === 'equality' && literalImplies(equal.test.literal, notEqual.test.literal);
  }
  return isOneValue && (a.kind !== b.kind || formatComparison(a) !== formatComparison(b));
}

/** Whether `upper` leaves nothing where `lower` needs something. */
function forbidsBelow(upper: JsonComparison, lower: JsonComparison): boolean {
  return (
    (isBelow(lower.selector, upper.selector) &&
      upper.selector.steps.length < depthNeeded(lower) &&
      holdsNothing(upper, lower.selector)) ||
    isMissingParent(upper, lower)
  );
}

/** `!=` with a wildcard needs what the wildcard looks into, of whatever type. */
function isMissingParent(upper: JsonComparison, lower: JsonComparison): boolean {
  return (
    upper.kind === 'not-exists' &&
    isNotEqual(lower) &&
    wildcardAt(upper.selector) === -1 &&
    upper.selector.steps.length <= wildcardAt(lower.selector) &&
    isBelow(lower.selector, upper.selector)
  );
}

/** How many steps from the root lead to a map or a list in every event that meets the comparison, counted to the last such. */
function depthNeeded(comparison: JsonComparison): number {
  if (comparison.kind === 'not-exists') return 0;
  const wildcard = wildcardAt(comparison.selector);
  return wildcard !== -1 && isNotEqual(comparison) ? wildcard : comparison.selector.steps.length;
}

/** Whether, where the comparison holds, its selector leads to nothing that the longer selector could step into. */
function holdsNothing(comparison: JsonComparison, longer: Selector): boolean {
  const { selector } = comparison;
  if (comparison.kind === 'not-exists') return true;
  if (wildcardAt(selector) !== -1) return false;
  // An array with a null in it is null too, and has elements.
  const next = longer.steps[selector.steps.length];
  return comparison.kind === 'compare' || comparison.constant !== 'NULL' || next?.kind === 'property';
}

/** `$.a.b` needs a map where `$.a[0]` needs a list. */
function needDifferentContainers(a: JsonComparison, b: JsonComparison): boolean {
  const at = commonSteps(a.selector, b.selector);
  if (at >= depthNeeded(a) || at >= depthNeeded(b)) return false;
  if (a.selector.steps.slice(0, at).some(({ kind }) => kind === 'wildcard')) return false;
  const kinds = [a.selector.steps[at]?.kind, b.selector.steps[at]?.kind];
  return kinds.includes('property') && kinds.includes('index');
}

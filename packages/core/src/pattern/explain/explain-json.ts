import { isJsonObject } from '../../json/index.ts';
import type { JsonComparison, JsonPattern, Selector } from '../ast.ts';
import { type Explanation, explainExpression, explainLeaf } from './explanation.ts';
import { explainComparable, explainIncomparable } from './explain-value.ts';
import { comparisonAsTyped } from './as-typed.ts';
import { formatSelector } from '../format-pattern.ts';
import {
  type SelectedValue,
  type Selection,
  comparableOf,
  jsonComparisonHolds,
  select,
} from '../evaluate/json-comparison.ts';
import { type ParsedEvent, parseEvent } from '../event/parsed-event.ts';
import { selectStep, splitAtWildcard } from '../event/select.ts';
import { showText, showValue } from './show-value.ts';
import { type RegexFinder, literalEquals, valueTestHolds } from '../evaluate/value-test.ts';

/** How many selected values an explanation shows. */
const MAX_SEEN = 5;

/** Explains every comparison of a JSON pattern. */
export function explainJson(pattern: JsonPattern, message: string, findsRegex: RegexFinder): Explanation {
  const event = parseEvent(message);
  return explainExpression(pattern.condition, (comparison) => {
    const label = comparisonAsTyped(comparison);
    if (event.root === undefined) return explainLeaf(label, false, 'the message is not a JSON object', comparison.span);
    const selection = select(comparison.selector, event);
    const holds = jsonComparisonHolds(comparison, selection, findsRegex);
    const reason = explainComparison(comparison, selection, event, holds, findsRegex);
    return explainLeaf(label, holds, reason, comparison.span, selection.values.slice(0, MAX_SEEN).map(show));
  });
}

function show({ value, spelled }: SelectedValue): string {
  return showValue(value, spelled);
}

function explainComparison(
  comparison: JsonComparison,
  selection: Selection,
  event: ParsedEvent,
  holds: boolean,
  findsRegex: RegexFinder,
): string {
  const { selector } = comparison;
  const isAbsent = selection.values.length === 0;
  switch (comparison.kind) {
    case 'not-exists':
      return isAbsent ? explainAbsence(selector, event) : `${formatSelector(selector)} exists`;
    case 'is':
      if (isAbsent) return `${explainAbsence(selector, event)}; what is missing is not ${comparison.constant}`;
      return explainConstant(comparison.constant, selection, holds);
    case 'compare': {
      const { test } = comparison;
      if (test.kind === 'equality' && test.operator === '!=' && selection.wildcard === 'parent exists') {
        return holds ? 'no selected value equals it' : 'a selected value equals it';
      }
      if (isAbsent) return `${explainAbsence(selector, event)}; every comparison with it fails, != too`;
      return explainValues(selection, (subject) => {
        const passes = valueTestHolds(test, subject, findsRegex);
        const equals = literalEquals(test.literal, subject, findsRegex);
        return { passes, reason: explainComparable(test, subject, passes, equals) };
      });
    }
  }
}

function explainConstant(constant: 'NULL' | 'TRUE' | 'FALSE', selection: Selection, holds: boolean): string {
  const [only] = selection.values;
  if (holds && Array.isArray(only?.value) && selection.wildcard === 'none') return 'the array has a null in it';
  if (holds) return `it is ${constant.toLowerCase()}`;
  const expected = constant.toLowerCase();
  if (selection.values.some(({ value }) => value === expected))
    return `the text ${showText(expected)} is not ${constant}`;
  return `it is not ${expected}`;
}

/** One value in detail; of several, the first that passes, or else their number. */
function explainValues(
  selection: Selection,
  explain: (subject: NonNullable<ReturnType<typeof comparableOf>>) => {
    readonly passes: boolean;
    readonly reason: string;
  },
): string {
  const results = selection.values.map((selected) => {
    const subject = comparableOf(selected);
    return subject === undefined ? { passes: false, reason: explainIncomparable(selected.value) } : explain(subject);
  });
  const [only] = results;
  if (only !== undefined && results.length === 1) return only.reason;
  const passing = results.findIndex(({ passes }) => passes);
  const { reason } = results[passing] ?? {};
  return reason === undefined
    ? `none of the ${results.length} selected values passes`
    : `of the ${results.length} selected values, number ${passing + 1} passes: ${reason}`;
}

/** Names the first step that leads nowhere. */
function explainAbsence(selector: Selector, event: ParsedEvent): string {
  const steps = splitAtWildcard(selector)?.before ?? selector.steps;
  let parent: unknown = event.root;
  for (const [index, step] of steps.entries()) {
    const value = selectStep(parent, step);
    if (value === undefined) {
      const before = formatSelector({ ...selector, steps: steps.slice(0, index) });
      if (step.kind === 'property' && !isJsonObject(parent))
        return `${before} is ${showValue(parent, parent)}, not an object`;
      if (step.kind === 'index' && !Array.isArray(parent))
        return `${before} is ${showValue(parent, parent)}, not an array`;
      return `there is no ${formatSelector({ ...selector, steps: steps.slice(0, index + 1) })}`;
    }
    parent = value;
  }
  return `nothing is selected by ${formatSelector(selector)}`;
}

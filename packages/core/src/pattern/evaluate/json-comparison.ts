/** Whether one comparison of a JSON pattern holds for an event. Plain on purpose: this is what the compiled one is held against. */
import { isJsonObject } from '../../json/index.ts';
import type { JsonComparison, JsonConstantComparison, Selector } from '../ast.ts';
import { type EventNumber, readEventNumber } from '../event/number-text.ts';
import type { ParsedEvent } from '../event/parsed-event.ts';
import { selectOne, splitAtWildcard } from '../event/select.ts';
import { type RegexFinder, literalEquals, valueTestHolds } from './value-test.ts';

/** A value of an event, and the same place in the event with its numbers spelled out. */
export interface SelectedValue {
  readonly value: unknown;
  readonly spelled: unknown;
}

export interface Selection {
  readonly values: readonly SelectedValue[];
  /** Whether the selector has a wildcard, and if so whether there is anything for it to look into. */
  readonly wildcard: 'none' | 'parent exists' | 'parent missing';
}

/** Everything that a selector selects, in the event's order. */
export function select(selector: Selector, event: ParsedEvent): Selection {
  const parts = splitAtWildcard(selector);
  const root = { value: event.root, spelled: event.spelledRoot };
  if (parts === undefined) return { values: presentValues([follow(root, selector.steps)]), wildcard: 'none' };
  const parent = follow(root, parts.before);
  if (parent.value === undefined) return { values: [], wildcard: 'parent missing' };
  const children = childrenOf(parent).map((element) => follow(element, parts.after));
  return { values: presentValues(children), wildcard: 'parent exists' };
}

function follow(from: SelectedValue, steps: Selector['steps']): SelectedValue {
  return { value: selectOne(from.value, steps), spelled: selectOne(from.spelled, steps) };
}

function presentValues(values: readonly SelectedValue[]): readonly SelectedValue[] {
  return values.filter(({ value }) => value !== undefined);
}

/** The elements of an array or the values of an object; nothing else has any. */
function childrenOf({ value, spelled }: SelectedValue): readonly SelectedValue[] {
  if (Array.isArray(value) && Array.isArray(spelled)) {
    return value.map((element: unknown, index) => ({ value: element, spelled: spelled[index] as unknown }));
  }
  if (isJsonObject(value) && isJsonObject(spelled)) {
    return Object.keys(value).map((key) => ({ value: value[key], spelled: spelled[key] }));
  }
  return [];
}

/** Whether a comparison holds for what its selector selects. */
export function jsonComparisonHolds(
  comparison: JsonComparison,
  selection: Selection,
  findsRegex: RegexFinder,
): boolean {
  switch (comparison.kind) {
    case 'not-exists':
      return selection.values.length === 0;
    case 'is':
      return selection.values.some(({ value }) =>
        isConstant(comparison.constant, value, selection.wildcard === 'none'),
      );
    case 'compare': {
      const { test } = comparison;
      const subjects = selection.values.map(comparableOf).filter((subject) => subject !== undefined);
      if (test.kind === 'equality' && test.operator === '!=' && selection.wildcard !== 'none') {
        return (
          selection.wildcard === 'parent exists' &&
          !subjects.some((subject) => literalEquals(test.literal, subject, findsRegex))
        );
      }
      return subjects.some((subject) => valueTestHolds(test, subject, findsRegex));
    }
  }
}

/** A string or number as it is compared; undefined for everything else, which compares with nothing. */
export function comparableOf({ value, spelled }: SelectedValue): string | EventNumber | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && typeof spelled === 'string' ? readEventNumber(spelled) : undefined;
}

/** Without a wildcard, IS NULL also looks at the elements of an array, one level deep. */
function isConstant(constant: JsonConstantComparison['constant'], value: unknown, looksIntoArrays: boolean): boolean {
  switch (constant) {
    case 'TRUE':
      return value === true;
    case 'FALSE':
      return value === false;
    case 'NULL':
      return value === null || (looksIntoArrays && Array.isArray(value) && value.includes(null));
  }
}

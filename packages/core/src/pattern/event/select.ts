/** Follows selectors through parsed JSON. Only own properties count, so `$.constructor` selects nothing that the event lacks. */
import { isJsonObject } from '../../json/index.ts';
import type { Selector, SelectorStep } from '../ast.ts';
import type { ParsedEvent } from './parsed-event.ts';

/** The value that steps without a wildcard lead to; undefined if there is none (JSON has no undefined). */
export function selectOne(root: unknown, steps: readonly SelectorStep[]): unknown {
  let value = root;
  for (const step of steps) {
    value = selectStep(value, step);
    if (value === undefined) return undefined;
  }
  return value;
}

/** The value one step below; undefined if there is none. */
export function selectStep(value: unknown, step: SelectorStep): unknown {
  switch (step.kind) {
    case 'property':
      return isJsonObject(value) && Object.hasOwn(value, step.name) ? value[step.name] : undefined;
    case 'index':
      return Array.isArray(value) ? (value as readonly unknown[])[step.index] : undefined;
    case 'wildcard':
      return undefined;
  }
}

/** The steps before and after the wildcard of a selector; undefined if it has none. */
export function splitAtWildcard(
  selector: Selector,
): { readonly before: readonly SelectorStep[]; readonly after: readonly SelectorStep[] } | undefined {
  const index = selector.steps.findIndex(({ kind }) => kind === 'wildcard');
  if (index === -1) return undefined;
  return { before: selector.steps.slice(0, index), after: selector.steps.slice(index + 1) };
}

/**
 * The text of the string, number or boolean that a selector names; undefined where there is nothing, null, an object or an array.
 * Numbers are exact: integers as the event spells them, others in the form of Java's doubles.
 * @param selector from `parseSelector`
 */
export function selectScalar(selector: Selector, event: ParsedEvent): string | undefined {
  const value = selectOne(event.root, selector.steps);
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number') return undefined;
  const spelling = selectOne(event.spelledRoot, selector.steps);
  return typeof spelling === 'string' ? event.readNumber(spelling).text : undefined;
}

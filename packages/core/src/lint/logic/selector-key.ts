import { formatSelector, type Selector, type SelectorStep } from '../../pattern/index.ts';

const keys = new WeakMap<Selector, string>();

/** A selector as one text: two selectors are the same where their texts are. */
export function selectorKey(selector: Selector): string {
  const known = keys.get(selector);
  if (known !== undefined) return known;
  const key = formatSelector(selector);
  keys.set(selector, key);
  return key;
}

/** Where the wildcard stands among the steps; -1 where there is none, and the selector selects one value at most. */
export function wildcardAt({ steps }: Selector): number {
  return steps.findIndex(({ kind }) => kind === 'wildcard');
}

/** How many steps two selectors have in common from the root. */
export function commonSteps(a: Selector, b: Selector): number {
  const differs = a.steps.findIndex((step, index) => !isSameStep(step, b.steps[index]));
  return differs === -1 ? a.steps.length : differs;
}

function isSameStep(a: SelectorStep, b: SelectorStep | undefined): boolean {
  switch (a.kind) {
    case 'property':
      return b?.kind === 'property' && a.name === b.name;
    case 'index':
      return b?.kind === 'index' && a.index === b.index;
    case 'wildcard':
      return b?.kind === 'wildcard';
  }
}

/** Whether one selector leads to a part of what another leads to; not where both lead to the same. */
export function isBelow(selector: Selector, ancestor: Selector): boolean {
  return selector.steps.length > ancestor.steps.length && commonSteps(selector, ancestor) === ancestor.steps.length;
}

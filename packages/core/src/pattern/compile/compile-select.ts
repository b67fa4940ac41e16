import type { SelectorStep } from '../ast.ts';

/** Finds one value below another; undefined if there is none. */
export type Select = (value: unknown) => unknown;

/** Compiles steps without a wildcard. */
export function compileSelect(steps: readonly SelectorStep[]): Select {
  const [first, second, third, ...others] = steps.map(compileStep);
  if (first === undefined) return (value) => value;
  if (second === undefined) return first;
  if (third === undefined) return (value) => second(first(value));
  if (others.length === 0) return (value) => third(second(first(value)));
  const rest = [second, third, ...others];
  return (value) => {
    let found = first(value);
    for (const step of rest) {
      if (found === undefined) return undefined;
      found = step(found);
    }
    return found;
  };
}

function compileStep(step: SelectorStep): Select {
  switch (step.kind) {
    case 'property':
      return compileProperty(step.name);
    case 'index':
      return compileIndex(step.index);
    case 'wildcard':
      return () => undefined;
  }
}

/**
 * Own properties of objects only: arrays have a length and indexes of their own that the event does not spell. What JSON.parse makes has
 * nothing else to inherit than what every object has, so that other names need not be looked up twice.
 */
function compileProperty(name: string): Select {
  const isInherited = name in Object.prototype;
  return (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && (!isInherited || Object.hasOwn(value, name))
      ? (value as Readonly<Record<string, unknown>>)[name]
      : undefined;
}

function compileIndex(index: number): Select {
  return (value) => (Array.isArray(value) ? (value as readonly unknown[])[index] : undefined);
}

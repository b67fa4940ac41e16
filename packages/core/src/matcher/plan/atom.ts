import type { Selector } from '../../pattern/index.ts';

/** Something positive that can be looked up: the field's text equals, begins with or ends with `text`. */
export interface Atom {
  /** Names of properties from the event's root. */
  readonly path: FieldPath;
  readonly kind: 'equals' | 'prefix' | 'suffix';
  readonly text: string;
}

export type FieldPath = readonly string[];

/** Deeper fields are not looked up: the patterns that name them are tried on every event. */
export const MAX_PATH_LENGTH = 16;

/** Selectors that are spelled alike share their steps, and so their path. */
const pathsBySteps = new WeakMap<Selector['steps'], FieldPath>();

/**
 * The names of a selector that steps over properties alone; undefined for others, and for names that bytes cannot tell apart. The same
 * path for the same steps.
 */
export function fieldPathOf({ steps }: Selector): FieldPath | undefined {
  const known = pathsBySteps.get(steps);
  if (known !== undefined) return known;
  const path: string[] = [];
  for (const step of steps) {
    if (step.kind !== 'property' || !isExactName(step.name)) return undefined;
    path.push(step.name);
  }
  if (path.length > MAX_PATH_LENGTH) return undefined;
  pathsBySteps.set(steps, path);
  return path;
}

function isExactName(name: string): boolean {
  return isExactInUtf8(name) && !name.includes('\0');
}

/** One text for each path; no name of one has a zero in it. */
export function pathKey(path: FieldPath): string {
  const [only = ''] = path;
  return path.length === 1 ? only : path.join('\0');
}

/**
 * Whether a text equals another exactly where their UTF-8 bytes are equal. A lone surrogate has no bytes of its own, and U+FFFD
 * also stands for bytes that are not UTF-8.
 */
export function isExactInUtf8(text: string): boolean {
  return text.isWellFormed() && !text.includes('\ufffd');
}

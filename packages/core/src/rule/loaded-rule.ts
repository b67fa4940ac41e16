import type { Position } from './problem.ts';
import type { Rule } from './rule.ts';
import type { ValuePath, YamlSource } from './yaml-source.ts';

/** A rule, and where each part of it was written. */
export interface LoadedRule extends Rule {
  readonly source: YamlSource;
  /** The shared lists that its patterns name; absent where they name none. */
  readonly sharedValues?: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** Where the rule changes another. */
  readonly extended?: RuleExtension;
}

/** Where a value of a rule that extends another was written: in which of the two, and at which path there. */
export interface Origin {
  readonly from: 'base' | 'own';
  readonly path: ValuePath;
}

export interface RuleExtension {
  readonly base: LoadedRule;
  /** The fields that the extending rule says itself, in its order. */
  readonly fields: readonly string[];
  /** Where the value at a path of the whole rule was written. */
  readonly originOf: (path: ValuePath) => Origin;
}

/** The file and the place where a part of a rule was written, through every rule that it extends. */
export function whereWritten(rule: LoadedRule, path: ValuePath): Position & { readonly file: string } {
  const { extended, source } = rule;
  const origin = extended?.originOf(path);
  if (extended !== undefined && origin?.from === 'base') return whereWritten(extended.base, origin.path);
  return { file: source.file, ...source.positionOf(path) };
}

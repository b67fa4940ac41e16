import { isJsonObject } from '../json/index.ts';
import { expandValues, type ExpandedPattern } from './expand-values.ts';
import type { Problem } from './problem.ts';
import type { YamlItem } from './read-yaml.ts';
import type { SharedDefinitions } from './shared-definitions.ts';
import type { ValuePath, YamlSource } from './yaml-source.ts';

export interface ExpandedItem extends YamlItem {
  /** The names of the shared lists that the item's patterns use. */
  readonly names: readonly string[];
  readonly problems: readonly Problem[];
}

/** A rule's document with the shared lists spelled out in all its patterns; its source still points at what was written. */
export function expandItem({ value, source }: YamlItem, shared: SharedDefinitions): ExpandedItem {
  const expanded = new Map<string, ExpandedPattern>();
  const expand = (pattern: unknown, path: ValuePath): unknown => {
    if (typeof pattern !== 'string') return pattern;
    const found = expandValues(pattern, shared);
    if (found.text !== pattern) expanded.set(path.join('.'), found);
    return found.text;
  };
  const withPatterns = isJsonObject(value) ? expandPatterns(value, expand) : value;
  const problems = [...expanded].flatMap(([key, { refusals }]) =>
    refusals.map(({ textOffset, code, message, hint }) => ({
      file: source.file,
      ...source.positionInText(pathOf(key), textOffset),
      code,
      message,
      ...(hint !== undefined && { hint }),
    })),
  );
  const names = [...new Set([...expanded.values()].flatMap((pattern) => pattern.names))];
  return { value: withPatterns, source: sourceAsWritten(source, expanded), names, problems };
}

function expandPatterns(
  rule: Readonly<Record<string, unknown>>,
  expand: (pattern: unknown, path: ValuePath) => unknown,
): Readonly<Record<string, unknown>> {
  const { filterPattern, exceptions } = rule;
  return {
    ...rule,
    ...(filterPattern !== undefined && { filterPattern: expand(filterPattern, ['filterPattern']) }),
    ...(Array.isArray(exceptions) && {
      exceptions: exceptions.map((exception: unknown, index) =>
        isJsonObject(exception) && 'filterPattern' in exception
          ? { ...exception, filterPattern: expand(exception.filterPattern, ['exceptions', index, 'filterPattern']) }
          : exception,
      ),
    }),
  };
}

function sourceAsWritten(source: YamlSource, expanded: ReadonlyMap<string, ExpandedPattern>): YamlSource {
  return {
    ...source,
    positionInText: (path, offset) =>
      source.positionInText(path, expanded.get(path.join('.'))?.writtenOffset(offset) ?? offset),
  };
}

function pathOf(key: string): ValuePath {
  return key.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}

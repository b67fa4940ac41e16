import { isAlias, isMap, isScalar, isSeq, type Document, type LineCounter, type Node, type Pair } from 'yaml';
import type { Position } from './problem.ts';
import { scalarOffsets } from './scalar-offsets.ts';

/** The keys and indexes that lead to a value: `['exceptions', 0, 'reason']`. */
export type ValuePath = readonly (string | number)[];

/** Where one rule, or another map in a YAML file, was written, so that problems can point at any part of it. */
export interface YamlSource {
  readonly file: string;
  /** Where the value stands; where there is none, where the closest value around it stands. */
  positionOf(path: ValuePath): Position;
  /** Where the key of the value stands. */
  keyPositionOf(path: ValuePath): Position;
  /** Where the unit at `offset` of a text value stands, through quotes, escapes, indentation and folded lines. */
  positionInText(path: ValuePath, offset: number): Position;
}

/** The source of the map or scalar `root` inside a parsed document of `fileText`. */
export function yamlSource(
  file: string,
  fileText: string,
  document: Document.Parsed,
  root: Node | null,
  lineCounter: LineCounter,
): YamlSource {
  const positionAt = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  const startOf = (node: unknown) => (isNode(node) ? node.range?.[0] : undefined);
  const rootOffset = startOf(root) ?? document.range[0];

  /** The nodes met on the way, the value's own last; shorter than the path where the path leads nowhere. */
  const walk = (path: ValuePath): { readonly found: readonly Entry[]; readonly isComplete: boolean } => {
    const found: Entry[] = [];
    let node: unknown = root;
    for (const step of path) {
      const entry = entryOf(resolve(node, document), step, document);
      if (entry === undefined) return { found, isComplete: false };
      found.push(entry);
      node = entry.value;
    }
    return { found, isComplete: true };
  };
  const offsetOf = (path: ValuePath, part: keyof Entry) => {
    const { found } = walk(path);
    const entry = found.at(-1);
    return startOf(entry?.[part]) ?? startOf(entry?.value) ?? startOf(entry?.key) ?? rootOffset;
  };

  return {
    file,
    positionOf: (path) => positionAt(offsetOf(path, 'value')),
    keyPositionOf: (path) => positionAt(offsetOf(path, 'key')),
    positionInText(path, offset) {
      const { found, isComplete } = walk(path);
      const node = resolve(found.at(-1)?.value, document);
      const offsets = isComplete && isScalar(node) ? scalarOffsets(node, fileText) : undefined;
      return positionAt(offsets?.[Math.min(offset, offsets.length - 1)] ?? offsetOf(path, 'value'));
    },
  };
}

interface Entry {
  readonly key: unknown;
  readonly value: unknown;
}

function isNode(value: unknown): value is Node {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value);
}

function resolve(node: unknown, document: Document.Parsed): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

function entryOf(node: unknown, step: string | number, document: Document.Parsed): Entry | undefined {
  if (isSeq(node)) {
    const value: unknown = node.items[Number(step)];
    return value === undefined ? undefined : { key: value, value };
  }
  if (!isMap(node)) return undefined;
  const pairs: readonly Pair[] = node.items;
  const keyOf = (pair: Pair) => (isScalar(pair.key) ? String(pair.key.value) : undefined);
  const own = pairs.find((pair) => keyOf(pair) === String(step));
  if (own !== undefined) return own;
  for (const pair of pairs) {
    if (keyOf(pair) !== '<<') continue;
    const merged = resolve(pair.value, document);
    for (const part of isSeq(merged) ? merged.items : [merged]) {
      const entry = entryOf(resolve(part, document), step, document);
      if (entry !== undefined) return entry;
    }
  }
  return undefined;
}

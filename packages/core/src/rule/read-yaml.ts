import { isScalar, isSeq, LineCounter, parseAllDocuments, type Node } from 'yaml';
import type { Position, Problem } from './problem.ts';
import { yamlFaults } from './yaml-faults.ts';
import { yamlSource, type YamlSource } from './yaml-source.ts';

/** One top-level value of a YAML file, with where it was written. */
export interface YamlItem {
  readonly value: unknown;
  readonly source: YamlSource;
}

export interface YamlItems {
  readonly items: readonly YamlItem[];
  readonly problems: readonly Problem[];
}

/**
 * The items of a YAML 1.2 file: each document is one, or several where it is a list. A document with a syntax error yields
 * none, an item with a key written twice is left out; the others stand. Merge keys (`<<`) work; keys are always text.
 */
export function readYaml(file: string, fileText: string): YamlItems {
  const text = fileText.replace(/^\ufeff/, '');
  const lineCounter = new LineCounter();
  const problems: Problem[] = [];
  const items: YamlItem[] = [];
  const positionAt = (offset: number): Position => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  const report = (offset: number, { code, message, hint }: Pick<Problem, 'code' | 'message' | 'hint'>) =>
    problems.push({ file, ...positionAt(offset), code, message, ...(hint !== undefined && { hint }) });

  const documents = parseAllDocuments(text, {
    lineCounter,
    prettyErrors: false,
    keepSourceTokens: true,
    schema: 'core',
    merge: true,
    stringKeys: true,
    logLevel: 'error',
  });
  for (const document of Array.isArray(documents) ? documents : []) {
    const faults = yamlFaults(document, text);
    for (const fault of faults) report(fault.offset, fault);
    if (faults.some(({ breaks }) => breaks === 'document')) continue;

    const root = document.contents;
    const isEmpty = isScalar(root) && root.value === null;
    for (const node of isSeq(root) ? root.items : isEmpty ? [] : [root]) {
      if (!isSpelledOut(node)) continue;
      const [start, , end] = node.range;
      if (faults.some(({ offset }) => offset >= start && offset < end)) continue;
      try {
        items.push({ value: node.toJS(document), source: yamlSource(file, text, document, node, lineCounter) });
      } catch (error) {
        if (!isExhaustion(error)) throw error;
        report(start, { code: 'yaml-alias', message: 'aliases or nested values are too many to be spelled out' });
      }
    }
  }
  return { items, problems };
}

/** yaml counts how often aliases multiply each other, so that a few lines cannot fill the memory; and it recurses. */
function isExhaustion(error: unknown): boolean {
  return error instanceof ReferenceError || error instanceof RangeError;
}

function isSpelledOut(node: unknown): node is Node {
  return typeof node === 'object' && node !== null && 'toJS' in node;
}

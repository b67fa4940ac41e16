import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { fieldOf } from '@trailbell/core/json';
import { isAlias, isCollection, isMap, isScalar, isSeq, parseAllDocuments, stringify } from 'yaml';
import type { Document, Node, Pair, YAMLMap } from 'yaml';

export interface NewException {
  readonly filterPattern: string;
  readonly reason: string;
  readonly owner: string;
  /** `YYYY-MM-DD`. */
  readonly expires: string;
}

/** Where text goes in, and how many characters after it go out. */
interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly text: string;
}

/**
 * Adds an exception to a rule in its file. All else stays as it was written, to the byte. False where the file has no such rule,
 * or where its exceptions are written elsewhere (an alias, a merged mapping): then nothing is written.
 */
export function writeException(path: string, rule: string, exception: NewException): boolean {
  const text = readFileSync(path, 'utf8');
  const target = ruleIn(text, rule);
  if (target === undefined) return false;
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const edits = editsFor(text, target.map, exception, lineEnd);
  if (edits === undefined) return false;
  const written = edits
    .toSorted((a, b) => b.at - a.at)
    .reduce((whole, { at, removed, text: added }) => whole.slice(0, at) + added + whole.slice(at + removed), text);
  const before = exceptionsOf(target);
  const after = ruleIn(written, rule);
  if (after === undefined || !isDeepStrictEqual(exceptionsOf(after), [...before, { ...exception }])) return false;
  writeFileSync(path, written);
  return true;
}

interface RuleInFile {
  readonly document: Document.Parsed;
  readonly map: YAMLMap.Parsed;
}

/** A document is a rule, or a list of rules. One that extends another without a name of its own has the other's. */
function ruleIn(text: string, rule: string): RuleInFile | undefined {
  const documents = parseAllDocuments(text, { merge: true, schema: 'core', logLevel: 'error' });
  for (const document of Array.isArray(documents) ? documents : []) {
    const { contents, errors } = document;
    if (errors.length > 0) continue;
    const maps = isMap(contents) ? [contents] : isSeq(contents) ? contents.items.filter((item) => isMap(item)) : [];
    const map = maps.find((each) => (each.get('name') ?? lastPart(each.get('extends'))) === rule);
    if (map !== undefined) return { document, map: map };
  }
  return undefined;
}

function lastPart(extended: unknown): string | undefined {
  return typeof extended === 'string' ? extended.split('/').at(-1) : undefined;
}

function exceptionsOf({ document, map }: RuleInFile): readonly unknown[] {
  const exceptions = fieldOf(map.toJS(document), 'exceptions');
  return Array.isArray(exceptions) ? exceptions : [];
}

function editsFor(
  text: string,
  map: YAMLMap.Parsed,
  exception: NewException,
  lineEnd: string,
): readonly Edit[] | undefined {
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === 'exceptions');
  const flow = JSON.stringify(exception);
  if (pair === undefined) {
    const before = map.items.find(({ key }) => isScalar(key) && key.value === 'filterPattern') ?? map.items.at(-1);
    if (before === undefined) return undefined;
    if (map.flow === true) return [{ at: endOf(before), removed: 0, text: `, "exceptions": [${flow}]` }];
    const indent = ' '.repeat(columnOf(text, before.key.range[0]));
    const at = lineAfter(text, endOf(before));
    return [
      { at, removed: 0, text: onLines(text, at, `${indent}exceptions:\n${item(exception, `${indent}  `)}`, lineEnd) },
    ];
  }
  const { value } = pair;
  if (isAlias(value) || isMap(value) || (isScalar(value) && value.value !== null)) return undefined;
  const last = isSeq(value) ? value.items.at(-1) : undefined;
  if (isSeq(value) && last !== undefined) {
    const at = endOfNode(last);
    if (value.flow === true) return [{ at, removed: 0, text: `, ${flow}` }];
    const after = lineAfter(text, at);
    const indent = ' '.repeat(columnOf(text, value.range[0]));
    return [{ at: after, removed: 0, text: onLines(text, after, item(exception, indent), lineEnd) }];
  }
  const [start, end] = value?.range ?? [endOf(pair), endOf(pair)];
  if (map.flow === true) return [{ at: start, removed: end - start, text: `${start === end ? ' ' : ''}[${flow}]` }];
  const at = lineAfter(text, end);
  const indent = ' '.repeat(columnOf(text, pair.key.range[0]) + 2);
  return [
    { at: start, removed: end - start, text: '' },
    { at, removed: 0, text: onLines(text, at, item(exception, indent), lineEnd) },
  ];
}

/** The exception as an item of a block list. */
function item(exception: NewException, indent: string): string {
  return stringify([exception], { lineWidth: 0, singleQuote: true }).replaceAll(/^(?=.)/gm, indent);
}

/** Whole lines at an offset, which may be behind a last line that has no end. */
function onLines(text: string, at: number, lines: string, lineEnd: string): string {
  const isAtLineStart = at === 0 || text[at - 1] === '\n';
  return `${isAtLineStart ? '' : '\n'}${lines}`.replaceAll('\n', lineEnd);
}

function endOf({ key, value }: Pair<Node, Node | null>): number {
  return endOfNode(value ?? key);
}

/** Where what a node says ends, without the comments and empty lines that follow it. */
function endOfNode(node: Node): number {
  if (isCollection(node) && node.flow !== true) {
    const last: unknown = node.items.at(-1);
    if (isMap(node)) return endOf(last as Pair<Node, Node | null>);
    return endOfNode(last as Node);
  }
  return node.range?.[1] ?? 0;
}

/** The offset behind the line that something ends in: its own, or where it ends with its line, that one. */
function lineAfter(text: string, end: number): number {
  if (text[end - 1] === '\n') return end;
  const found = text.indexOf('\n', end);
  return found === -1 ? text.length : found + 1;
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

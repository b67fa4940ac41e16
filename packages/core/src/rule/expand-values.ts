import { closestWord } from './closest-word.ts';
import { oneOf } from './describe-value.ts';
import type { Refusal } from './refuse.ts';
import type { SharedDefinitions } from './shared-definitions.ts';
import { valueLiterals } from './value-literals.ts';

/** A filter pattern without names in it, and where each part of it comes from. */
export interface ExpandedPattern {
  /** In CloudWatch's own language. */
  readonly text: string;
  /** The names that were spelled out, each once. */
  readonly names: readonly string[];
  /** What is wrong with names; `textOffset` counts in the pattern as it was written. */
  readonly refusals: readonly (Refusal & { readonly textOffset: number })[];
  /** Where in the pattern as it was written the unit at an offset of `text` comes from. */
  readonly writtenOffset: (offset: number) => number;
}

/**
 * `@` means nothing in a JSON pattern, except inside quotes, regular expressions and bracketed names, which are stepped over: so a
 * name can never be mistaken for something that CloudWatch knows.
 */
const PART = new RegExp(
  [
    String.raw`"(?:\\["\\]|[^"])*"?`,
    String.raw`%[^%]*%?`,
    String.raw`(?<selector>\$(?:\.(?:\*|[\p{L}\p{Nd}_-]+)|\.?\['[^']+'\]|\[(?:\d+|\*)\])+)[ \t\r\n]*(?<operator>[=!<>]+)[ \t\r\n]*@(?<name>[\p{L}\p{Nd}_-]*)`,
    String.raw`\['[^']*'\]`,
  ].join('|'),
  'gu',
);

/**
 * Spells out the shared lists that a JSON pattern names: `$.a = @list` becomes `($.a = "x" || $.a = "y")`, and `$.a != @list`
 * becomes `($.a != "x" && $.a != "y")`. Other patterns are left as they are.
 */
export function expandValues(
  written: string,
  { values, broken }: Pick<SharedDefinitions, 'values' | 'broken'>,
): ExpandedPattern {
  if (!written.includes('@') || !written.trimStart().startsWith('{')) {
    return { text: written, names: [], refusals: [], writtenOffset: (offset) => offset };
  }
  const names = new Set<string>();
  const refusals: (Refusal & { readonly textOffset: number })[] = [];
  const pieces: Piece[] = [];
  let text = '';
  let copied = 0;
  for (const match of written.matchAll(PART)) {
    const { selector, operator, name } = match.groups ?? {};
    if (selector === undefined || operator === undefined || name === undefined) continue;
    const textOffset = match.index + match[0].lastIndexOf('@');
    const list = values.get(name);
    if (operator !== '=' && operator !== '!=') refusals.push({ ...wrongOperator(operator, name), textOffset });
    else if (list === undefined)
      refusals.push({ ...(broken.has(name) ? brokenName(name) : unknownName(name, [...values.keys()])), textOffset });
    names.add(name);
    pieces.push({ from: text.length, writtenFrom: copied, isCopy: true });
    text += written.slice(copied, match.index);
    pieces.push({ from: text.length, writtenFrom: match.index, isCopy: false });
    text += comparisons(selector, operator === '!=' ? '!=' : '=', list ?? ['-']);
    copied = match.index + match[0].length;
  }
  pieces.push({ from: text.length, writtenFrom: copied, isCopy: true });
  text += written.slice(copied);
  const writtenOffset = (offset: number) => {
    const piece = pieces.findLast(({ from }) => from <= offset);
    if (piece === undefined) return offset;
    return piece.isCopy ? piece.writtenFrom + offset - piece.from : piece.writtenFrom;
  };
  return { text, names: [...names], refusals, writtenOffset };
}

interface Piece {
  readonly from: number;
  readonly writtenFrom: number;
  /** False for what stands in place of a name: all of it comes from where the comparison begins. */
  readonly isCopy: boolean;
}

function comparisons(selector: string, operator: '=' | '!=', entries: readonly string[]): string {
  const literals = entries.flatMap((entry) => {
    const found = valueLiterals(entry);
    return 'message' in found ? [] : found;
  });
  const parts = literals.map((literal) => `${selector} ${operator} ${literal}`);
  return parts.length === 1 ? parts.join('') : `(${parts.join(operator === '=' ? ' || ' : ' && ')})`;
}

function wrongOperator(operator: string, name: string): Refusal {
  return {
    code: 'shared-value-operator',
    message: `${operator} cannot be used with the list @${name}`,
    hint: 'a list is compared with = (one of them) or != (none of them)',
  };
}

function brokenName(name: string): Refusal {
  return { code: 'unknown-shared-value', message: `the shared list @${name} has a problem of its own` };
}

function unknownName(name: string, known: readonly string[]): Refusal {
  const close = closestWord(name, known);
  const names = known.length === 0 ? 'no rule file defines any under values' : `expected ${oneOf(known.slice(0, 10))}`;
  return {
    code: 'unknown-shared-value',
    message: `there is no shared list @${name}`,
    hint: close === undefined ? names : `did you mean @${close}?`,
  };
}

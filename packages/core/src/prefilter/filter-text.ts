import {
  CLOUDWATCH_PATTERN_LIMITS,
  comparisonsOf,
  formatSelector,
  type Expression,
  type GlobLiteral,
  type JsonComparison,
  type TextLiteral,
} from '../pattern/index.ts';
import { compactText, conjunctText } from './compact-text.ts';

type Condition = Expression<JsonComparison>;

/** Clauses of which one must hold, as the inside of braces. */
export function plainText(clauses: readonly Condition[]): string {
  return clauses.map(compactText).join('||');
}

/**
 * The same, with a regular expression in place of all comparisons with one property, where that saves most: `$.a=*x*||$.a=y` is
 * `$.a=%x|^y$%`.
 */
export function textWithRegexes(clauses: readonly Condition[]): string {
  const shortened = [...Map.groupBy(clauses, selectorOfAll)]
    .flatMap(([selector, group]) =>
      selector === undefined ? group.flatMap(shortenedInside) : [shortenedTogether(selector, group)],
    )
    .filter(({ saved }) => saved > 0)
    .toSorted((a, b) => b.saved - a.saved)
    .slice(0, CLOUDWATCH_PATTERN_LIMITS.regexes);
  const replaced = new Set(shortened.flatMap(({ group }) => group));
  const rest = clauses.filter((clause) => !replaced.has(clause));
  return [...shortened.map(({ text }) => text), ...rest.map(compactText)].join('||');
}

interface Shortened {
  readonly group: readonly Condition[];
  readonly text: string;
  readonly saved: number;
}

function shortenedTogether(selector: string, group: readonly Condition[]): Shortened {
  const text = regexText(selector, group);
  return { group, text, saved: plainText(group).length - text.length };
}

/** A conjunction with its first operand, the names, as a regular expression. */
function shortenedInside(clause: Condition): readonly Shortened[] {
  if (clause.kind !== 'and') return [];
  const [first, ...others] = clause.operands;
  const selector = first && selectorOfAll(first);
  if (first === undefined || selector === undefined) return [];
  const text = [regexText(selector, [first]), ...others.map(conjunctText)].join('&&');
  return [{ group: [clause], text, saved: compactText(clause).length - text.length }];
}

/** The property that all of a clause's comparisons are with, where a regular expression can stand for any of them. */
function selectorOfAll(clause: Condition): string | undefined {
  if (clause.kind === 'and') return undefined;
  if (clause.kind === 'or' && clause.operands.some(({ kind }) => kind !== 'compare')) return undefined;
  const comparisons = [...comparisonsOf(clause)];
  const [selector, ...others] = new Set(comparisons.map((comparison) => formatSelector(comparison.selector)));
  return others.length === 0 && comparisons.every(hasRegex) ? selector : undefined;
}

function hasRegex(comparison: JsonComparison): boolean {
  return literalOf(comparison) !== undefined;
}

/** Characters that mean themselves in a regular expression of CloudWatch's, and the full stop, which can be escaped. */
const REGEX_TEXT = /^[\w :#=@/;,.-]+$/;

function literalOf(comparison: JsonComparison): TextLiteral | GlobLiteral | undefined {
  if (comparison.kind !== 'compare' || comparison.test.operator !== '=') return undefined;
  const { literal } = comparison.test;
  return (literal.kind === 'text' || literal.kind === 'glob') && REGEX_TEXT.test(literal.text) ? literal : undefined;
}

function regexText(selector: string, clauses: readonly Condition[]): string {
  const alternatives = clauses
    .flatMap((clause) => [...comparisonsOf(clause)])
    .map(literalOf)
    .filter((literal) => literal !== undefined)
    .map((literal) => {
      const { openStart, openEnd } = literal.kind === 'glob' ? literal : { openStart: false, openEnd: false };
      return `${openStart ? '' : '^'}${literal.text.replaceAll('.', String.raw`\.`)}${openEnd ? '' : '$'}`;
    });
  return `${selector}=%${alternatives.join('|')}%`;
}

/**
 * The syntax tree of a filter pattern, as plain data.
 * Spans count UTF-16 units in the pattern's text.
 */
import type { Decimal } from './decimal.ts';

export interface Span {
  readonly offset: number;
  readonly length: number;
}

export type Pattern = EverythingPattern | TermsPattern | RegexPattern | JsonPattern | SpacePattern;

/** The empty pattern: every event matches. */
export interface EverythingPattern {
  readonly kind: 'everything';
}

/** Unstructured terms, looked for in the whole message: `ERROR -"timed out"`. */
export interface TermsPattern {
  readonly kind: 'terms';
  readonly terms: readonly Term[];
}

export interface Term {
  /** `x`, `-x` and `?x`. */
  readonly kind: 'required' | 'excluded' | 'optional';
  readonly text: string;
  readonly span: Span;
}

/** A regular expression, looked for in the whole message: `%^START|^END%`. */
export interface RegexPattern {
  readonly kind: 'regex';
  readonly regex: RegexLiteral;
}

/** Comparisons of the properties of a JSON event: `{ $.eventName = "StopLogging" }`. */
export interface JsonPattern {
  readonly kind: 'json';
  readonly condition: Expression<JsonComparison>;
}

/** Fields of a line, divided by white space: `[ip, ..., status = 4*, bytes]`. No entries at all match every event. */
export interface SpacePattern {
  readonly kind: 'space';
  readonly entries: readonly SpaceEntry[];
}

/** Comparisons joined by `&&` and `||`. A conjunction or disjunction has at least two operands. */
export type Expression<Comparison> = Comparison | Conjunction<Comparison> | Disjunction<Comparison>;

export interface Conjunction<Comparison> {
  readonly kind: 'and';
  readonly operands: readonly Expression<Comparison>[];
}

export interface Disjunction<Comparison> {
  readonly kind: 'or';
  readonly operands: readonly Expression<Comparison>[];
}

export type JsonComparison = JsonValueComparison | JsonConstantComparison | JsonAbsence;

/** `$.a = "x"`, `$.a != 4*`, `$.a >= 10`. */
export interface JsonValueComparison {
  readonly kind: 'compare';
  readonly selector: Selector;
  readonly test: ValueTest;
  readonly span: Span;
}

/** `$.a IS NULL`, `$.a IS TRUE`, `$.a IS FALSE`. */
export interface JsonConstantComparison {
  readonly kind: 'is';
  readonly selector: Selector;
  readonly constant: 'NULL' | 'TRUE' | 'FALSE';
  readonly span: Span;
}

/** `$.a NOT EXISTS`. */
export interface JsonAbsence {
  readonly kind: 'not-exists';
  readonly selector: Selector;
  readonly span: Span;
}

export interface Selector {
  readonly kind: 'selector';
  readonly steps: readonly SelectorStep[];
  readonly span: Span;
}

/** `.name` or `['name']`, `[0]`, and `.*` or `[*]`, of which a selector holds at most one. */
export type SelectorStep =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'wildcard' };

export type SpaceEntry = SpaceField | UnnamedField | Ellipsis;

export interface SpaceField {
  readonly kind: 'field';
  readonly name: string;
  readonly condition?: Expression<FieldComparison>;
  readonly span: Span;
}

/** An empty entry: a field that is there, whatever it holds. */
export interface UnnamedField {
  readonly kind: 'unnamed';
  readonly span: Span;
}

/** `...`: any number of fields, none included. */
export interface Ellipsis {
  readonly kind: 'ellipsis';
  readonly span: Span;
}

export type FieldComparison = FieldValueComparison | FieldPresence;

/** `status = 4*` */
export interface FieldValueComparison {
  readonly kind: 'compare';
  readonly test: ValueTest;
  readonly span: Span;
}

/** The bare name of the field, which always holds: `[a && a != x]`. */
export interface FieldPresence {
  readonly kind: 'present';
  readonly span: Span;
}

/** What is asked of one value, without where it comes from. Only numbers can be ordered. */
export type ValueTest = EqualityTest | OrderingTest;

export interface EqualityTest {
  readonly kind: 'equality';
  readonly operator: '=' | '!=';
  readonly literal: Literal;
}

export interface OrderingTest {
  readonly kind: 'ordering';
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly literal: NumberLiteral;
}

export type Literal = NumberLiteral | TextLiteral | GlobLiteral | RegexLiteral;

/** An unquoted number. Numbers compare with `value`; strings compare with `text`, the way the pattern spells it. */
export interface NumberLiteral {
  readonly kind: 'number';
  readonly text: string;
  readonly value: Decimal;
  readonly span: Span;
}

/** A quoted or bare text without `*` at either end, unescaped. */
export interface TextLiteral {
  readonly kind: 'text';
  readonly text: string;
  readonly span: Span;
}

/** A text with `*` at one end or both: `text` may be preceded (`openStart`) or followed (`openEnd`) by anything. */
export interface GlobLiteral {
  readonly kind: 'glob';
  readonly text: string;
  readonly openStart: boolean;
  readonly openEnd: boolean;
  readonly span: Span;
}

/** `%source%`. */
export interface RegexLiteral {
  readonly kind: 'regex';
  readonly source: string;
  readonly span: Span;
}

import { valueTestHolds } from '../pattern/evaluate/value-test.ts';
import {
  formatSelector,
  type EqualityTest,
  type Expression,
  type JsonComparison,
  type ValueTest,
} from '../pattern/index.ts';
import { simulateRegex } from '../pattern/regex/regex-simulation.ts';
import { parseRegex } from '../pattern/regex/regex-syntax.ts';

/**
 * What a property may be: one of some texts, or text with one of some beginnings; not there, if `maybeMissing`. Besides, it may
 * always be something that cannot be compared: a constant, an object or a list.
 */
export interface PossibleValue {
  readonly texts: readonly string[];
  readonly beginnings: readonly string[];
  readonly maybeMissing: boolean;
}

/** Records of which some properties are known, by selector: `$.userIdentity.type`. Of all others nothing is known. */
export type PossibleRecord = Readonly<Record<string, PossibleValue>>;

/** Whether a condition may hold for such a record. False is a proof; true says nothing. */
export function mayMatch(condition: Expression<JsonComparison>, record: PossibleRecord): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.operands.every((operand) => mayMatch(operand, record));
    case 'or':
      return condition.operands.some((operand) => mayMatch(operand, record));
    case 'compare':
    case 'is':
    case 'not-exists':
      return mayHold(condition, record);
  }
}

function mayHold(comparison: JsonComparison, record: PossibleRecord): boolean {
  const selector = formatSelector(comparison.selector);
  const value = Object.hasOwn(record, selector) ? record[selector] : undefined;
  if (value === undefined) return true;
  switch (comparison.kind) {
    case 'not-exists':
      return value.maybeMissing;
    case 'is':
      return true;
    case 'compare':
      return (
        value.texts.some((text) => textHolds(comparison.test, text)) ||
        value.beginnings.some((beginning) => beginningMayHold(comparison.test, beginning))
      );
  }
}

function textHolds(test: ValueTest, text: string): boolean {
  return valueTestHolds(test, text, (regex, subject) => simulateRegex(parseRegex(regex.source), subject));
}

function beginningMayHold(test: ValueTest, beginning: string): boolean {
  if (test.kind === 'ordering') return false;
  return test.operator === '!=' || literalMayFit(test.literal, beginning);
}

function literalMayFit(literal: EqualityTest['literal'], beginning: string): boolean {
  switch (literal.kind) {
    case 'number':
    case 'text':
      return literal.text.startsWith(beginning);
    case 'glob':
      return literal.openStart || literal.text.startsWith(beginning) || beginning.startsWith(literal.text);
    case 'regex':
      return true;
  }
}

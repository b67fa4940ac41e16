import { formatSelector, type Expression, type JsonComparison, type Literal } from '../pattern/index.ts';
import { globText, isAnything } from '../pattern/format-pattern.ts';
import { quote } from '../pattern/parse/read-quoted.ts';

type Condition = Expression<JsonComparison>;

/** A condition in as few characters as CloudWatch is known to take: without blanks, and without quotes around plain words. */
export function compactText(condition: Condition): string {
  switch (condition.kind) {
    case 'or':
      return condition.operands.map(compactText).join('||');
    case 'and':
      return condition.operands.map(conjunctText).join('&&');
    case 'is':
      return `${formatSelector(condition.selector)} IS ${condition.constant}`;
    case 'not-exists':
      return `${formatSelector(condition.selector)} NOT EXISTS`;
    case 'compare':
      return `${formatSelector(condition.selector)}${condition.test.operator}${literalText(condition.test.literal)}`;
  }
}

/** The same, as it stands among others joined by `&&`. */
export function conjunctText(condition: Condition): string {
  return condition.kind === 'or' ? `(${compactText(condition)})` : compactText(condition);
}

function literalText(literal: Literal): string {
  switch (literal.kind) {
    case 'number':
      return literal.text;
    case 'regex':
      return `%${literal.source}%`;
    case 'text':
      return wordOrQuoted(literal.text, literal.text);
    case 'glob':
      return wordOrQuoted(literal.text, isAnything(literal) ? '*' : globText(literal));
  }
}

/** Words that the language gives a meaning of their own: unquoted, CloudWatch refuses `null` or may come to take others for constants. */
const KEYWORDS = /^(?:null|true|false|is|not|exists)$/i;

/** Hyphens and words that begin like a number stay in quotes: whether CloudWatch takes those bare is not known. */
function wordOrQuoted(text: string, written: string): string {
  const isWord =
    written === '*' ||
    (/^[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z0-9]+)*$/.test(text) && !KEYWORDS.test(text) && !/\..*\*|\*.*\./.test(written));
  return isWord ? written : quote(written);
}

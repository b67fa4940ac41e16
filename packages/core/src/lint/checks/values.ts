import { comparisonsOf, type JsonComparison, type Literal } from '../../pattern/index.ts';
import { formatComparison } from '../../pattern/format-pattern.ts';
import type { PatternComplaint } from '../finding.ts';
import type { LintedPattern } from '../linted-rule.ts';
import { saysPresent } from './absence.ts';

/** Fields in which a star is a value of its own: who or what a policy is about. */
const STAR_FIELDS = /^(?:principal|principals|resource|action|aws|sourceArn|granteePrincipal)$/i;

/** Values that look at something else than their author sees: blanks at the ends, and stars. */
export function checkValues({ pattern, text }: LintedPattern): readonly PatternComplaint[] {
  if (pattern.kind !== 'json') return [];
  return [...comparisonsOf(pattern.condition)].flatMap((comparison) => {
    if (comparison.kind !== 'compare' || comparison.test.kind !== 'equality') return [];
    return (
      blankAtEnd(comparison.test.literal, text) ??
      loneStar(comparison) ??
      quotedRegex(comparison.test.literal) ??
      innerStar(comparison.test.literal) ??
      []
    );
  });
}

function blankAtEnd(literal: Literal, text: string): PatternComplaint | undefined {
  if (literal.kind !== 'text' && literal.kind !== 'glob') return undefined;
  const { offset, length } = literal.span;
  const written = text.slice(offset, offset + length);
  const inner = /^"(\**\s*)(.*?)(\s*\**)"$/s.exec(written);
  const trimmed = inner === null ? '' : `"${(inner[1] ?? '').trim()}${inner[2] ?? ''}${(inner[3] ?? '').trim()}"`;
  const isOpenAtBlank =
    literal.kind === 'glob' &&
    (!/^\s/.test(literal.text) || literal.openStart) &&
    (!/\s$/.test(literal.text) || literal.openEnd);
  if (inner === null || trimmed === written || trimmed === '""' || isOpenAtBlank) return undefined;
  return {
    code: 'blank-in-value',
    span: literal.span,
    message: `the value ${written} has a blank at its end, and the field has to have it too`,
    hint: `write ${trimmed}`,
    replacement: { span: literal.span, text: trimmed },
  };
}

/** `$.requestParameters.principal = "*"` asks for any principal, not for everybody. */
function loneStar(comparison: JsonComparison): PatternComplaint | undefined {
  const last = comparison.selector.steps.at(-1);
  if (!saysPresent(comparison) || last?.kind !== 'property' || !STAR_FIELDS.test(last.name)) return undefined;
  return {
    code: 'lone-star',
    span: comparison.span,
    message: `${formatComparison(comparison)} holds for every value, and not only for the star, in quotes too`,
    hint: 'for the star itself write %^\\*$%',
  };
}

/** What only an expression would mean: `.*` before or after letters, anchors, classes. */
const REGEX_SIGNS = /^\^|^\.\*|\.\*[A-Za-z^$(]|[A-Za-z]\.\*$|\\[dwsS]|\[[0-9a-zA-Z]-[0-9a-zA-Z]\]|\(\?|^\(.*\|.*\)$/;

function quotedRegex(literal: Literal): PatternComplaint | undefined {
  if (literal.kind !== 'text' && literal.kind !== 'glob') return undefined;
  const text = `${literal.text}${literal.kind === 'glob' && literal.openEnd ? '*' : ''}`;
  if (!REGEX_SIGNS.test(text)) return undefined;
  return {
    code: 'odd-regex',
    span: literal.span,
    message: 'this looks like an expression and is compared as text',
    hint: 'an expression stands between percent signs, without quotes: %...%',
  };
}

/** `arn:aws:iam::*:role/x`: only a star at an end stands for anything. */
function innerStar(literal: Literal): PatternComplaint | undefined {
  if (literal.kind !== 'text' && literal.kind !== 'glob') return undefined;
  const { text } = literal;
  // In a policy document, "Action":"*" is a star.
  const star = /(?<!")\*(?!")/.exec(text);
  if (star === null) return undefined;
  const source = `${literal.kind === 'glob' && literal.openStart ? '' : '^'}${asRegex(text)}${literal.kind === 'glob' && literal.openEnd ? '' : '$'}`;
  const canBeRegex = /^[\w\s:#=@/;,.*^$\\-]*$/.test(source);
  return {
    code: 'inner-star',
    span: literal.span,
    message: 'a * in the middle of a value is a star: it stands for anything only at the ends',
    hint: canBeRegex ? `write %${source}%` : 'write an expression, %...%, or two comparisons with * at an end',
  };
}

function asRegex(text: string): string {
  return text.replaceAll(/[.+?$^|[\]{}\\]/g, '\\$&').replaceAll(/\*+/g, '.*');
}

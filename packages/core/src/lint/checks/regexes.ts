import { comparisonsOf, type RegexLiteral } from '../../pattern/index.ts';
import { quote } from '../../pattern/parse/read-quoted.ts';
import { parseRegex, type RegexPiece } from '../../pattern/regex/regex-syntax.ts';
import type { PatternComplaint } from '../finding.ts';
import type { LintedPattern } from '../linted-rule.ts';
import { plainRegex } from '../logic/plain-literal.ts';

/** Each position of an expression is work for each character of a value. */
const SLOW_POSITIONS = 2_000;

/** Regular expressions that are slow, that find nothing, or that most likely mean something else. */
export function checkRegexes({ pattern }: LintedPattern): readonly PatternComplaint[] {
  return regexesOf(pattern).flatMap((regex) => {
    const { alternatives } = parseRegex(regex.source);
    const complaint =
      neverFound(regex, alternatives) ??
      slow(regex, alternatives) ??
      unevenAnchors(regex, alternatives) ??
      globStar(regex) ??
      bareDot(regex) ??
      plainText(regex, pattern.kind === 'regex') ??
      idleEnds(regex);
    return complaint ?? [];
  });
}

function regexesOf(pattern: LintedPattern['pattern']): readonly RegexLiteral[] {
  if (pattern.kind === 'regex') return [pattern.regex];
  if (pattern.kind !== 'json') return [];
  return [...comparisonsOf(pattern.condition)].flatMap((comparison) => {
    if (comparison.kind !== 'compare' || comparison.test.literal.kind !== 'regex') return [];
    return [comparison.test.literal];
  });
}

type Alternatives = readonly (readonly RegexPiece[])[];

function neverFound(regex: RegexLiteral, alternatives: Alternatives): PatternComplaint | undefined {
  if (!alternatives.every(isNeverFound)) return undefined;
  return {
    code: 'odd-regex',
    severity: 'error',
    span: regex.span,
    message: 'this expression is found in no text: ^ is the start of a text and $ its end',
    hint: 'for the characters themselves write \\^ and \\$',
  };
}

/** Something must stand before the start, or after the end. */
function isNeverFound(pieces: readonly RegexPiece[]): boolean {
  const takes = (piece: RegexPiece) => piece.kind === 'set' && piece.min > 0;
  const start = pieces.findLastIndex(({ kind }) => kind === 'start');
  const end = pieces.findIndex(({ kind }) => kind === 'end');
  return pieces.slice(0, Math.max(0, start)).some(takes) || (end !== -1 && pieces.slice(end + 1).some(takes));
}

function slow(regex: RegexLiteral, alternatives: Alternatives): PatternComplaint | undefined {
  const positions = alternatives
    .flat()
    .reduce((sum, piece) => sum + (piece.kind === 'set' ? (piece.max === Infinity ? piece.min + 1 : piece.max) : 1), 0);
  if (positions <= SLOW_POSITIONS) return undefined;
  return {
    code: 'slow-regex',
    span: regex.span,
    message: `written out, the counts of this expression come to ${positions} characters, each of them work for every character of a value`,
    hint: 'count less far, or use * and +',
  };
}

/** `%^a|b$%`: alternatives divide the whole expression, anchors included. */
function unevenAnchors(regex: RegexLiteral, alternatives: Alternatives): PatternComplaint | undefined {
  if (alternatives.length < 2) return undefined;
  const starts = alternatives.map(([first]) => first?.kind === 'start');
  const ends = alternatives.map((pieces) => pieces.at(-1)?.kind === 'end');
  const isUneven =
    (starts[0] === true && starts.slice(1).every((has) => !has)) ||
    (ends.at(-1) === true && ends.slice(0, -1).every((has) => !has));
  if (!isUneven) return undefined;
  return {
    code: 'odd-regex',
    span: regex.span,
    message: '| divides the whole expression, so that ^ and $ belong to one alternative only',
    hint: 'write them in each alternative: %^a$|^b$%',
  };
}

/** `%10.0.%`, `%s3.amazonaws.com%`: a dot between letters or digits is any character. */
function bareDot({ source, span }: RegexLiteral): PatternComplaint | undefined {
  const dot = /(?<=(?:^|[^\\])[A-Za-z0-9])\.(?=[A-Za-z0-9])/.exec(source);
  if (dot === null) return undefined;
  return {
    code: 'odd-regex',
    span: { offset: span.offset + 1 + dot.index, length: 1 },
    message: 'this dot is any character',
    hint: 'for the dot itself write \\.',
    replacement: { span: { offset: span.offset + 1 + dot.index, length: 1 }, text: '\\.' },
  };
}

/** `%Delete*%`: a star repeats what is before it, and is not itself anything. */
function globStar({ source, span }: RegexLiteral): PatternComplaint | undefined {
  if (!/^\^?\*?[\w:/ -]*[\w:/-]\*$/.test(source)) return undefined;
  return {
    code: 'odd-regex',
    span,
    message: `in an expression * repeats the character before it: %${source}% does without the last one`,
    hint: `for what begins so write %${source.slice(0, -1)}%, or "${source.replace(/^\^/, '')}" in quotes`,
  };
}

/** What a text with * at its ends says as well can be looked up, and counts towards no limit of CloudWatch's. */
function plainText(regex: RegexLiteral, isWholePattern: boolean): PatternComplaint | undefined {
  const plain = plainRegex(regex);
  if (plain === undefined || isWholePattern || plain.kind === 'regex' || plain.kind === 'number' || plain.text === '')
    return undefined;
  if (plain.text.startsWith('*') || plain.text.endsWith('*')) return undefined;
  const [before, after] = plain.kind === 'glob' ? [plain.openStart, plain.openEnd] : [false, false];
  const text = quote(`${before ? '*' : ''}${plain.text}${after ? '*' : ''}`);
  return {
    code: 'odd-regex',
    span: regex.span,
    message: `${text} says the same as %${regex.source}%, without an expression`,
    hint: `write ${text}`,
    replacement: { span: regex.span, text },
  };
}

/** An expression is found anywhere, so `.*` at an end changes nothing. */
function idleEnds({ source, span }: RegexLiteral): PatternComplaint | undefined {
  const rest = source.replace(/^\^?\.\*\??(?=.)/, '').replace(/(?<=[^\\])\.\*\??\$?$/, '');
  if (rest === source || rest === '' || source.includes('|')) return undefined;
  return {
    code: 'odd-regex',
    span,
    message: 'an expression is found anywhere in the value, so .* at its ends changes nothing',
    hint: `write %${rest}%`,
  };
}

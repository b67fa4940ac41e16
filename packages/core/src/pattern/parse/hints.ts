/** What people mean by what they write: hints for the mistakes that are made most. */
import { LETTER_OR_DIGIT } from '../characters.ts';
import { quote } from './read-quoted.ts';

interface Hint {
  readonly hint?: string;
}

const CHARACTER_HINTS: Readonly<Record<string, string>> = {
  '&': 'Write && between comparisons.',
  '|': 'Write || between comparisons.',
  '!': 'There is no negation; write != or NOT EXISTS.',
  '“': 'Use straight quotes: ".',
  '”': 'Use straight quotes: ".',
  "'": 'Use double quotes.',
  '‘': 'Use double quotes.',
  '’': 'Use double quotes.',
  '\u00a0': 'Use an ordinary blank.',
  ',': 'Join comparisons with && and ||.',
  '~': 'For a regular expression write = %...%.',
};

/** A hint for a character that begins no token of a JSON or space-delimited pattern. */
export function hintForCharacter(text: string, offset: number, kind: 'json' | 'space'): Hint {
  const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  const known = CHARACTER_HINTS[character];
  if (known !== undefined) return { hint: known };
  if (kind === 'space' && character === '$') return { hint: 'Field names stand without $.' };
  const run = unquotedRun(text, offset);
  const isName = /\$[^=<>!]*$/.test(text.slice(Math.max(0, run.offset - 1), offset + 1));
  if (isName) return { hint: "A property name with such a character is written $.['the name']." };
  return { hint: `Put quotes around the text: ${quote(run.text)}.` };
}

/** A hint for a character that is not allowed in an unquoted term. */
export function hintForTerm(text: string, offset: number): Hint {
  const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  if (character === '%')
    return { hint: 'A regular expression must be the whole pattern; for the character itself quote the term.' };
  if (character === '*') return { hint: 'Terms are found anywhere in the message: leave out the *.' };
  if (character === '|') return { hint: 'For one of several terms write ?a ?b.' };
  if (character === '&') return { hint: 'Terms side by side must all occur: a b.' };
  if (character === '!')
    return { hint: `For a term that must not occur write -a; otherwise quote: ${quote(termAround(text, offset))}.` };
  if (character === '“' || character === '”') return { hint: 'Use straight quotes: ".' };
  if (character === '\u00a0') return { hint: 'Use an ordinary blank.' };
  return { hint: `Put quotes around the term: ${quote(termAround(text, offset))}.` };
}

/** What stands between blanks and quotes around `offset`; at most 80 UTF-16 units to each side. */
function termAround(text: string, offset: number): string {
  const before = /[^\s"]*$/.exec(text.slice(Math.max(0, offset - 80), offset))?.[0] ?? '';
  const after = /^[^\s"]*/.exec(text.slice(offset, offset + 80))?.[0] ?? '';
  return before + after;
}

/** The text around `offset` that its author may have meant as one value; at most 80 UTF-16 units to each side. */
function unquotedRun(text: string, offset: number): { readonly text: string; readonly offset: number } {
  const before = /[^\s"%=<>!&|(){}[\],]*$/.exec(text.slice(Math.max(0, offset - 80), offset))?.[0] ?? '';
  const after = /^.[^\s"&|(){},\]]*/su.exec(text.slice(offset, offset + 80))?.[0] ?? '';
  return { text: before + after, offset: offset - before.length };
}

/** A hint for what stands where a comparison should begin. */
export function hintForOperand(found: string): Hint {
  if (/^NOT$/i.test(found)) return { hint: 'There is no negation; write != or $.a NOT EXISTS.' };
  if (/^(AND|OR)$/i.test(found)) return { hint: 'Join comparisons with && and ||.' };
  const name = new RegExp(`^\\.?([${LETTER_OR_DIGIT}_][${LETTER_OR_DIGIT}_.-]*)$`, 'u').exec(found)?.[1];
  return name === undefined ? {} : { hint: `Selectors begin with $.: write $.${name}.` };
}

/** A hint for what follows a selector and is not an operator. */
export function hintForOperator(found: string, selector: string): Hint {
  const word = found.toUpperCase();
  if (word === 'EXISTS') {
    return { hint: `EXISTS stands only after NOT; ${selector} = * holds for any string or number.` };
  }
  if (['EQ', 'EQUALS', 'LIKE', 'MATCHES', 'CONTAINS', 'IN'].includes(word)) {
    return {
      hint: `Write =, with * at either end for a part, %...% for a regular expression, and || for several values.`,
    };
  }
  return { hint: 'Operators are = != < <= > >=, IS NULL, IS TRUE, IS FALSE and NOT EXISTS.' };
}

/** A hint for what follows NOT and is not EXISTS. */
export function hintAfterNot(found: string, selector: string): Hint {
  return found.toUpperCase() === 'NULL'
    ? { hint: `For a string or number write ${selector} = *.` }
    : { hint: `Write ${selector} NOT EXISTS.` };
}

/** A hint for what follows IS and is not NULL, TRUE or FALSE. */
export function hintAfterIs(found: string, selector: string): Hint {
  return found.toUpperCase() === 'NOT'
    ? { hint: `There is no IS NOT; for a string or number write ${selector} = *.` }
    : { hint: `For any other value write ${selector} = ${found === '' ? '...' : found}.` };
}

/** A hint for what follows an operator and is not a value. */
export function hintForValue(operator: string, found: string, selector: string): Hint {
  const both = operator + found;
  const meant: Readonly<Record<string, string>> = {
    '==': '=',
    '===': '=',
    '=>': '>=',
    '=<': '<=',
    '<>': '!=',
    '!==': '!=',
    '=!=': '!=',
    '>>=': '>=',
    '<<=': '<=',
  };
  const replacement = meant[both];
  if (replacement !== undefined) return { hint: `Write ${replacement} in place of ${both}.` };
  if (/^NULL$/i.test(found)) {
    return { hint: operator === '!=' ? `For a string or number write ${selector} = *.` : `Write ${selector} IS NULL.` };
  }
  if (found.startsWith('$')) return { hint: 'Two properties cannot be compared with each other.' };
  return {};
}

/** A hint for what follows a complete comparison. `before` is the character in front of it. */
export function hintAfterComparison(found: string, before: string): Hint {
  if (/^AND$/i.test(found)) return { hint: 'Write && in place of AND.' };
  if (/^OR$/i.test(found)) return { hint: 'Write || in place of OR.' };
  if (found === ')') return { hint: 'This parenthesis was never opened.' };
  if (found.startsWith('$') || found === '(') return { hint: 'Join comparisons with && or ||.' };
  if (before === '"') return { hint: 'A quote inside quoted text is written \\".' };
  return { hint: 'A value of several words must be quoted.' };
}

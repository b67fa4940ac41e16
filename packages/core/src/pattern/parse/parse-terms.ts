import type { Term, TermsPattern } from '../ast.ts';
import { characterAt, endOfRun, isBlank, nameCharacter, skipBlanks } from '../characters.ts';
import { hintForTerm } from './hints.ts';
import { PatternSyntaxError, awsMessages } from '../pattern-syntax-error.ts';
import { readQuoted } from './read-quoted.ts';

const endOfBareTerm = endOfRun('_.');

/** Parses unstructured terms: `ERROR -"timed out"`. */
export function parseTermsPattern(text: string): TermsPattern {
  const terms: Term[] = [];
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    const term = readTerm(text, at);
    terms.push(term);
    const end = at + term.span.length;
    at = skipBlanks(text, end);
    if (at === end && at < text.length) requireSeparator(text, at);
  }
  return { kind: 'terms', terms };
}

function readTerm(text: string, offset: number): Term {
  const operator = text.charAt(offset);
  const kind = operator === '-' ? 'excluded' : operator === '?' ? 'optional' : 'required';
  const start = kind === 'required' ? offset : skipBlanks(text, offset + 1);
  if (text.charAt(start) === '"') {
    const { value, end } = readQuoted(text, start);
    return { kind, text: value, span: { offset, length: end - offset } };
  }
  const end = endOfBareTerm(text, start);
  if (end === start) throw start > offset ? missingTerm(text, offset, start) : illegalCharacter(text, start);
  return { kind, text: text.slice(start, end), span: { offset, length: end - offset } };
}

/** Terms may touch only where the next begins with an operator: `a-b` is `a -b`. */
function requireSeparator(text: string, at: number): void {
  const next = text.charAt(at);
  if (next === '-' || next === '?') return;
  if (next !== '"' && endOfBareTerm(text, at) === at) throw illegalCharacter(text, at);
  throw new PatternSyntaxError({
    code: 'grammar',
    message: 'Between terms a blank is expected.',
    hint: 'A quote inside quoted text is written \\".',
    span: { offset: at, length: characterAt(text, at).length },
    awsMessage: awsMessages.grammar,
  });
}

function missingTerm(text: string, offset: number, start: number): PatternSyntaxError {
  const operator = text.charAt(offset);
  const found = characterAt(text, start);
  if (found !== '' && found !== '-' && found !== '?' && !isBlank(found)) return illegalCharacter(text, start);
  return new PatternSyntaxError({
    code: 'grammar',
    message: `After '${operator}' a term is expected, not ${found === '' ? 'the end of the pattern' : nameCharacter(found)}.`,
    hint: `For the character itself quote the term: "${operator}".`,
    span: { offset: start, length: found.length },
    awsMessage: awsMessages.grammar,
  });
}

function illegalCharacter(text: string, offset: number): PatternSyntaxError {
  const character = characterAt(text, offset);
  return new PatternSyntaxError({
    code: 'lexical',
    message: `${nameCharacter(character)} cannot stand in an unquoted term.`,
    ...hintForTerm(text, offset),
    span: { offset, length: character.length },
    awsMessage: awsMessages.lexical(character),
  });
}

/** Reads `$.a['b.c'][0].*`, a property selector. */
import type { Selector, SelectorStep } from '../ast.ts';
import { characterAt, endOfMatch, endOfRun, nameCharacter, skipBlanks } from '../characters.ts';
import { PatternSyntaxError, awsMessages } from '../pattern-syntax-error.ts';

const endOfName = endOfRun('_-');
const BRACKETED_NAME = /\['[^']+'\]/y;
const INDEX = /\[(?:\d+|\*)\]/y;
/** CloudWatch's array indexes are 32-bit. */
const MAX_INDEX = 2_147_483_647;

/** Whether a name can follow a dot, without `['...']`. */
export function isPlainName(name: string): boolean {
  return name !== '' && endOfName(name, 0) === name.length;
}

/** As far as ASCII names and dots go. */
const PLAIN_SELECTOR = /\$(?:\.[\w-]+)+/y;

/**
 * The steps of plain selectors by their text. A set of rules names few fields, thousands of times: their steps are the same object, which
 * saves memory, and whatever is found out about them need be found out once.
 */
const plainSteps = new Map<string, readonly SelectorStep[]>();
const MAX_PLAIN_STEPS = 1000;

/** Reads the selector that begins with the `$` at `offset`, as far as it goes. */
export function readSelector(text: string, offset: number): Selector {
  const end = endOfMatch(PLAIN_SELECTOR, text, offset);
  if (end === undefined || goesOn(text.charCodeAt(end))) return readAnySelector(text, offset);
  const plain = text.slice(offset, end);
  const known = plainSteps.get(plain);
  if (known !== undefined) return { kind: 'selector', steps: known, span: { offset, length: end - offset } };
  const selector = readAnySelector(text, offset);
  if (plainSteps.size === MAX_PLAIN_STEPS) plainSteps.clear();
  plainSteps.set(plain, selector.steps);
  return selector;
}

/** Whether a selector may go on with that character: a dot, a bracket, or a letter of another script. */
function goesOn(unit: number): boolean {
  return unit === 0x2e || unit === 0x5b || unit > 0x7f;
}

function readAnySelector(text: string, offset: number): Selector {
  if (text.charAt(offset + 1) !== '.') throw missingDot(text, offset);
  const steps: SelectorStep[] = [];
  let at = offset + 1;
  while (at < text.length) {
    const step = readStep(text, at, offset);
    if (step === undefined) break;
    steps.push(step.step);
    at = step.end;
  }
  const span = { offset, length: at - offset };
  if (steps.filter(({ kind }) => kind === 'wildcard').length > 1) {
    throw new PatternSyntaxError({
      code: 'grammar',
      message: 'A selector holds at most one wildcard.',
      hint: 'Name the other properties or indexes.',
      span,
      awsMessage: awsMessages.wildcardCount,
    });
  }
  return { kind: 'selector', steps, span };
}

interface StepRead {
  readonly step: SelectorStep;
  readonly end: number;
}

function readStep(text: string, at: number, start: number): StepRead | undefined {
  const character = text.charAt(at);
  if (character === '.') return readDotted(text, at, start);
  if (character === '[') return readBracketed(text, at);
  return undefined;
}

function readDotted(text: string, at: number, start: number): StepRead {
  const next = at + 1;
  if (text.charAt(next) === '*') return { step: { kind: 'wildcard' }, end: next + 1 };
  const nameEnd = endOfName(text, next);
  if (nameEnd > next) return { step: { kind: 'property', name: text.slice(next, nameEnd) }, end: nameEnd };
  const bracketEnd = endOfMatch(BRACKETED_NAME, text, next);
  if (bracketEnd !== undefined) return { step: bracketedName(text, next, bracketEnd), end: bracketEnd };
  const isFirst = at === start + 1;
  const failing = text.charAt(next) === '[' ? next + 1 : next;
  const character = characterAt(text, failing);
  throw new PatternSyntaxError({
    code: 'lexical',
    message: `After '.' a property name is expected, not ${character === '' ? 'the end of the pattern' : nameCharacter(character)}.`,
    hint:
      text.charAt(next) === '.'
        ? 'There is no search in depth: name every property on the way.'
        : "A name holds letters, digits, _ and -; write any other as $.['the name'].",
    span: { offset: failing, length: character.length },
    awsMessage: awsMessages.lexical(text.slice(isFirst ? start : at, failing) + character),
  });
}

function readBracketed(text: string, at: number): StepRead {
  const nameEnd = endOfMatch(BRACKETED_NAME, text, at);
  if (nameEnd !== undefined) return { step: bracketedName(text, at, nameEnd), end: nameEnd };
  const end = endOfMatch(INDEX, text, at);
  if (end === undefined) throw badBracket(text, at);
  const inside = text.slice(at + 1, end - 1);
  if (inside === '*') return { step: { kind: 'wildcard' }, end };
  const index = Number(inside);
  if (index > MAX_INDEX) {
    throw new PatternSyntaxError({
      code: 'grammar',
      message: `An array index is at most ${MAX_INDEX}.`,
      span: { offset: at + 1, length: inside.length },
      awsMessage: awsMessages.grammar,
    });
  }
  return { step: { kind: 'index', index }, end };
}

function bracketedName(text: string, at: number, end: number): SelectorStep {
  return { kind: 'property', name: text.slice(at + 2, end - 2) };
}

function badBracket(text: string, at: number): PatternSyntaxError {
  const failing = skipDigits(text, at + 1);
  const character = characterAt(text, failing);
  const hints: Record<string, string> = {
    '-': 'Indexes count from 0, from the front only.',
    '"': "Put the name in single quotes: ['the name'].",
    "'": "End the name with '].",
    "''": 'A name holds at least one character.',
    '?': 'There are no filters inside a selector.',
    ':': 'There are no slices; * stands for all elements.',
  };
  return new PatternSyntaxError({
    code: 'lexical',
    message: "After '[' an index, * or a name in single quotes is expected, and then ']'.",
    hint: hints[text.slice(failing, failing + 2)] ?? hints[character] ?? "Write [0], [*] or ['the name'].",
    span: { offset: failing, length: character.length },
    awsMessage: awsMessages.lexical(text.slice(at, failing) + character),
  });
}

function skipDigits(text: string, offset: number): number {
  let at = offset;
  while (/\d/.test(text.charAt(at))) at++;
  return at;
}

function missingDot(text: string, offset: number): PatternSyntaxError {
  const next = characterAt(text, offset + 1);
  const name = text.slice(offset + 1, endOfName(text, offset + 1));
  return new PatternSyntaxError({
    code: 'lexical',
    message: "A selector begins with '$.' and a property name.",
    hint: hintForRoot(text, offset, name),
    span: { offset, length: 1 + next.length },
    awsMessage: awsMessages.lexical(`$${next}`),
  });
}

function hintForRoot(text: string, offset: number, name: string): string {
  if (name !== '') return `Write $.${name}.`;
  const bracketed = /^\$\[(["'])([^"'\]]+)\1\]/.exec(text.slice(offset, offset + 80))?.[2];
  if (bracketed !== undefined) return isPlainName(bracketed) ? `Write $.${bracketed}.` : `Write $.['${bracketed}'].`;
  return "The event itself cannot be compared: name a property, $.a or $.['a.b'].";
}

/**
 * Reads a selector that stands for itself, such as a rule's `groupBy` or metric value. It names one value, so it holds no wildcard.
 * @throws PatternSyntaxError with offsets into `text`
 */
export function parseSelector(text: string): Selector {
  const start = skipBlanks(text, 0);
  if (text.charAt(start) !== '$') {
    throw new PatternSyntaxError({
      code: 'lexical',
      message: "A selector begins with '$.'.",
      hint: isPlainName(text.trim().split('.', 1)[0] ?? '')
        ? `Write $.${text.trim()}.`
        : 'Write $. before the property name.',
      span: { offset: start, length: text.length - start },
      awsMessage: awsMessages.grammar,
    });
  }
  const selector = readSelector(text, start);
  const end = start + selector.span.length;
  if (skipBlanks(text, end) < text.length) {
    throw new PatternSyntaxError({
      code: 'grammar',
      message: `The selector ends before ${nameCharacter(characterAt(text, end))}.`,
      hint: "A name holds letters, digits, _ and -; write any other as $.['the name'].",
      span: { offset: end, length: text.length - end },
      awsMessage: awsMessages.grammar,
    });
  }
  if (selector.steps.some(({ kind }) => kind === 'wildcard')) {
    throw new PatternSyntaxError({
      code: 'grammar',
      message: 'A wildcard selects many values where one is needed.',
      hint: 'Use an index: [0].',
      span: selector.span,
      awsMessage: awsMessages.grammar,
    });
  }
  return selector;
}

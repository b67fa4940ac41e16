/**
 * The regular expressions of filter patterns: RE2's syntax without groups, so an expression is a list of alternatives, each a
 * list of pieces, each a set of characters with a count. Without groups nothing nests, and matching is linear.
 */
import { PatternSyntaxError, awsMessages } from '../pattern-syntax-error.ts';

export interface RegexSyntax {
  readonly alternatives: readonly (readonly RegexPiece[])[];
}

export type RegexPiece = { readonly kind: 'start' } | { readonly kind: 'end' } | RepeatedSet;

/** A character of the set, at least `min` and at most `max` (possibly Infinity) times. */
export interface RepeatedSet {
  readonly kind: 'set';
  readonly ranges: readonly CodePointRange[];
  readonly min: number;
  readonly max: number;
}

/** Code points, both ends included. Ranges of a set are in order and do not touch. */
export type CodePointRange = readonly [first: number, last: number];

/** RE2's limit for one count. */
const MAX_COUNT = 1000;
/** How many characters an expression may span once its counts are written out; ours, because it bounds the work per character. */
const MAX_POSITIONS = 20_000;
const MAX_CODE_POINT = 0x10ffff;

const DIGITS: readonly CodePointRange[] = [[0x30, 0x39]];
const SPACES: readonly CodePointRange[] = [
  [0x09, 0x0a],
  [0x0c, 0x0d],
  [0x20, 0x20],
];
const WORD: readonly CodePointRange[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const NOT_LINE_FEED = complement([[0x0a, 0x0a]]);

const CLASS_ESCAPES = new Map<string, readonly CodePointRange[]>([
  ['d', DIGITS],
  ['D', complement(DIGITS)],
  ['s', SPACES],
  ['S', complement(SPACES)],
  ['w', WORD],
  ['W', complement(WORD)],
]);
const CONTROL_ESCAPES = new Map([
  ['t', 0x09],
  ['n', 0x0a],
  ['f', 0x0c],
  ['r', 0x0d],
]);
const ESCAPABLE = /[:_#=@/;,\-^$?[\]{}|*+.\\]/;
const COUNT = /\{(\d*)(?:(,)(\d*))?\}/y;

/**
 * Parses what stands between the percent signs.
 * @param offset where `source` begins in the pattern, for the error
 * @throws PatternSyntaxError if the expression cannot be compiled
 */
export function parseRegex(source: string, offset = 0): RegexSyntax {
  return new RegexParser(source, offset).parse();
}

class RegexParser {
  readonly #source: string;
  readonly #offset: number;
  #at = 0;
  #positions = 0;

  constructor(source: string, offset: number) {
    this.#source = source;
    this.#offset = offset;
  }

  parse(): RegexSyntax {
    const alternatives: RegexPiece[][] = [];
    let pieces: RegexPiece[] = [];
    while (this.#at < this.#source.length) {
      if (this.#take('|')) {
        alternatives.push(pieces);
        pieces = [];
      } else {
        const piece = this.#piece();
        if (piece !== undefined) pieces.push(piece);
      }
    }
    alternatives.push(pieces);
    return { alternatives };
  }

  /** Undefined for an anchor that need not hold: `^*`. */
  #piece(): RegexPiece | undefined {
    const start = this.#at;
    const character = this.#source.charAt(start);
    if ('*+?{'.includes(character)) throw this.#nothingToRepeat(character);
    if (this.#take('^')) return this.#count(start).min === 0 ? undefined : { kind: 'start' };
    if (this.#take('$')) return this.#count(start).min === 0 ? undefined : { kind: 'end' };
    const ranges = this.#set();
    const { min, max } = this.#count(start);
    this.#positions += Number.isFinite(max) ? max : min + 1;
    if (this.#positions > MAX_POSITIONS) throw this.#tooLarge();
    return { kind: 'set', ranges, min, max };
  }

  #set(): readonly CodePointRange[] {
    if (this.#take('.')) return NOT_LINE_FEED;
    if (this.#take('[')) return this.#class();
    if (this.#take('\\')) return this.#escape();
    const codePoint = this.#source.charCodeAt(this.#at++);
    return [[codePoint, codePoint]];
  }

  #escape(): readonly CodePointRange[] {
    const start = this.#at - 1;
    const character = this.#source.charAt(this.#at++);
    const ranges = CLASS_ESCAPES.get(character);
    if (ranges !== undefined) return ranges;
    const codePoint = this.#escapedCodePoint(start, character);
    return [[codePoint, codePoint]];
  }

  #escapedCodePoint(start: number, character: string): number {
    const control = CONTROL_ESCAPES.get(character);
    if (control !== undefined) return control;
    if (character === 'x') {
      const hex = this.#source.slice(this.#at, this.#at + 2);
      if (!/^[0-9A-Fa-f]{2}$/.test(hex)) throw this.#fail(start, 'After \\x two hexadecimal digits are expected.');
      this.#at += 2;
      return parseInt(hex, 16);
    }
    if (ESCAPABLE.test(character)) return character.charCodeAt(0);
    throw this.#fail(start, `\\${character} is not an escape.`, escapeHint(character));
  }

  #class(): readonly CodePointRange[] {
    const start = this.#at - 1;
    const isNegated = this.#take('^');
    const ranges: CodePointRange[] = [];
    let isFirst = true;
    while (isFirst || this.#source.charAt(this.#at) !== ']') {
      if (this.#at >= this.#source.length) throw this.#fail(start, "The class '[' is not closed.", 'End it with ].');
      ranges.push(...this.#classItem());
      isFirst = false;
    }
    this.#at++;
    const merged = union(ranges);
    return isNegated ? complement(merged) : merged;
  }

  #classItem(): readonly CodePointRange[] {
    const start = this.#at;
    if (/^\[:[^\]]*:\]/.test(this.#source.slice(start, start + 32))) {
      throw this.#fail(start, 'Named classes do not exist.', 'Write the characters: [A-Za-z0-9].');
    }
    if (this.#source.charAt(start) === '\\') {
      const ranges = CLASS_ESCAPES.get(this.#source.charAt(start + 1));
      if (ranges !== undefined) {
        this.#at += 2;
        return ranges;
      }
    }
    const first = this.#classCharacter();
    const isRange = this.#source.charAt(this.#at) === '-' && /[^\]]/.test(this.#source.charAt(this.#at + 1));
    if (!isRange) return [[first, first]];
    this.#at++;
    const last = this.#classCharacter();
    if (last < first) throw this.#fail(start, 'The range runs backwards.', 'Put the lower character first.');
    return [[first, last]];
  }

  #classCharacter(): number {
    const start = this.#at;
    const character = this.#source.charAt(this.#at++);
    if (character !== '\\') return character.charCodeAt(0);
    return this.#escapedCodePoint(start, this.#source.charAt(this.#at++));
  }

  /** How often the piece that began at `start` may occur. */
  #count(start: number): { readonly min: number; readonly max: number } {
    const count = this.#quantifier();
    if (count === undefined) return { min: 1, max: 1 };
    // Lazy and greedy find the same texts.
    this.#take('?');
    if (this.#at < this.#source.length && '*+?{'.includes(this.#source.charAt(this.#at))) {
      throw this.#fail(this.#at, 'A count cannot follow a count.', 'Possessive counts such as a++ do not exist.');
    }
    if (count.max < count.min || count.min > MAX_COUNT || (Number.isFinite(count.max) && count.max > MAX_COUNT)) {
      throw this.#fail(start, `A count is at most ${MAX_COUNT}, and its lower bound stands first.`);
    }
    return count;
  }

  #quantifier(): { readonly min: number; readonly max: number } | undefined {
    if (this.#take('*')) return { min: 0, max: Infinity };
    if (this.#take('+')) return { min: 1, max: Infinity };
    if (this.#take('?')) return { min: 0, max: 1 };
    if (this.#source.charAt(this.#at) !== '{') return undefined;
    COUNT.lastIndex = this.#at;
    const [whole, min = '', comma, max = ''] = COUNT.exec(this.#source) ?? [];
    if (whole === undefined || (min === '' && max === '')) throw this.#nothingToRepeat('{');
    this.#at += whole.length;
    const least = Number(min);
    return { min: least, max: comma === undefined ? least : max === '' ? Infinity : Number(max) };
  }

  #take(character: string): boolean {
    if (this.#source.charAt(this.#at) !== character) return false;
    this.#at++;
    return true;
  }

  #nothingToRepeat(character: string): PatternSyntaxError {
    return character === '{'
      ? this.#fail(
          this.#at,
          "'{' does not begin a count.",
          'Write {3}, {3,}, {,5} or {3,5} without blanks, or \\{ for the brace.',
        )
      : this.#fail(
          this.#at,
          `There is nothing for '${character}' to repeat.`,
          `Write \\${character} for the character.`,
        );
  }

  #tooLarge(): PatternSyntaxError {
    return new PatternSyntaxError({
      code: 'size',
      message: `The regular expression is too large: its counts add up to more than ${MAX_POSITIONS} characters.`,
      span: { offset: this.#offset, length: this.#source.length },
      awsMessage: awsMessages.regex,
    });
  }

  #fail(start: number, message: string, hint?: string): PatternSyntaxError {
    const length = Math.max(1, Math.min(this.#at, this.#source.length) - start);
    return new PatternSyntaxError({
      code: 'regex',
      message: `The regular expression does not compile: ${message.charAt(0).toLowerCase()}${message.slice(1)}`,
      ...(hint === undefined ? {} : { hint }),
      span: { offset: this.#offset + start, length },
      awsMessage: awsMessages.regex,
    });
  }
}

function escapeHint(character: string): string {
  if (/[0-9]/.test(character)) return 'There are no groups to refer back to.';
  if (character === 'b' || character === 'B') return 'Word boundaries do not exist; use [^A-Za-z0-9_].';
  if (character === 'p' || character === 'P') return 'Unicode classes do not exist.';
  return 'Escapes are \\d \\D \\s \\S \\w \\W \\xhh \\t \\n \\f \\r and \\ before a symbol.';
}

function union(ranges: readonly CodePointRange[]): readonly CodePointRange[] {
  const merged: [number, number][] = [];
  for (const [first, last] of ranges.toSorted(([a], [b]) => a - b)) {
    const previous = merged.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else merged.push([first, last]);
  }
  return merged;
}

function complement(ranges: readonly CodePointRange[]): readonly CodePointRange[] {
  const rest: CodePointRange[] = [];
  let next = 0;
  for (const [first, last] of ranges) {
    if (first > next) rest.push([next, first - 1]);
    next = last + 1;
  }
  if (next <= MAX_CODE_POINT) rest.push([next, MAX_CODE_POINT]);
  return rest;
}

/** Divides JSON and space-delimited patterns into tokens. Terms and regular expressions have no tokens: see parse-terms.ts. */
import type { EqualityTest, RegexLiteral, Selector, Span } from '../ast.ts';
import { characterAt, endOfMatch, endOfRun, nameCharacter, shorten, skipBlanks } from '../characters.ts';
import { hintForCharacter } from './hints.ts';
import { PatternSyntaxError, awsMessages } from '../pattern-syntax-error.ts';
import { readPlainTest } from './read-plain-test.ts';
import { readQuoted, type Quoted } from './read-quoted.ts';
import { readRegex } from './read-regex.ts';
import { readSelector } from './read-selector.ts';

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type Punctuation = '{' | '}' | '[' | ']' | '(' | ')' | ',' | '&&' | '||';

/** What a token is, its text and its place aside. */
export type TokenDetails =
  | { readonly kind: 'punctuation' }
  | { readonly kind: 'operator'; readonly operator: Operator }
  | Selector
  | { readonly kind: 'number' }
  | { readonly kind: 'word' }
  | Quoted
  | RegexLiteral
  | { readonly kind: 'end' };

export type Token = TokenDetails & { readonly text: string; readonly span: Span };

const PUNCTUATION: TokenDetails = { kind: 'punctuation' };
const OPERATORS = {
  '=': { kind: 'operator', operator: '=' },
  '!=': { kind: 'operator', operator: '!=' },
  '<': { kind: 'operator', operator: '<' },
  '<=': { kind: 'operator', operator: '<=' },
  '>': { kind: 'operator', operator: '>' },
  '>=': { kind: 'operator', operator: '>=' },
} as const satisfies Record<Operator, TokenDetails>;
const NUMBER_TOKEN: TokenDetails = { kind: 'number' };
const WORD_TOKEN: TokenDetails = { kind: 'word' };
const END_TOKEN: TokenDetails = { kind: 'end' };

const endOfWord = endOfRun('_.*-');
const NUMBER_START = new Set('+-.0123456789');
const NUMBER = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;

/**
 * A cursor over the tokens of one pattern; errors come up when it reaches them. It makes no object for a token that nobody asks for: a
 * Lambda that is given a thousand patterns as text does nothing else at first.
 */
export class Lexer {
  readonly text: string;
  readonly kind: 'json' | 'space';
  #details: TokenDetails = END_TOKEN;
  /** The present token if it is punctuation. */
  #sign: Punctuation | undefined;
  #offset = 0;
  #end = 0;
  #lastEnd = 0;

  constructor(text: string, kind: 'json' | 'space') {
    this.text = text;
    this.kind = kind;
    this.advance();
  }

  /** The present token, with its place. */
  get token(): Token {
    return { ...this.#details, text: this.tokenText, span: this.span };
  }

  get details(): TokenDetails {
    return this.#details;
  }

  get tokenText(): string {
    return this.text.slice(this.#offset, this.#end);
  }

  get span(): Span {
    return { offset: this.#offset, length: this.#end - this.#offset };
  }

  /** Where the token before the present one ends. */
  get lastEnd(): number {
    return this.#lastEnd;
  }

  /** What is compared, as hints show it. */
  quoteSubject({ offset, length }: Span): string {
    return shorten(this.text.slice(offset, offset + length), 40);
  }

  /** Steps over the present token. */
  advance(): void {
    this.#lastEnd = this.#end;
    this.#offset = skipBlanks(this.text, this.#end);
    this.#sign = undefined;
    this.#details = this.#readToken(this.text.charAt(this.#offset), this.#offset);
  }

  /** Steps over the present token and the test behind it, if that is a plain one; else over nothing. */
  takePlainTest(): EqualityTest | undefined {
    const test = readPlainTest(this.text, this.#end);
    if (test === undefined) return undefined;
    const { offset, length } = test.literal.span;
    this.#end = offset + length;
    this.advance();
    return test;
  }

  /** Steps over the present token if it is this sign. */
  take(punctuation: Punctuation): boolean {
    if (!this.isAt(punctuation)) return false;
    this.advance();
    return true;
  }

  isAt(punctuation: Punctuation): boolean {
    return this.#sign === punctuation;
  }

  /** Whether the present token is this word, in capitals or not. */
  isAtWord(word: string): boolean {
    return (
      this.#details === WORD_TOKEN && this.#end - this.#offset === word.length && this.tokenText.toUpperCase() === word
    );
  }

  /** Reads the token that begins with the character `first`, and sets where it ends. */
  #readToken(first: string, offset: number): TokenDetails {
    switch (first) {
      case '':
        this.#end = offset;
        return END_TOKEN;
      case '$':
        return this.kind === 'json' ? this.#selector(offset) : this.#numberOrWord(offset);
      case '"': {
        const quoted = readQuoted(this.text, offset);
        this.#end = quoted.end;
        return quoted;
      }
      case '=':
        return this.#operator(first, offset);
      case '!':
        return this.#isFollowedBy('=', offset) ? this.#operator('!=', offset) : this.#numberOrWord(offset);
      case '<':
        return this.#operator(this.#isFollowedBy('=', offset) ? '<=' : first, offset);
      case '>':
        return this.#operator(this.#isFollowedBy('=', offset) ? '>=' : first, offset);
      case '(':
      case ')':
        return this.#punctuation(first, offset);
      case '&':
        return this.#isFollowedBy(first, offset) ? this.#punctuation('&&', offset) : this.#numberOrWord(offset);
      case '|':
        return this.#isFollowedBy(first, offset) ? this.#punctuation('||', offset) : this.#numberOrWord(offset);
      case '{':
      case '}':
        return this.kind === 'json' ? this.#punctuation(first, offset) : this.#numberOrWord(offset);
      case '[':
      case ']':
      case ',':
        return this.kind === 'space' ? this.#punctuation(first, offset) : this.#numberOrWord(offset);
      case '%': {
        const regex = readRegex(this.text, offset);
        this.#end = offset + regex.span.length;
        return regex;
      }
      default:
        return this.#numberOrWord(offset);
    }
  }

  #isFollowedBy(character: string, offset: number): boolean {
    return this.text.charAt(offset + 1) === character;
  }

  #selector(offset: number): TokenDetails {
    const selector = readSelector(this.text, offset);
    this.#end = offset + selector.span.length;
    return selector;
  }

  #punctuation(sign: Punctuation, offset: number): TokenDetails {
    this.#end = offset + sign.length;
    this.#sign = sign;
    return PUNCTUATION;
  }

  #operator(operator: Operator, offset: number): TokenDetails {
    this.#end = offset + operator.length;
    return OPERATORS[operator];
  }

  /** The longer reading wins: `4*` and `10.0.0.1` are words, `1e+3` is a number. */
  #numberOrWord(offset: number): TokenDetails {
    const wordEnd = endOfWord(this.text, offset);
    const numberEnd = NUMBER_START.has(this.text.charAt(offset))
      ? (endOfMatch(NUMBER, this.text, offset) ?? offset)
      : offset;
    this.#end = Math.max(numberEnd, wordEnd);
    if (this.#end === offset) throw this.#illegal(offset);
    return numberEnd >= wordEnd ? NUMBER_TOKEN : WORD_TOKEN;
  }

  #illegal(offset: number): PatternSyntaxError {
    const character = characterAt(this.text, offset);
    // CloudWatch reads on for the other half of these: it reports '& ' and '!('.
    const seen = '&|!+'.includes(character) ? character + characterAt(this.text, offset + 1) : character;
    return new PatternSyntaxError({
      code: 'lexical',
      message: `${nameCharacter(character)} has no meaning here.`,
      ...hintForCharacter(this.text, offset, this.kind),
      span: { offset, length: character.length },
      awsMessage: awsMessages.lexical(seen),
    });
  }
}

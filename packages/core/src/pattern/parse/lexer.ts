/** Divides JSON and space-delimited patterns into tokens. Terms and regular expressions have no tokens: see parse-terms.ts. */
import type { RegexLiteral, Selector, Span } from '../ast.ts';
import { LETTER_OR_DIGIT, characterAt, endOfMatch, nameCharacter, skipBlanks } from '../characters.ts';
import { hintForCharacter } from './hints.ts';
import { PatternSyntaxError, awsMessages } from '../pattern-syntax-error.ts';
import { readQuoted } from './read-quoted.ts';
import { readRegex } from './read-regex.ts';
import { readSelector } from './read-selector.ts';

export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type Token = { readonly text: string; readonly span: Span } & (
  | { readonly kind: 'punctuation' }
  | { readonly kind: 'operator'; readonly operator: Operator }
  | { readonly kind: 'selector'; readonly selector: Selector }
  | { readonly kind: 'number' }
  | { readonly kind: 'word' }
  | { readonly kind: 'quoted'; readonly value: string }
  | { readonly kind: 'regex'; readonly regex: RegexLiteral }
  | { readonly kind: 'end' }
);

const WORD = new RegExp(`[${LETTER_OR_DIGIT}_.*-]+`, 'uy');
const NUMBER = /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const OPERATOR = /!=|<=|>=|=|<|>/y;
const JSON_PUNCTUATION = /&&|\|\||[(){}]/y;
const SPACE_PUNCTUATION = /&&|\|\||[()[\],]/y;

/** A cursor over the tokens of one pattern; errors come up when it reaches them. */
export class Lexer {
  readonly text: string;
  readonly #kind: 'json' | 'space';
  #token: Token;
  #lastEnd = 0;

  constructor(text: string, kind: 'json' | 'space') {
    this.text = text;
    this.#kind = kind;
    this.#token = this.#read(0);
  }

  get token(): Token {
    return this.#token;
  }

  /** Where the token before the present one ends. */
  get lastEnd(): number {
    return this.#lastEnd;
  }

  /** Steps over the present token and returns it. */
  advance(): Token {
    const token = this.#token;
    this.#lastEnd = token.span.offset + token.span.length;
    this.#token = this.#read(this.#lastEnd);
    return token;
  }

  /** Steps over the present token if it is this sign. */
  take(punctuation: string): boolean {
    if (!this.isAt(punctuation)) return false;
    this.advance();
    return true;
  }

  isAt(punctuation: string): boolean {
    return this.#token.kind === 'punctuation' && this.#token.text === punctuation;
  }

  /** Whether the present token is this word, in capitals or not. */
  isAtWord(word: string): boolean {
    return this.#token.kind === 'word' && this.#token.text.toUpperCase() === word;
  }

  #read(from: number): Token {
    const offset = skipBlanks(this.text, from);
    const first = this.text.charAt(offset);
    if (first === '') return { kind: 'end', text: '', span: { offset, length: 0 } };
    if (first === '"') {
      const { value, end } = readQuoted(this.text, offset);
      return { kind: 'quoted', value, ...this.#slice(offset, end) };
    }
    if (first === '%') {
      const regex = readRegex(this.text, offset);
      return { kind: 'regex', regex, ...this.#slice(offset, offset + regex.span.length) };
    }
    if (first === '$' && this.#kind === 'json') {
      const selector = readSelector(this.text, offset);
      return { kind: 'selector', selector, ...this.#slice(offset, offset + selector.span.length) };
    }
    const punctuationEnd = endOfMatch(this.#kind === 'json' ? JSON_PUNCTUATION : SPACE_PUNCTUATION, this.text, offset);
    if (punctuationEnd !== undefined) return { kind: 'punctuation', ...this.#slice(offset, punctuationEnd) };
    const operatorEnd = endOfMatch(OPERATOR, this.text, offset);
    if (operatorEnd !== undefined) {
      const slice = this.#slice(offset, operatorEnd);
      return { kind: 'operator', operator: slice.text as Operator, ...slice };
    }
    return this.#numberOrWord(offset);
  }

  /** The longer reading wins: `4*` and `10.0.0.1` are words, `1e+3` is a number. */
  #numberOrWord(offset: number): Token {
    const numberEnd = endOfMatch(NUMBER, this.text, offset) ?? offset;
    const wordEnd = endOfMatch(WORD, this.text, offset) ?? offset;
    if (numberEnd === offset && wordEnd === offset) throw this.#illegal(offset);
    if (numberEnd >= wordEnd) return { kind: 'number', ...this.#slice(offset, numberEnd) };
    return { kind: 'word', ...this.#slice(offset, wordEnd) };
  }

  #slice(offset: number, end: number): { readonly text: string; readonly span: Span } {
    return { text: this.text.slice(offset, end), span: { offset, length: end - offset } };
  }

  #illegal(offset: number): PatternSyntaxError {
    const character = characterAt(this.text, offset);
    // CloudWatch reads on for the other half of these: it reports '& ' and '!('.
    const seen = '&|!+'.includes(character) ? character + characterAt(this.text, offset + 1) : character;
    return new PatternSyntaxError({
      code: 'lexical',
      message: `${nameCharacter(character)} has no meaning here.`,
      ...hintForCharacter(this.text, offset, this.#kind),
      span: { offset, length: character.length },
      awsMessage: awsMessages.lexical(seen),
    });
  }
}

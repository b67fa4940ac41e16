/** The character classes of the pattern language, and characters named for people. */

export function isBlank(character: string): boolean {
  return character === ' ' || character === '\t' || character === '\r' || character === '\n';
}

/** A letter or digit of any script. */
export const LETTER_OR_DIGIT = String.raw`\p{L}\p{Nd}`;

const OTHER_LETTER_OR_DIGIT = new RegExp(`[${LETTER_OR_DIGIT}]`, 'u');
const ASCII_LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Finds where a run of letters, digits and some other ASCII characters ends that begins at an offset: there, if there is none. No
 * expression is run for ASCII: the classes of all scripts take a millisecond to compile, of a Lambda's cold start.
 */
export function endOfRun(others: string): (text: string, offset: number) => number {
  const isPlain = new Uint8Array(128);
  for (const character of ASCII_LETTERS_AND_DIGITS + others) isPlain[character.charCodeAt(0)] = 1;
  return (text, offset) => {
    let at = offset;
    while (at < text.length) {
      const unit = text.charCodeAt(at);
      if (unit < 128) {
        if (isPlain[unit] === 0) return at;
        at++;
      } else {
        const character = characterAt(text, at);
        if (!OTHER_LETTER_OR_DIGIT.test(character)) return at;
        at += character.length;
      }
    }
    return at;
  };
}

/** The offset of the first character that is not blank, from `offset` on. */
export function skipBlanks(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && isBlank(text.charAt(at))) at++;
  return at;
}

/** The offset behind the last character that is not blank. */
export function endOfText(text: string): number {
  let end = text.length;
  while (end > 0 && isBlank(text.charAt(end - 1))) end--;
  return end;
}

/** The character at `offset`, with both halves of a surrogate pair; empty at the end. */
export function characterAt(text: string, offset: number): string {
  const codePoint = text.codePointAt(offset);
  return codePoint === undefined ? '' : String.fromCodePoint(codePoint);
}

/** Where a sticky expression that starts at `offset` ends; undefined if it does not match there. */
export function endOfMatch(expression: RegExp, text: string, offset: number): number | undefined {
  expression.lastIndex = offset;
  return expression.test(text) ? expression.lastIndex : undefined;
}

/** A character as an error message shows it: invisible ones by their number. */
export function nameCharacter(character: string): string {
  if (/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)) return `'${character}'`;
  if (character === ' ') return 'a blank';
  if (character === '\n' || character === '\r') return 'a line break';
  if (character === '\t') return 'a tab';
  const codePoint = character.codePointAt(0) ?? 0;
  return `the character U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** At most `limit` UTF-16 units of a text, without cutting a surrogate pair. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const isPairCut = /[\uD800-\uDBFF]/.test(text.charAt(limit - 2));
  return `${text.slice(0, isPairCut ? limit - 2 : limit - 1)}…`;
}

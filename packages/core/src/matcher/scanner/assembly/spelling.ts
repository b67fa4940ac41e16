// How the values of an event are spelled: in a payload its quotes have a backslash each, in an archive they stand bare.
import { BACKSLASH, CLOSE_BRACE, COMMA, MINUS, QUOTE } from './characters';
import { quoteEscape } from './cursor';
import { setField, ESCAPED_TEXT, INTEGER, LONG_INTEGER, OTHER_NUMBER, TEXT } from './field-values';
import { endOfPlainText } from './text';

export function skipBlanks(at: usize): usize {
  while (load<u8>(at) == 0x20) at++;
  if (quoteEscape == 0) {
    // In an archive white space stands as it is; within a payload it is an escape, and odd.
    while (load<u8>(at) <= 0x20 && load<u8>(at) != 0) at++;
  }
  return at;
}

/** Whether a quote is at `at`, with its backslash if it has one. */
export function startsString(at: usize): bool {
  return load<u8>(at) == (quoteEscape == 1 ? BACKSLASH : QUOTE);
}

export function holdsBackslash(text: usize, length: u32): bool {
  for (let at: u32 = 0; at < length; at++) if (load<u8>(text + at) == BACKSLASH) return true;
  return false;
}

/** Whether the quote of a string's end is at `at`, which the string's plain text goes up to: it holds no escape then. */
function endsString(at: usize): bool {
  return startsString(at) && load<u8>(at + quoteEscape) == QUOTE;
}

/** Reads a string without the cursor, from behind its opening quote: where it ends matters only if it holds no escape. */
export function readString(field: u32, start: usize): void {
  const finish = endOfPlainText(start);
  setField(field, endsString(finish) ? TEXT : ESCAPED_TEXT, start, finish);
}

export function readNumber(field: u32, start: usize): void {
  let at = start;
  const isNegative = load<u8>(at) == MINUS;
  if (isNegative) at++;
  const firstDigit = load<u8>(at);
  while (load<u8>(at) - 0x30 < 10) at++;
  const digits = ((at - start) as u32) - (isNegative ? 1 : 0);
  const next = load<u8>(at);
  const isWhole = next == COMMA || next == CLOSE_BRACE || next == 0x20;
  let kind = OTHER_NUMBER;
  if (isWhole && digits != 0 && !(isNegative && firstDigit == 0x30)) kind = digits <= 15 ? INTEGER : LONG_INTEGER;
  setField(field, kind, start, at);
}

// What is around the events: read strictly, so that a payload which this accepts is one that JSON.parse accepts.
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  MINUS,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from './characters';
import { endOfPlainText } from './text';

/** Deeper values are left to JSON.parse. */
const MAX_DEPTH: i32 = 32;

export function skipWhiteSpace(at: usize): usize {
  while (true) {
    const byte = load<u8>(at);
    if (byte > 0x20 || (byte != 0x20 && byte != 0x0a && byte != 0x0d && byte != 0x09)) return at;
    at++;
  }
}

/** The closing quote of the string that opens at `at`; 0 if it is no string, or has an escape. */
export function endOfPlainString(at: usize): usize {
  if (load<u8>(at) != QUOTE) return 0;
  const close = endOfPlainText(at + 1);
  return load<u8>(close) == QUOTE ? close : 0;
}

/** Behind the colon that follows a key, and behind white space; 0 if there is no colon. */
export function behindColon(keyEnd: usize): usize {
  const colon = skipWhiteSpace(keyEnd + 1);
  return load<u8>(colon) == COLON ? skipWhiteSpace(colon + 1) : 0;
}

/** Behind the JSON value that begins at `at`; 0 if it is none. */
export function behindValue(at: usize, depth: i32): usize {
  if (depth > MAX_DEPTH) return 0;
  switch (load<u8>(at)) {
    case QUOTE:
      return behindString(at);
    case OPEN_BRACE:
      return behindMembers(at + 1, depth);
    case OPEN_BRACKET:
      return behindElements(at + 1, depth);
    case 0x74:
      return load<u32>(at) == 0x65757274 ? at + 4 : 0;
    case 0x66:
      return load<u32>(at + 1) == 0x65736c61 ? at + 5 : 0;
    case 0x6e:
      return load<u32>(at) == 0x6c6c756e ? at + 4 : 0;
    default:
      return behindNumber(at);
  }
}

function behindMembers(start: usize, depth: i32): usize {
  let at = skipWhiteSpace(start);
  if (load<u8>(at) == CLOSE_BRACE) return at + 1;
  while (true) {
    if (load<u8>(at) != QUOTE) return 0;
    at = behindString(at);
    if (at == 0) return 0;
    at = behindColon(at - 1);
    if (at == 0) return 0;
    at = behindValue(at, depth + 1);
    if (at == 0) return 0;
    at = skipWhiteSpace(at);
    const byte = load<u8>(at);
    if (byte == CLOSE_BRACE) return at + 1;
    if (byte != COMMA) return 0;
    at = skipWhiteSpace(at + 1);
  }
}

function behindElements(start: usize, depth: i32): usize {
  let at = skipWhiteSpace(start);
  if (load<u8>(at) == CLOSE_BRACKET) return at + 1;
  while (true) {
    at = behindValue(at, depth + 1);
    if (at == 0) return 0;
    at = skipWhiteSpace(at);
    const byte = load<u8>(at);
    if (byte == CLOSE_BRACKET) return at + 1;
    if (byte != COMMA) return 0;
    at = skipWhiteSpace(at + 1);
  }
}

function behindString(start: usize): usize {
  let at = start + 1;
  while (true) {
    at = endOfPlainText(at);
    const byte = load<u8>(at);
    if (byte == QUOTE) return at + 1;
    if (byte != BACKSLASH) return 0;
    const escape = load<u8>(at + 1);
    if (escape == 0x75) {
      for (let digit: usize = 2; digit < 6; digit++) if (!isHexDigit(load<u8>(at + digit))) return 0;
      at += 6;
    } else if (isEscape(escape)) at += 2;
    else return 0;
  }
}

/** One of "\/bfnrt. */
function isEscape(byte: u8): bool {
  switch (byte) {
    case QUOTE:
    case BACKSLASH:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return true;
    default:
      return false;
  }
}

function isHexDigit(byte: u8): bool {
  return isDigit(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
}

function isDigit(byte: u8): bool {
  return byte >= 0x30 && byte <= 0x39;
}

function behindDigits(at: usize): usize {
  if (!isDigit(load<u8>(at))) return 0;
  do at++;
  while (isDigit(load<u8>(at)));
  return at;
}

function behindNumber(start: usize): usize {
  let at = start;
  if (load<u8>(at) == MINUS) at++;
  at = load<u8>(at) == 0x30 ? at + 1 : behindDigits(at);
  if (at == 0) return 0;
  if (load<u8>(at) == 0x2e) {
    at = behindDigits(at + 1);
    if (at == 0) return 0;
  }
  if ((load<u8>(at) | 0x20) != 0x65) return at;
  const sign = load<u8>(at + 1);
  return behindDigits(at + (sign == 0x2b || sign == MINUS ? 2 : 1));
}

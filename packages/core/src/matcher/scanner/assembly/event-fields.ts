// What an event holds in the fields that patterns mention: found by one walk over the event, which builds nothing.
import {
  block,
  closingBracket,
  end,
  hasEscapes,
  isOdd,
  markOdd,
  nextStop,
  quoteEscape,
  readOn,
  reopenCursor,
  setStops,
  stops,
} from './cursor';
import {
  FIELD_VALUE_BYTES,
  event,
  fieldValues,
  fields,
  keyMask,
  keys,
  nodeEvents,
  nodes,
  presentFields,
  texts,
} from './image';
import {
  FIELD_BYTES,
  FIELD_HAS_LOOKUPS,
  KEY_BYTES,
  KEY_CHILD,
  KEY_LENGTH,
  KEY_PARENT,
  KEY_TEXT,
  NODE_BYTES,
  NODE_FIELD,
  NODE_FIRST_KEY_FILTER,
  NODE_IS_FIRST,
  NODE_KEY_FILTER,
} from './layout';
import {
  forgetLaterKeys,
  laterKeyCount,
  laterKeyLength,
  laterKeyNode,
  laterKeyText,
  laterKeyValue,
  noteLaterKey,
} from './later-keys';
import { filterBit, findKey } from './tables';
import { endOfPlainText } from './text';

export const ABSENT: u32 = 0;
/** Text as it stands. */
export const TEXT: u32 = 1;
/** Text with an escape in it: what it says is not known. */
export const ESCAPED_TEXT: u32 = 2;
/** An integer of at most fifteen digits. */
export const INTEGER: u32 = 3;
/** A longer integer, of which the text is known. */
export const LONG_INTEGER: u32 = 4;
/** A number of another spelling, of which nothing is known. */
export const OTHER_NUMBER: u32 = 5;
export const TRUE: u32 = 6;
export const FALSE: u32 = 7;
export const NULL: u32 = 8;
export const OBJECT: u32 = 9;
export const ARRAY: u32 = 10;

const VALUE_EVENT: usize = 0;
const VALUE_KIND: usize = 4;
const VALUE_START: usize = 8;
const VALUE_END: usize = 12;
const VALUE_LITERAL_EVENT: usize = 16;
const VALUE_LITERAL: usize = 20;

const QUOTE: u8 = 0x22;
const BACKSLASH: u8 = 0x5c;
const COLON: u8 = 0x3a;
const OPEN_BRACKET: u8 = 0x5b;
const OPEN_BRACE: u8 = 0x7b;
const CLOSE_BRACE: u8 = 0x7d;

/** Whether only those fields are read that patterns are looked up by, and of the others is noted where they are. */
let isFirstWalk: bool = true;

/** How many fields that can be looked up the event has. */
export let presentFieldCount: u32 = 0;

function valueOf(field: u32): usize {
  return fieldValues + field * FIELD_VALUE_BYTES;
}

export function kindOf(field: u32): u32 {
  const value = valueOf(field);
  return load<u32>(value, VALUE_EVENT) == event ? load<u32>(value, VALUE_KIND) : ABSENT;
}

export function startOf(field: u32): usize {
  return load<u32>(valueOf(field), VALUE_START);
}

export function endOf(field: u32): usize {
  return load<u32>(valueOf(field), VALUE_END);
}

/** The literal that the field's text is, if it was looked for in this event; -1 if it was not. */
export function knownLiteral(field: u32): i32 {
  const value = valueOf(field);
  return load<u32>(value, VALUE_LITERAL_EVENT) == event ? load<i32>(value, VALUE_LITERAL) : -1;
}

export function setLiteral(field: u32, literal: i32): void {
  const value = valueOf(field);
  store<u32>(value, event, VALUE_LITERAL_EVENT);
  store<i32>(value, literal, VALUE_LITERAL);
}

function setField(field: u32, kind: u32, start: usize, finish: usize): void {
  const value = valueOf(field);
  store<u32>(value, event, VALUE_EVENT);
  store<u32>(value, kind, VALUE_KIND);
  store<u32>(value, start as u32, VALUE_START);
  store<u32>(value, finish as u32, VALUE_END);
}

function skipBlanks(at: usize): usize {
  while (load<u8>(at) == 0x20) at++;
  if (quoteEscape == 0) {
    // In an archive white space stands as it is; within a payload it is an escape, and odd.
    while (load<u8>(at) <= 0x20 && load<u8>(at) != 0) at++;
  }
  return at;
}

/**
 * Walks over the event that begins at `start`, and remembers the fields that patterns are looked up by. Returns what comes behind it; 0 if
 * the event is odd or not a JSON object at all. What it remembers of text that is not JSON may be anything: such an event matches nothing.
 */
export function readFields(start: usize): usize {
  isFirstWalk = true;
  presentFieldCount = 0;
  forgetLaterKeys();
  const open = skipBlanks(start);
  if (load<u8>(open) != OPEN_BRACE || nextStop() != open) return 0;
  const close = walkObject(0);
  if (close == 0 || isOdd) return 0;
  const rootField = load<u32>(nodes, NODE_FIELD);
  if (rootField != 0) setField(rootField - 1, OBJECT, open, close);
  return close + 1;
}

/** Reads the other fields that patterns mention, of the event that has been walked over. False if the event is odd. Moves the cursor. */
export function readLaterFields(): bool {
  isFirstWalk = false;
  for (let index: u32 = 0; index < laterKeyCount; index++) {
    const name = findKey(laterKeyNode(index), laterKeyText(index), laterKeyLength(index));
    if (name == 0) continue;
    const child = load<u32>(name, KEY_CHILD);
    const value = laterKeyValue(index);
    if (startsString(value)) {
      if (!visit(child)) return false;
      readString(child, value + quoteEscape + 1);
    } else {
      reopenCursor(value);
      if (!readValue(child, value)) return false;
    }
  }
  return !isOdd;
}

/** Without the cursor: where the string ends matters only if it holds no escape. */
function readString(node: u32, start: usize): void {
  const field = load<u32>(nodes + node * NODE_BYTES, NODE_FIELD);
  if (field == 0) return;
  const finish = endOfPlainText(start);
  const isPlain = startsString(finish) && load<u8>(finish + quoteEscape) == QUOTE;
  setField(field - 1, isPlain ? TEXT : ESCAPED_TEXT, start, finish);
}

/** Whether nothing but white space is left of an event within a payload. */
export function isWholeMessage(behind: usize): bool {
  return nextStop() == 0 && skipBlanks(behind) == end && !isOdd;
}

/**
 * From behind an opening brace to the closing one, which is returned; 0 if the event is odd. Recursion ends where the tree does. This is
 * the loop that all time goes to: it counts down the cursor's places by itself, which saves a tenth.
 */
function walkObject(node: u32): usize {
  const tree = nodes + node * NODE_BYTES;
  const keyFilter = load<u64>(tree, NODE_KEY_FILTER);
  const firstKeyFilter = load<u64>(tree, NODE_FIRST_KEY_FILTER);
  let left = stops;
  while (true) {
    if (left == 0) {
      if (!readOn()) return 0;
      left = stops;
    }
    const stop = block + (ctz(left) as usize);
    left &= left - 1;
    const byte = load<u8>(stop);
    if (byte != QUOTE) {
      setStops(left);
      return byte == CLOSE_BRACE ? stop : 0;
    }
    if (left == 0) {
      if (!readOn()) return 0;
      left = stops;
    }
    const keyEnd = block + (ctz(left) as usize);
    left &= left - 1;
    const key = stop + 1;
    const length = (keyEnd - quoteEscape - key) as u32;
    if (hasEscapes && holdsBackslash(key, length)) return 0;
    let at = keyEnd + 1;
    if (load<u8>(at) != COLON) {
      at = skipBlanks(at);
      if (load<u8>(at) != COLON) return 0;
    }
    at++;
    if (load<u8>(at) <= 0x20) at = skipBlanks(at);
    const bit = filterBit(key, length);
    let child: u32 = 0;
    if (((keyFilter >> bit) & 1) != 0) {
      if (!isFirstWalk || ((firstKeyFilter >> bit) & 1) != 0) child = childOf(node, key, length, at);
      else noteLaterKey(node, key, length, at);
    }
    if (child == 0 && startsString(at)) {
      if (left == 0) {
        if (!readOn()) return 0;
        left = stops;
      }
      if (block + (ctz(left) as usize) != at + quoteEscape) return 0;
      left &= left - 1;
      if (left == 0) {
        if (!readOn()) return 0;
        left = stops;
      }
      left &= left - 1;
    } else {
      setStops(left);
      if (!(child == 0 ? skipValue(at) : readValue(child, at))) return 0;
      left = stops;
    }
  }
}

/** The child of that name; 0 for none, and for one that can wait. */
function childOf(node: u32, key: usize, length: u32, value: usize): u32 {
  const name = findKey(node, key, length);
  if (name == 0) return 0;
  const child = load<u32>(name, KEY_CHILD);
  if (!isFirstWalk || load<u32>(nodes + child * NODE_BYTES, NODE_IS_FIRST) != 0) return child;
  noteLaterKey(node, key, length, value);
  return 0;
}

function startsString(at: usize): bool {
  return load<u8>(at) == (quoteEscape == 1 ? BACKSLASH : QUOTE);
}

/** Whether the next places are the quotes of the string that begins at `at`; they count as visited. */
function skipString(at: usize): bool {
  return nextStop() == at + quoteEscape && nextStop() != 0;
}

function skipValue(at: usize): bool {
  if (startsString(at)) return skipString(at);
  const byte = load<u8>(at);
  if (byte != OPEN_BRACE && byte != OPEN_BRACKET) return true;
  return nextStop() == at && closingBracket() != 0;
}

/** A node comes once in an event: of two equal keys the last would count. */
function visit(node: u32): bool {
  const seen = nodeEvents + node * 4;
  if (load<u32>(seen) == event) {
    markOdd();
    return false;
  }
  store<u32>(seen, event);
  return true;
}

function readValue(node: u32, at: usize): bool {
  if (!visit(node)) return false;
  const tree = nodes + node * NODE_BYTES;
  const field = load<u32>(tree, NODE_FIELD);
  const byte = load<u8>(at);
  if (byte == OPEN_BRACE) {
    if (nextStop() != at) return false;
    const close = load<u64>(tree, NODE_KEY_FILTER) == 0 ? closingBracket() : walkObject(node);
    if (field != 0) setField(field - 1, OBJECT, at, close);
    return close != 0;
  }
  return field == 0 ? skipValue(at) : readScalar(field - 1, at, byte);
}

function readScalar(field: u32, at: usize, byte: u8): bool {
  if (startsString(at)) {
    if (nextStop() != at + quoteEscape) return false;
    const close = nextStop();
    if (close == 0) return false;
    const start = at + quoteEscape + 1;
    const finish = close - quoteEscape;
    const kind = hasEscapes && holdsBackslash(start, (finish - start) as u32) ? ESCAPED_TEXT : TEXT;
    setField(field, kind, start, finish);
    noteLookup(field);
    return true;
  }
  switch (byte) {
    case OPEN_BRACKET: {
      if (nextStop() != at) return false;
      const close = closingBracket();
      setField(field, ARRAY, at, close);
      return close != 0;
    }
    case 0x74:
      setField(field, TRUE, at, at);
      return true;
    case 0x66:
      setField(field, FALSE, at, at);
      return true;
    case 0x6e:
      setField(field, NULL, at, at);
      return true;
    default:
      readNumber(field, at);
      noteLookup(field);
      return true;
  }
}

function readNumber(field: u32, start: usize): void {
  let at = start;
  const isNegative = load<u8>(at) == 0x2d;
  if (isNegative) at++;
  const firstDigit = load<u8>(at);
  while (load<u8>(at) - 0x30 < 10) at++;
  const digits = ((at - start) as u32) - (isNegative ? 1 : 0);
  const next = load<u8>(at);
  const isWhole = next == 0x2c || next == CLOSE_BRACE || next == 0x20;
  let kind = OTHER_NUMBER;
  if (isWhole && digits != 0 && !(isNegative && firstDigit == 0x30)) kind = digits <= 15 ? INTEGER : LONG_INTEGER;
  setField(field, kind, start, at);
}

function noteLookup(field: u32): void {
  if (load<u32>(fields + field * FIELD_BYTES, FIELD_HAS_LOOKUPS) == 0) return;
  store<u32>(presentFields + presentFieldCount * 4, field);
  presentFieldCount++;
}

function holdsBackslash(text: usize, length: u32): bool {
  for (let at: u32 = 0; at < length; at++) if (load<u8>(text + at) == BACKSLASH) return true;
  return false;
}

/** The value of a field that is an INTEGER. */
export function integerOf(field: u32): f64 {
  let at = startOf(field);
  const finish = endOf(field);
  const isNegative = load<u8>(at) == 0x2d;
  if (isNegative) at++;
  let value: i64 = 0;
  for (; at < finish; at++) value = value * 10 + (load<u8>(at) - 0x30);
  return (isNegative ? -value : value) as f64;
}

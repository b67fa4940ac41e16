// What an event holds in the fields that patterns mention: found by one walk over the event, which builds nothing.
import { CLOSE_BRACE, COLON, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './characters';
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
  ARRAY,
  ESCAPED_TEXT,
  FALSE,
  NULL,
  OBJECT,
  TEXT,
  TRUE,
  forgetFields,
  noteLookup,
  setField,
} from './field-values';
import { event, fields, nodeEvents, nodes } from './image';
import {
  forgetLaterKeys,
  laterKeyCount,
  laterKeyLength,
  laterKeyNode,
  laterKeyText,
  laterKeyValue,
  noteLaterKey,
  putOff,
  takePutOff,
} from './later-keys';
import {
  FIELD_BYTES,
  FIELD_NODE,
  KEY_CHILD,
  NODE_BYTES,
  NODE_FIELD,
  NODE_FIRST_KEY_FILTER,
  NODE_IS_FIRST,
  NODE_KEY_FILTER,
  NODE_PARENT,
  NODE_SEARCH,
  SEARCH_FIELD,
} from './layout';
import { mayLeadBelow } from './search';
import { holdsBackslash, readNumber, readString, skipBlanks, startsString } from './spelling';
import { filterBit, findKey } from './tables';

/** Whether only those fields are read that patterns are looked up by, and of the others is noted where they are. */
let isFirstWalk: bool = true;

/**
 * Walks over the event that begins at `start`, and remembers the fields that patterns are looked up by. Returns what comes behind it; 0 if
 * the event is odd or not a JSON object at all. What it remembers of text that is not JSON may be anything: such an event matches nothing.
 */
export function readFields(start: usize): usize {
  isFirstWalk = true;
  forgetFields();
  forgetLaterKeys();
  const open = skipBlanks(start);
  if (load<u8>(open) != OPEN_BRACE || nextStop() != open) return 0;
  const close = walkObject(0);
  if (close == 0 || isOdd) return 0;
  const rootField = load<u32>(nodes, NODE_FIELD);
  if (rootField != 0) setField(rootField - 1, OBJECT, open, close);
  return close + 1;
}

/**
 * Finds out which of the event's other keys patterns mention, and puts off reading their values until a comparison asks for them: most
 * are not asked for. False if a key comes twice.
 */
export function putOffLaterKeys(): bool {
  isFirstWalk = false;
  for (let index: u32 = 0; index < laterKeyCount; index++) {
    const node = laterNode(index);
    if (node == 0) continue;
    if (!visit(node)) return false;
    putOff(node, laterKeyValue(index));
  }
  return true;
}

/** Reads what was put off of a field or of what it lies in; false if nothing was. The event may turn out to be odd. Moves the cursor. */
export function readPutOff(field: u32): bool {
  let node = load<u32>(fields + field * FIELD_BYTES, FIELD_NODE);
  let value = takePutOff(node);
  while (value == 0 && node != 0) {
    node = load<u32>(nodes + node * NODE_BYTES, NODE_PARENT);
    value = takePutOff(node);
  }
  if (value == 0) return false;
  if (startsString(value)) {
    const nodeField = load<u32>(nodes + node * NODE_BYTES, NODE_FIELD);
    if (nodeField != 0) readString(nodeField - 1, value + quoteEscape + 1);
  } else {
    reopenCursor(value);
    if (!readSeen(node, value)) markOdd();
  }
  return true;
}

/** The node that a later key leads to; 0 for none. */
function laterNode(index: u32): u32 {
  const node = laterKeyNode(index);
  const text = laterKeyText(index);
  if (text == 0) return node;
  const name = findKey(node, text, laterKeyLength(index));
  return name == 0 ? 0 : load<u32>(name, KEY_CHILD);
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
  const tree = nodes + node * NODE_BYTES;
  const byte = load<u8>(at);
  if (byte == OPEN_BRACE && isFirstWalk && load<u32>(tree, NODE_SEARCH + SEARCH_FIELD) != 0) {
    if (nextStop() != at) return false;
    const close = closingBracket();
    if (close == 0) return false;
    if (!hasEscapes && !mayLeadBelow(tree + NODE_SEARCH, at, close)) {
      noteLaterKey(node, 0, 0, at);
      return true;
    }
    reopenCursor(at);
  }
  return visit(node) && readSeen(node, at);
}

/** The value of a node that is known to come once. */
function readSeen(node: u32, at: usize): bool {
  const tree = nodes + node * NODE_BYTES;
  const byte = load<u8>(at);
  const field = load<u32>(tree, NODE_FIELD);
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

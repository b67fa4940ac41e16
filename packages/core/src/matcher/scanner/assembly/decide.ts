// Which patterns may match the present event: looked up by its fields, then decided by their comparisons.
import { hasUnknownText, literalOf, mayHold } from './comparisons';
import { endOf, kindOf, presentFieldCount, startOf } from './event-fields';
import {
  affixes,
  event,
  fields,
  instructions,
  lists,
  patternEvents,
  patterns,
  presentFields,
  texts,
  uncovered,
  uncoveredCount,
} from './image';
import {
  ACCEPT,
  AFFIXES_COMMON_LENGTH,
  AFFIXES_COMMON_TEXT,
  AFFIXES_COUNT,
  AFFIXES_FILTER,
  AFFIXES_FILTER_SHIFT,
  AFFIXES_START,
  AFFIX_BYTES,
  AFFIX_LENGTH,
  AFFIX_LIST,
  AFFIX_LIST_LENGTH,
  AFFIX_SHORTER,
  AFFIX_TEXT,
  FIELD_BYTES,
  FIELD_HAS_EQUALS,
  FIELD_PREFIXES,
  FIELD_SUFFIXES,
  INSTRUCTION_BYTES,
  INSTRUCTION_COMPARISON,
  INSTRUCTION_IF_FALSE,
  INSTRUCTION_IF_TRUE,
  LITERAL_LIST,
  LITERAL_LIST_LENGTH,
} from './layout';
import { commonPrefix, commonSuffix, sameText } from './text';

/** Where the next pattern is written. */
let out: usize = 0;

/**
 * Writes the numbers of the patterns that the event's fields lead to, and of those that no field leads to and that may match. Returns
 * where they end; 0 if a value that they hang on is not known. The fields of the first walk are enough for it.
 */
export function findCandidates(to: usize): usize {
  out = to;
  for (let at: u32 = 0; at < presentFieldCount; at++) {
    const field = load<u32>(presentFields + at * 4);
    if (hasUnknownText(kindOf(field))) return 0;
    lookUp(field);
  }
  for (let at: u32 = 0; at < uncoveredCount; at++) {
    const pattern = load<u32>(uncovered + at * 4);
    if (mayMatch(load<i32>(patterns + pattern * 4))) addPattern(pattern);
  }
  return out;
}

/** Keeps those of the patterns from `from` to `to` that may match. Returns where they end. All fields must have been read. */
export function keepPossible(from: usize, to: usize): usize {
  out = from;
  for (let at = from; at < to; at += 4) {
    const pattern = load<u32>(at);
    if (mayMatch(load<i32>(patterns + pattern * 4))) addPattern(pattern);
  }
  return out;
}

function addPattern(pattern: u32): void {
  store<u32>(out, pattern);
  out += 4;
}

function lookUp(field: u32): void {
  const table = fields + field * FIELD_BYTES;
  if (load<u32>(table, FIELD_HAS_EQUALS) != 0) {
    const literal = literalOf(field);
    if (literal != 0) addList(lists + load<u32>(literal, LITERAL_LIST), load<u32>(literal, LITERAL_LIST_LENGTH));
  }
  if (load<u32>(table, FIELD_PREFIXES + AFFIXES_COUNT) != 0)
    lookUpPrefixes(table + FIELD_PREFIXES, startOf(field), endOf(field));
  if (load<u32>(table, FIELD_SUFFIXES + AFFIXES_COUNT) != 0)
    lookUpSuffixes(table + FIELD_SUFFIXES, startOf(field), endOf(field));
}

/** Whether the four bytes next to what all affixes have in common can belong to one of them. */
function passesFilter(group: usize, next: usize): bool {
  const hash = (load<u32>(next) * 0x9e3779b1) >> AFFIXES_FILTER_SHIFT;
  return ((load<u32>(group + AFFIXES_FILTER + ((hash >> 5) << 2)) >> (hash & 31)) & 1) != 0;
}

/**
 * Finds the last prefix that is not behind the field's text. All prefixes that the text begins with are that one or among the
 * shorter ones that it begins with itself.
 */
function lookUpPrefixes(group: usize, start: usize, finish: usize): void {
  const length = (finish - start) as u32;
  const shared = load<u32>(group, AFFIXES_COMMON_LENGTH);
  if (length < shared || !sameText(start, texts + load<u32>(group, AFFIXES_COMMON_TEXT), shared)) return;
  if (!passesFilter(group, start + shared)) return;
  const table = affixes + load<u32>(group, AFFIXES_START);
  let low: u32 = 0;
  let high = load<u32>(group, AFFIXES_COUNT);
  while (low < high) {
    const middle = (low + high) >> 1;
    const affix = table + middle * AFFIX_BYTES;
    const text = texts + load<u32>(affix, AFFIX_TEXT);
    const textLength = load<u32>(affix, AFFIX_LENGTH);
    const shorter = min<u32>(length, textLength);
    const common = commonPrefix(start, text, shorter);
    const isBehind = common == shorter ? textLength > length : load<u8>(text + common) > load<u8>(start + common);
    if (isBehind) high = middle;
    else low = middle + 1;
  }
  if (low == 0) return;
  const last = table + (low - 1) * AFFIX_BYTES;
  const common = commonPrefix(
    start,
    texts + load<u32>(last, AFFIX_TEXT),
    min<u32>(length, load<u32>(last, AFFIX_LENGTH)),
  );
  addAffixes(table, low, common);
}

/** The same from the end. */
function lookUpSuffixes(group: usize, start: usize, finish: usize): void {
  const length = (finish - start) as u32;
  const shared = load<u32>(group, AFFIXES_COMMON_LENGTH);
  if (length < shared || !sameText(finish - shared, texts + load<u32>(group, AFFIXES_COMMON_TEXT), shared)) return;
  if (!passesFilter(group, finish - shared - 4)) return;
  const table = affixes + load<u32>(group, AFFIXES_START);
  let low: u32 = 0;
  let high = load<u32>(group, AFFIXES_COUNT);
  let common: u32 = 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    const affix = table + middle * AFFIX_BYTES;
    const textLength = load<u32>(affix, AFFIX_LENGTH);
    const textEnd = texts + load<u32>(affix, AFFIX_TEXT) + textLength;
    const shorter = min<u32>(length, textLength);
    common = commonSuffix(finish, textEnd, shorter);
    const isBehind =
      common == shorter ? textLength > length : load<u8>(textEnd - common - 1) > load<u8>(finish - common - 1);
    if (isBehind) high = middle;
    else low = middle + 1;
  }
  if (low == 0) return;
  const last = table + (low - 1) * AFFIX_BYTES;
  const lastLength = load<u32>(last, AFFIX_LENGTH);
  common = commonSuffix(finish, texts + load<u32>(last, AFFIX_TEXT) + lastLength, min<u32>(length, lastLength));
  addAffixes(table, low, common);
}

/** @param number of an affix, plus one; of it and its shorter ones, those of at most `common` bytes hold */
function addAffixes(table: usize, number: u32, common: u32): void {
  while (number != 0) {
    const affix = table + (number - 1) * AFFIX_BYTES;
    if (load<u32>(affix, AFFIX_LENGTH) <= common) {
      addList(lists + load<u32>(affix, AFFIX_LIST), load<u32>(affix, AFFIX_LIST_LENGTH));
    }
    number = load<u32>(affix, AFFIX_SHORTER);
  }
}

/** Adds patterns, each once: two fields may lead to one. */
function addList(list: usize, length: u32): void {
  for (let at: u32 = 0; at < length; at++) {
    const pattern = load<u32>(list + at * 4);
    const found = patternEvents + pattern * 4;
    if (load<u32>(found) == event) continue;
    store<u32>(found, event);
    addPattern(pattern);
  }
}

function mayMatch(first: i32): bool {
  let step = first;
  while (step >= 0) {
    const instruction = instructions + (step as u32) * INSTRUCTION_BYTES;
    step = mayHold(load<u32>(instruction, INSTRUCTION_COMPARISON))
      ? load<i32>(instruction, INSTRUCTION_IF_TRUE)
      : load<i32>(instruction, INSTRUCTION_IF_FALSE);
  }
  return step == ACCEPT;
}

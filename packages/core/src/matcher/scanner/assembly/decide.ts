// Which patterns may match the present event: looked up by its fields, then decided by their comparisons.
import { hasUnknownText, literalOf, mayHold } from './comparisons';
import { endOf, kindOf, presentFieldCount, startOf } from './event-fields';
import {
  affixes,
  event,
  fields,
  instructions,
  lists,
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
  AFFIXES_FILTER_WORD,
  AFFIXES_MIN_LENGTH,
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
  PATTERN_BYTES,
  PATTERN_EVENT,
  PATTERN_NUMBER,
  PATTERN_STEP,
} from './layout';
import { commonPrefix, commonSuffix, sameText } from './text';

/** Where the next pattern is written. */
let out: usize = 0;

/**
 * Writes where the patterns are that the event's fields lead to, and those that no field leads to and that may match. Returns where
 * they end; 0 if a value that they hang on is not known. The fields that the walk has read are enough for it.
 */
export function findCandidates(to: usize): usize {
  out = to;
  for (let at: u32 = 0; at < presentFieldCount; at++) {
    const field = load<u32>(presentFields + at * 4);
    if (hasUnknownText(kindOf(field))) return 0;
    lookUp(field);
  }
  for (let at: u32 = 0; at < uncoveredCount; at++) {
    const pattern = patterns + load<u32>(uncovered + at * 4) * PATTERN_BYTES;
    if (mayMatch(pattern)) write(pattern as u32);
  }
  return out;
}

/** Keeps the numbers of those candidates from `from` to `to` that may match. Returns where they end. All fields must have been read. */
export function keepPossible(from: usize, to: usize): usize {
  out = from;
  for (let at = from; at < to; at += 4) {
    const pattern = load<u32>(at);
    if (mayMatch(pattern)) write(load<u32>(pattern, PATTERN_NUMBER));
  }
  return out;
}

function write(word: u32): void {
  store<u32>(out, word);
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

/** Whether a text in which the two words are found may begin (end) with one of the affixes. */
function passesFilter(group: usize, word: u32, lastWord: u32): bool {
  const bit = (((word * 0x9e3779b1) ^ lastWord) * 0x85ebca6b) >> load<u32>(group, AFFIXES_FILTER_SHIFT);
  const filter = affixes + load<u32>(group, AFFIXES_FILTER);
  return ((load<u32>(filter + ((bit >> 5) << 2)) >> (bit & 31)) & 1) != 0;
}

/**
 * Finds the last prefix that is not behind the field's text. All prefixes that the text begins with are that one or among the
 * shorter ones that it begins with itself.
 */
function lookUpPrefixes(group: usize, start: usize, finish: usize): void {
  const length = (finish - start) as u32;
  const shared = load<u32>(group, AFFIXES_COMMON_LENGTH);
  const shortest = load<u32>(group, AFFIXES_MIN_LENGTH);
  if (length < shortest || !sameText(start, texts + load<u32>(group, AFFIXES_COMMON_TEXT), shared)) return;
  const word = load<u32>(start + load<u32>(group, AFFIXES_FILTER_WORD));
  if (!passesFilter(group, word, load<u32>(start + shortest - 4))) return;
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
  const shortest = load<u32>(group, AFFIXES_MIN_LENGTH);
  if (length < shortest || !sameText(finish - shared, texts + load<u32>(group, AFFIXES_COMMON_TEXT), shared)) return;
  const word = load<u32>(finish - load<u32>(group, AFFIXES_FILTER_WORD) - 4);
  if (!passesFilter(group, word, load<u32>(finish - shortest))) return;
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
    const pattern = patterns + load<u32>(list + at * 4) * PATTERN_BYTES;
    if (load<u32>(pattern, PATTERN_EVENT) == event) continue;
    store<u32>(pattern, event, PATTERN_EVENT);
    write(pattern as u32);
  }
}

function mayMatch(pattern: usize): bool {
  let step = load<i32>(pattern, PATTERN_STEP);
  while (step >= 0) {
    const instruction = instructions + (step as u32) * INSTRUCTION_BYTES;
    step = mayHold(load<u32>(instruction, INSTRUCTION_COMPARISON))
      ? load<i32>(instruction, INSTRUCTION_IF_TRUE)
      : load<i32>(instruction, INSTRUCTION_IF_FALSE);
  }
  return step == ACCEPT;
}

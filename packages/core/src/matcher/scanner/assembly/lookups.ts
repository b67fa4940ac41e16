// The patterns that a field's value leads to, by what it equals, begins or ends with.
import { endOf, knownLiteral, setLiteral, startOf } from './field-values';
import { affixes, event, fields, lists, patterns, texts } from './image';
import {
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
  LITERAL_LIST,
  LITERAL_LIST_LENGTH,
  PATTERN_BYTES,
  PATTERN_EVENT,
} from './layout';
import { findLiteral } from './tables';
import { commonPrefix, commonSuffix, sameText } from './text';

/** Where the next candidate is written. */
export let candidatesEnd: usize = 0;

/** Begins a list of candidates at `to`. */
export function openCandidates(to: usize): void {
  candidatesEnd = to;
}

export function addCandidate(word: u32): void {
  store<u32>(candidatesEnd, word);
  candidatesEnd += 4;
}

/** Whether a text of the field may lead to a pattern: false only where it does not. */
export function mayLead(field: u32, start: usize, finish: usize): bool {
  const table = fields + field * FIELD_BYTES;
  const literal = findLiteral(field, start, (finish - start) as u32);
  return (
    (literal != 0 && load<u32>(literal, LITERAL_LIST_LENGTH) != 0) ||
    mayHavePrefix(table + FIELD_PREFIXES, start, finish) ||
    mayHaveSuffix(table + FIELD_SUFFIXES, start, finish)
  );
}

/** The address of the literal that the field's text equals; 0 if there is none. */
export function literalOf(field: u32): usize {
  const known = knownLiteral(field);
  if (known >= 0) return known as usize;
  const start = startOf(field);
  const found = findLiteral(field, start, (endOf(field) - start) as u32);
  setLiteral(field, found as i32);
  return found;
}

/** Adds the patterns that the present value of a field leads to. */
export function lookUp(field: u32): void {
  const table = fields + field * FIELD_BYTES;
  if (load<u32>(table, FIELD_HAS_EQUALS) != 0) {
    const literal = literalOf(field);
    if (literal != 0) addList(lists + load<u32>(literal, LITERAL_LIST), load<u32>(literal, LITERAL_LIST_LENGTH));
  }
  const start = startOf(field);
  const finish = endOf(field);
  if (mayHavePrefix(table + FIELD_PREFIXES, start, finish)) lookUpPrefixes(table + FIELD_PREFIXES, start, finish);
  if (mayHaveSuffix(table + FIELD_SUFFIXES, start, finish)) lookUpSuffixes(table + FIELD_SUFFIXES, start, finish);
}

/** Whether a text in which the two words are found may begin (end) with one of the affixes. */
function passesFilter(group: usize, word: u32, lastWord: u32): bool {
  const bit = (((word * 0x9e3779b1) ^ lastWord) * 0x85ebca6b) >> load<u32>(group, AFFIXES_FILTER_SHIFT);
  const filter = affixes + load<u32>(group, AFFIXES_FILTER);
  return ((load<u32>(filter + ((bit >> 5) << 2)) >> (bit & 31)) & 1) != 0;
}

/** Whether the text may begin with one of the prefixes: most do not, and that is seen without a search. */
function mayHavePrefix(group: usize, start: usize, finish: usize): bool {
  if (load<u32>(group, AFFIXES_COUNT) == 0) return false;
  const shortest = load<u32>(group, AFFIXES_MIN_LENGTH);
  if (((finish - start) as u32) < shortest) return false;
  const shared = load<u32>(group, AFFIXES_COMMON_LENGTH);
  if (!sameText(start, texts + load<u32>(group, AFFIXES_COMMON_TEXT), shared)) return false;
  const word = load<u32>(start + load<u32>(group, AFFIXES_FILTER_WORD));
  return passesFilter(group, word, load<u32>(start + shortest - 4));
}

/** The same from the end. */
function mayHaveSuffix(group: usize, start: usize, finish: usize): bool {
  if (load<u32>(group, AFFIXES_COUNT) == 0) return false;
  const shortest = load<u32>(group, AFFIXES_MIN_LENGTH);
  if (((finish - start) as u32) < shortest) return false;
  const shared = load<u32>(group, AFFIXES_COMMON_LENGTH);
  if (!sameText(finish - shared, texts + load<u32>(group, AFFIXES_COMMON_TEXT), shared)) return false;
  const word = load<u32>(finish - load<u32>(group, AFFIXES_FILTER_WORD) - 4);
  return passesFilter(group, word, load<u32>(finish - shortest));
}

/**
 * Finds the last prefix that is not behind the field's text. All prefixes that the text begins with are that one or among the
 * shorter ones that it begins with itself.
 */
function lookUpPrefixes(group: usize, start: usize, finish: usize): void {
  const length = (finish - start) as u32;
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
    addCandidate(pattern as u32);
  }
}

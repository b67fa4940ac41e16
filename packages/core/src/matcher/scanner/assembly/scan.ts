// One pass over a payload or an archive: finds the entries, walks each event, and reports those that must be looked at.
import { CLOSE_BRACE, CLOSE_BRACKET, COMMA, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './characters';
import { setMessage } from './comparisons';
import { closingBracket, end, isOdd, isTorn, nextStop, openCursor, seekEnd } from './cursor';
import { findCandidates, keepPossible } from './decide';
import { behindColon, behindValue, endOfPlainString, skipWhiteSpace } from './envelope';
import { isWholeMessage, putOffLaterKeys, readFields } from './walk';
import { beginEvent, patternCount } from './image';
import {
  REPORT_END,
  REPORT_ENTRY,
  REPORT_PATTERNS,
  REPORT_PATTERN_COUNT,
  REPORT_START,
  SCAN_DONE,
  SCAN_GO_ON,
  SCAN_REFUSED,
} from './layout';

let input: usize = 0;
let limit: usize = 0;
let report: usize = 0;
let reportLimit: usize = 0;
let isArchive: bool = false;

/** Entries seen so far. */
export let entryCount: u32 = 0;
/** Bytes of the report that are in use. */
export let reportBytes: u32 = 0;
/** Where the list of entries begins and ends, brackets included. */
export let listStart: u32 = 0;
export let listEnd: u32 = 0;

let position: usize = 0;
/** The bare quote that ends the message that was judged last. */
let messageEnd: usize = 0;

/** Finds the list of entries in the input of `length` bytes at `start`. The report is written from `reportStart` on. */
export function openInput(start: usize, length: u32, reportStart: usize, reportLength: u32, archive: bool): u32 {
  input = start;
  limit = start + length;
  report = reportStart;
  reportLimit = reportStart + reportLength;
  isArchive = archive;
  entryCount = 0;
  reportBytes = 0;
  listEnd = 0;
  const open = skipWhiteSpace(input);
  if (load<u8>(open) != OPEN_BRACE) return SCAN_REFUSED;
  const list = readMembers(skipWhiteSpace(open + 1));
  if (list == 0 || listEnd != 0) return SCAN_REFUSED;
  listStart = (list - input) as u32;
  position = skipWhiteSpace(list + 1);
  if (load<u8>(position) == CLOSE_BRACKET) return finish();
  return SCAN_GO_ON;
}

/** Goes on with the entries until all are read or the report is full. */
export function scan(): u32 {
  reportBytes = 0;
  const needed = REPORT_PATTERNS + patternCount * 4;
  while (report + reportBytes + needed <= reportLimit) {
    const behind = isArchive ? readRecord(position) : readEntry(position);
    if (behind == 0 || behind > limit) return SCAN_REFUSED;
    entryCount++;
    const at = skipWhiteSpace(behind);
    const byte = load<u8>(at);
    if (byte == CLOSE_BRACKET) {
      position = at;
      return finish();
    }
    if (byte != COMMA) return SCAN_REFUSED;
    position = skipWhiteSpace(at + 1);
  }
  return SCAN_GO_ON;
}

/** The rest of the envelope, from the bracket that closes the list. */
function finish(): u32 {
  listEnd = (position + 1 - input) as u32;
  const at = skipWhiteSpace(position + 1);
  const byte = load<u8>(at);
  if (byte == CLOSE_BRACE) return skipWhiteSpace(at + 1) == limit ? SCAN_DONE : SCAN_REFUSED;
  return byte == COMMA && readMembers(skipWhiteSpace(at + 1)) == 0 && position == limit ? SCAN_DONE : SCAN_REFUSED;
}

/**
 * Reads members of the envelope. Returns where the list of entries begins; 0 if there is none, with `position` behind the envelope
 * if that ends as it should. A second list, and a key with an escape, which may spell anything, end the scan.
 */
function readMembers(start: usize): usize {
  let at = start;
  position = 0;
  while (true) {
    const keyEnd = endOfPlainString(at);
    if (keyEnd == 0) return 0;
    const isList = isListKey(at + 1, (keyEnd - at - 1) as u32);
    at = behindColon(keyEnd);
    if (at == 0) return 0;
    if (isList) {
      if (listEnd != 0 || load<u8>(at) != OPEN_BRACKET) return 0;
      return at;
    }
    at = behindValue(at, 0);
    if (at == 0) return 0;
    at = skipWhiteSpace(at);
    const byte = load<u8>(at);
    if (byte == CLOSE_BRACE) {
      position = skipWhiteSpace(at + 1);
      return 0;
    }
    if (byte != COMMA) return 0;
    at = skipWhiteSpace(at + 1);
  }
}

/** "logEvents", or "Records" in an archive. */
function isListKey(key: usize, length: u32): bool {
  if (isArchive) return length == 7 && load<u32>(key) == 0x6f636552 && load<u32>(key + 3) == 0x7364726f;
  return length == 9 && load<u64>(key) == 0x746e657645676f6c && load<u8>(key + 8) == 0x73;
}

/** `"message"` */
function isMessageKey(key: usize, length: u32): bool {
  return length == 7 && load<u32>(key) == 0x7373656d && load<u32>(key + 3) == 0x65676173;
}

/** Reads one entry of a payload; returns what is behind it, 0 to give up. */
function readEntry(start: usize): usize {
  if (load<u8>(start) != OPEN_BRACE) return readOtherValue(start);
  let at = skipWhiteSpace(start + 1);
  let hasMessage = false;
  let isJudged = false;
  let patternsEnd: usize = 0;
  if (load<u8>(at) == CLOSE_BRACE) return readOtherValue(start);
  while (true) {
    const keyEnd = endOfPlainString(at);
    if (keyEnd == 0) return 0;
    const isMessage = isMessageKey(at + 1, (keyEnd - at - 1) as u32);
    at = behindColon(keyEnd);
    if (at == 0) return 0;
    if (isMessage) {
      if (hasMessage) return 0;
      hasMessage = true;
    }
    if (isMessage && load<u8>(at) == QUOTE) {
      patternsEnd = judgeMessage(at + 1);
      if (isTorn) return 0;
      isJudged = patternsEnd != 0;
      at = messageEnd + 1;
    } else {
      at = behindValue(at, 0);
      if (at == 0) return 0;
    }
    at = skipWhiteSpace(at);
    const byte = load<u8>(at);
    if (byte == CLOSE_BRACE) break;
    if (byte != COMMA) return 0;
    at = skipWhiteSpace(at + 1);
  }
  if (isJudged) reportPatterns(start, at + 1, patternsEnd);
  else reportUnjudged(start, at + 1);
  return at + 1;
}

/** An entry without a message, or a record that is no object. */
function readOtherValue(start: usize): usize {
  const behind = behindValue(start, 0);
  reportUnjudged(start, behind);
  return behind;
}

/** Writes the patterns that may match the message, and returns where they end; 0 if the scanner cannot judge it. */
function judgeMessage(start: usize): usize {
  const isWhole = walkMessage(start);
  messageEnd = end;
  if (!isWhole) return 0;
  setMessage(start, messageEnd);
  const to = report + reportBytes + REPORT_PATTERNS;
  const found = findCandidates(to);
  if (found == to || found == 0) return found;
  return judgeCandidates(to, found);
}

/** Keeps those of the candidates from `from` to `to` that may match, and returns where they end; 0 if the event turns out to be odd. */
function judgeCandidates(from: usize, to: usize): usize {
  if (!putOffLaterKeys()) return 0;
  const end = keepPossible(from, to);
  return isOdd ? 0 : end;
}

/** Leaves `end` at the end of the message, whatever it is. */
function walkMessage(start: usize): bool {
  beginEvent();
  openCursor(start, limit, 1);
  const behind = readFields(start);
  if (behind != 0 && isWholeMessage(behind)) return true;
  seekEnd();
  return false;
}

/** Reads one record of an archive; returns what is behind it, 0 to give up. */
function readRecord(start: usize): usize {
  if (load<u8>(start) != OPEN_BRACE) return readOtherValue(start);
  beginEvent();
  openCursor(start, limit, 0);
  const behind = readFields(start);
  if (behind == 0) return readUnjudgedRecord(start);
  setMessage(start, behind);
  const to = report + reportBytes + REPORT_PATTERNS;
  let patternsEnd = findCandidates(to);
  if (patternsEnd > to) patternsEnd = judgeCandidates(to, patternsEnd);
  if (patternsEnd != 0) reportPatterns(start, behind, patternsEnd);
  else reportUnjudged(start, behind);
  return behind;
}

function readUnjudgedRecord(start: usize): usize {
  openCursor(start, limit, 0);
  if (nextStop() != start) return 0;
  const close = closingBracket();
  if (close == 0) return 0;
  reportUnjudged(start, close + 1);
  return close + 1;
}

function reportPatterns(start: usize, behind: usize, patternsEnd: usize): void {
  const patternsStart = report + reportBytes + REPORT_PATTERNS;
  if (patternsEnd == patternsStart) return;
  writeReport(start, behind, ((patternsEnd - patternsStart) >> 2) as i32);
  reportBytes = (patternsEnd - report) as u32;
}

function reportUnjudged(start: usize, behind: usize): void {
  writeReport(start, behind, -1);
  reportBytes += REPORT_PATTERNS;
}

function writeReport(start: usize, behind: usize, count: i32): void {
  const at = report + reportBytes;
  store<u32>(at, (start - input) as u32, REPORT_START);
  store<u32>(at, (behind - input) as u32, REPORT_END);
  store<i32>(at, count, REPORT_PATTERN_COUNT);
  store<u32>(at, entryCount, REPORT_ENTRY);
}

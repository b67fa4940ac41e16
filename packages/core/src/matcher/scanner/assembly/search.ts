// A field far down, by which alone of all below an object patterns are looked up, is searched for by its name in the object's text. That finds
// each value that the field may have, and others: where none of them leads to a pattern, the object need not be walked through.
import { BACKSLASH, COLON, MINUS, QUOTE } from './characters';
import { quoteEscape } from './cursor';
import { mayLead } from './lookups';
import { SEARCH_FIELD, SEARCH_LENGTH, SEARCH_TEXT } from './layout';
import { texts } from './image';
import { skipBlanks, startsString } from './spelling';
import { endOfPlainText, sameText } from './text';

/**
 * Whether a value of the searched field may lead to a pattern: false only where none does. For valid JSON without an escape from `start`
 * to `finish`: a key of that name is spelled there as it is.
 */
export function mayLeadBelow(search: usize, start: usize, finish: usize): bool {
  const field = load<u32>(search, SEARCH_FIELD) - 1;
  const name = texts + load<u32>(search, SEARCH_TEXT);
  const length = load<u32>(search, SEARCH_LENGTH);
  const first = i8x16.splat(load<u8>(name) as i8);
  const behind = i8x16.splat((quoteEscape == 1 ? BACKSLASH : QUOTE) as i8);
  for (let at = start; at + length < finish; at += 16) {
    let places = i8x16.bitmask(
      v128.and(i8x16.eq(v128.load(at), first), i8x16.eq(v128.load(at + length), behind)),
    ) as u32;
    while (places != 0) {
      const key = at + (ctz(places) as usize);
      places &= places - 1;
      if (load<u8>(key - 1) == QUOTE && sameText(key, name, length) && keyMayLead(field, key + length)) return true;
    }
  }
  return false;
}

/** @param keyEnd the place behind the text of what may be a key or a value */
function keyMayLead(field: u32, keyEnd: usize): bool {
  const colon = skipBlanks(keyEnd + quoteEscape + 1);
  if (load<u8>(colon) != COLON) return false;
  const value = skipBlanks(colon + 1);
  if (!startsString(value)) return load<u8>(value) - 0x30 < 10 || load<u8>(value) == MINUS;
  const start = value + quoteEscape + 1;
  return mayLead(field, start, endOfPlainText(start));
}

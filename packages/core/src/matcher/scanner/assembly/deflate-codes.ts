// The codes of a deflate block (RFC 1951, section 3.2), as tables that are looked up by the next bits of the data.
//
// An entry is a word. Bits 0 to 5: how many bits the symbol takes, those of its value included. Bits 8 to 11: how many of them are its
// code. Bits 16 to 31: its value, to which the other bits are added.

/** One or two bytes of the output, in bits 16 to 31. Bits 0 to 5: how many bits they take; 8 and 9: how many bytes they are. */
export const LITERAL: u32 = 0x1000;
const ONE_LITERAL: u32 = LITERAL | 0x100;
/** The symbol is none of the usual: it ends the block, or leads to another table. */
export const SPECIAL: u32 = 0x8000;
/** The code is longer than what was looked up. Bits 8 to 11: by how much at most; 16 to 31: where in the table to look that up. */
export const LONGER: u32 = 0x4000;
/** Has a code and no meaning. */
export const INVALID: u32 = 0x2000;

export const CODE_LENGTH_SYMBOLS: u32 = 19;
export const LITERAL_SYMBOLS: u32 = 288;
export const DISTANCE_SYMBOLS: u32 = 32;

const END_OF_BLOCK: u32 = 256;
const MAX_CODE_BITS: u32 = 15;

/** How many symbols have a code of each length. */
const counts: usize = memory.data(64);
/** Where the symbols of each length begin among the sorted ones. */
const starts: usize = memory.data(64);
/** Symbols by the length of their code. */
const sorted: usize = memory.data(288 * 2);

/**
 * Fills a table from the lengths of the symbols' codes, one byte each. Its first two to the `tableBits` entries are looked up first.
 * False where the lengths are not those of a whole code: zlib takes some of these.
 *
 * @param symbolCount also says which symbols these are: CODE_LENGTH_SYMBOLS, LITERAL_SYMBOLS or DISTANCE_SYMBOLS
 */
export function fillTable(table: usize, tableBits: u32, lengths: usize, symbolCount: u32): bool {
  if (!sortSymbols(lengths, symbolCount)) return false;
  const mask: u32 = (1 << tableBits) - 1;
  let at = sorted;
  let length: u32 = 1;
  while (countOf(length) == 0) length++;
  let left = countOf(length);
  /** The next code, its first bit lowest: the order in which bits come. */
  let code: u32 = 0;
  let longerStart: u32 = 0;
  let longerBits: u32 = 0;
  let longerPrefix: u32 = 0xffffffff;
  let tableEnd: u32 = mask + 1;
  while (true) {
    const entry = entryOf(load<u16>(at), symbolCount);
    at += 2;
    if (length <= tableBits) store<u32>(table + (code << 2), withCode(entry, length));
    else {
      if ((code & mask) != longerPrefix) {
        longerPrefix = code & mask;
        longerBits = bitsOfLonger(length - tableBits, tableBits, left);
        longerStart = tableEnd;
        tableEnd += 1 << longerBits;
        store<u32>(table + (longerPrefix << 2), SPECIAL | LONGER | (longerStart << 16) | (longerBits << 8));
      }
      const bits = length - tableBits;
      for (let index = code >> tableBits; index >> longerBits == 0; index += 1 << bits) {
        store<u32>(table + ((longerStart + index) << 2), withCode(entry, bits));
      }
    }
    const ones: u32 = (1 << length) - 1;
    if (code == ones) break;
    const carry: u32 = 0x80000000 >> clz(code ^ ones);
    code = (code & (carry - 1)) | carry;
    left--;
    while (left == 0) {
      if (length < tableBits) memory.copy(table + (4 << length), table, 4 << length);
      length++;
      left = countOf(length);
    }
  }
  for (; length < tableBits; length++) memory.copy(table + (4 << length), table, 4 << length);
  return true;
}

function countOf(length: u32): u32 {
  return load<u16>(counts + length * 2);
}

/** How many bits it takes to tell the codes apart that begin like the next one. */
function bitsOfLonger(firstBits: u32, tableBits: u32, left: u32): u32 {
  let bits = firstBits;
  let used = left;
  while (used < (1 as u32) << bits) {
    bits++;
    used = (used << 1) + countOf(tableBits + bits);
  }
  return bits;
}

/** False where the lengths are not those of a code that is whole: every sequence of bits begins with one code. */
function sortSymbols(lengths: usize, symbolCount: u32): bool {
  memory.fill(counts, 0, 32);
  for (let symbol: u32 = 0; symbol < symbolCount; symbol++) {
    const count = counts + (load<u8>(lengths + symbol) << 1);
    store<u16>(count, load<u16>(count) + 1);
  }
  let start: u32 = 0;
  let free: i32 = 1;
  for (let length: u32 = 1; length <= MAX_CODE_BITS; length++) {
    store<u16>(starts + length * 2, start);
    start += countOf(length);
    free = (free << 1) - (countOf(length) as i32);
    if (free < 0) return false;
  }
  if (free != 0) return false;
  for (let symbol: u32 = 0; symbol < symbolCount; symbol++) {
    const length = load<u8>(lengths + symbol);
    if (length == 0) continue;
    const next = starts + (length << 1);
    store<u16>(sorted + (load<u16>(next) << 1), symbol);
    store<u16>(next, load<u16>(next) + 1);
  }
  return true;
}

function withCode(entry: u32, length: u32): u32 {
  return (entry & LITERAL) != 0 ? entry + length : entry + length * 0x101;
}

/** Where the bits that are looked up hold two whole literals, their entry becomes one of both. From the end: what follows is not yet joined. */
export function joinLiterals(table: usize, tableBits: u32): void {
  for (let index: i32 = (1 << tableBits) - 1; index >= 0; index--) {
    const at = table + (index << 2);
    const first = load<u32>(at);
    const second = load<u32>(table + ((index >> (first & 63)) << 2));
    const bits = (first & 63) + (second & 63);
    const isPair = (first & second & LITERAL) != 0 && bits <= tableBits;
    const joined = LITERAL | 0x200 | bits | (first & 0xff0000) | ((second & 0xff0000) << 8);
    store<u32>(at, select<u32>(joined, first, isPair));
  }
}

/** The entry without the length of the code. */
function entryOf(symbol: u32, symbolCount: u32): u32 {
  if (symbolCount == CODE_LENGTH_SYMBOLS) return symbol << 16;
  if (symbolCount == DISTANCE_SYMBOLS) {
    if (symbol >= 30) return SPECIAL | INVALID;
    if (symbol < 4) return (symbol + 1) << 16;
    const extra = (symbol >> 1) - 1;
    return ((((2 | (symbol & 1)) << extra) + 1) << 16) | extra;
  }
  if (symbol < END_OF_BLOCK) return ONE_LITERAL | (symbol << 16);
  if (symbol == END_OF_BLOCK) return SPECIAL;
  const length = symbol - END_OF_BLOCK - 1;
  if (length < 8) return (length + 3) << 16;
  if (length == 28) return 258 << 16;
  if (length > 28) return SPECIAL | INVALID;
  const extra = (length >> 2) - 1;
  return ((((4 | (length & 3)) << extra) + 3) << 16) | extra;
}

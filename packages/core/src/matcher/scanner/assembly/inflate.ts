// Unpacks deflate data (RFC 1951) that fills an output of known size. Whatever is not as usual is left to zlib.
import {
  CODE_LENGTH_SYMBOLS,
  DISTANCE_SYMBOLS,
  INVALID,
  LITERAL,
  LITERAL_SYMBOLS,
  LONGER,
  SPECIAL,
  fillTable,
  joinLiterals,
} from './deflate-codes';

const CODE_LENGTH_BITS: u32 = 7;
const LITERAL_BITS: u32 = 10;
const DISTANCE_BITS: u32 = 8;

/** The tables with the longer codes behind them: of 288 symbols with codes of up to 15 bits at most 1,334 entries, of 32 at most 402. */
const literalTable: usize = memory.data(1400 * 4);
const distanceTable: usize = memory.data(410 * 4);
const codeLengthTable: usize = memory.data(128 * 4);
/** With room for the last repetition. */
const lengths: usize = memory.data(320 + 138);
const codeLengths: usize = memory.data(32);
/** The order in which the lengths of code lengths come. */
const codeLengthOrder: usize = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

let input: usize = 0;
let inputEnd: usize = 0;
let output: usize = 0;
let outputStart: usize = 0;
let outputEnd: usize = 0;
/** What has been read of the input and not been used; the lowest bit is the next. */
let bits: u64 = 0;
let bitCount: u32 = 0;
let hasFixedTables: bool = false;

/**
 * True if the input is deflate data to its last byte and fills the output to its last. Less than MARGIN_BYTES behind the output may be
 * written to, and behind the input be read.
 */
export function inflate(start: usize, length: u32, to: usize, size: u32): bool {
  input = start;
  inputEnd = start + length;
  output = to;
  outputStart = to;
  outputEnd = to + size;
  bits = 0;
  bitCount = 0;
  let isLast: bool;
  do {
    refill();
    if (input > inputEnd + 8) return false;
    isLast = take(1) != 0;
    const kind = take(2);
    const isRead = kind == 0 ? readStored() : (kind == 1 ? fixedTables() : kind == 2 && readTables()) && readSymbols();
    if (!isRead) return false;
  } while (!isLast);
  return output == outputEnd && input - (bitCount >> 3) == inputEnd;
}

/** From here on there are at least 56 bits. */
function refill(): void {
  bits |= load<u64>(input) << bitCount;
  input += (63 - bitCount) >> 3;
  bitCount |= 56;
}

function take(count: u32): u32 {
  const taken = (bits as u32) & ((1 << count) - 1);
  bits >>= count;
  bitCount -= count;
  return taken;
}

function readStored(): bool {
  const start = input - (bitCount >> 3);
  const size = load<u16>(start) as u32;
  const from = start + 4;
  if ((size ^ load<u16>(start, 2)) != 0xffff) return false;
  if (from + size > inputEnd || output + size > outputEnd) return false;
  memory.copy(output, from, size);
  output += size;
  input = from + size;
  bits = 0;
  bitCount = 0;
  return true;
}

function fixedTables(): bool {
  if (hasFixedTables) return true;
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  fillTable(literalTable, LITERAL_BITS, lengths, LITERAL_SYMBOLS);
  memory.fill(lengths, 5, DISTANCE_SYMBOLS);
  fillTable(distanceTable, DISTANCE_BITS, lengths, DISTANCE_SYMBOLS);
  joinLiterals(literalTable, LITERAL_BITS);
  hasFixedTables = true;
  return true;
}

function readTables(): bool {
  hasFixedTables = false;
  const literalCount = take(5) + 257;
  const distanceCount = take(5) + 1;
  const codeLengthCount = take(4) + 4;
  if (literalCount > 286 || distanceCount > 30) return false;
  memory.fill(codeLengths, 0, CODE_LENGTH_SYMBOLS);
  for (let at: u32 = 0; at < codeLengthCount; at++) {
    refill();
    store<u8>(codeLengths + load<u8>(codeLengthOrder + at), take(3));
  }
  if (!fillTable(codeLengthTable, CODE_LENGTH_BITS, codeLengths, CODE_LENGTH_SYMBOLS)) return false;
  const count = literalCount + distanceCount;
  if (!readLengths(count) || load<u8>(lengths + 256) == 0) return false;
  // The lengths of both codes come in one row: the distances' are moved to where they do not follow the others.
  const distanceLengths = codeLengths;
  memory.fill(distanceLengths, 0, DISTANCE_SYMBOLS);
  memory.copy(distanceLengths, lengths + literalCount, distanceCount);
  memory.fill(lengths + literalCount, 0, LITERAL_SYMBOLS - literalCount);
  if (!fillTable(literalTable, LITERAL_BITS, lengths, LITERAL_SYMBOLS)) return false;
  joinLiterals(literalTable, LITERAL_BITS);
  return fillTable(distanceTable, DISTANCE_BITS, distanceLengths, DISTANCE_SYMBOLS);
}

function readLengths(count: u32): bool {
  let at: u32 = 0;
  while (at < count) {
    refill();
    if (input > inputEnd + 8) return false;
    const entry = load<u32>(codeLengthTable + (((bits as u32) & ((1 << CODE_LENGTH_BITS) - 1)) << 2));
    take(entry & 0xff);
    const symbol = entry >> 16;
    if (symbol < 16) {
      store<u8>(lengths + at, symbol);
      at++;
      continue;
    }
    if (symbol == 16 && at == 0) return false;
    const repeated = symbol == 16 ? load<u8>(lengths + at - 1) : 0;
    const times = symbol == 16 ? take(2) + 3 : symbol == 17 ? take(3) + 3 : take(7) + 11;
    memory.fill(lengths + at, repeated, times);
    at += times;
  }
  return at == count;
}

/** Reads literals and matches up to the end of the block. It works on copies of the variables above, which stay in registers. */
function readSymbols(): bool {
  let at = input;
  let to = output;
  let next = bits;
  let left = bitCount;
  const lastInput = inputEnd + 8;
  while (at <= lastInput && to <= outputEnd) {
    next |= load<u64>(at) << left;
    at += (63 - left) >> 3;
    left |= 56;
    let entry = literalEntry(next);
    // What there is takes three entries of literals and a length.
    if ((entry & LITERAL) != 0) {
      next >>= entry;
      left -= entry & 63;
      store<u16>(to, entry >> 16);
      to += (entry >> 8) & 3;
      entry = literalEntry(next);
      if ((entry & LITERAL) != 0) {
        next >>= entry;
        left -= entry & 63;
        store<u16>(to, entry >> 16);
        to += (entry >> 8) & 3;
        entry = literalEntry(next);
        if ((entry & LITERAL) != 0) {
          next >>= entry;
          left -= entry & 63;
          store<u16>(to, entry >> 16);
          to += (entry >> 8) & 3;
          entry = literalEntry(next);
        }
      }
    }
    if ((entry & LONGER) != 0) {
      next >>= LITERAL_BITS;
      left -= LITERAL_BITS;
      entry = longerEntry(literalTable, entry, next);
    }
    if ((entry & (LITERAL | SPECIAL)) != 0) {
      next >>= entry;
      left -= entry & 63;
      if ((entry & SPECIAL) != 0) {
        input = at;
        output = to;
        bits = next;
        bitCount = left;
        return (entry & INVALID) == 0;
      }
      store<u16>(to, entry >> 16);
      to += (entry >> 8) & 3;
      continue;
    }
    const length = valueOf(entry, next);
    next >>= entry;
    left -= entry & 63;
    next |= load<u64>(at) << left;
    at += (63 - left) >> 3;
    left |= 56;
    entry = load<u32>(distanceTable + (((next as u32) & ((1 << DISTANCE_BITS) - 1)) << 2));
    if ((entry & SPECIAL) != 0) {
      if ((entry & INVALID) != 0) return false;
      next >>= DISTANCE_BITS;
      left -= DISTANCE_BITS;
      entry = longerEntry(distanceTable, entry, next);
    }
    const distance = valueOf(entry, next);
    next >>= entry;
    left -= entry & 63;
    if (distance > ((to - outputStart) as u32)) return false;
    copyMatch(to, distance, length);
    to += length;
  }
  return false;
}

function literalEntry(next: u64): u32 {
  return load<u32>(literalTable + (((next as u32) & ((1 << LITERAL_BITS) - 1)) << 2));
}

function longerEntry(table: usize, entry: u32, next: u64): u32 {
  const index = (next as u32) & ((1 << ((entry >> 8) & 15)) - 1);
  return load<u32>(table + (((entry >> 16) + index) << 2));
}

/** The value of a length or distance, with the bits that follow its code. */
function valueOf(entry: u32, next: u64): u32 {
  return (entry >> 16) + (((next as u32) & ((1 << (entry & 63)) - 1)) >> ((entry >> 8) & 15));
}

/** Copies 16 bytes at a time, and more than asked for: half of all matches are no longer than 32 bytes. */
function copyMatch(to: usize, distance: u32, length: u32): void {
  const end = to + length;
  if (distance < 16) {
    for (let at = to; at < end; at++) store<u8>(at, load<u8>(at - distance));
    return;
  }
  for (let at = to; at < end; at += 64) {
    v128.store(at, v128.load(at - distance));
    v128.store(at, v128.load(at + 16 - distance), 16);
    v128.store(at, v128.load(at + 32 - distance), 32);
    v128.store(at, v128.load(at + 48 - distance), 48);
  }
}

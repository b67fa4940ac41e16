// Walks the structure of one event: the quotes of its strings, and the brackets outside them. 64 bytes are looked at at a time, and
// what was found there is kept as bit masks, so that the next place is a matter of counting zeros.
//
// Within a payload an event is the text of a JSON string: its quotes are written \" and its backslashes \\, and the first bare quote
// ends it. In an archive it stands as it is. A place of a quote is that of the character `"` itself in both.

/** 1 within a payload, where a backslash stands before each quote of the event; 0 in an archive. */
export let quoteEscape: u32 = 0;
/** Something that the scanner does not judge: an escape that may spell anything, a duplicate key, text that is not JSON. */
export let isOdd: bool = false;
/** Whether a string of the event held an escape, in the part that has been looked at. */
export let hasEscapes: bool = false;
/** The payload is not JSON: a control character in a string, or no end. */
export let isTorn: bool = false;
/** The bare quote that ends the event; 0 while it is not in sight. */
export let end: usize = 0;

export let block: usize = 0;
/** Places in the block that have not been visited. */
export let stops: u64 = 0;
/** Those of them, visited or not, that are brackets. */
let brackets: u64 = 0;
/** All ones if the block ended within a string. */
let stringCarry: u64 = 0;
/** 1 if the block ended in a backslash that belongs to the next byte. */
let backslashCarry: u64 = 0;
/** The next character of the event is escaped by a backslash of the event. */
let isEscaped: bool = false;
let limit: usize = 0;

export function markOdd(): void {
  isOdd = true;
}

/** Begins to read the event at `start`. Nothing is read from `readLimit` on, apart from margin. */
export function openCursor(start: usize, readLimit: usize, escape: u32): void {
  quoteEscape = escape;
  isOdd = false;
  hasEscapes = false;
  isTorn = false;
  limit = readLimit;
  reopenCursor(start);
}

/** Goes back to the start of a value in the same event. */
export function reopenCursor(start: usize): void {
  end = 0;
  stringCarry = 0;
  backslashCarry = 0;
  isEscaped = false;
  block = start;
  readBlock();
}

/** The next place, which counts as visited; 0 behind the last. */
export function nextStop(): usize {
  while (stops == 0) {
    if (end != 0) return 0;
    block += 64;
    readBlock();
  }
  const place = block + (ctz(stops) as usize);
  stops &= stops - 1;
  return place;
}

/** From within brackets to the one that closes them, which is returned; 0 if there is none. Strings on the way are not visited. */
export function closingBracket(): usize {
  let depth: i32 = 1;
  while (true) {
    let ahead = stops & brackets;
    while (ahead != 0) {
      const bit = ctz(ahead);
      // Opening ones are 5b and 7b, closing ones 5d and 7d.
      depth += (load<u8>(block + (bit as usize)) & 4) == 0 ? 1 : -1;
      if (depth == 0) {
        stops &= ((-2 as i64) << bit) as u64;
        return block + (bit as usize);
      }
      ahead &= ahead - 1;
    }
    if (end != 0) {
      stops = 0;
      return 0;
    }
    block += 64;
    readBlock();
  }
}

/** Sets what is left to visit in the block: for loops that count it down by themselves. */
export function setStops(left: u64): void {
  stops = left;
}

/** Reads the next block that has a place to visit; false where the event ends first. */
export function readOn(): bool {
  do {
    if (end != 0) {
      stops = 0;
      return false;
    }
    block += 64;
    readBlock();
  } while (stops == 0);
  return true;
}

/** Goes on to the end of an event within a payload. */
export function seekEnd(): void {
  while (end == 0) {
    block += 64;
    readBlock();
  }
  stops = 0;
}

function bits(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    (i8x16.bitmask(a) as u32 as u64) |
    ((i8x16.bitmask(b) as u32 as u64) << 16) |
    ((i8x16.bitmask(c) as u32 as u64) << 32) |
    ((i8x16.bitmask(d) as u32 as u64) << 48)
  );
}

function equalBits(a: v128, b: v128, c: v128, d: v128, byte: v128): u64 {
  return bits(i8x16.eq(a, byte), i8x16.eq(b, byte), i8x16.eq(c, byte), i8x16.eq(d, byte));
}

function readBlock(): void {
  if (block >= limit) {
    isTorn = true;
    stops = 0;
    end = limit;
    return;
  }
  const a = v128.load(block);
  const b = v128.load(block, 16);
  const c = v128.load(block, 32);
  const d = v128.load(block, 48);
  const quotes = equalBits(a, b, c, d, i8x16.splat(0x22));
  const backslashes = equalBits(a, b, c, d, i8x16.splat(0x5c));
  // [ ] { } are the only bytes that JSON has outside strings and that become 7f by these three bits.
  const closed = i8x16.splat(0x26);
  brackets = equalBits(
    v128.or(a, closed),
    v128.or(b, closed),
    v128.or(c, closed),
    v128.or(d, closed),
    i8x16.splat(0x7f),
  );
  const follow = (backslashes << 1) | backslashCarry;
  let inner = quotes;
  let before: u64 = ~0;
  if (quoteEscape == 1) {
    // Plain where every backslash has its quote.
    if ((follow & ~quotes) != 0 || isEscaped) return readOddBlock();
    inner = quotes & follow;
    const bare = quotes & ~follow;
    backslashCarry = backslashes >> 63;
    if (bare != 0) {
      end = block + (ctz(bare) as usize);
      before = (bare & -bare) - 1;
    }
    const lowest = i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d));
    if (v128.any_true(i8x16.lt_u(lowest, i8x16.splat(0x20)))) {
      const controls = bits(
        i8x16.lt_u(a, i8x16.splat(0x20)),
        i8x16.lt_u(b, i8x16.splat(0x20)),
        i8x16.lt_u(c, i8x16.splat(0x20)),
        i8x16.lt_u(d, i8x16.splat(0x20)),
      );
      if ((controls & before) != 0) isTorn = true;
    }
  } else if ((backslashes | (isEscaped ? 1 : 0)) != 0) return readOddBlock();
  place(inner & before, before);
}

/** Marks strings by their quotes, and keeps what is to be visited. */
function place(inner: u64, before: u64): void {
  let strings = inner ^ (inner << 1);
  strings ^= strings << 2;
  strings ^= strings << 4;
  strings ^= strings << 8;
  strings ^= strings << 16;
  strings ^= strings << 32;
  strings ^= stringCarry;
  stringCarry = ((strings as i64) >> 63) as u64;
  brackets &= before & ~strings;
  stops = inner | brackets;
}

/** The same, byte by byte, for blocks with escapes. */
function readOddBlock(): void {
  let inner: u64 = 0;
  let before: u64 = ~0;
  let isBackslash = backslashCarry != 0;
  for (let bit: u64 = 0; bit < 64; bit++) {
    const byte = load<u8>(block + (bit as usize));
    if (quoteEscape == 1) {
      if (byte < 0x20) {
        isTorn = true;
      } else if (isBackslash) {
        isBackslash = false;
        if (byte != 0x22 && byte != 0x5c) isOdd = true;
      } else if (byte == 0x5c) {
        isBackslash = true;
        continue;
      } else if (byte == 0x22) {
        end = block + (bit as usize);
        before = ((1 as u64) << bit) - 1;
        break;
      }
    }
    // From here on a character of the event itself.
    if (isEscaped) isEscaped = false;
    else if (byte == 0x5c) {
      isEscaped = true;
      hasEscapes = true;
    } else if (byte == 0x22) inner |= (1 as u64) << bit;
  }
  backslashCarry = isBackslash ? 1 : 0;
  place(inner, before);
}

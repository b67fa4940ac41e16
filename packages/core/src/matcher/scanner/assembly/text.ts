// Bytes in memory: hashed, compared and searched.

/** The first place of a byte that is a quote, a backslash or a control character. There is one behind every payload. */
export function endOfPlainText(at: usize): usize {
  while (true) {
    const bytes = v128.load(at);
    const stops = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(bytes, i8x16.splat(0x22)), i8x16.eq(bytes, i8x16.splat(0x5c))),
        i8x16.lt_u(bytes, i8x16.splat(0x20)),
      ),
    );
    if (stops != 0) return at + ctz(stops);
    at += 16;
  }
}

/** The last one to eight bytes of a text, as one number. Reads eight, of which the others may be anything. */
function lastBytes(at: usize, count: u32): u64 {
  return load<u64>(at) << ((64 - (count << 3)) as u64);
}

/** Quick, and good enough for tables of a rule set's own texts: what events hold does not get into them. */
export function hashText(text: usize, length: u32, seed: u32): u32 {
  let hash: u64 = ((seed as u64) << 32) | length;
  let at: u32 = 0;
  for (; at + 8 < length; at += 8) hash = rotl((hash ^ load<u64>(text + at)) * 0x9e3779b97f4a7c15, 29);
  if (at < length) hash ^= lastBytes(text + at, length - at);
  hash *= 0x9e3779b97f4a7c15;
  return ((hash >> 32) ^ (hash >> 15)) as u32;
}

export function sameText(one: usize, other: usize, length: u32): bool {
  let at: u32 = 0;
  for (; at + 8 < length; at += 8) if (load<u64>(one + at) != load<u64>(other + at)) return false;
  return at == length || lastBytes(one + at, length - at) == lastBytes(other + at, length - at);
}

/** How many bytes two texts have in common from their start. */
export function commonPrefix(one: usize, other: usize, limit: u32): u32 {
  let at: u32 = 0;
  for (; at + 8 <= limit; at += 8) {
    const difference = load<u64>(one + at) ^ load<u64>(other + at);
    if (difference != 0) return at + ((ctz(difference) as u32) >> 3);
  }
  while (at < limit && load<u8>(one + at) == load<u8>(other + at)) at++;
  return at;
}

/** How many bytes two texts have in common at their end. */
export function commonSuffix(oneEnd: usize, otherEnd: usize, limit: u32): u32 {
  let count: u32 = 0;
  while (count < limit && load<u8>(oneEnd - count - 1) == load<u8>(otherEnd - count - 1)) count++;
  return count;
}

/** Whether `text` occurs in the bytes from `start` to `end`. Compares its first and last byte with sixteen places at once. */
export function occursIn(text: usize, length: u32, start: usize, end: usize): bool {
  if (length == 0) return true;
  if (start + length > end) return false;
  const first = i8x16.splat(load<u8>(text) as i8);
  const last = i8x16.splat(load<u8>(text + length - 1) as i8);
  const lastStart = end - length;
  for (let at = start; at <= lastStart; at += 16) {
    let places = i8x16.bitmask(
      v128.and(i8x16.eq(v128.load(at), first), i8x16.eq(v128.load(at + length - 1), last)),
    ) as u32;
    while (places != 0) {
      const place = at + ctz(places);
      if (place > lastStart) return false;
      if (sameText(place, text, length)) return true;
      places &= places - 1;
    }
  }
  return false;
}

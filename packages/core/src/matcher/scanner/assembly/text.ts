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

/** Quick, and good enough for tables of a rule set's own texts: what events hold does not get into them. */
export function hashText(text: usize, length: u32, seed: u32): u32 {
  let hash: u32 = seed * 0x9e3779b1 + length;
  let at: u32 = 0;
  for (; at + 4 <= length; at += 4) hash = (rotl(hash, 5) ^ load<u32>(text + at)) * 0x85ebca6b;
  for (; at < length; at++) hash = (rotl(hash, 5) ^ load<u8>(text + at)) * 0x85ebca6b;
  hash ^= hash >> 15;
  hash *= 0xc2b2ae35;
  return hash ^ (hash >> 13);
}

export function sameText(one: usize, other: usize, length: u32): bool {
  let at: u32 = 0;
  for (; at + 8 <= length; at += 8) if (load<u64>(one + at) != load<u64>(other + at)) return false;
  for (; at < length; at++) if (load<u8>(one + at) != load<u8>(other + at)) return false;
  return true;
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

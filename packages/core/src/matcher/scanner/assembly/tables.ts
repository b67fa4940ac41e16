// Hash tables over the image: of property names by their parent, and of literals by their field.
import {
  fields,
  keyCount,
  keyMask,
  keySlots,
  keys,
  literalCount,
  literalFilter,
  literalMask,
  literalSlots,
  literals,
  nodes,
  texts,
} from './image';
import {
  FIELD_BYTES,
  FIELD_LITERAL_LENGTHS,
  KEY_BYTES,
  KEY_CHILD,
  KEY_LENGTH,
  KEY_PARENT,
  KEY_TEXT,
  LITERAL_BYTES,
  LITERAL_FIELD,
  LITERAL_LENGTH,
  LITERAL_TEXT,
  NODE_BYTES,
  NODE_FIRST_KEY_FILTER,
  NODE_IS_FIRST,
  NODE_KEY_FILTER,
} from './layout';
import { hashText, sameText } from './text';

/** Fills the tables, once the memory that `openImage` asked for is there. */
export function buildTables(): void {
  for (let number: u32 = 0; number < keyCount; number++) {
    const key = keys + number * KEY_BYTES;
    const parent = load<u32>(key, KEY_PARENT);
    const text = texts + load<u32>(key, KEY_TEXT);
    const length = load<u32>(key, KEY_LENGTH);
    takeSlot(keySlots, keyMask, hashText(text, length, parent), number);
    const node = nodes + parent * NODE_BYTES;
    const bit = (1 as u64) << filterBit(text, length);
    store<u64>(node, load<u64>(node, NODE_KEY_FILTER) | bit, NODE_KEY_FILTER);
    if (load<u32>(nodes + load<u32>(key, KEY_CHILD) * NODE_BYTES, NODE_IS_FIRST) != 0) {
      store<u64>(node, load<u64>(node, NODE_FIRST_KEY_FILTER) | bit, NODE_FIRST_KEY_FILTER);
    }
  }
  for (let number: u32 = 0; number < literalCount; number++) {
    const literal = literals + number * LITERAL_BYTES;
    const field = fields + load<u32>(literal, LITERAL_FIELD) * FIELD_BYTES;
    const length = load<u32>(literal, LITERAL_LENGTH);
    const lengthBit = (1 as u64) << lengthBitOf(length);
    store<u64>(field, load<u64>(field, FIELD_LITERAL_LENGTHS) | lengthBit, FIELD_LITERAL_LENGTHS);
    const hash = hashText(texts + load<u32>(literal, LITERAL_TEXT), length, load<u32>(literal, LITERAL_FIELD));
    takeSlot(literalSlots, literalMask, hash, number);
    const byte = filterByte(hash);
    store<u8>(byte, load<u8>(byte) | filterMask(hash));
  }
}

function lengthBitOf(length: u32): u64 {
  return min<u32>(length, 63) as u64;
}

function takeSlot(slots: usize, mask: u32, hash: u32, number: u32): void {
  let slot = hash & mask;
  while (load<u32>(slots + slot * 4) != 0) slot = (slot + 1) & mask;
  store<u32>(slots + slot * 4, number + 1);
}

/** The filter takes its bits from the other end of the hash. */
function filterByte(hash: u32): usize {
  return literalFilter + ((hash >> 3) & literalMask);
}

function filterMask(hash: u32): u8 {
  return (1 << ((hash & 7) as u8)) as u8;
}

/** Which of a node's 64 filter bits a name sets: by its length, first and last byte. */
export function filterBit(key: usize, length: u32): u64 {
  return length == 0 ? 0 : ((((length << 2) ^ load<u8>(key) ^ (load<u8>(key + length - 1) << 1)) & 63) as u64);
}

/** The address of a name below a node; 0 if no pattern mentions it. */
export function findKey(parent: u32, text: usize, length: u32): usize {
  let slot = hashText(text, length, parent) & keyMask;
  while (true) {
    const number = load<u32>(keySlots + slot * 4);
    if (number == 0) return 0;
    const key = keys + (number - 1) * KEY_BYTES;
    if (
      load<u32>(key, KEY_PARENT) == parent &&
      load<u32>(key, KEY_LENGTH) == length &&
      sameText(text, texts + load<u32>(key, KEY_TEXT), length)
    ) {
      return key;
    }
    slot = (slot + 1) & keyMask;
  }
}

/** The address of a literal of a field; 0 if no pattern mentions it. */
export function findLiteral(field: u32, text: usize, length: u32): usize {
  const lengths = load<u64>(fields + field * FIELD_BYTES, FIELD_LITERAL_LENGTHS);
  if (((lengths >> lengthBitOf(length)) & 1) == 0) return 0;
  const hash = hashText(text, length, field);
  if ((load<u8>(filterByte(hash)) & filterMask(hash)) == 0) return 0;
  let slot = hash & literalMask;
  while (true) {
    const number = load<u32>(literalSlots + slot * 4);
    if (number == 0) return 0;
    const literal = literals + (number - 1) * LITERAL_BYTES;
    if (
      load<u32>(literal, LITERAL_FIELD) == field &&
      load<u32>(literal, LITERAL_LENGTH) == length &&
      sameText(text, texts + load<u32>(literal, LITERAL_TEXT), length)
    ) {
      return literal;
    }
    slot = (slot + 1) & literalMask;
  }
}

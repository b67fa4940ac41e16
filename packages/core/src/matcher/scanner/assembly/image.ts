// Where the tables of the image are, and beside them what changes from event to event.
import {
  COMPARISON_ANSWER,
  COMPARISON_BYTES,
  HEADER_AFFIXES,
  HEADER_COMPARISONS,
  HEADER_COMPARISON_COUNT,
  HEADER_FIELDS,
  HEADER_FIELD_COUNT,
  HEADER_FORMAT,
  HEADER_IMAGE_BYTES,
  HEADER_INSTRUCTIONS,
  HEADER_KEYS,
  HEADER_KEY_COUNT,
  HEADER_LISTS,
  HEADER_LITERALS,
  HEADER_LITERAL_COUNT,
  HEADER_NODES,
  HEADER_NODE_COUNT,
  HEADER_PATTERNS,
  HEADER_PATTERN_COUNT,
  HEADER_TEXTS,
  HEADER_UNCOVERED,
  HEADER_UNCOVERED_COUNT,
  IMAGE_FORMAT,
  PATTERN_BYTES,
  PATTERN_EVENT,
} from './layout';
import { LATER_KEYS_BYTES, PUT_OFF_BYTES } from './later-keys';

export let nodes: usize = 0;
export let keys: usize = 0;
export let keyCount: u32 = 0;
export let fields: usize = 0;
export let literals: usize = 0;
export let literalCount: u32 = 0;
export let comparisons: usize = 0;
export let comparisonCount: u32 = 0;
export let instructions: usize = 0;
export let patterns: usize = 0;
export let patternCount: u32 = 0;
export let uncovered: usize = 0;
export let uncoveredCount: u32 = 0;
export let lists: usize = 0;
export let affixes: usize = 0;
export let texts: usize = 0;

/** For each node the last event in which it was met: a second time is a duplicate key. */
export let nodeEvents: usize = 0;
/** For each field what the event holds: see field-values.ts. */
export let fieldValues: usize = 0;
/** Fields that are present and can be looked up. */
export let presentFields: usize = 0;
/** Keys whose values are not read yet: see later-keys.ts. */
export let laterKeys: usize = 0;
/** For each node where its value is, while that is not read: see later-keys.ts. */
export let putOffValues: usize = 0;

/** Hash tables, of the numbers of names and of literals, plus one. A mask is their size minus one. */
export let keySlots: usize = 0;
export let keyMask: u32 = 0;
export let literalSlots: usize = 0;
export let literalMask: u32 = 0;
/** One bit for each hash of a literal, eight times as many as the table has slots: most values fail this at once. */
export let literalFilter: usize = 0;

export const FIELD_VALUE_BYTES: u32 = 24;

let image: usize = 0;
let stateEnd: usize = 0;

/** The number of the present event; memory of the ones before it is stale, and need not be cleared. */
export let event: u32 = 0;

/** Twice it, plus one, must fit a word. */
const LAST_EVENT: u32 = 0x7fffffff;

export function beginEvent(): void {
  if (event == LAST_EVENT) forgetEvents();
  event++;
}

function forgetEvents(): void {
  memory.fill(nodeEvents, 0, stateEnd - nodeEvents);
  for (let at: u32 = 0; at < comparisonCount; at++)
    store<u32>(comparisons + at * COMPARISON_BYTES, 0, COMPARISON_ANSWER);
  for (let at: u32 = 0; at < patternCount; at++) store<u32>(patterns + at * PATTERN_BYTES, 0, PATTERN_EVENT);
  event = 0;
}

function table(header: usize): usize {
  return image + load<u32>(image + header);
}

function reserve(bytes: u32): usize {
  const start = stateEnd;
  stateEnd = (start + bytes + 15) & ~(<usize>15);
  return start;
}

/** A power of two that leaves a hash table at most half full. */
function slotsFor(count: u32): u32 {
  return 1 << (32 - clz<u32>(count * 2));
}

/**
 * Reads the header of the image at `start`; returns where free memory begins, 0 for an image of another format. Writes nothing: the
 * memory up to there may have to be made first, of zeros.
 */
export function openImage(start: usize): usize {
  image = start;
  if (load<u32>(image + HEADER_FORMAT) != IMAGE_FORMAT) return 0;
  nodes = table(HEADER_NODES);
  keys = table(HEADER_KEYS);
  keyCount = load<u32>(image + HEADER_KEY_COUNT);
  fields = table(HEADER_FIELDS);
  literals = table(HEADER_LITERALS);
  literalCount = load<u32>(image + HEADER_LITERAL_COUNT);
  comparisons = table(HEADER_COMPARISONS);
  comparisonCount = load<u32>(image + HEADER_COMPARISON_COUNT);
  instructions = table(HEADER_INSTRUCTIONS);
  patterns = table(HEADER_PATTERNS);
  patternCount = load<u32>(image + HEADER_PATTERN_COUNT);
  uncovered = table(HEADER_UNCOVERED);
  uncoveredCount = load<u32>(image + HEADER_UNCOVERED_COUNT);
  lists = table(HEADER_LISTS);
  affixes = table(HEADER_AFFIXES);
  texts = table(HEADER_TEXTS);

  stateEnd = (image + load<u32>(image + HEADER_IMAGE_BYTES) + 63) & ~(<usize>63);

  const fieldCount = load<u32>(image + HEADER_FIELD_COUNT);
  keyMask = slotsFor(keyCount) - 1;
  keySlots = reserve((keyMask + 1) * 4);
  literalMask = slotsFor(literalCount) - 1;
  literalSlots = reserve((literalMask + 1) * 4);
  literalFilter = reserve(literalMask + 1);
  const nodeCount = load<u32>(image + HEADER_NODE_COUNT);
  nodeEvents = reserve(nodeCount * 4);
  putOffValues = reserve(nodeCount * PUT_OFF_BYTES);
  fieldValues = reserve(fieldCount * FIELD_VALUE_BYTES);
  presentFields = reserve(fieldCount * 4);
  laterKeys = reserve(LATER_KEYS_BYTES);
  return stateEnd;
}

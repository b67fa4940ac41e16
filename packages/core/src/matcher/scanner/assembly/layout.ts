/**
 * The image of a matcher, as `build-image.ts` writes it and the scanner reads it: 32-bit little-endian words, addressed by byte
 * offsets from its start. This file is compiled twice, by TypeScript and by AssemblyScript, and so holds integers alone.
 */

/** Grows with every change to what follows. */
export const IMAGE_FORMAT = 0x54420007;

// The header: byte offsets of its words.
export const HEADER_FORMAT = 0;
export const HEADER_IMAGE_BYTES = 4;
export const HEADER_NODE_COUNT = 8;
export const HEADER_NODES = 12;
export const HEADER_KEY_COUNT = 16;
export const HEADER_KEYS = 20;
export const HEADER_FIELD_COUNT = 24;
export const HEADER_FIELDS = 28;
export const HEADER_LITERAL_COUNT = 32;
export const HEADER_LITERALS = 36;
export const HEADER_COMPARISON_COUNT = 40;
export const HEADER_COMPARISONS = 44;
export const HEADER_INSTRUCTIONS = 48;
export const HEADER_PATTERN_COUNT = 52;
export const HEADER_PATTERNS = 56;
export const HEADER_UNCOVERED_COUNT = 60;
export const HEADER_UNCOVERED = 64;
export const HEADER_LISTS = 68;
export const HEADER_AFFIXES = 72;
export const HEADER_TEXTS = 76;
export const HEADER_BYTES = 80;

// A node of the tree of property names that patterns mention. Node 0 is the event.
/** Zero in the image. The scanner sets one of 64 bits for each child's name: see tables.ts. */
export const NODE_KEY_FILTER = 0;
/** The same for the children whose values the walk reads at once. */
export const NODE_FIRST_KEY_FILTER = 8;
/** The field's number plus one; 0 where no pattern asks for the node itself. */
export const NODE_FIELD = 16;
/** 1 if the walk reads the node at once: patterns are looked up by it, or by something below it. */
export const NODE_IS_FIRST = 20;
/** The parent's number. */
export const NODE_PARENT = 24;
/** What is searched for in the node's text before it is walked through. */
export const NODE_SEARCH = 28;
export const NODE_BYTES = 40;

// A search: the one field below a node that patterns are looked up by.
/** The field's number plus one; 0 where the node is always walked through. */
export const SEARCH_FIELD = 0;
/** The last name of its path. */
export const SEARCH_TEXT = 4;
export const SEARCH_LENGTH = 8;
export const SEARCH_BYTES = 12;

// A name.
/** The parent's number. */
export const KEY_PARENT = 0;
export const KEY_TEXT = 4;
export const KEY_LENGTH = 8;
export const KEY_CHILD = 12;
export const KEY_BYTES = 16;

// A field: what can be looked up by its value.
/** 1 if patterns are looked up by the field at all. */
export const FIELD_HAS_LOOKUPS = 0;
/** 1 if patterns are looked up by what the field equals. */
export const FIELD_HAS_EQUALS = 4;
export const FIELD_PREFIXES = 8;
export const FIELD_SUFFIXES = 40;
/** Zero in the image. The scanner sets bit n for a literal of n bytes, bit 63 for 63 or more. */
export const FIELD_LITERAL_LENGTHS = 72;
/** The number of the node that the field is. */
export const FIELD_NODE = 80;
export const FIELD_BYTES = 88;

// The prefixes or suffixes of a field.
export const AFFIXES_START = 0;
export const AFFIXES_COUNT = 4;
/** What all begin (end) with. */
export const AFFIXES_COMMON_TEXT = 8;
export const AFFIXES_COMMON_LENGTH = 12;
/** The length of the shortest. */
export const AFFIXES_MIN_LENGTH = 16;
/**
 * A filter, among the affixes: one bit for each hash of two words of a text. One is so many bytes from the start (before the end); the
 * other ends where the shortest affix does. Every bit is set where that is shorter than a word.
 */
export const AFFIXES_FILTER = 20;
export const AFFIXES_FILTER_WORD = 24;
/** By how much the hash is moved right to get the bit's number. */
export const AFFIXES_FILTER_SHIFT = 28;

// A literal that a field is compared with or looked up by.
/** The field's number. */
export const LITERAL_FIELD = 0;
export const LITERAL_TEXT = 4;
export const LITERAL_LENGTH = 8;
/** Offset and length of the list of patterns that the literal leads to. */
export const LITERAL_LIST = 12;
export const LITERAL_LIST_LENGTH = 16;
export const LITERAL_BYTES = 20;

// A prefix or suffix of a field, in ascending order of its bytes (of its reversed bytes).
export const AFFIX_TEXT = 0;
export const AFFIX_LENGTH = 4;
/** The number of the longest other one that this one begins (ends) with, plus one; 0 for none. */
export const AFFIX_SHORTER = 8;
export const AFFIX_LIST = 12;
export const AFFIX_LIST_LENGTH = 16;
export const AFFIX_BYTES = 20;

// A comparison. `may` hold: true unless the scanner can rule it out.
/** The lowest byte is the kind, the others are the field's number. */
export const COMPARISON_KIND_AND_FIELD = 0;
/** Zero in the image. The scanner keeps the last event here that it made the comparison for, times two, plus the answer. */
export const COMPARISON_ANSWER = 4;
export const COMPARISON_A = 8;
export const COMPARISON_B = 12;
export const COMPARISON_LOW = 16;
export const COMPARISON_HIGH = 24;
export const COMPARISON_BYTES = 32;

export const KIND_MAY = 0;
/** A string or a number. */
export const KIND_COMPARABLE = 1;
/** A: a literal's number. */
export const KIND_EQUALS = 2;
export const KIND_NOT_EQUALS = 3;
/** A: text, B: length. */
export const KIND_PREFIX = 4;
export const KIND_NOT_PREFIX = 5;
export const KIND_SUFFIX = 6;
export const KIND_NOT_SUFFIX = 7;
export const KIND_CONTAINS = 8;
export const KIND_NOT_CONTAINS = 9;
/** An integer from LOW to HIGH. A: the number of a literal for strings, plus one; 0 where strings fail. */
export const KIND_RANGE = 10;
export const KIND_NOT_RANGE = 11;
export const KIND_NULL = 12;
export const KIND_TRUE = 13;
export const KIND_FALSE = 14;
export const KIND_ABSENT = 15;
export const KIND_ARRAY = 16;
export const KIND_PRESENT = 17;
/** An array or object. */
export const KIND_CONTAINER = 18;
/** An array or object in whose text the text occurs. */
export const KIND_CONTAINER_WITH = 19;
/** The whole message holds a text. A: text, B: length, LOW: two words, the text and length where the message is in JSON. */
export const KIND_MESSAGE_WITH = 20;
export const KIND_MESSAGE_WITHOUT = 21;

// A pattern. Lists hold the numbers of these rows; which patterns of the set they are is written here.
export const PATTERN_NUMBER = 0;
/** The first step of its decision. */
export const PATTERN_STEP = 4;
/** Zero in the image. The scanner keeps the last event here that led to the pattern. */
export const PATTERN_EVENT = 8;
export const PATTERN_BYTES = 12;

// One step of a pattern's decision: a comparison, and where to go on.
export const INSTRUCTION_COMPARISON = 0;
export const INSTRUCTION_IF_TRUE = 4;
export const INSTRUCTION_IF_FALSE = 8;
export const INSTRUCTION_BYTES = 12;
export const ACCEPT = -1;
export const REJECT = -2;

// What the scanner reports of a log event that must be looked at.
export const REPORT_START = 0;
export const REPORT_END = 4;
/** How many patterns may match; -1: judge the event without the scanner. */
export const REPORT_PATTERN_COUNT = 8;
/** The number of the entry among all entries. */
export const REPORT_ENTRY = 12;
export const REPORT_PATTERNS = 16;

// What a scan comes to.
export const SCAN_DONE = 0;
/** The report is full: read it and go on. */
export const SCAN_GO_ON = 1;
/** Not of the form that the scanner knows: read the whole without it. */
export const SCAN_REFUSED = 2;

/** Bytes in front of and behind a payload that may be read with it, or written while it is unpacked. */
export const MARGIN_BYTES = 512;

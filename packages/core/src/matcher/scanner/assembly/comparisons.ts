// Whether a comparison may hold for the present event: false only where it certainly does not.
import { hasEscapes, quoteEscape } from './cursor';
import {
  ABSENT,
  ARRAY,
  ESCAPED_TEXT,
  FALSE,
  INTEGER,
  LONG_INTEGER,
  NULL,
  OBJECT,
  OTHER_NUMBER,
  TEXT,
  TRUE,
  endOf,
  hasKnownText,
  hasUnknownText,
  integerOf,
  kindOf,
  startOf,
} from './field-values';
import { comparisons, event, literals, texts } from './image';
import {
  COMPARISON_A,
  COMPARISON_ANSWER,
  COMPARISON_B,
  COMPARISON_BYTES,
  COMPARISON_HIGH,
  COMPARISON_KIND_AND_FIELD,
  COMPARISON_LOW,
  KIND_ABSENT,
  KIND_ARRAY,
  KIND_COMPARABLE,
  KIND_CONTAINER,
  KIND_CONTAINER_WITH,
  KIND_CONTAINS,
  KIND_EQUALS,
  KIND_FALSE,
  KIND_MAY,
  KIND_MESSAGE_WITH,
  KIND_MESSAGE_WITHOUT,
  KIND_NOT_CONTAINS,
  KIND_NOT_EQUALS,
  KIND_NOT_PREFIX,
  KIND_NOT_RANGE,
  KIND_NOT_SUFFIX,
  KIND_NULL,
  KIND_PREFIX,
  KIND_PRESENT,
  KIND_RANGE,
  KIND_SUFFIX,
  KIND_TRUE,
  LITERAL_BYTES,
} from './layout';
import { literalOf } from './lookups';
import { occursIn, sameText } from './text';
import { readPutOff } from './walk';

/** The event's own bytes. */
let messageStart: usize = 0;
let messageEnd: usize = 0;

export function setMessage(start: usize, finish: usize): void {
  messageStart = start;
  messageEnd = finish;
}

/** Each comparison is made once for an event, however many patterns ask for it. */
export function mayHold(number: u32): bool {
  const comparison = comparisons + number * COMPARISON_BYTES;
  const answer = load<u32>(comparison, COMPARISON_ANSWER);
  if (answer >> 1 == event) return (answer & 1) != 0;
  const holds = compare(comparison);
  store<u32>(comparison, (event << 1) | (holds ? 1 : 0), COMPARISON_ANSWER);
  return holds;
}

function literalIs(field: u32, number: u32): bool {
  return literalOf(field) == literals + number * LITERAL_BYTES;
}

/** The field's kind, read now if it was put off. */
function kindNow(field: u32): u32 {
  const kind = kindOf(field);
  return kind == ABSENT && readPutOff(field) ? kindOf(field) : kind;
}

function compare(comparison: usize): bool {
  const kindAndField = load<u32>(comparison, COMPARISON_KIND_AND_FIELD);
  const asked = kindAndField & 0xff;
  const field = kindAndField >> 8;
  const a = load<u32>(comparison, COMPARISON_A);
  const b = load<u32>(comparison, COMPARISON_B);
  switch (asked) {
    case KIND_MAY:
      return true;
    case KIND_COMPARABLE:
      return isComparable(kindNow(field));
    case KIND_EQUALS: {
      const kind = kindNow(field);
      return hasKnownText(kind) ? literalIs(field, a) : hasUnknownText(kind);
    }
    case KIND_NOT_EQUALS: {
      const kind = kindNow(field);
      return hasKnownText(kind) ? !literalIs(field, a) : hasUnknownText(kind);
    }
    case KIND_PREFIX:
    case KIND_SUFFIX:
    case KIND_CONTAINS: {
      const kind = kindNow(field);
      return hasKnownText(kind) ? hasPart(asked, field, a, b) : hasUnknownText(kind);
    }
    case KIND_NOT_PREFIX:
    case KIND_NOT_SUFFIX:
    case KIND_NOT_CONTAINS: {
      const kind = kindNow(field);
      return hasKnownText(kind) ? !hasPart(asked - 1, field, a, b) : hasUnknownText(kind);
    }
    case KIND_RANGE:
      return inRange(comparison, field, a, false);
    case KIND_NOT_RANGE:
      return inRange(comparison, field, a, true);
    case KIND_NULL: {
      // An array with a null in it counts as well.
      const kind = kindNow(field);
      return kind == NULL || kind == ARRAY;
    }
    case KIND_TRUE:
      return kindNow(field) == TRUE;
    case KIND_FALSE:
      return kindNow(field) == FALSE;
    case KIND_ABSENT:
      return kindNow(field) == ABSENT;
    case KIND_PRESENT:
      return kindNow(field) != ABSENT;
    case KIND_ARRAY:
      return kindNow(field) == ARRAY;
    case KIND_CONTAINER:
      return isContainer(kindNow(field));
    case KIND_CONTAINER_WITH:
      return isContainer(kindNow(field)) && (hasEscapes || occursIn(texts + a, b, startOf(field), endOf(field)));
    case KIND_MESSAGE_WITH:
      return isInMessage(comparison, a, b);
    case KIND_MESSAGE_WITHOUT:
      return !isInMessage(comparison, a, b);
    default:
      return true;
  }
}

function isComparable(kind: u32): bool {
  return kind >= TEXT && kind <= OTHER_NUMBER;
}

function isContainer(kind: u32): bool {
  return kind == OBJECT || kind == ARRAY;
}

function hasPart(kind: u32, field: u32, text: u32, length: u32): bool {
  const start = startOf(field);
  const finish = endOf(field);
  if (kind == KIND_CONTAINS) return occursIn(texts + text, length, start, finish);
  if (finish - start < (length as usize)) return false;
  return sameText(kind == KIND_PREFIX ? start : finish - length, texts + text, length);
}

/** Strings compare with the literal's spelling, and are never in order; long and oddly spelled numbers are left open. */
function inRange(comparison: usize, field: u32, literal: u32, isNegated: bool): bool {
  const kind = kindNow(field);
  if (kind == INTEGER) {
    const value = integerOf(field);
    return (
      (value >= load<f64>(comparison, COMPARISON_LOW) && value <= load<f64>(comparison, COMPARISON_HIGH)) != isNegated
    );
  }
  if (kind == TEXT) return literal != 0 && literalIs(field, literal - 1) != isNegated;
  return kind == ESCAPED_TEXT ? literal != 0 : kind == LONG_INTEGER || kind == OTHER_NUMBER;
}

function isInMessage(comparison: usize, a: u32, b: u32): bool {
  if (quoteEscape == 1)
    return occursIn(
      texts + load<u32>(comparison, COMPARISON_LOW),
      load<u32>(comparison, COMPARISON_LOW + 4),
      messageStart,
      messageEnd,
    );
  return occursIn(texts + a, b, messageStart, messageEnd);
}

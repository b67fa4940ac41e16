// What the present event holds in the fields that patterns mention: notes of kind and place, which build nothing.
import { MINUS } from './characters';
import { FIELD_VALUE_BYTES, event, fieldValues, fields, presentFields } from './image';
import { FIELD_BYTES, FIELD_HAS_LOOKUPS } from './layout';

export const ABSENT: u32 = 0;
/** Text as it stands. */
export const TEXT: u32 = 1;
/** Text with an escape in it: what it says is not known. */
export const ESCAPED_TEXT: u32 = 2;
/** An integer of at most fifteen digits. */
export const INTEGER: u32 = 3;
/** A longer integer, of which the text is known. */
export const LONG_INTEGER: u32 = 4;
/** A number of another spelling, of which nothing is known. */
export const OTHER_NUMBER: u32 = 5;
export const TRUE: u32 = 6;
export const FALSE: u32 = 7;
export const NULL: u32 = 8;
export const OBJECT: u32 = 9;
export const ARRAY: u32 = 10;

const VALUE_EVENT: usize = 0;
const VALUE_KIND: usize = 4;
const VALUE_START: usize = 8;
const VALUE_END: usize = 12;
const VALUE_LITERAL_EVENT: usize = 16;
const VALUE_LITERAL: usize = 20;

/** Whether the text is known: of a string without escapes, or of an integer, which is spelled in one way. */
export function hasKnownText(kind: u32): bool {
  return kind == TEXT || kind == INTEGER || kind == LONG_INTEGER;
}

/** Whether a field holds a string or number of which the scanner cannot say what it is. */
export function hasUnknownText(kind: u32): bool {
  return kind == ESCAPED_TEXT || kind == OTHER_NUMBER;
}

/** How many fields that can be looked up the event has. */
export let presentFieldCount: u32 = 0;

function valueOf(field: u32): usize {
  return fieldValues + field * FIELD_VALUE_BYTES;
}

export function kindOf(field: u32): u32 {
  const value = valueOf(field);
  return load<u32>(value, VALUE_EVENT) == event ? load<u32>(value, VALUE_KIND) : ABSENT;
}

export function startOf(field: u32): usize {
  return load<u32>(valueOf(field), VALUE_START);
}

export function endOf(field: u32): usize {
  return load<u32>(valueOf(field), VALUE_END);
}

/** The literal that the field's text is, if it was looked for in this event; -1 if it was not. */
export function knownLiteral(field: u32): i32 {
  const value = valueOf(field);
  return load<u32>(value, VALUE_LITERAL_EVENT) == event ? load<i32>(value, VALUE_LITERAL) : -1;
}

export function setLiteral(field: u32, literal: i32): void {
  const value = valueOf(field);
  store<u32>(value, event, VALUE_LITERAL_EVENT);
  store<i32>(value, literal, VALUE_LITERAL);
}

export function setField(field: u32, kind: u32, start: usize, finish: usize): void {
  const value = valueOf(field);
  store<u32>(value, event, VALUE_EVENT);
  store<u32>(value, kind, VALUE_KIND);
  store<u32>(value, start as u32, VALUE_START);
  store<u32>(value, finish as u32, VALUE_END);
}

export function forgetFields(): void {
  presentFieldCount = 0;
}

/** Keeps the field among those that are present, if patterns are looked up by it. */
export function noteLookup(field: u32): void {
  if (load<u32>(fields + field * FIELD_BYTES, FIELD_HAS_LOOKUPS) == 0) return;
  store<u32>(presentFields + presentFieldCount * 4, field);
  presentFieldCount++;
}

/** The value of a field that is an INTEGER. */
export function integerOf(field: u32): f64 {
  let at = startOf(field);
  const finish = endOf(field);
  const isNegative = load<u8>(at) == MINUS;
  if (isNegative) at++;
  let value: i64 = 0;
  for (; at < finish; at++) value = value * 10 + (load<u8>(at) - 0x30);
  return (isNegative ? -value : value) as f64;
}

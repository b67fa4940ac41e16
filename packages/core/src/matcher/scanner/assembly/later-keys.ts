// Keys of the event that patterns may mention and by which no pattern is looked up. The walk notes where their values are; they are read
// only where a lookup hits, which is seldom.
import { markOdd } from './cursor';
import { event, laterKeys, putOffValues } from './image';

const NOTE_NODE: usize = 0;
const NOTE_TEXT: usize = 4;
const NOTE_LENGTH: usize = 8;
const NOTE_VALUE: usize = 12;
const NOTE_BYTES: u32 = 16;

/** An event with more of them is not judged: no CloudTrail event has so many. */
const MAX_NOTES: u32 = 512;

/** For each node, the last event in which its value was put off, and where that is. */
const PUT_OFF_EVENT: usize = 0;
const PUT_OFF_VALUE: usize = 4;
export const PUT_OFF_BYTES: u32 = 8;

export const LATER_KEYS_BYTES: u32 = MAX_NOTES * NOTE_BYTES;

/** How many were noted. */
export let laterKeyCount: u32 = 0;

export function forgetLaterKeys(): void {
  laterKeyCount = 0;
}

/** @param node the number of the node that the key is below; of the key itself where there is no text */
export function noteLaterKey(node: u32, text: usize, length: u32, value: usize): void {
  if (laterKeyCount == MAX_NOTES) {
    markOdd();
    return;
  }
  const note = laterKeys + laterKeyCount * NOTE_BYTES;
  store<u32>(note, node, NOTE_NODE);
  store<u32>(note, text as u32, NOTE_TEXT);
  store<u32>(note, length, NOTE_LENGTH);
  store<u32>(note, value as u32, NOTE_VALUE);
  laterKeyCount++;
}

export function laterKeyNode(index: u32): u32 {
  return load<u32>(laterKeys + index * NOTE_BYTES, NOTE_NODE);
}

export function laterKeyText(index: u32): usize {
  return load<u32>(laterKeys + index * NOTE_BYTES, NOTE_TEXT);
}

export function laterKeyLength(index: u32): u32 {
  return load<u32>(laterKeys + index * NOTE_BYTES, NOTE_LENGTH);
}

export function laterKeyValue(index: u32): usize {
  return load<u32>(laterKeys + index * NOTE_BYTES, NOTE_VALUE);
}

export function putOff(node: u32, value: usize): void {
  const place = putOffValues + node * PUT_OFF_BYTES;
  store<u32>(place, event, PUT_OFF_EVENT);
  store<u32>(place, value as u32, PUT_OFF_VALUE);
}

/** Where the node's value is, if that was put off in this event: once. 0 otherwise. */
export function takePutOff(node: u32): usize {
  const place = putOffValues + node * PUT_OFF_BYTES;
  if (load<u32>(place, PUT_OFF_EVENT) != event) return 0;
  store<u32>(place, 0, PUT_OFF_EVENT);
  return load<u32>(place, PUT_OFF_VALUE);
}

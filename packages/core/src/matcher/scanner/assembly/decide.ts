// Which patterns may match the present event: looked up by its fields, then decided by their comparisons.
import { mayHold } from './comparisons';
import { hasUnknownText, kindOf, presentFieldCount } from './field-values';
import { instructions, patterns, presentFields, uncovered, uncoveredCount } from './image';
import {
  ACCEPT,
  INSTRUCTION_BYTES,
  INSTRUCTION_COMPARISON,
  INSTRUCTION_IF_FALSE,
  INSTRUCTION_IF_TRUE,
  PATTERN_BYTES,
  PATTERN_NUMBER,
  PATTERN_STEP,
} from './layout';
import { addCandidate, candidatesEnd, lookUp, openCandidates } from './lookups';

/**
 * Writes where the patterns are that the event's fields lead to, and those that no field leads to and that may match. Returns where
 * they end; 0 if a value that they hang on is not known. The fields that the walk has read are enough for it.
 */
export function findCandidates(to: usize): usize {
  openCandidates(to);
  for (let at: u32 = 0; at < presentFieldCount; at++) {
    const field = load<u32>(presentFields + at * 4);
    if (hasUnknownText(kindOf(field))) return 0;
    lookUp(field);
  }
  for (let at: u32 = 0; at < uncoveredCount; at++) {
    const pattern = patterns + load<u32>(uncovered + at * 4) * PATTERN_BYTES;
    if (mayMatch(pattern)) addCandidate(pattern as u32);
  }
  return candidatesEnd;
}

/**
 * Keeps the numbers of those candidates from `from` to `to` that may match. Returns where they end. The event may turn out to be odd on
 * the way.
 */
export function keepPossible(from: usize, to: usize): usize {
  openCandidates(from);
  for (let at = from; at < to; at += 4) {
    const pattern = load<u32>(at);
    if (mayMatch(pattern)) addCandidate(load<u32>(pattern, PATTERN_NUMBER));
  }
  return candidatesEnd;
}

function mayMatch(pattern: usize): bool {
  let step = load<i32>(pattern, PATTERN_STEP);
  while (step >= 0) {
    const instruction = instructions + (step as u32) * INSTRUCTION_BYTES;
    step = mayHold(load<u32>(instruction, INSTRUCTION_COMPARISON))
      ? load<i32>(instruction, INSTRUCTION_IF_TRUE)
      : load<i32>(instruction, INSTRUCTION_IF_FALSE);
  }
  return step == ACCEPT;
}

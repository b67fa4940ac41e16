/** What holds for every condition and every event: no claim of lint's is false. */
import fc from 'fast-check';
import { expect } from 'vitest';
import { evaluatePattern, parsePattern, type JsonPattern } from '../../../pattern/index.ts';
import { checkImpossible } from '../../checks/impossible.ts';
import { checkRedundant } from '../../checks/redundant.ts';
import { conditionImplies } from '../implication.ts';
import { maySatisfy } from '../satisfiable.ts';
import { eventFor, fewFieldsCondition } from './arbitrary-conditions.ts';

const EVENTS = 8;

/** A condition and events built to meet its comparisons. */
export const conditionAndEvents = fewFieldsCondition.chain((text) =>
  fc.tuple(fc.constant(text), fc.array(eventFor(text), { minLength: EVENTS, maxLength: EVENTS })),
);

/** Two conditions, and events built to meet the comparisons of the first. */
export const conditionsAndEvents = fc.tuple(conditionAndEvents, fewFieldsCondition);

/** The JSON pattern that a text is. */
export function readJson(text: string): JsonPattern {
  const pattern = parsePattern(text);
  if (pattern.kind !== 'json') throw new Error(`${text} is no JSON pattern`);
  return pattern;
}

/** Whether the pattern matches the message. */
export function matches(pattern: JsonPattern, message: string): boolean {
  return evaluatePattern(pattern, message) !== undefined;
}

/** A condition that is said to be impossible is met by no event. Returns whether it is said so. */
export function checkImpossibility([text, events]: readonly [string, readonly string[]]): boolean {
  const pattern = readJson(text);
  if (maySatisfy([pattern.condition])) return false;
  expect(events.filter((event) => matches(pattern, event))).toEqual([]);
  return true;
}

/** Every event that meets a condition meets one that is said to be implied. Returns whether one is. */
export function checkImplication([[text, events], other]: readonly [
  readonly [string, readonly string[]],
  string,
]): boolean {
  const [from, to] = [readJson(text), readJson(other)];
  if (!conditionImplies(from.condition, to.condition)) return false;
  expect(events.filter((event) => matches(from, event) && !matches(to, event))).toEqual([]);
  return true;
}

/** Without a clause that is said to be redundant or dead a pattern matches the same. Returns whether there is one. */
export function checkCuts([text, events]: readonly [string, readonly string[]]): boolean {
  const pattern = readJson(text);
  const linted = { text, pattern, path: [] };
  const cuts = [...checkRedundant(linted), ...checkImpossible(linted)].flatMap(({ replacement }) => replacement ?? []);
  for (const { span, text: inserted } of cuts) {
    const rest = readJson(text.slice(0, span.offset) + inserted + text.slice(span.offset + span.length));
    expect(events.filter((event) => matches(pattern, event) !== matches(rest, event))).toEqual([]);
  }
  return cuts.length > 0;
}

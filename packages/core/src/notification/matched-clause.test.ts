import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluatePattern, parseEvent, parsePattern } from '../pattern/index.ts';
import { matchedClause } from './matched-clause.ts';

function clauseOf(pattern: string, message: unknown): string | undefined {
  const event = parseEvent(typeof message === 'string' ? message : JSON.stringify(message));
  return matchedClause(parsePattern(pattern))(event);
}

test.each<[what: string, pattern: string, message: unknown, clause: string | undefined]>([
  ['the only comparison', '{ $.eventName = StopLogging }', { eventName: 'StopLogging' }, '$.eventName = "StopLogging"'],
  [
    'of alternatives the one that holds',
    '{ ($.eventName = "StopLogging") || ($.eventName = "DeleteTrail") }',
    { eventName: 'DeleteTrail' },
    '$.eventName = "DeleteTrail"',
  ],
  [
    'alternatives that hold together',
    '{ ($.errorCode = "*Denied") || ($.errorMessage = "*not authorized*") || ($.a = 1) }',
    { errorCode: 'AccessDenied', errorMessage: 'you are not authorized' },
    '$.errorCode = "*Denied" || $.errorMessage = "*not authorized*"',
  ],
  [
    'what is joined, with the alternative within',
    '{ $.eventSource = "iam.amazonaws.com" && ($.eventName = "A" || $.eventName = "B") && $.x NOT EXISTS }',
    { eventSource: 'iam.amazonaws.com', eventName: 'B' },
    '$.eventSource = "iam.amazonaws.com" && $.eventName = "B" && $.x NOT EXISTS',
  ],
  [
    'several that hold within others, in parentheses',
    '{ $.a = 1 && ($.b = 2 || $.c = 3 || $.d = 4) }',
    { a: 1, b: 2, c: 3 },
    '$.a = 1 && ($.b = 2 || $.c = 3)',
  ],
  [
    'a pair as an alternative',
    '{ ($.a = 1 && $.b = 2) || $.c = 3 }',
    { a: 1, b: 2, c: 3 },
    '($.a = 1 && $.b = 2) || $.c = 3',
  ],
  [
    'a pair as the one alternative that holds',
    '{ ($.a = 1 && $.b = 2) || $.c = 3 }',
    { a: 1, b: 2 },
    '$.a = 1 && $.b = 2',
  ],
  ['terms that all count', 'ERROR -ok', 'ERROR 7', '"ERROR" -"ok"'],
  ['terms of which one is enough', '?ERROR ?WARN', 'a WARN', '?"WARN"'],
  ['an expression', '%stop+ed%', 'it stopped', '%stop+ed%'],
  [
    'fields with conditions',
    '[ip, user = a*, ..., status = 404 || status = 410]',
    '1.1.1.1 alice x y 410',
    'user = "a*", status = 410',
  ],
  ['nothing of a pattern that matches everything', '', 'x', undefined],
  ['nothing of fields without conditions', '[a, b]', 'x y', undefined],
  ['nothing of a pattern that does not match', '{ $.a = 1 }', { a: 2 }, undefined],
  ['nothing of what is no JSON', '{ $.a = 1 }', 'a = 1', undefined],
])('of a pattern is told %s', (_, pattern, message, clause) => {
  expect(clauseOf(pattern, message)).toBe(clause);
});

test('a clause is cut where it is long, which a mark shows', () => {
  const pattern = `{ ${Array.from({ length: 20 }, (_, n) => `$.field${n} = "value"`).join(' && ')} }`;
  const message = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`field${n}`, 'value']));
  const clause = clauseOf(pattern, message) ?? '';
  expect(clause).toHaveLength(256);
  expect(clause).toMatch(/^\$\.field0 = "value" && .*…$/);
});

const comparison = fc
  .tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('= 1', '= 2', '!= 1', 'NOT EXISTS', '= x*'))
  .map(([name, test]) => `$.${name} ${test}`);
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparison,
    fc
      .tuple(fc.array(tie('expression'), { minLength: 2, maxLength: 3 }), fc.constantFrom('&&', '||'))
      .map(([parts, sign]) => `(${parts.join(` ${sign} `)})`),
  ),
}));
const message = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom(1, 2, 'x', 'xyz'));

test('whatever matches a pattern matches its clause as well, and of the clause nothing more can be left out', () => {
  fc.assert(
    fc.property(expression, message, (text, event) => {
      const pattern = parsePattern(`{ ${text} }`);
      const json = JSON.stringify(event);
      const clause = matchedClause(pattern)(parseEvent(json));
      expect(clause !== undefined).toBe(evaluatePattern(pattern, json) !== undefined);
      if (clause === undefined || clause.endsWith('…')) return;
      const again = parsePattern(`{ ${clause} }`);
      expect(evaluatePattern(again, json)).toBeDefined();
      expect(matchedClause(again)(parseEvent(json))).toBe(clause);
    }),
    { numRuns: 300 },
  );
});

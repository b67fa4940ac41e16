import { expect, test } from 'vitest';
import { parsePattern } from '../../pattern/index.ts';
import { coverOfDecision } from './cover.ts';
import { decisionOf, type Decision } from './decision.ts';

/** What a pattern is looked up by, and what that proves; `-` where it is looked up by nothing, `nothing` where it proves nothing. */
function coverIn(filterPattern: string): string {
  const cover = coverOfDecision(decisionOf(parsePattern(filterPattern)));
  if (cover === undefined) return '-';
  const atoms = cover.atoms.map(({ text }) => text).join(' ');
  return `${atoms} proves ${cover.proven === undefined ? 'nothing' : inWords(cover.proven)}`;
}

function inWords(decision: Decision): string {
  if ('operands' in decision) return `(${decision.operands.map(inWords).join(` ${decision.kind} `)})`;
  return 'text' in decision ? (decision.text ?? '') : decision.kind;
}

test.each([
  ['{ $.eventName = A }', 'A proves A'],
  ['{ $.eventName != A }', '-'],
  ['{ $.eventName = A || $.eventName = B }', 'A B proves (A or B)'],
  ['{ $.eventName = A || $.eventName != B }', '-'],
  ['{ $.eventSource = s && $.eventName = A && $.awsRegion = r }', 'A proves A'],
  ['{ $.awsRegion = r && $.eventSource = s }', 's proves s'],
  ['{ $.eventName = GetUser && $.errorCode = E }', 'E proves E'],
  ['{ ($.eventName = A || $.eventName = B) && $.errorCode NOT EXISTS }', 'A B proves (A or B)'],
  ['{ ($.eventName = A && $.awsRegion = r) || $.eventName = B }', 'A B proves nothing'],
  ['{ ($.eventName = A || ($.eventName = B && $.readOnly IS TRUE)) && $.awsRegion = r }', 'A B proves nothing'],
  [
    '{ (($.eventName = A || $.eventName = B) || $.eventName = C) && $.readOnly IS TRUE }',
    'A B C proves ((A or B) or C)',
  ],
  ['{ ($.eventName = A || $.eventName = B || $.eventName = C) && $.errorCode = E }', 'E proves E'],
  ['{ $.eventName IS NULL && ($.readOnly IS TRUE || $.eventName = A) }', '-'],
  ['A', '-'],
])('%s is looked up by %s', (filterPattern, expected) => {
  expect(coverIn(filterPattern)).toBe(expected);
});

import { loadRules } from '@trailbell/core/rule';
import { expect, test } from 'vitest';
import { peerAgreement, type PeerTest } from '../../scripts/packs/peer-agreement.ts';

const rule = (name: string, filterPattern: string) =>
  `{ name: ${name}, title: ${name}, severity: info, filterPattern: '${filterPattern}' }`;
const RULES = [
  rule('any-change', '{ $.eventName = "*Logging" || $.eventName = "DeleteTrail" }'),
  rule('stopped', '{ $.eventName = "StopLogging" }'),
];
const { rules } = loadRules([{ path: 'rules.yaml', text: RULES.join('\n---\n') }]);

const compare = (...tests: readonly [eventName: string, expected: boolean][]) =>
  peerAgreement(
    rules,
    tests.map(([eventName, expected]): PeerTest => ({ peer: 'a/b', rule: 'trail', event: { eventName }, expected })),
  );
const verdicts = (...tests: readonly [eventName: string, expected: boolean][]) =>
  compare(...tests).flatMap((agreement) => agreement.tests.map(({ agrees }) => agrees));

test('where an alarm is expected, any rule that counts the event agrees', () => {
  expect(verdicts(['StopLogging', true], ['DeleteTrail', true], ['PutEventSelectors', true])).toEqual([
    true,
    true,
    false,
  ]);
});

test('where none is expected, a rule that is wider than another which does as well does not disagree', () => {
  expect(verdicts(['StopLogging', true], ['StartLogging', false])).toEqual([true, true]);
  expect(compare(['StopLogging', true], ['StartLogging', false])[0]?.ourRules).toEqual(['stopped']);
});

test('where none is expected, the closest rule that counts the event disagrees', () => {
  expect(verdicts(['DeleteTrail', true], ['StartLogging', false])).toEqual([true, false]);
});

test('a rule that only counts what should not ring is none of those that come closest', () => {
  expect(verdicts(['PutEventSelectors', true], ['StopLogging', false])).toEqual([false, true]);
});

test('the tests of each rule of each peer are judged apart', () => {
  const event = { eventName: 'DeleteTrail' };
  const agreements = peerAgreement(rules, [
    { peer: 'a/b', rule: 'one', event, expected: true },
    { peer: 'a/b', rule: 'other', event, expected: false },
    { peer: 'c/d', rule: 'one', event, expected: false },
  ]);
  expect(agreements.map(({ peer, rule: name, ourRules }) => [peer, name, ourRules])).toEqual([
    ['a/b', 'one', ['any-change']],
    ['a/b', 'other', []],
    ['c/d', 'one', []],
  ]);
});

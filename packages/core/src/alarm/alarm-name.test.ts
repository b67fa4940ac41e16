import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from '../cloudtrail/plain-text.ts';
import { MAX_ALARM_NAME_LENGTH, alarmKey, alarmName, deploymentName } from './alarm-name.ts';

const naming = { prefix: '', deployment: 'trailbell-production-777788889999-eu-west-1' };

test.each([
  [naming, [], 'root-account-usage trailbell-production-777788889999-eu-west-1'],
  [naming, ['111122223333'], 'root-account-usage (111122223333) trailbell-production-777788889999-eu-west-1'],
  [{ prefix: 'soc/', deployment: 'x' }, ['a', 'b'], 'soc/root-account-usage (a, b) x'],
])('an alarm is named for its rule, its group and its deployment', (name, group, expected) => {
  expect(alarmName(name, { rule: 'root-account-usage', group })).toBe(expected);
});

test('the deployment is named by app, stage, account and region', () => {
  const deployment = { app: 'trailbell', stage: 'production', accountId: '777788889999', region: 'eu-west-1' };
  expect(deploymentName(deployment)).toBe(naming.deployment);
});

test('names that must be cut stay within the limit and stay different', () => {
  const long = 'x'.repeat(300);
  const names = ['a', 'b'].map((end) => alarmName(naming, { rule: 'rule', group: [long + end] }));
  expect(names.map((name) => name.length)).toEqual([MAX_ALARM_NAME_LENGTH, MAX_ALARM_NAME_LENGTH]);
  expect(new Set(names).size).toBe(2);
});

test('whatever the group values are, the name is one that CloudWatch takes and the key is short', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 400 }), { maxLength: 3 }), (group) => {
      const name = alarmName(naming, { rule: 'rule', group });
      expect(name.length).toBeLessThanOrEqual(MAX_ALARM_NAME_LENGTH);
      expect(name.isWellFormed()).toBe(true);
      // eslint-disable-next-line no-control-regex -- their absence is what is tested
      expect(name).not.toMatch(/[\u0000-\u001f\u007f]/);
      expect(alarmKey({ rule: 'rule', group }).length).toBeLessThanOrEqual(40);
    }),
  );
});

test.each([
  [
    ['a', 'b, c'],
    ['a, b', 'c'],
  ],
  [['1\u00012'], ['1 2']],
  [['a\u202e'], ['a\ufffd']],
  [['a'], ['a) x (b']],
])('the groups %j and %j have names of their own', (one, other) => {
  const names = [one, other].map((group) => alarmName(naming, { rule: 'r', group }));
  expect(names[0]).not.toBe(names[1]);
});

test('different groups have different names, as PagerDuty gets them', () => {
  const values = fc.array(fc.string({ unit: fc.constantFrom('a', ',', ' ', '(', ')', '\u0001', '\u202e', '\ufffd') }));
  fc.assert(
    fc.property(values, values, (one, other) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other));
      const names = [one, other].map((group) => plainText(alarmName(naming, { rule: 'r', group }), 255));
      expect(names[0]).not.toBe(names[1]);
    }),
    { numRuns: 2000 },
  );
});

test('groups whose values join to the same text are different alarms', () => {
  expect(alarmKey({ rule: 'r', group: ['a, b'] })).not.toBe(alarmKey({ rule: 'r', group: ['a', 'b'] }));
});

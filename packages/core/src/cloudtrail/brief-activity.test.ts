import { expect, test } from 'vitest';
import type { Activity } from './activity.ts';
import { withoutRepetition } from './brief-activity.ts';

function activity(eventName: string, actor: Partial<Activity['actor']> = {}): Activity {
  return {
    eventName,
    actor: {
      type: 'AssumedRole',
      name: 'alice (role Admin)',
      arn: 'arn:a',
      principalId: 'AROA:alice',
      role: 'Admin',
      ...actor,
    },
    userAgent: 'aws-cli/2.15',
    sourceIp: '203.0.113.9',
  };
}

test('the first of several by one actor says how it acted, the others what it did', () => {
  const [first, second] = withoutRepetition([activity('A'), activity('B')]);
  expect(first).toEqual(activity('A'));
  expect(second).toStrictEqual({
    eventName: 'B',
    actor: { type: 'AssumedRole', name: 'alice (role Admin)', arn: 'arn:a' },
    sourceIp: '203.0.113.9',
  });
});

test('whoever is somebody else is told in full', () => {
  const others = [activity('B', { name: 'bob (role Admin)' }), activity('C', { arn: 'arn:b' })];
  expect(withoutRepetition([activity('A'), ...others])).toEqual([activity('A'), ...others]);
});

test('an actor without an ARN keeps its principal, because pages tell new actors by it', () => {
  const { arn: _, ...withoutArn } = activity('A').actor;
  const [, second] = withoutRepetition([{ actor: withoutArn }, { actor: withoutArn }]);
  expect(second?.actor).toStrictEqual({ type: 'AssumedRole', name: 'alice (role Admin)', principalId: 'AROA:alice' });
});

test('of none nothing is left', () => {
  expect(withoutRepetition([])).toEqual([]);
});

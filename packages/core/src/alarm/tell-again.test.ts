import { expect, test } from 'vitest';
import type { Alarm, OwedNotification, Standing } from './alarm.ts';
import { emptyStanding } from './step.ts';
import { tellAgain } from './tell-again.ts';

const NOW_MS = Date.UTC(2026, 2, 11, 9, 30);

function notification(state: 'OK' | 'ALARM', number: number): OwedNotification {
  return {
    number,
    state,
    previousState: state === 'OK' ? 'ALARM' : 'OK',
    reason: `reason for ${state}`,
    changedAtMs: NOW_MS - 60_000,
    episode: {
      alarmName: 'root-account-usage here',
      title: 'The root account was used',
      severity: 'critical',
      settings: {
        statistic: 'Sum',
        period: 300,
        evaluationPeriods: 1,
        threshold: 1,
        comparisonOperator: 'GreaterThanOrEqualToThreshold',
        treatMissingData: 'notBreaching',
      },
      count: 1,
      isAtLeast: false,
      firstMs: NOW_MS - 60_000,
      lastMs: NOW_MS - 60_000,
      examples: ['somebody did something'],
    },
  };
}

function alarm(standing?: Partial<Standing>): Alarm {
  return {
    identity: { rule: 'root-account-usage', group: [] },
    rev: 7,
    rulesVersion: 1,
    samples: [],
    uncounted: 0,
    examples: [],
    ...(standing && { standing: { ...emptyStanding('OK', NOW_MS - 3_600_000), ...standing } }),
  };
}

test.for(['OK', 'ALARM'] as const)(
  'an alarm whose %s was told owes it again, with the next number, and is due',
  (state) => {
    const told = { notification: notification(state, 4), sentAtMs: NOW_MS - 50_000 };
    const telling = tellAgain(alarm({ state, told, expiresAtMs: NOW_MS + 1 }), NOW_MS);
    if (telling.kind !== 'owes') throw new Error(telling.kind);
    const { standing } = telling.step;
    expect(standing).toMatchObject({ state, told, owed: { ...told.notification, number: 5 }, dueMs: NOW_MS });
    expect(standing).not.toHaveProperty('expiresAtMs');
    expect(standing).not.toHaveProperty('lease');
  },
);

test('an alarm that is due earlier stays so', () => {
  const told = { notification: notification('ALARM', 1), sentAtMs: 0 };
  expect(tellAgain(alarm({ told, dueMs: NOW_MS - 5 }), NOW_MS)).toMatchObject({
    step: { standing: { dueMs: NOW_MS - 5 } },
  });
});

test('an alarm that owes something is left alone, so doing it twice is doing it once', () => {
  const told = { notification: notification('ALARM', 1), sentAtMs: NOW_MS };
  const once = tellAgain(alarm({ state: 'ALARM', told }), NOW_MS);
  if (once.kind !== 'owes') throw new Error(once.kind);
  expect(tellAgain(alarm(once.step.standing), NOW_MS)).toEqual({ kind: 'owes-already' });
});

test('an alarm of which nothing was told has nothing to tell', () => {
  expect(tellAgain(alarm(), NOW_MS)).toEqual({ kind: 'nothing-to-tell' });
  expect(tellAgain(alarm({ state: 'ALARM' }), NOW_MS)).toEqual({ kind: 'nothing-to-tell' });
});

test('an alarm that was forgotten owes the OK that closes its incident', () => {
  expect(tellAgain(alarm(), NOW_MS, notification('OK', 0))).toMatchObject({
    kind: 'owes',
    step: { standing: { state: 'OK', owed: { state: 'OK', number: 1 }, dueMs: NOW_MS } },
  });
});

test('one that is on again, and of which nothing was told, gets no OK', () => {
  expect(tellAgain(alarm({ state: 'ALARM' }), NOW_MS, notification('OK', 0))).toEqual({ kind: 'nothing-to-tell' });
});

test('what was told last wins over the OK of an earlier incident', () => {
  const told = { notification: notification('ALARM', 9), sentAtMs: NOW_MS };
  expect(tellAgain(alarm({ state: 'ALARM', told }), NOW_MS, notification('OK', 0))).toMatchObject({
    step: { standing: { owed: { state: 'ALARM', number: 10 } } },
  });
});

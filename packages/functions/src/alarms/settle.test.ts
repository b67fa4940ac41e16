import { MINUTE_MS, sampleId, type AlarmRule, type OwedNotification } from '@trailbell/core/alarm';
import { expect, test } from 'vitest';
import { MemoryAlarmStore } from '../adapters/memory-alarm-store.ts';
import { settle, type SettleContext, type SettleOutcome } from './settle.ts';

const START_MS = Date.UTC(2026, 2, 11, 9, 0);
const identity = { rule: 'root-account-usage', group: ['111122223333'] };

function rule(settings: Partial<AlarmRule['metric']['settings']> = {}): AlarmRule {
  return {
    metric: {
      settings: {
        statistic: 'Sum',
        period: 300,
        evaluationPeriods: 1,
        threshold: 1,
        comparisonOperator: 'GreaterThanOrEqualToThreshold',
        treatMissingData: 'notBreaching',
        ...settings,
      },
      constantValue: 1,
      defaultValue: undefined,
    },
    alarmName: 'root-account-usage (111122223333)',
    severity: 'critical',
    stateReason: ({ state }) => `reason for ${state}`,
  };
}

/** A day on which minutes pass one by one: matches come in, the reconciler runs each minute, notifications come out. */
class Day {
  readonly store = new MemoryAlarmStore();
  readonly told: { readonly at: string; readonly state: string; readonly count: number }[] = [];
  readonly outcomes: SettleOutcome['kind'][] = [];
  fails: (owed: OwedNotification) => boolean = () => false;
  rule = rule();
  nowMs = START_MS;

  context(): SettleContext {
    return {
      store: this.store,
      rulesVersion: 1,
      ruleOf: () => this.rule,
      nowMs: () => this.nowMs,
      publish: (owed) => {
        if (this.fails(owed)) return Promise.reject(new Error('SNS is down'));
        this.told.push({ at: this.#offset(), state: owed.state, count: owed.episode.count });
        return Promise.resolve();
      },
    };
  }

  /** A match of event `id` at `atMinute` that reaches the matcher `lateMinutes` later. */
  async match(id: string, atMinute: number, lateMinutes = 0): Promise<void> {
    await this.until(atMinute + lateMinutes);
    const minute = START_MS / MINUTE_MS + atMinute;
    const recording = { identity, samples: [{ id: sampleId(id), value: 1, minute }], examples: [id] };
    const { alarm } = await this.store.record(recording, this.nowMs, 1);
    this.outcomes.push((await settle(alarm, this.context())).kind);
  }

  async until(minute: number): Promise<void> {
    while (this.nowMs < START_MS + minute * MINUTE_MS) {
      this.nowMs += MINUTE_MS;
      await this.reconcile();
    }
  }

  async reconcile(): Promise<void> {
    for await (const alarm of this.store.due(this.nowMs)) {
      this.outcomes.push((await settle(alarm, this.context())).kind);
    }
  }

  #offset(): string {
    return `${(this.nowMs - START_MS) / MINUTE_MS}m`;
  }
}

test('three uses are one incident, closed five quiet minutes after the last', async () => {
  const day = new Day();
  await day.match('a', 0);
  await day.match('b', 1);
  await day.match('c', 2);
  await day.until(30);
  expect(day.told).toEqual([
    { at: '0m', state: 'ALARM', count: 1 },
    { at: '7m', state: 'OK', count: 3 },
  ]);
});

test('the same event delivered again changes nothing, now or after the incident is closed', async () => {
  const day = new Day();
  await day.match('a', 0);
  await day.match('a', 0);
  await day.match('a', 0, 3);
  await day.match('a', 0, 20);
  await day.until(40);
  expect(day.told).toEqual([
    { at: '0m', state: 'ALARM', count: 1 },
    { at: '5m', state: 'OK', count: 1 },
  ]);
});

test('an event that CloudTrail delivers again later counts in the earlier minute', async () => {
  const day = new Day();
  day.rule = rule({ threshold: 2 });
  await day.match('a', 0);
  await day.match('a', 2);
  await day.until(30);
  expect(day.told).toEqual([]);
});

test('a threshold is crossed by samples of one window, not by those of two', async () => {
  const day = new Day();
  day.rule = rule({ threshold: 3 });
  await day.match('a', 0);
  await day.match('b', 1);
  await day.match('c', 6);
  await day.match('d', 7);
  await day.match('e', 8);
  await day.until(30);
  expect(day.told).toEqual([
    { at: '8m', state: 'ALARM', count: 3 },
    { at: '11m', state: 'OK', count: 3 },
  ]);
});

test('a sample that is late beyond its window rings once and closes at once', async () => {
  const day = new Day();
  await day.match('a', 0, 120);
  await day.match('a', 0, 121);
  await day.until(150);
  expect(day.told).toEqual([
    { at: '120m', state: 'ALARM', count: 1 },
    { at: '120m', state: 'OK', count: 1 },
  ]);
});

test('a late sample that touches an episode already told joins it', async () => {
  const day = new Day();
  await day.match('b', 4);
  await day.until(20);
  await day.match('a', 2, 20);
  await day.until(40);
  expect(day.told.map(({ at, state }) => `${at} ${state}`)).toEqual(['4m ALARM', '9m OK']);
});

test('an ALARM that SNS refuses is sent when SNS is back, and its OK follows even if the window has long passed', async () => {
  const day = new Day();
  day.fails = () => day.nowMs < START_MS + 30 * MINUTE_MS;
  await day.match('a', 0);
  await day.until(60);
  expect(day.outcomes[0]).toBe('publish-failed');
  expect(day.told).toEqual([
    { at: '30m', state: 'ALARM', count: 1 },
    { at: '30m', state: 'OK', count: 1 },
  ]);
});

test('an OK that was never sent gives way to the ALARM of the next episode once its lease is over, and the incident is closed', async () => {
  const day = new Day();
  day.fails = (owed) => owed.state === 'OK' && day.nowMs < START_MS + 12 * MINUTE_MS;
  await day.match('a', 0);
  await day.match('b', 10);
  await day.until(60);
  expect(day.told.map(({ at, state }) => `${at} ${state}`)).toEqual(['0m ALARM', '11m ALARM', '15m OK']);
});

test('a process that dies between record and settle leaves an alarm that the reconciler tells, with its examples', async () => {
  const day = new Day();
  const minute = START_MS / MINUTE_MS;
  const samples = [{ id: sampleId('a'), value: 1, minute }];
  await day.store.record({ identity, samples, examples: ['who did it'] }, day.nowMs, 1);
  const examples: unknown[] = [];
  const context = day.context();
  for await (const alarm of day.store.due(day.nowMs)) {
    await settle(alarm, {
      ...context,
      publish: (owed) => Promise.resolve(void examples.push(...owed.episode.examples)),
    });
  }
  expect(examples).toEqual(['who did it']);
});

test('while one sender holds the lease another leaves the notification alone', async () => {
  const day = new Day();
  const held = Promise.withResolvers<undefined>();
  const samples = [{ id: sampleId('a'), value: 1, minute: START_MS / MINUTE_MS }];
  const { alarm } = await day.store.record({ identity, samples, examples: [] }, day.nowMs, 1);
  let published = 0;
  const slow = settle(alarm, { ...day.context(), publish: () => held.promise.then(() => void (published += 1)) });
  await new Promise((resolve) => setImmediate(resolve));
  await day.match('b', 0);
  expect(day.outcomes).toEqual(['leased']);
  held.resolve(undefined);
  expect(await slow).toEqual({ kind: 'settled', sent: 1 });
  expect(published).toBe(1);
  await day.until(30);
  expect(day.told.map(({ state }) => state)).toEqual(['OK']);
});

test('an alarm that newer rules have settled is left to them', async () => {
  const day = new Day();
  await day.match('a', 0);
  const alarm = await day.store.read(identity);
  expect(alarm).toBeDefined();
  if (alarm === undefined) return;
  expect(await settle(alarm, { ...day.context(), rulesVersion: 0 })).toEqual({ kind: 'newer-rules', sent: 0 });
});

test('an alarm of averages waits until its minute has closed', async () => {
  const day = new Day();
  day.rule = rule({ statistic: 'Average', period: 60 });
  await day.match('a', 0);
  expect(day.told).toEqual([]);
  await day.until(10);
  expect(day.told.map(({ at, state }) => `${at} ${state}`)).toEqual(['1m ALARM', '2m OK']);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MINUTE_MS, evaluateAlarm, type AlarmState } from '@trailbell/core/alarm';
import { compareEpisodes, readAlarmHistory, union } from '@trailbell/core/migration';
import * as fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { seeded } from './model/seeded.ts';
import { runTrailbell } from './support/run-trailbell.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailbell-compare-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const MONDAY_MS = Date.UTC(2026, 2, 9);
const WEEK_MINUTES = 7 * 24 * 60;

const SETTINGS = {
  statistic: 'Sum',
  period: 300,
  evaluationPeriods: 1,
  threshold: 3,
  comparisonOperator: 'GreaterThanOrEqualToThreshold',
  treatMissingData: 'notBreaching',
} as const;

const RULE = `
name: denied
title: Denied
severity: info
filterPattern: '{ $.errorCode = "AccessDenied" }'
alarm: { period: 300, threshold: 3 }
cloudwatch: { alarmName: Denied calls }
`;

/** Bursts of denied calls, some under the threshold and the others well above, and when each call reached CloudWatch Logs. */
function weekOfCalls(): readonly { readonly atMs: number; readonly arrivesMs: number }[] {
  let drawn = 0;
  const random = () => seeded(20260309, drawn++);
  const calls: { atMs: number; arrivesMs: number }[] = [];
  for (let minute = 30; minute < WEEK_MINUTES - 120; minute += 60 + Math.floor(random() * 300)) {
    const count = random() < 0.4 ? 2 : 8 + Math.floor(random() * 6);
    for (let call = 0; call < count; call++) {
      const atMs = MONDAY_MS + minute * MINUTE_MS + Math.floor(random() * 4 * MINUTE_MS);
      calls.push({
        atMs: Math.floor(atMs / 1000) * 1000,
        arrivesMs: atMs + 60_000 + Math.floor(random() * 6 * MINUTE_MS),
      });
    }
  }
  return calls;
}

interface Update {
  readonly atMs: number;
  readonly from: AlarmState;
  readonly to: AlarmState;
}

/** CloudWatch, minute by minute: what has arrived by then is counted in the minute of its event, and the last period is judged. */
function cloudWatchUpdates(calls: ReturnType<typeof weekOfCalls>): readonly Update[] {
  const updates: Update[] = [];
  let state: AlarmState = 'OK';
  for (let minute = 1; minute < WEEK_MINUTES; minute++) {
    const nowMs = MONDAY_MS + minute * MINUTE_MS;
    const seen = calls.filter(({ arrivesMs, atMs }) => arrivesMs <= nowMs && atMs > nowMs - 60 * MINUTE_MS);
    // CloudWatch looks at more than the last period, because data comes late.
    const datapoints = [3, 2, 1, 0].map((back) => {
      const endMs = nowMs - back * 5 * MINUTE_MS;
      const values = seen.filter(({ atMs }) => atMs >= endMs - 5 * MINUTE_MS && atMs < endMs);
      return values.length === 0 ? null : values.length;
    });
    const next = evaluateAlarm({ ...SETTINGS, evaluationRange: 2 }, datapoints, state);
    if (next !== state) updates.push({ atMs: nowMs + 20_000, from: state, to: next });
    state = next;
  }
  return updates;
}

const historyOf = (updates: readonly Update[]) => ({
  AlarmHistoryItems: updates
    .map(({ atMs, from, to }) => ({
      AlarmName: 'Denied calls',
      Timestamp: new Date(atMs).toISOString(),
      HistoryItemType: 'StateUpdate',
      HistorySummary: `Alarm updated from ${from} to ${to}`,
      HistoryData: JSON.stringify({ version: '1.0', oldState: { stateValue: from }, newState: { stateValue: to } }),
    }))
    // The newest first, as the CLI prints them.
    .reverse(),
});

const CALLS = weekOfCalls();
const UPDATES = cloudWatchUpdates(CALLS);
mkdirSync(join(folder, 'rules'));
writeFileSync(join(folder, 'rules', 'denied.yaml'), RULE);
writeFileSync(
  join(folder, 'week.jsonl'),
  CALLS.map(({ atMs }, index) => {
    const eventTime = new Date(atMs).toISOString().replace('.000', '');
    return `${JSON.stringify({ eventID: `e${index}`, eventTime, eventName: 'GetObject', errorCode: 'AccessDenied' })}\n`;
  }).join(''),
);

async function compare(updates: readonly Update[]) {
  const history = join(folder, 'history.json');
  writeFileSync(history, JSON.stringify(historyOf(updates)));
  const { exitCode, stdout, stderr } = await runTrailbell([
    ...['compare', '--json', '--rules', join(folder, 'rules'), '--alarm-history', history, join(folder, 'week.jsonl')],
  ]);
  expect(stderr).toBe('');
  const [comparison] = JSON.parse(stdout) as readonly [{ agreed: number; differences: readonly { kind: string }[] }];
  return { exitCode, ...comparison };
}

test('a week in which CloudWatch rang as we do, minutes later, has no differences', async () => {
  const { exitCode, agreed, differences } = await compare(UPDATES);
  expect(differences).toEqual([]);
  expect(exitCode).toBe(0);
  expect(agreed).toBeGreaterThan(10);
});

test('exactly the differences that were put in are found', async () => {
  const hour = 60 * MINUTE_MS;
  // Late records make CloudWatch ring twice for one burst now and then; here only bursts that it rang once for are taken.
  const alarms = UPDATES.filter(
    ({ to, atMs }, index) =>
      to === 'ALARM' &&
      atMs - (UPDATES[index - 1]?.atMs ?? 0) > hour / 2 &&
      (UPDATES[index + 2]?.atMs ?? Infinity) - atMs > hour,
  );
  const [missing, late] = [alarms[2], alarms[5]];
  const endOf = (alarm: Update | undefined) => UPDATES[UPDATES.indexOf(alarm ?? { atMs: 0, from: 'OK', to: 'OK' }) + 1];
  const longer = endOf(alarms[8]);
  const changed = UPDATES.filter((update) => update !== missing && update !== endOf(missing)).flatMap((update) => {
    if (update === late) return [{ ...update, atMs: update.atMs + 20 * MINUTE_MS }];
    if (update === endOf(late)) return [{ ...update, atMs: update.atMs + 20 * MINUTE_MS }];
    if (update === longer) return [{ ...update, atMs: update.atMs + 0.7 * hour }];
    return [update];
  });
  const invented: readonly Update[] = [
    { atMs: MONDAY_MS + 2 * MINUTE_MS, from: 'OK', to: 'ALARM' },
    { atMs: MONDAY_MS + 9 * MINUTE_MS, from: 'ALARM', to: 'INSUFFICIENT_DATA' },
  ];
  const { exitCode, differences } = await compare([...changed, ...invented]);
  expect(differences.map(({ kind }) => kind)).toEqual([
    'only-cloudwatch',
    'only-ours',
    'alarm-time',
    'ok-time',
    'ok-time',
  ]);
  expect(exitCode).toBe(1);
});

test.each([
  ['something else', '{"MetricAlarms":[]}', 'expected what `aws cloudwatch describe-alarm-history` prints'],
  ['JSON that is cut off', '{"AlarmHistoryItems":[', 'not readable'],
])('a history that is %s is refused', async (_, text, reason) => {
  const history = join(folder, 'bad.json');
  writeFileSync(history, text);
  const result = await runTrailbell(['compare', '--alarm-history', history, join(folder, 'week.jsonl')]);
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain(reason);
});

test('an alarm whose metric adds up two filters is compared with both of their rules', async () => {
  const rules = join(folder, 'two-rules');
  mkdirSync(rules);
  for (const name of ['b', 'c']) {
    const text = RULE.replace('name: denied', `name: ${name}`).replace(
      'AccessDenied',
      name === 'c' ? 'AccessDenied' : 'None',
    );
    writeFileSync(join(rules, `${name}.yaml`), text);
  }
  const history = join(folder, 'two.json');
  writeFileSync(history, JSON.stringify(historyOf(UPDATES)));
  const result = await runTrailbell([
    'compare',
    '--rules',
    rules,
    '--alarm-history',
    history,
    join(folder, 'week.jsonl'),
  ]);
  expect(result.stdout).toMatch(/^Denied calls \(rule b, c\): \d+ episodes, all alike\n$/);
  expect(result.exitCode).toBe(0);
});

test('without rules there is nothing to compare, and that is no difference', async () => {
  const history = join(folder, 'any.json');
  writeFileSync(history, JSON.stringify(historyOf(UPDATES)));
  const none = join(folder, 'none');
  const result = await runTrailbell([
    'compare',
    '--rules',
    none,
    '--alarm-history',
    history,
    join(folder, 'week.jsonl'),
  ]);
  expect(result.exitCode).toBe(2);
});

test('a time that is none is an entry that cannot be read', () => {
  const HistorySummary = 'Alarm updated from OK to ALARM';
  const item = { AlarmName: 'a', HistoryItemType: 'StateUpdate', HistorySummary };
  const history = readAlarmHistory({
    AlarmHistoryItems: [
      { ...item, Timestamp: 1e300 },
      { ...item, Timestamp: 'now' },
    ],
  });
  expect(history).toEqual({ episodes: new Map(), unreadable: 2 });
});

test('an entry that cannot be read is counted, and INSUFFICIENT_DATA ends an episode', () => {
  const item = (second: number, state: string) => ({
    AlarmName: 'a',
    Timestamp: 1_700_000_000 + second,
    HistoryItemType: 'StateUpdate',
    HistorySummary: `Alarm updated from OK to ${state}`,
  });
  const history = readAlarmHistory({
    AlarmHistoryItems: [item(60, 'INSUFFICIENT_DATA'), item(0, 'ALARM'), { AlarmName: 'a' }, item(90, 'ALARM')],
  });
  expect(history?.unreadable).toBe(1);
  expect(history?.episodes.get('a')).toEqual([
    { openedMs: 1_700_000_000_000, resolvedMs: 1_700_000_060_000 },
    { openedMs: 1_700_000_090_000 },
  ]);
});

test('the same episodes never differ, and every episode is in a pair or a difference', () => {
  const episodes = fc
    .array(fc.tuple(fc.nat(500), fc.integer({ min: 1, max: 20 })), { maxLength: 8 })
    .map((spans) => union(spans.map(([from, length]) => ({ openedMs: from, resolvedMs: from + length }))));
  fc.assert(
    fc.property(episodes, episodes, fc.nat(30), (ours, theirs, tolerance) => {
      expect(compareEpisodes(ours, ours, tolerance)).toEqual({ agreed: ours.length, differences: [] });
      const { differences } = compareEpisodes(ours, theirs, tolerance);
      const alone = (kind: string) => differences.filter((difference) => difference.kind === kind).length;
      expect(alone('only-ours')).toBeLessThanOrEqual(ours.length);
      expect(alone('only-cloudwatch')).toBeLessThanOrEqual(theirs.length);
      if (theirs.length === 0) expect(alone('only-ours')).toBe(ours.length);
    }),
  );
});

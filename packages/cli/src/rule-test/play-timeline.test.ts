import { loadRules, type LoadedRule } from '@trailbell/core/rule';
import { compileForTests, type TimelineRun } from '@trailbell/core/rule-test';
import { expect, test } from 'vitest';
import { playTimeline } from './play-timeline.ts';

const NOW_MS = Date.parse('2027-06-01T12:00:00Z');

function ruleWith(lines: string): LoadedRule {
  const text = `timeIntervals:
  office-hours: { days: [monday], from: '09:00', to: '17:00', timeZone: Europe/Berlin }
---
name: r
title: t
severity: info
filterPattern: '{ $.a = * }'
${lines}
`;
  const [rule] = loadRules([{ path: 'r.yaml', text }]).rules;
  if (rule === undefined) throw new Error('the rule is broken');
  return rule;
}

/** The states of the alarm and what was told, as `seconds STATE`, for records of these seconds. */
async function play(
  lines: string,
  events: readonly (readonly [seconds: number, event: unknown])[],
  untilSeconds: number,
  start?: string,
) {
  const timeline = {
    name: 't',
    ...(start !== undefined && { startMs: Date.parse(start) }),
    events: events.map(([seconds, event]) => ({ atMs: seconds * 1000, event })),
    expect: [{ atMs: untilSeconds * 1000, state: 'OK' as const }],
  };
  const endsOnItsDay = start !== undefined;
  const run = await playTimeline(compileForTests(ruleWith(lines), { nowMs: NOW_MS, endsOnItsDay }), timeline);
  const words = (list: TimelineRun['states']) => list.map(({ atMs, state }) => `${atMs / 1000} ${state}`);
  return { states: words(run.states), told: words(run.notifications) };
}

const use = (eventID: string, more: object = {}) => ({ a: 'x', eventID, ...more });

test('one record opens, and the reconciler closes at a full minute', async () => {
  expect(await play('', [[30, use('1')]], 600)).toEqual({
    states: ['0 OK', '30 ALARM', '300 OK'],
    told: ['30 ALARM', '300 OK'],
  });
});

test('records count up to the threshold, each once', async () => {
  const alarm = 'alarm: { threshold: 3, period: 60 }';
  expect(
    await play(
      alarm,
      [
        [0, use('1')],
        [1, use('1')],
        [2, use('2')],
        [3, use('2')],
      ],
      120,
    ),
  ).toEqual({
    states: ['0 OK'],
    told: [],
  });
  expect(
    (
      await play(
        alarm,
        [
          [0, use('1')],
          [1, use('2')],
          [2, use('3')],
        ],
        120,
      )
    ).told,
  ).toEqual(['2 ALARM', '60 OK']);
});

test('what opens again within the minutes in which SNS may mix things up is told in full, and no more', async () => {
  const alarm = 'alarm: { period: 60 }';
  expect(
    (
      await play(
        alarm,
        [
          [0, use('1')],
          [70, use('2')],
        ],
        1200,
      )
    ).told,
  ).toEqual(['0 ALARM', '60 OK', '70 ALARM', '120 OK']);
});

test('an alarm that is told again while it lasts is told again', async () => {
  const { told } = await play('renotify: { everyMinutes: 10 }\nalarm: { period: 1800 }', [[0, use('1')]], 3600);
  expect(told).toEqual(['0 ALARM', '600 ALARM', '1200 ALARM', '1800 OK']);
});

test('groups are alarms of their own: of their states the worst is the state of the rule', async () => {
  const lines = 'groupBy: [$.who]\nalarm: { threshold: 2 }';
  expect(
    (
      await play(
        lines,
        [
          [0, use('1', { who: 'ana' })],
          [1, use('2', { who: 'bo' })],
        ],
        600,
      )
    ).states,
  ).toEqual(['0 OK']);
  const events = [use('1', { who: 'ana' }), use('2', { who: 'ana' }), use('3', { who: 'bo' }), use('4', { who: 'bo' })];
  const late = events.map((event, index) => [index < 2 ? 0 : 120, event] as const);
  expect(await play(lines, late, 900)).toEqual({
    states: ['0 OK', '0 ALARM', '420 OK'],
    told: ['0 ALARM', '120 ALARM', '300 OK', '420 OK'],
  });
});

test('an alarm that goes off because nothing happens needs no record', async () => {
  const lines = 'alarm: { comparisonOperator: LessThanThreshold, treatMissingData: breaching, period: 600 }';
  expect((await play(lines, [], 900)).states).toEqual(['0 INSUFFICIENT_DATA', '600 ALARM']);
  expect((await play(lines, [[60, use('1')]], 1500)).states).toEqual(['0 INSUFFICIENT_DATA', '600 OK', '720 ALARM']);
});

test('a time interval counts by the time of the timeline', async () => {
  const events = [
    [0, use('1')],
    [120, use('2')],
  ] as const;
  const at = async (start: string) => (await play('during: office-hours', events, 120, start)).states;
  expect(await at('2027-01-04T08:00:00Z')).toEqual(['0 OK', '0 ALARM']);
  expect(await at('2027-01-04T07:58:00Z')).toEqual(['0 OK', '120 ALARM']);
  expect(await at('2027-01-05T08:00:00Z')).toEqual(['0 OK']);
});

test('an exception is in force by today, or by the time of a timeline that has one', async () => {
  const lines = `exceptions: [{ filterPattern: '{ $.a = x }', reason: r, owner: o, expires: 2027-05-31 }]`;
  const told = async (start?: string) => (await play(lines, [[0, use('1')]], 0, start)).told;
  expect(await told()).toEqual(['0 ALARM']);
  expect(await told('2027-05-31T23:59:59Z')).toEqual([]);
  expect(await told('2027-06-01T00:00:00Z')).toEqual(['0 ALARM']);
});

test('a staged rule is tested as if it paged', async () => {
  expect((await play('mode: stage', [[0, use('1')]], 300)).told).toEqual(['0 ALARM', '300 OK']);
});

test('a month is played in no time', async () => {
  const day = 86_400;
  const lines = 'alarm: { period: 86400 }';
  expect(
    (
      await play(
        lines,
        [
          [0, use('1')],
          [29 * day, use('2')],
        ],
        31 * day,
      )
    ).told,
  ).toEqual(['0 ALARM', `${day} OK`, `${29 * day} ALARM`, `${30 * day} OK`]);
});

import { MINUTE_MS, sampleId, type AlarmRule, type Renotification } from '@trailbell/core/alarm';
import { expect, test } from 'vitest';
import { MemoryAlarmStore } from '../adapters/memory-alarm-store.ts';
import { reconcile } from './reconcile.ts';
import { recordAndSettle, type SettledAlarm } from './record-and-settle.ts';
import type { SettleContext } from './settle.ts';

const START_MS = Date.UTC(2026, 2, 11, 9, 0);
const identity = { rule: 'root-account-usage', group: [] };

interface Quiet {
  readonly fromMinute: number;
  readonly untilMinute: number;
}

/** A rule that rings for one use in five minutes, through minutes that pass one by one. */
class Day {
  readonly store = new MemoryAlarmStore();
  /** What SNS took: `7m OK`. */
  readonly told: string[] = [];
  /** Whom each page named. */
  readonly named: string[] = [];
  /** What was reported as held back. */
  readonly withheld: string[] = [];
  silences: readonly Quiet[] = [];
  renotify: Renotification | undefined = undefined;
  fails = false;
  period = 300;
  /** Makes the rule one that rings when nothing comes. */
  watchesForSilence = false;
  isDeployed = true;
  nowMs = START_MS;

  async match(id: string, atMinute: number, lateMinutes = 0): Promise<void> {
    await this.until(atMinute + lateMinutes);
    const minute = START_MS / MINUTE_MS + atMinute;
    const samples = [{ id: sampleId(`${id} ${atMinute}`), value: 1, minute }];
    const batch = [{ identity, samples, examples: [{ minute, activities: [id] }] }];
    (await recordAndSettle(batch, this.#context())).settled.forEach(this.#note);
  }

  async until(minute: number): Promise<void> {
    while (this.nowMs < START_MS + minute * MINUTE_MS) {
      this.nowMs += MINUTE_MS;
      await this.reconcile();
    }
  }

  async reconcile(): Promise<void> {
    await reconcile(this.#context(), {
      silentAlarms: this.watchesForSilence && this.isDeployed ? [identity] : [],
      hasTime: () => true,
      onSettled: this.#note,
      onFailure: (_alarm, error) => {
        throw error;
      },
    });
  }

  readonly #note = ({ outcome }: SettledAlarm) => {
    if (outcome.withheld === undefined) return;
    const { notification, silence } = outcome.withheld;
    this.withheld.push(`${this.#offset()} ${notification.state} ${notification.episode.count} by ${silence.name}`);
  };

  #context(): SettleContext {
    return {
      store: this.store,
      rulesVersion: 1,
      ruleOf: () => (this.isDeployed ? this.#rule() : undefined),
      nowMs: () => this.nowMs,
      publish: ({ state, episode }) => {
        if (this.fails) return Promise.reject(new Error('SNS is down'));
        this.told.push(`${this.#offset()} ${state}`);
        this.named.push(episode.examples.join());
        return Promise.resolve();
      },
    };
  }

  #rule(): AlarmRule {
    return {
      metric: {
        settings: {
          statistic: 'Sum',
          period: this.period,
          evaluationPeriods: 1,
          threshold: 1,
          comparisonOperator: this.watchesForSilence ? 'LessThanThreshold' : 'GreaterThanOrEqualToThreshold',
          treatMissingData: this.watchesForSilence ? 'breaching' : 'notBreaching',
        },
        constantValue: 1,
        defaultValue: undefined,
      },
      alarmName: 'root-account-usage',
      title: 'The root user was used',
      severity: 'critical',
      groupLimit: 100,
      routesOf: () => [],
      silenceAt: (atMs) => {
        const minute = (atMs - START_MS) / MINUTE_MS;
        const silence = this.silences.find(
          ({ fromMinute, untilMinute }) => minute >= fromMinute && minute < untilMinute,
        );
        return silence && { name: 'night-work', untilMs: START_MS + silence.untilMinute * MINUTE_MS };
      },
      ...(this.renotify && { renotify: this.renotify }),
      stateReason: ({ state }) => state,
    };
  }

  #offset(): string {
    return `${(this.nowMs - START_MS) / MINUTE_MS}m`;
  }
}

test('an episode that is over before its silence is never told', async () => {
  const day = new Day();
  day.silences = [{ fromMinute: 0, untilMinute: 30 }];
  await day.match('ana', 2);
  await day.match('ana', 4);
  await day.until(120);
  expect(day.told).toEqual([]);
  expect(day.withheld).toEqual(['2m ALARM 1 by night-work']);
});

test('an alarm that is still on when its silence is over rings then, and names who began it and who was last', async () => {
  const day = new Day();
  day.silences = [{ fromMinute: 0, untilMinute: 30 }];
  await day.match('ana', 26);
  await day.match('ben', 29);
  await day.until(120);
  expect(day.told).toEqual(['30m ALARM', '34m OK', '35m OK']);
  expect(day.named[0]).toBe('ana,ben');
  expect(day.withheld).toEqual(['26m ALARM 1 by night-work']);
});

test('one that was told before the silence began gets its OK during it', async () => {
  const day = new Day();
  day.silences = [{ fromMinute: 3, untilMinute: 60 }];
  await day.match('ana', 0);
  await day.until(120);
  expect(day.told).toEqual(['0m ALARM', '5m OK']);
  expect(day.withheld).toEqual([]);
});

test('an ALARM that is owed when the silence begins is sent: only news is held back', async () => {
  const day = new Day();
  day.silences = [{ fromMinute: 1, untilMinute: 60 }];
  day.fails = true;
  await day.match('ana', 0);
  await day.until(2);
  day.fails = false;
  await day.until(120);
  expect(day.told).toEqual(['3m ALARM', '5m OK', '8m OK']);
});

test('an OK that is owed when the alarm comes back on in a silence is still sent, and the ALARM after the silence', async () => {
  const day = new Day();
  await day.match('ana', 0);
  day.fails = true;
  await day.until(8);
  day.silences = [{ fromMinute: 8, untilMinute: 20 }];
  await day.match('ben', 9);
  await day.match('ben', 13);
  day.fails = false;
  await day.match('ben', 17);
  await day.until(120);
  expect(day.told).toEqual(['0m ALARM', '14m OK', '20m ALARM', '22m OK', '25m OK']);
});

test('a silence that is lifted lets the page out within five minutes', async () => {
  const day = new Day();
  day.period = 3600;
  day.silences = [{ fromMinute: 0, untilMinute: 1_000 }];
  await day.match('ana', 1);
  await day.until(20);
  day.silences = [];
  await day.until(26);
  expect(day.told).toHaveLength(1);
  expect(day.told[0]).toMatch(/^2[1-5]m ALARM$/);
});

test('a silence without an end reports each episode once, and a page goes out when it is taken away', async () => {
  const day = new Day();
  day.silences = [{ fromMinute: 0, untilMinute: Infinity }];
  for (const minute of [0, 3, 6, 60, 61]) await day.match('ana', minute);
  await day.until(63);
  expect(day.told).toEqual([]);
  expect(day.withheld).toEqual(['0m ALARM 1 by night-work', '60m ALARM 1 by night-work']);
  day.silences = [];
  await day.match('ben', 64);
  expect(day.told).toEqual(['64m ALARM']);
});

test('a batch that comes late to a silence tells nothing, then or later, and is reported', async () => {
  const day = new Day();
  day.silences = [{ fromMinute: 100, untilMinute: 130 }];
  await day.match('ana', 10, 110);
  await day.match('ana', 10, 140);
  await day.until(200);
  expect(day.told).toEqual([]);
  expect(day.withheld).toEqual(['120m ALARM 1 by night-work']);
});

test('an alarm that rings because nothing comes waits for the end of its silence as well', async () => {
  const day = new Day();
  day.watchesForSilence = true;
  day.silences = [{ fromMinute: 0, untilMinute: 30 }];
  await day.until(60);
  expect(day.told).toEqual(['30m ALARM']);
  expect(day.withheld).toEqual(['6m ALARM 0 by night-work']);
});

test('a rule that is changed to ring when nothing comes does so once it has seen a window', async () => {
  const day = new Day();
  await day.match('ana', 0);
  await day.until(60);
  day.told.length = 0;
  day.watchesForSilence = true;
  await day.until(120);
  expect(day.told).toEqual(['66m ALARM']);
});

test('an alarm that rings when nothing comes learns anew when its rule was gone for a while', async () => {
  const day = new Day();
  day.watchesForSilence = true;
  for (let minute = 1; minute < 30; minute++) await day.match('ana', minute);
  day.isDeployed = false;
  await day.until(100);
  day.isDeployed = true;
  for (let minute = 101; minute < 110; minute++) await day.match('ana', minute);
  expect(day.told).toEqual([]);
  await day.until(130);
  expect(day.told).toEqual(['115m ALARM']);
});

test('an ALARM is told again every so many minutes while it lasts, and its OK once', async () => {
  const day = new Day();
  day.period = 1800;
  day.renotify = { everyMs: 10 * MINUTE_MS };
  await day.match('ana', 0);
  await day.match('ben', 5);
  await day.until(120);
  expect(day.told).toEqual(['0m ALARM', '10m ALARM', '20m ALARM', '30m ALARM', '35m OK']);
  expect(day.named.slice(0, 2)).toEqual(['ana', 'ana,ben']);
});

test('what is told again keeps the time of the change and counts on', async () => {
  const day = new Day();
  day.period = 1800;
  day.renotify = { everyMs: 10 * MINUTE_MS };
  await day.match('ana', 0);
  await day.match('ben', 5);
  await day.until(10);
  const told = (await day.store.read(identity))?.standing?.told;
  expect(told).toMatchObject({ notification: { number: 2, changedAtMs: START_MS, episode: { count: 2 } } });
});

const ACTORS: Renotification = { actorOf: (example) => String(example) };

test('an ALARM is told again when somebody takes part whom no page has named, and names them first', async () => {
  const day = new Day();
  day.period = 1800;
  day.renotify = ACTORS;
  for (const [id, minute] of [
    ['ana', 0],
    ['ana', 1],
    ['ben', 2],
    ['ana', 3],
    ['ben', 4],
    ['eve', 5],
  ] as const) {
    await day.match(id, minute);
  }
  await day.until(120);
  expect(day.told).toEqual(['0m ALARM', '2m ALARM', '5m ALARM', '35m OK']);
  expect(day.named.slice(0, 3)).toEqual(['ana', 'ben,ana,ana', 'eve,ana,ben']);
});

test('the next incident names everybody anew', async () => {
  const day = new Day();
  day.renotify = ACTORS;
  await day.match('ana', 0);
  await day.match('ben', 1);
  await day.match('ben', 60);
  await day.match('ana', 61);
  expect(day.told.filter((told) => told.endsWith('ALARM'))).toEqual(['0m ALARM', '1m ALARM', '60m ALARM', '61m ALARM']);
});

test('of made-up actors an incident names a bounded number', async () => {
  const day = new Day();
  day.period = 86_400;
  day.renotify = ACTORS;
  for (let minute = 0; minute < 60; minute++) await day.match(`actor ${minute}`, minute);
  expect(day.told).toHaveLength(32);
  expect((await day.store.read(identity))?.standing?.toldActors).toHaveLength(32);
});

test('a silence holds what is told again back, and it goes out at its end', async () => {
  const day = new Day();
  day.period = 3600;
  day.renotify = { everyMs: 10 * MINUTE_MS };
  day.silences = [{ fromMinute: 5, untilMinute: 33 }];
  await day.match('ana', 0);
  await day.until(45);
  expect(day.told).toEqual(['0m ALARM', '33m ALARM', '43m ALARM']);
  expect(day.withheld).toEqual([]);
});

import { MINUTE_MS, sampleId, type Alarm, type AlarmRule, type OwedNotification } from '@trailbell/core/alarm';
import { expect, test } from 'vitest';
import { MemoryAlarmStore } from '../adapters/memory-alarm-store.ts';
import { reconcile, type ReconcileOptions } from './reconcile.ts';
import { recordAndSettle } from './record-and-settle.ts';
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
    title: 'The root user was used',
    severity: 'critical',
    groupLimit: 100,
    routesOf: () => ['soc'],
    silenceAt: () => undefined,
    stateReason: ({ state }) => `reason for ${state}`,
  };
}

/** A day on which minutes pass one by one: matches come in, the reconciler runs each minute, notifications come out. */
class Day {
  readonly store = new MemoryAlarmStore();
  readonly told: { readonly at: string; readonly state: string; readonly count: number }[] = [];
  readonly outcomes: SettleOutcome['kind'][] = [];
  fails: (owed: OwedNotification) => boolean = () => false;
  onPublish: (owed: OwedNotification) => void = () => undefined;
  rule = rule();
  isDeployed = true;
  silentAlarms: ReconcileOptions['silentAlarms'] = [];
  nowMs = START_MS;

  context(): SettleContext {
    return {
      store: this.store,
      rulesVersion: 1,
      ruleOf: () => (this.isDeployed ? this.rule : undefined),
      nowMs: () => this.nowMs,
      publish: (owed) => {
        if (this.fails(owed)) return Promise.reject(new Error('SNS is down'));
        this.onPublish(owed);
        this.told.push({ at: this.#offset(), state: owed.state, count: owed.episode.count });
        return Promise.resolve();
      },
    };
  }

  /** A match of event `id` at `atMinute` that reaches the matcher `lateMinutes` later. */
  async match(id: string, atMinute: number, lateMinutes = 0): Promise<void> {
    await this.until(atMinute + lateMinutes);
    const minute = START_MS / MINUTE_MS + atMinute;
    const samples = [{ id: sampleId(id), value: 1, minute }];
    const { settled } = await recordAndSettle(
      [{ identity, samples, examples: [{ minute, activities: [id] }] }],
      this.context(),
    );
    this.outcomes.push(...settled.map(({ outcome }) => outcome.kind));
  }

  async until(minute: number): Promise<void> {
    while (this.nowMs < START_MS + minute * MINUTE_MS) {
      this.nowMs += MINUTE_MS;
      await this.reconcile();
    }
  }

  async reconcile(): Promise<void> {
    await reconcile(this.context(), {
      silentAlarms: this.silentAlarms,
      hasTime: () => true,
      onSettled: ({ outcome }) => this.outcomes.push(outcome.kind),
      onFailure: (_alarm, error) => {
        throw error;
      },
    });
  }

  #offset(): string {
    return `${(this.nowMs - START_MS) / MINUTE_MS}m`;
  }
}

/** What a process does that dies before it settles. */
async function record(day: Day, id: string, minute: number, activities: readonly unknown[]): Promise<Alarm> {
  const samples = [{ id: sampleId(id), value: 1, minute }];
  const recording = { identity, samples, examples: [{ minute, activities }], minuteCap: 32 };
  const { alarm } = await day.store.record(recording, day.nowMs, 1);
  if (alarm === undefined) throw new Error('nothing was recorded');
  return alarm;
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
    { at: '13m', state: 'OK', count: 3 },
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
    { at: '125m', state: 'OK', count: 1 },
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

test('late stretches that touch nothing are told together after the incident that is open, and closed', async () => {
  const day = new Day();
  const pages: string[] = [];
  day.onPublish = ({ state, episode }) => pages.push(`${state} ${episode.examples.join()} ${episode.count}`);
  await day.match('now', 60);
  await day.match('late', 30, 31);
  await day.match('later', 40, 22);
  await day.until(120);
  expect(pages.filter((page, index) => page !== pages[index - 1])).toEqual([
    'ALARM now 1',
    'OK now 1',
    'ALARM late,later 2',
    'OK late,later 2',
  ]);
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
    { at: '35m', state: 'OK', count: 1 },
  ]);
});

test('an OK that was never sent gives way to the ALARM of the next episode once its lease is over, and the incident is closed', async () => {
  const day = new Day();
  day.fails = (owed) => owed.state === 'OK' && day.nowMs < START_MS + 12 * MINUTE_MS;
  await day.match('a', 0);
  await day.match('b', 10);
  await day.until(60);
  expect(day.told.map(({ at, state }) => `${at} ${state}`)).toEqual(['0m ALARM', '11m ALARM', '15m OK', '16m OK']);
});

test('a process that dies between record and settle leaves an alarm that the reconciler tells, with its examples', async () => {
  const day = new Day();
  const minute = START_MS / MINUTE_MS;
  await record(day, 'a', minute, ['who did it']);
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
  const alarm = await record(day, 'a', START_MS / MINUTE_MS, []);
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

test('a message that went out within the time in which SNS may still deliver its opposite is told once more after it', async () => {
  const day = new Day();
  day.rule = rule({ period: 60 });
  await day.match('a', 0);
  await day.until(30);
  expect(day.told.map(({ at, state }) => `${at} ${state}`)).toEqual(['0m ALARM', '1m OK', '5m OK']);
});

test('where opposite messages lie far apart none is told twice', async () => {
  const day = new Day();
  day.rule = rule({ period: 600 });
  await day.match('a', 0);
  await day.match('b', 20);
  await day.until(60);
  expect(day.told.map(({ at, state }) => `${at} ${state}`)).toEqual(['0m ALARM', '10m OK', '20m ALARM', '30m OK']);
});

test('the page of an ALARM shows the events that rang it, not one that came hours before', async () => {
  const day = new Day();
  day.rule = rule({ threshold: 2 });
  const pages: (readonly unknown[])[] = [];
  day.onPublish = ({ episode }) => pages.push(episode.examples);
  await day.match('alone', 0);
  await day.match('b', 200);
  await day.match('c', 201);
  await day.until(240);
  expect(pages.slice(0, 2)).toEqual([
    ['b', 'c'],
    ['b', 'c'],
  ]);
});

test('an alarm that rings again over the same events names them again', async () => {
  const day = new Day();
  day.rule = rule({ period: 900, threshold: 2, evaluationPeriods: 3, datapointsToAlarm: 1 });
  const pages: string[] = [];
  day.onPublish = ({ state, episode }) => pages.push(`${state} ${episode.examples.join()}`);
  await day.match('a', 14);
  await day.match('b', 15);
  await day.until(120);
  expect(pages.filter((page) => page.startsWith('ALARM')).length).toBeGreaterThan(1);
  for (const page of pages) expect(page).toMatch(/^(ALARM|OK) a,b$/);
});

test('the alarm of a rule that is removed while it is on is closed, under the name that it was opened with', async () => {
  const day = new Day();
  await day.match('a', 0);
  const names: string[] = [];
  day.onPublish = ({ state, reason, episode }) =>
    names.push(`${state} ${episode.alarmName} ${episode.severity}: ${reason}`);
  day.isDeployed = false;
  await day.until(30);
  expect(names).toEqual([
    'OK root-account-usage (111122223333) critical: Trailbell: the rule root-account-usage is no longer deployed.',
  ]);
});

test('the OK has the name and severity of its ALARM, though the rule has another by then', async () => {
  const day = new Day();
  await day.match('a', 0);
  day.rule = { ...rule(), alarmName: 'renamed', severity: 'info' };
  const oks: string[] = [];
  day.onPublish = ({ episode }) => oks.push(`${episode.alarmName} ${episode.severity}`);
  await day.until(5);
  expect(oks).toEqual(['root-account-usage (111122223333) critical']);
});

test('an incident whose OK was never sent is still closed by name after its rule got another', async () => {
  const day = new Day();
  const names: string[] = [];
  day.onPublish = ({ state, episode }) => names.push(`${state} ${episode.alarmName}`);
  await day.match('a', 0);
  day.fails = (owed) => owed.state === 'OK' && day.nowMs < START_MS + 12 * MINUTE_MS;
  await day.until(6);
  day.rule = { ...rule(), alarmName: 'renamed' };
  await day.match('b', 10);
  await day.until(60);
  expect(new Set(names)).toEqual(
    new Set(['ALARM root-account-usage (111122223333)', 'OK root-account-usage (111122223333)']),
  );
});

test('an event that CloudTrail delivers again does not count anew when its first minute is closed', async () => {
  const day = new Day();
  await day.match('a', 0);
  await day.match('a', 22);
  await day.match('b', 375);
  await day.until(420);
  expect(day.told.map(({ at, state }) => `${at} ${state}`)).toEqual(['0m ALARM', '5m OK', '375m ALARM', '380m OK']);
});

test('an alarm whose threshold is lowered below what it counted rings when it is next looked at', async () => {
  const day = new Day();
  day.rule = rule({ threshold: 3 });
  await day.match('a', 0);
  await day.match('b', 1);
  day.rule = rule({ threshold: 2 });
  await day.match('b', 1, 1);
  expect(day.told.map(({ state }) => state)).toEqual(['ALARM']);
});

test('an alarm that silence trips rings when nothing comes, and closes when something does', async () => {
  const day = new Day();
  day.rule = rule({ comparisonOperator: 'LessThanThreshold', treatMissingData: 'breaching' });
  day.silentAlarms = [identity];
  await day.until(3);
  expect(day.told).toEqual([]);
  await day.until(10);
  await day.match('a', 20);
  await day.until(24);
  expect(day.told.map(({ at, state }) => `${at} ${state}`)).toEqual(['6m ALARM', '21m OK']);
  await day.until(300);
  expect(day.told.slice(2).map(({ at, state }) => `${at} ${state}`)).toEqual(['26m ALARM']);
});

test('time never goes back for an alarm, though the clock of another process is behind', async () => {
  const day = new Day();
  await day.match('a', 0);
  await day.until(5);
  day.nowMs -= 2 * MINUTE_MS;
  await day.reconcile();
  await day.match('a', 3);
  expect(day.told.map(({ state }) => state)).toEqual(['ALARM', 'OK']);
});

test('past its cap a minute takes no more samples, and the page says that there were more', async () => {
  const day = new Day();
  const cap = 32;
  const minute = START_MS / MINUTE_MS;
  const samples = Array.from({ length: 100 }, (_, index) => ({ id: sampleId(String(index)), value: 1, minute }));
  const ends: string[] = [];
  day.onPublish = ({ episode }) => ends.push(`${episode.isAtLeast ? 'at least ' : ''}${episode.count}`);
  const first = await recordAndSettle([{ identity, samples, examples: [] }], day.context());
  const second = await recordAndSettle([{ identity, samples, examples: [] }], day.context());
  expect([first.uncounted, second.uncounted]).toEqual([100 - cap, 100]);
  expect(second.settled).toEqual([]);
  expect(ends).toEqual([`at least ${cap}`]);
});

test('past the limit of a rule the groups of a day share one alarm, and those within it keep theirs', async () => {
  const day = new Day();
  day.rule = { ...rule(), groupLimit: 2 };
  const rung: string[] = [];
  const context = day.context();
  const minute = START_MS / MINUTE_MS;
  const batch = ['a', 'b', 'c', 'd', 'a'].map((group) => ({
    identity: { rule: 'r', group: [group] },
    samples: [{ id: sampleId(group), value: 1, minute }],
    examples: [{ minute, activities: [group] }],
  }));
  await recordAndSettle(batch, {
    ...context,
    publish: (_owed, { group }) => Promise.resolve(void rung.push(group.join())),
  });
  expect(rung.sort()).toEqual(['a', 'b', 'other']);
  expect((await day.store.read({ rule: 'r', group: ['other'] }))?.samples.length).toBe(2);
});

test('an alarm of averages waits until its minute has closed', async () => {
  const day = new Day();
  day.rule = rule({ statistic: 'Average', period: 60 });
  await day.match('a', 0);
  expect(day.told).toEqual([]);
  await day.until(10);
  expect(day.told.map(({ at, state }) => `${at} ${state}`)).toEqual(['1m ALARM', '2m OK', '6m OK']);
});

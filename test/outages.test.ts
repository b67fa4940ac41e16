import { Clock, MATCHER, drive, startDeployment, type Delivery, type LocalDeployment } from '@trailbell/local';
import { expect, test } from 'vitest';
import { allAlarms, countsByAlarm } from './support/alarm-items.ts';
import { cisRules, sampleDay } from './support/sample-day.ts';

const MINUTE_MS = 60_000;
const part = await sampleDay('09:00', '15:00');
const startMs = (part[0]?.timeMs ?? 0) - MINUTE_MS;
const rootUseMs = Date.parse('2026-03-11T09:30:00Z');

async function deploy(delivery: Parameters<typeof startDeployment>[0]['delivery'] = {}): Promise<LocalDeployment> {
  return startDeployment({ clock: new Clock(startMs), rules: await cisRules(startMs), delivery });
}

function between(fromMs: number, toMs: number): readonly Delivery[] {
  return part.filter(({ timeMs }) => timeMs >= fromMs && timeMs < toMs);
}

function story({ pagerDuty }: LocalDeployment): readonly string[] {
  return pagerDuty.incidents().map(({ dedupKey, resolvedAtMs }) => {
    const [rule] = dedupKey.split(' ');
    return `${rule} ${resolvedAtMs === undefined ? 'open' : 'closed'}`;
  });
}

const undisturbed = await (async () => {
  await using deployment = await deploy();
  await drive(deployment, part);
  return { counts: await countsByAlarm(deployment), story: story(deployment) };
})();

test('undisturbed, the part of the day opens its incidents and closes them', () => {
  expect(undisturbed.story.length).toBeGreaterThan(4);
  expect(undisturbed.story.every((incident) => incident.endsWith('closed'))).toBe(true);
});

/** Runs the part of the day with an outage that begins before root is used and ends after `minutes`. */
async function withOutage(minutes: number, begin: (deployment: LocalDeployment) => () => void) {
  await using deployment = await deploy();
  const endMs = rootUseMs + minutes * MINUTE_MS;
  const { clock } = deployment;
  await drive(deployment, between(0, rootUseMs));
  const end = begin(deployment);
  clock.run(async () => {
    await clock.sleep(endMs - clock.nowMs());
    end();
  });
  await drive(deployment, between(rootUseMs, Infinity));
  return { counts: await countsByAlarm(deployment), story: story(deployment), deployment };
}

test.each([10, 60])(
  'DynamoDB down for %i minutes: every page comes late, none is lost, and nobody has to do a thing',
  async (minutes) => {
    const {
      counts,
      story: told,
      deployment,
    } = await withOutage(minutes, ({ dynamoDb }) => {
      dynamoDb.goDown();
      return () => {
        dynamoDb.comeBack();
      };
    });
    expect(counts).toEqual(undisturbed.counts);
    expect(told.toSorted()).toEqual(undisturbed.story.toSorted());
    expect(deployment.failedBatches.received).toBeGreaterThan(0);
    expect(deployment.failedBatches.deadLetters).toEqual([]);
  },
);

test('SNS down for an hour: the pages come when it is back, each incident is closed', async () => {
  const { counts, story: told } = await withOutage(60, ({ sns }) => {
    return sns.faults.failPublishes(Infinity, { kind: 'refused', code: 'InternalError' });
  });
  expect(counts).toEqual(undisturbed.counts);
  expect(told.toSorted()).toEqual(undisturbed.story.toSorted());
});

test('SNS down for an hour while an alarm flaps: the item stays small, and one incident is opened and closed', async () => {
  await using deployment = await deploy();
  const [rootUse] = between(rootUseMs, rootUseMs + MINUTE_MS).filter(({ message }) =>
    message.includes('"type":"Root"'),
  );
  const flapping = Array.from({ length: 8 }, (_, index) => ({
    timeMs: rootUseMs + index * 8 * MINUTE_MS,
    message: (rootUse?.message ?? '').replace(/"eventID":"[^"]+"/, `"eventID":"flap-${index}"`),
  }));
  const bringBack = deployment.sns.faults.failPublishes(Infinity, { kind: 'refused', code: 'InternalError' });
  deployment.clock.run(async () => {
    await deployment.clock.sleep(rootUseMs + 62 * MINUTE_MS - deployment.clock.nowMs());
    const [alarm] = await allAlarms(deployment);
    expect(JSON.stringify(alarm).length).toBeLessThan(8 * 1024);
    expect(alarm?.standing?.owed?.number).toBe(1);
    bringBack();
  });
  await drive(deployment, flapping);
  expect(story(deployment)).toEqual(['root-account-usage closed']);
});

test('SNS takes a message and its answer is lost: the page comes once', async () => {
  const { story: told } = await withOutage(1, ({ sns }) => {
    return sns.faults.failPublishes(1, { kind: 'connection-dropped', takesEffect: true });
  });
  expect(told).toEqual(undisturbed.story);
});

test('a matcher that dies between record and settle still yields a page that says who', async () => {
  await using deployment = await deploy();
  const { dynamoDb, lambda } = deployment;
  let killed = 0;
  let recordings = 0;
  const stop = dynamoDb.onRequest(({ operation, parameters }) => {
    if (operation !== 'UpdateItem') return;
    const isRecording = String(parameters.UpdateExpression).includes('if_not_exists(#version');
    recordings += isRecording ? 1 : 0;
    if (!isRecording && recordings > 0 && killed === 0) killed += lambda.kill(MATCHER);
  });
  await drive(deployment, between(rootUseMs, rootUseMs + 60_000));
  stop();
  expect(killed).toBe(1);
  const [incident] = deployment.pagerDuty.incidents();
  expect(JSON.stringify(incident?.alerts[0]?.details)).toContain('root of 444455556666');
  expect(story(deployment)).toEqual(['root-account-usage closed']);
});

test('a batch two hours late gives one ALARM and one OK, and delivered again gives nothing', async () => {
  await using deployment = await deploy({ delayMs: 120 * MINUTE_MS, deliversTwice: true });
  await drive(deployment, between(rootUseMs, rootUseMs + 5 * MINUTE_MS));
  const { pagerDuty } = deployment;
  expect(pagerDuty.incidents().map(({ alerts, resolvedAtMs }) => [alerts.length, resolvedAtMs !== undefined])).toEqual([
    [1, true],
  ]);
});

test('DynamoDB that throttles and fails now and then costs nothing but time', async () => {
  const { counts, story: told } = await withOutage(30, ({ dynamoDb }) => {
    for (const operation of ['UpdateItem', 'GetItem', 'PutItem', 'Query']) {
      for (const kind of ['throttling', 'server error', 'lost answer'] as const) {
        dynamoDb.injectFault({ operation, kind, times: 2, after: 3 });
      }
    }
    return () => undefined;
  });
  expect(counts).toEqual(undisturbed.counts);
  expect(told.toSorted()).toEqual(undisturbed.story.toSorted());
});

test('an item stays small, whatever comes', async () => {
  await using deployment = await deploy();
  await drive(deployment, part);
  for (const alarm of await allAlarms(deployment)) expect(JSON.stringify(alarm).length).toBeLessThan(16 * 1024);
});

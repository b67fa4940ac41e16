import {
  Clock,
  MATCHER,
  drive,
  startDeployment,
  type DeploymentSettings,
  type LocalDeployment,
} from '@trailbell/local';
import { expectedIncidents } from '@trailbell/local/sample-day/expected-incidents';
import { expect, test } from 'vitest';
import { allAlarms, countsByAlarm } from './support/alarm-items.ts';
import { cisRules, sampleDay } from './support/sample-day.ts';

/** Six hours of the day: less than an alarm keeps its samples, so that the counts in the table are whole at the end. */
const part = await sampleDay('09:00', '15:00');
const startMs = (part[0]?.timeMs ?? 0) - 60_000;

async function deploy(delivery: DeploymentSettings['delivery'] = {}): Promise<LocalDeployment> {
  return startDeployment({ clock: new Clock(startMs), rules: await cisRules(startMs), delivery });
}

function openIncidents({ pagerDuty }: LocalDeployment) {
  return pagerDuty.incidents().filter(({ resolvedAtMs }) => resolvedAtMs === undefined);
}

/** The incidents that this part of the day should open: rule, account and number of events, in order. */
const expected = expectedIncidents
  .filter(({ firstAt }) => firstAt >= '09:00' && firstAt < '15:00')
  .map(({ rule, accountId, events }) => `${rule} ${accountId} ${events}`);

/** The incidents that were opened and closed, with the account and the count that their OK tells. */
function closedIncidents({ pagerDuty }: LocalDeployment): readonly string[] {
  return pagerDuty.incidents().flatMap(({ dedupKey, resolution }) => {
    const details = resolution?.details.Trailbell as Readonly<Record<string, unknown>> | undefined;
    return details === undefined
      ? []
      : [`${dedupKey.split(' ')[0]} ${String(details.account)} ${String(details.count)}`];
  });
}

/** The alarms that rang, each as often as it may. */
function rung(incidents: readonly string[]): ReadonlySet<string> {
  return new Set(incidents.map((incident) => incident.split(' ').slice(0, 2).join(' ')));
}

/** What each alarm counted when every record comes once, in order and in time. */
const undisturbed = await (async () => {
  await using deployment = await deploy();
  await drive(deployment, part);
  return { counts: await countsByAlarm(deployment), incidents: closedIncidents(deployment) };
})();

test('undisturbed, each incident is opened once and closed', () => {
  expect(undisturbed.incidents.toSorted()).toEqual(expected.toSorted());
  expect(undisturbed.counts.size).toBeGreaterThan(3);
});

test('the sample day opens the incidents that it should, says who did it, and closes each', async () => {
  const day = await sampleDay();
  const clock = new Clock((day[0]?.timeMs ?? 0) - 60_000);
  await using deployment = await startDeployment({ clock, rules: await cisRules(clock.nowMs()) });
  await drive(deployment, day);
  const incidents = deployment.pagerDuty.incidents();
  const seen = incidents.map(({ dedupKey, resolution }) => {
    const details = resolution?.details.Trailbell as Readonly<Record<string, unknown>> | undefined;
    return { alarm: dedupKey.split(' ')[0], account: details?.account, count: details?.count };
  });
  expect(seen).toEqual(
    expectedIncidents.map(({ rule, accountId, events }) => ({ alarm: rule, account: accountId, count: events })),
  );
  for (const [index, { actor }] of expectedIncidents.entries()) {
    expect(JSON.stringify(incidents[index]?.alerts[0]?.details)).toContain(actor);
  }
  expect(openIncidents(deployment)).toEqual([]);
  expect(deployment.failedBatches.deadLetters).toEqual([]);
});

test.each([1, 2])(
  'every batch twice, and out of order within ten minutes (seed %i): the same alarms, the same counts, nothing left open',
  async (seed) => {
    await using deployment = await deploy({ deliversTwice: true, shuffle: { seed, windowMs: 600_000 } });
    await drive(deployment, part);
    expect(await countsByAlarm(deployment)).toEqual(undisturbed.counts);
    expect(rung(closedIncidents(deployment))).toEqual(rung(expected));
    expect(openIncidents(deployment)).toEqual([]);
  },
);

/** Far enough apart that no batch is killed three times, after which Lambda gives it up. */
const KILLED_REQUESTS = [1, 5, 13, 24];

test.each([
  ['as it is given a batch', undefined],
  ['as it records a match', 'UpdateItem'],
  ['as it remembers the batch', 'PutItem'],
  ['as SNS gets its message', 'Publish'],
  ['as it notes that PagerDuty was told', 'markTold'],
])('a matcher that is killed %s, again and again, loses nothing and doubles nothing', async (_when, operation) => {
  await using deployment = await deploy({ deliversTwice: true, shuffle: { seed: 7, windowMs: 600_000 } });
  const { lambda, dynamoDb, pagerDuty } = deployment;
  let seen = 0;
  let kills = 0;
  const see = () => {
    seen += 1;
    if (KILLED_REQUESTS.includes(seen)) kills += lambda.kill(MATCHER) > 0 ? 1 : 0;
  };
  const stop = dynamoDb.onRequest((request) => {
    const tells = String(request.parameters.UpdateExpression).startsWith('SET #told');
    if (operation === 'markTold' ? tells : request.operation === operation) see();
  });
  pagerDuty.onChange(() => {
    if (operation === 'Publish') see();
  });
  await drive(deployment, part, {
    onProgress: (delivered) => {
      if (operation === undefined && delivered % 40 === 0) {
        lambda.killNext(MATCHER);
        kills += 1;
      }
    },
  });
  stop();
  expect(kills).toBeGreaterThan(0);
  expect(deployment.failedBatches.deadLetters).toEqual([]);
  expect(await countsByAlarm(deployment)).toEqual(undisturbed.counts);
  expect(rung(closedIncidents(deployment))).toEqual(rung(expected));
  expect(openIncidents(deployment)).toEqual([]);
});

test('when all is quiet no alarm owes a notification, is being told, or is due', async () => {
  await using deployment = await deploy();
  await drive(deployment, part);
  const alarms = await allAlarms(deployment);
  expect(alarms.length).toBeGreaterThan(3);
  for (const { standing } of alarms) {
    expect(standing).toMatchObject({ state: 'OK' });
    expect(standing).not.toHaveProperty('owed');
    expect(standing).not.toHaveProperty('lease');
    expect(standing).not.toHaveProperty('dueMs');
  }
});

test('PagerDuty out of reach for a minute delays a page and loses none', async () => {
  await using deployment = await deploy();
  const root = Date.parse('2026-03-11T09:30:00Z');
  await drive(
    deployment,
    part.filter(({ timeMs }) => timeMs < root),
  );
  deployment.pagerDuty.suffer({ kind: 'status', status: 503 }, root + 70_000);
  await drive(
    deployment,
    part.filter(({ timeMs }) => timeMs >= root),
  );
  expect(deployment.pagerDuty.incidents().length).toBe(undisturbed.incidents.length);
  expect(deployment.sns.deadLetters(deployment.deadLetterQueueArn)).toEqual([]);
  expect(openIncidents(deployment)).toEqual([]);
});

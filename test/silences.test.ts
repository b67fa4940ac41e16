import { compileRules, loadRules } from '@trailbell/core/rule';
import { loadSilences } from '@trailbell/core/silence';
import { Clock, MATCHER, drive, startDeployment, type LocalDeployment, type LogLine } from '@trailbell/local';
import { expect, test } from 'vitest';

const START_MS = Date.parse('2027-03-01T09:00:00Z');
const MINUTE_MS = 60_000;
const ACCOUNT = '111122223333';

const RULE = `name: root-usage
title: The root user was used
severity: critical
filterPattern: '{ $.userIdentity.type = "Root" }'
groupBy: [$.recipientAccountId]
`;

const SILENCE = `name: restore-test
rules: [root-usage]
accounts: ['${ACCOUNT}']
from: 2027-03-01T09:10Z
until: 2027-03-01T09:30Z
owner: ops@example.com
reason: the restore test signs in as root
`;

async function deploy(ruleText: string, silenceText = '', lines: LogLine[] = []): Promise<LocalDeployment> {
  const { rules, problems } = loadRules([{ path: 'rules/root.yaml', text: ruleText }]);
  const loaded = loadSilences([{ path: 'silences/restore.yaml', text: silenceText }], rules);
  expect([...problems, ...loaded.problems]).toEqual([]);
  return startDeployment({
    clock: new Clock(START_MS),
    rules: compileRules(rules, { version: START_MS, silences: loaded.silences }),
    onLog: (line) => {
      lines.push(line);
    },
  });
}

/** The root user at these minutes past nine, seen at once. */
function uses(...minutes: readonly number[]) {
  return minutes.map((minute) => {
    const timeMs = START_MS + minute * MINUTE_MS;
    const record = {
      eventID: `use-${minute}`,
      eventTime: new Date(timeMs).toISOString(),
      eventName: 'ListBuckets',
      recipientAccountId: ACCOUNT,
      userIdentity: { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root` },
    };
    return { timeMs, message: JSON.stringify(record) };
  });
}

/** When each incident was opened and closed, in minutes past nine. */
function incidents({ pagerDuty }: LocalDeployment): readonly string[] {
  const minute = (atMs: number | undefined) =>
    atMs === undefined ? 'open' : Math.round((atMs - START_MS) / MINUTE_MS);
  return pagerDuty.incidents().map(({ openedAtMs, resolvedAtMs }) => `${minute(openedAtMs)}-${minute(resolvedAtMs)}`);
}

test('a silence swallows a trigger and not a resolve, and the page of what is still on goes out at its end', async () => {
  const lines: LogLine[] = [];
  await using deployment = await deploy(RULE, SILENCE, lines);
  // Told before the silence and closed in it; on and over within it; still on at its end.
  await drive(deployment, uses(7, 15, 27));
  expect(incidents(deployment)).toEqual(['7-12', '30-32']);
  expect(deployment.lambda.metrics().NotificationsWithheld).toBe(2);
  const reports = lines.filter(({ text }) => text.includes('would have paged'));
  expect(reports).toHaveLength(2);
  expect(JSON.parse(reports[0]?.text ?? '')).toMatchObject({
    silence: 'restore-test',
    severity: 'critical',
    alarm: { rule: 'root-usage', group: [ACCOUNT] },
    count: 1,
  });
  expect(reports.every(({ functionName }) => functionName === MATCHER)).toBe(true);
});

test('a rule that is staged records and reports, and rings nobody', async () => {
  await using deployment = await deploy(`${RULE}mode: stage\n`);
  await drive(deployment, uses(0, 20, 21, 60));
  expect(incidents(deployment)).toEqual([]);
  expect(deployment.lambda.metrics()).toMatchObject({ Matches: 4, NotificationsWithheld: 3 });
  expect(deployment.lambda.metrics()).not.toHaveProperty('NotificationsSent');
});

test('an ALARM that is told again is merged into its incident', async () => {
  await using deployment = await deploy(
    `${RULE}renotify: { everyMinutes: 10, onNewActor: true }\nalarm: { period: 1500 }\n`,
  );
  await drive(deployment, uses(0));
  expect(incidents(deployment)).toEqual(['0-25']);
  expect(deployment.pagerDuty.incidents()[0]?.alerts).toHaveLength(3);
});

import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { compileRules, loadRules } from '@trailbell/core/rule';
import { Clock, MATCHER, RECONCILER, drive, startDeployment } from '@trailbell/local';
import { expect, test } from 'vitest';

// What stands at redacted paths leaves the log group for nowhere: not in a page, not in the table, not in the functions' own logs.

const CANARY = 'canary-5f0c2b';

/** Stands where secrets are: by the names that are secret anyway, by the configuration, and within what names resources. */
const SECRETS = {
  requestParameters: {
    userName: 'alice',
    password: CANARY,
    functionName: 'nightly-export',
    environment: { variables: { bucketName: CANARY, tableName: CANARY } },
    settings: [{ name: 'DB_PASSWORD', value: CANARY }],
    bucketName: CANARY,
    notes: { first: CANARY, list: [{ roleName: CANARY }] },
    userData: CANARY,
    url: `https://me:${CANARY}@example.com`,
  },
  responseElements: { credentials: { accessKeyId: CANARY, sessionToken: CANARY }, trailName: CANARY },
};

const RULES = `
name: every-call
title: Any call
severity: info
filterPattern: '{ $.eventName = * && ($.requestParameters.password = "canary*" || $.a = 1) }'
groupBy: [$.recipientAccountId]
alarm: { threshold: 1, period: 60 }
`;

test('nothing that must not be told reaches PagerDuty, the table or a log, and the rest does', async () => {
  const startMs = Date.UTC(2026, 2, 11, 9);
  const { rules, problems } = loadRules([{ path: 'every-call.yaml', text: RULES }]);
  expect(problems).toEqual([]);
  const redact = ['$.requestParameters.bucketName', '$.requestParameters.notes', '$.responseElements.trailName'];
  const accounts = { '111122223333': 'production' };
  await using deployment = await startDeployment({
    clock: new Clock(startMs),
    rules: compileRules(rules, { version: startMs, redact, accounts }),
  });
  const message = JSON.stringify({
    eventID: '0a1b2c3d-1111-2222-3333-444455556666',
    eventName: 'UpdateFunctionConfiguration',
    eventSource: 'lambda.amazonaws.com',
    awsRegion: 'eu-west-1',
    recipientAccountId: '111122223333',
    userIdentity: { type: 'IAMUser', userName: 'alice', accountId: '111122223333' },
    errorCode: 'ValidationException',
    errorMessage: `Value '${CANARY}' at 'password' is too short`,
    ...SECRETS,
  });
  await drive(deployment, [{ message, timeMs: startMs + 60_000 }]);

  const { pagerDuty, dynamoDbClient, alarmTableName, lambda } = deployment;
  const client = DynamoDBDocumentClient.from(dynamoDbClient);
  const { Items: items = [] } = await client.send(new ScanCommand({ TableName: alarmTableName }));
  const pages = JSON.stringify(pagerDuty.incidents());
  const kept = JSON.stringify(items);
  const logged = [MATCHER, RECONCILER].flatMap((name) => lambda.logs(name).map(({ text }) => text)).join('\n');

  expect(pagerDuty.incidents()).toHaveLength(1);
  expect(pagerDuty.incidents()[0]?.alerts[0]?.details.Trailbell).toMatchObject({
    accountAlias: 'production',
    resources: ['alice', 'nightly-export'],
    requestParameters: [
      'password: [redacted]',
      'environment: [redacted]',
      'settings[0].name: DB_PASSWORD',
      'settings[0].value: [redacted]',
      'bucketName: [redacted]',
      'notes: [redacted]',
      'userData: [redacted]',
      'url: [redacted]',
    ],
    matchedClause: '$.eventName = * && $.requestParameters.password = "canary*"',
    result: "ValidationException: Value '[redacted]' at 'password' is too short",
    identity: { accountAlias: 'production' },
  });
  expect(kept).toContain('nightly-export');
  expect(logged).toContain('NotificationsSent');
  for (const text of [pages, kept, logged]) expect(text).not.toContain(CANARY);
});

import type { RoutedAlarm } from '@trailbell/core/config';
import { describeActivity } from '@trailbell/core/cloudtrail';
import type { NotificationInput } from '@trailbell/core/notification';

/** What a page is rendered from: somebody created an access key, in the accounts of the alarm. */
export function alarmMessage({
  alarm,
  ...more
}: Partial<NotificationInput> & { readonly alarm: RoutedAlarm }): NotificationInput {
  const changedAtMs = Date.UTC(2026, 2, 11, 9, 30, 19);
  return {
    alarmName: `${alarm.rule} (${alarm.accounts.join(', ')}) trailbell-test-777788889999-eu-west-1`,
    deployment: {
      accountId: '777788889999',
      region: 'eu-west-1',
      topicArn: 'arn:aws:sns:eu-west-1:777788889999:trailbell',
      logGroupName: 'aws-cloudtrail-logs',
    },
    previousState: 'OK',
    state: 'ALARM',
    stateReason:
      'Threshold Crossed: 1 datapoint [1.0 (11/03/26 09:26:00)] was greater than or equal to the threshold (1.0).',
    changedAtMs,
    configurationUpdatedAtMs: Date.UTC(2026, 2, 1),
    settings: {
      statistic: 'Sum',
      period: 300,
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
    },
    context: {
      rule: {
        name: alarm.rule,
        title: 'Somebody created an access key',
        severity: alarm.severity,
        description: 'An access key is a password that does not expire.',
        runbook: 'https://runbooks.example.com/access-keys',
        references: ['CIS-3.0-4.4'],
        filterPattern: '{ $.eventName = "CreateAccessKey" }',
      },
      groupValues: [],
      count: alarm.accounts.length,
      isAtLeast: false,
      firstMs: changedAtMs - 60_000,
      lastMs: changedAtMs,
      examples: alarm.accounts.map((recipientAccountId) =>
        describeActivity({
          eventID: '0a1b2c3d-1111-2222-3333-444455556666',
          eventTime: '2026-03-11T09:29:59Z',
          eventName: 'CreateAccessKey',
          eventSource: 'iam.amazonaws.com',
          awsRegion: 'us-east-1',
          recipientAccountId,
          sourceIPAddress: '203.0.113.9',
          userIdentity: { type: 'IAMUser', userName: 'alice', accountId: recipientAccountId },
        }),
      ),
    },
    ...more,
  };
}

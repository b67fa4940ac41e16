import { describeActivity, type Activity } from '../cloudtrail/index.ts';
import type { AlarmContext, NotificationInput } from './notification-input.ts';

/** What the tests of this folder tell of: somebody stopped a trail, twice. */
export const EVENT_ID = '0a1b2c3d-1111-2222-3333-444455556666';

export function stopLogging(more: object = {}): Activity {
  return describeActivity({
    eventID: EVENT_ID,
    eventTime: '2026-11-22T07:01:02Z',
    eventName: 'StopLogging',
    eventSource: 'cloudtrail.amazonaws.com',
    awsRegion: 'eu-west-1',
    recipientAccountId: '444455556666',
    sourceIPAddress: '203.0.113.9',
    userAgent: 'aws-cli/2.15.30 md/awscrt#0.19.19 ua/2.0',
    readOnly: false,
    requestParameters: { name: 'main' },
    userIdentity: { type: 'IAMUser', userName: 'alice', accountId: '444455556666' },
    ...more,
  });
}

export function notificationInput(
  more: Partial<NotificationInput> = {},
  context: Partial<AlarmContext> = {},
): NotificationInput {
  return {
    alarmName: 'trailbell-prod-111122223333-eu-central-1/trail-stopped/444455556666',
    deployment: {
      accountId: '111122223333',
      region: 'eu-central-1',
      topicArn: 'arn:aws:sns:eu-central-1:111122223333:trailbell',
      logGroupName: '/aws/cloudtrail',
    },
    previousState: 'OK',
    state: 'ALARM',
    stateReason:
      'Threshold Crossed: 1 datapoint [2.0 (22/11/26 07:00:00)] was greater than or equal to the threshold (1.0).',
    changedAtMs: Date.UTC(2026, 10, 22, 7, 3, 4, 5),
    configurationUpdatedAtMs: Date.UTC(2026, 9, 1, 12, 0, 0),
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
        name: 'trail-stopped',
        title: 'A trail was stopped',
        severity: 'critical',
        description: 'Somebody stopped or deleted a trail.',
        runbook: 'https://runbooks.example.com/trail-stopped',
        references: ['CIS-3.0-4.5'],
        filterPattern: '{ ($.eventName = "StopLogging") || ($.eventName = "DeleteTrail") }',
      },
      groupValues: [{ selector: '$.recipientAccountId', value: '444455556666' }],
      count: 2,
      isAtLeast: false,
      firstMs: Date.UTC(2026, 10, 22, 7, 2),
      lastMs: Date.UTC(2026, 10, 22, 7, 2),
      examples: [stopLogging()],
      ...context,
    },
    ...more,
  };
}

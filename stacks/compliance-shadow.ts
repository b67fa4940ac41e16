import type { MetricAlarm, MetricFilter } from '@trailbell/core/migration';
import type { Deployment } from './deployment.ts';
import type { LogSource } from './log-source.ts';
import { allowTopic, createQueue } from './queue.ts';
import { runScript } from './run-script.ts';
import { allowAlarms, type Notifications } from './topic.ts';

/**
 * The metric filters and alarms of the CIS benchmark, word for word, for those who check that they exist (Security Hub's CloudWatch
 * controls among them). They tell a topic of their own, because a control asks for a topic that somebody is subscribed to; the
 * subscriber is a queue that nobody reads. The paging is done by the rules.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
 */
export function createComplianceShadow(
  deployment: Deployment,
  { logSource, notifications }: { readonly logSource: LogSource; readonly notifications: Notifications },
): void {
  const { prefix, stage } = deployment;
  const metricNamespace = `${prefix}-compliance`;
  const { metricFilters, alarms } = JSON.parse(runScript('exact-filters.ts', { metricNamespace })) as {
    readonly metricFilters: readonly MetricFilter[];
    readonly alarms: readonly MetricAlarm[];
  };

  const topic = new sst.aws.SnsTopic('ComplianceShadow', {
    transform: { topic: { kmsMasterKeyId: notifications.key.arn, displayName: `${prefix} compliance` } },
  });
  allowAlarms('ComplianceShadowPolicy', deployment, topic);
  const queue = createQueue('ComplianceShadowUnread', { retentionSeconds: 60 });
  const allowed = allowTopic('ComplianceShadowUnreadPolicy', queue, deployment, topic.arn);
  new aws.sns.TopicSubscription(
    'ComplianceShadowSubscription',
    { topic: topic.arn, protocol: 'sqs', endpoint: queue.arn },
    { dependsOn: [allowed] },
  );

  for (const { filterName, filterPattern, metricName, metricValue } of metricFilters) {
    new aws.cloudwatch.LogMetricFilter(`ComplianceShadow-${filterName}`, {
      name: `${prefix}-${filterName}`,
      logGroupName: logSource.name,
      pattern: filterPattern,
      metricTransformation: { namespace: metricNamespace, name: metricName, value: metricValue },
    });
  }
  for (const alarm of alarms) {
    new aws.cloudwatch.MetricAlarm(`ComplianceShadow-${alarm.alarmName}`, {
      name: `${stage.alarmNamePrefix}${alarm.alarmName} ${prefix}`,
      ...(alarm.alarmDescription !== undefined && { alarmDescription: alarm.alarmDescription }),
      namespace: metricNamespace,
      metricName: alarm.metricName,
      statistic: alarm.statistic,
      period: alarm.period,
      evaluationPeriods: alarm.evaluationPeriods,
      threshold: alarm.threshold,
      comparisonOperator: alarm.comparisonOperator,
      treatMissingData: alarm.treatMissingData,
      alarmActions: [topic.arn],
      tags: { Name: prefix },
    });
  }
}

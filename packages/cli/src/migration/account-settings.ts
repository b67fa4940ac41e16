import { paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { paginateDescribeMetricFilters } from '@aws-sdk/client-cloudwatch-logs';
import { openAwsClients } from '../deployed/aws-clients.ts';
import { joined, readCliOutput, type CloudWatchSettings } from '@trailbell/core/migration';

/**
 * The metric filters of a log group (of all where none is named) and all alarms of the account and region that the user's
 * credentials are for. Calls logs:DescribeMetricFilters and cloudwatch:DescribeAlarms, and nothing that writes.
 */
export async function accountSettings(logGroupName: string | undefined): Promise<CloudWatchSettings> {
  using aws = openAwsClients(undefined);
  const parts: CloudWatchSettings[] = [];
  const filters = paginateDescribeMetricFilters({ client: aws.logs }, { logGroupName });
  for await (const page of filters) parts.push(readCliOutput({ metricFilters: page.metricFilters ?? [] }));
  const alarms = paginateDescribeAlarms({ client: aws.cloudWatch }, { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] });
  for await (const { MetricAlarms = [], CompositeAlarms = [] } of alarms) {
    parts.push(readCliOutput({ MetricAlarms, CompositeAlarms }));
  }
  return joined(parts);
}

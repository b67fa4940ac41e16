import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { FunctionMetricsSeen, Look, Seen } from '@trailbell/core/doctor';
import type { AwsClients } from '../deployed/aws-clients.ts';
import { look, map } from './look.ts';

const MINUTE_MS = 60_000;
const PERIOD_SECONDS = 300;

interface Asked {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** How many log events came into the group within the last hour. */
export async function incomingLogEvents(aws: AwsClients, logGroupName: string, nowMs: number): Promise<Look<number>> {
  const asked = { namespace: 'AWS/Logs', name: 'IncomingLogEvents', dimensions: { LogGroupName: logGroupName } };
  return map(await sums(aws, [asked], nowMs, 60), ([sum = 0]) => sum);
}

/** How many beats came into the heartbeat's queue within 25 minutes. */
export async function heartbeats(aws: AwsClients, queueName: string, nowMs: number): Promise<Look<number>> {
  const asked = { namespace: 'AWS/SQS', name: 'NumberOfMessagesSent', dimensions: { QueueName: queueName } };
  return map(await sums(aws, [asked], nowMs, 25), ([sum = 0]) => sum);
}

/** Errors and throttles of the last hour, invocations of the last quarter. */
export async function functionMetrics(
  aws: AwsClients,
  names: Readonly<Record<keyof Seen['metrics'], string>>,
  nowMs: number,
): Promise<Look<Seen['metrics']>> {
  const asked = [names.matcher, names.reconciler].flatMap((name) => [
    ofFunction(name, 'Errors'),
    ofFunction(name, 'Throttles'),
  ]);
  const invoked = [names.matcher, names.reconciler].map((name) => ofFunction(name, 'Invocations'));
  const [hour, quarter] = await Promise.all([sums(aws, asked, nowMs, 60), sums(aws, invoked, nowMs, 15)]);
  if (hour.kind !== 'seen') return hour;
  return map(quarter, (invocations) => {
    const of = (index: number): FunctionMetricsSeen => ({
      Errors: hour.value[2 * index] ?? 0,
      Throttles: hour.value[2 * index + 1] ?? 0,
      Invocations: invocations[index] ?? 0,
    });
    return { matcher: of(0), reconciler: of(1) };
  });
}

function ofFunction(functionName: string, name: string): Asked {
  return { namespace: 'AWS/Lambda', name, dimensions: { FunctionName: functionName } };
}

/** The sums of metrics over the last minutes, in the order in which they were asked for. */
async function sums(
  aws: AwsClients,
  asked: readonly Asked[],
  nowMs: number,
  minutes: number,
): Promise<Look<readonly number[]>> {
  const queries = asked.map(({ namespace, name, dimensions }, index): MetricDataQuery => ({
    Id: `m${index}`,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: name,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: PERIOD_SECONDS,
      Stat: 'Sum',
    },
  }));
  const from = new Date(nowMs - minutes * MINUTE_MS);
  return map(await look(aws, 'cloudwatch:GetMetricData', from, new Date(nowMs), queries), (answer) =>
    queries.map(({ Id }) => {
      const values = answer?.MetricDataResults?.find((result) => result.Id === Id)?.Values ?? [];
      return values.reduce((sum, value) => sum + value, 0);
    }),
  );
}

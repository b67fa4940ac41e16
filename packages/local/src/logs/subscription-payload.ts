/**
 * What CloudWatch Logs sends to a subscribed Lambda function.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#LambdaFunctionExample
 */
import { gzipSync } from 'node:zlib';
import type { LogEvent } from '@trailbell/core/logs';

/** The event of the function: `data` is base64 of gzip of the batch's JSON. */
export interface SubscriptionPayload {
  readonly awslogs: { readonly data: string };
}

/** Log events of one stream, on their way through one subscription filter. */
export interface SubscriptionBatch {
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly subscriptionFilters: readonly string[];
  readonly logEvents: readonly LogEvent[];
}

/** A batch as the function gets it. */
export function dataMessage({
  owner,
  logGroup,
  logStream,
  subscriptionFilters,
  logEvents,
}: SubscriptionBatch): SubscriptionPayload {
  return encode({ messageType: 'DATA_MESSAGE', owner, logGroup, logStream, subscriptionFilters, logEvents });
}

/** The probe by which CloudWatch Logs checks that it reaches the function; it holds no log events of anybody. */
export function controlMessage(nowMs: number): SubscriptionPayload {
  const message = 'CWL CONTROL MESSAGE: Checking health of destination Lambda.';
  return encode({
    messageType: 'CONTROL_MESSAGE',
    owner: 'CloudwatchLogs',
    logGroup: '',
    logStream: '',
    subscriptionFilters: [],
    logEvents: [{ id: '', timestamp: nowMs, message }],
  });
}

function encode(message: Readonly<Record<string, unknown>>): SubscriptionPayload {
  return { awslogs: { data: gzipSync(JSON.stringify(message)).toString('base64') } };
}

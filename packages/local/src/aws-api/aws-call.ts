import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { isJsonObject, type JsonObject } from '@trailbell/core/json';
import { lambdaCall } from './lambda-routes.ts';

/** The parameters of a call, as the SDK sent them. */
export type AwsInput = JsonObject;

/** One call of an AWS API. */
export interface AwsCall {
  /** As IAM names it: `logs:DescribeLogGroups`. */
  readonly action: string;
  readonly input: AwsInput;
}

/** How the answer to a call is written. */
export type WireProtocol = 'json' | 'rest-json' | 'query';

export interface ReceivedCall extends AwsCall {
  readonly protocol: WireProtocol;
  readonly isSigned: boolean;
}

/** Whose API a target or version belongs to, by the prefix of its IAM actions. */
const TARGETS: Readonly<Record<string, string>> = {
  AmazonSQS: 'sqs',
  CloudTrail_20131101: 'cloudtrail',
  DynamoDB_20120810: 'dynamodb',
  GraniteServiceVersion20100801: 'cloudwatch',
  Logs_20140328: 'logs',
  TrentService: 'kms',
};
const QUERY_VERSIONS: Readonly<Record<string, string>> = { '2010-03-31': 'sns', '2011-06-15': 'sts' };

/**
 * Reads a request in the protocol that its service speaks: JSON with a target, AWS Query, or Lambda's REST. Undefined where it is
 * none of these. https://smithy.io/2.0/aws/protocols/index.html
 */
export async function readAwsCall(request: IncomingMessage): Promise<ReceivedCall | undefined> {
  const body = await text(request);
  const isSigned = request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ') ?? false;
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const [prefix = '', operation = ''] = target.split('.');
    const service = TARGETS[prefix];
    const input: unknown = JSON.parse(body);
    if (service === undefined || !isJsonObject(input)) return undefined;
    return { action: `${service}:${operation}`, input, protocol: 'json', isSigned };
  }
  if (request.headers['content-type'] === 'application/x-www-form-urlencoded') {
    const { Action, Version, ...input } = Object.fromEntries(new URLSearchParams(body));
    const service = QUERY_VERSIONS[Version ?? ''];
    if (service === undefined || Action === undefined) return undefined;
    return { action: `${service}:${Action}`, input, protocol: 'query', isSigned };
  }
  const call = lambdaCall(request.method ?? '', new URL(request.url ?? '/', 'http://127.0.0.1'));
  return call && { ...call, protocol: 'rest-json', isSigned };
}

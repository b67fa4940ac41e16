import type { Actor, JsonObject } from './actor.ts';
import { createRandom, type Random } from './random.ts';

export const DAY = '2026-03-11';

export type Region = 'eu-west-1' | 'us-east-1';

/** One call, before CloudTrail dresses it as a record. */
export interface Call {
  /** Time of day, UTC, as HH:MM:SS. */
  readonly at: string;
  readonly by: Actor;
  /** The event source without its domain, and the event name: `ec2:DescribeInstances`. */
  readonly action: string;
  /** eu-west-1 unless told, and us-east-1 for the global services. */
  readonly region?: Region;
  readonly request?: JsonObject;
  readonly response?: JsonObject;
  readonly error?: readonly [code: string, message: string];
  /** Fields that this call has beside, or instead of, the usual ones; undefined leaves a field out. */
  readonly fields?: JsonObject;
  /** Delivered this many seconds after the call instead of the usual two or three minutes. */
  readonly deliveredAfterSeconds?: number;
  /** CloudTrail delivers the very same record once more, this many seconds after the first delivery. */
  readonly deliveredAgainAfterSeconds?: number;
}

const GLOBAL_SERVICES = ['iam', 'signin', 'account', 'billing', 'route53', 'cloudfront', 'health'];
const READS = /^(Get|List|Describe|Head|Lookup|BatchGet|Assume|Decrypt|GenerateDataKey)/;
const EVENT_VERSIONS: Readonly<Record<string, string>> = {
  ec2: '1.10',
  signin: '1.08',
  sso: '1.08',
  sts: '1.08',
  iam: '1.10',
};
const API_VERSIONS: Readonly<Record<string, string>> = { logs: '20140328', elasticloadbalancing: '2015-12-01' };

/** The time of day as CloudTrail writes it. */
export function onTheDay(time: string): string {
  return `${DAY}T${time}Z`;
}

/**
 * The record of a call, in CloudTrail's order of keys. Ids come from the call alone, so that a changed call changes one line.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function record(call: Call): JsonObject {
  const [service = '', eventName = ''] = call.action.split(':');
  const { by } = call;
  const region = call.region ?? (GLOBAL_SERVICES.includes(service) ? 'us-east-1' : 'eu-west-1');
  const random = createRandom(`${call.at} ${call.action} ${by.accountId} ${JSON.stringify(by.identity)}`);
  const fromOutside = /^\d/.test(by.sourceIPAddress);
  return {
    eventVersion: EVENT_VERSIONS[service] ?? '1.11',
    userIdentity: by.identity,
    eventTime: onTheDay(call.at),
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: region,
    sourceIPAddress: by.sourceIPAddress,
    userAgent: service === 's3' && fromOutside ? `[${by.userAgent}]` : by.userAgent,
    errorCode: call.error?.[0],
    errorMessage: call.error?.[1],
    requestParameters: call.request ?? null,
    responseElements: call.response ?? null,
    additionalEventData: service === 's3' ? s3Transfer(random) : undefined,
    requestID: service === 's3' ? random.code(16) : random.uuid(),
    eventID: random.uuid(),
    readOnly: READS.test(eventName),
    resources: undefined,
    eventType: 'AwsApiCall',
    apiVersion: API_VERSIONS[service],
    managementEvent: true,
    recipientAccountId: by.accountId,
    sharedEventID: undefined,
    vpcEndpointId: by.vpcEndpointId,
    serviceEventDetails: undefined,
    eventCategory: 'Management',
    tlsDetails: fromOutside && !by.inConsole ? tlsDetails(service, region) : undefined,
    sessionCredentialFromConsole: by.inConsole && service !== 'signin' ? 'true' : undefined,
    addendum: undefined,
    ...call.fields,
  };
}

function s3Transfer(random: Random): JsonObject {
  return {
    SignatureVersion: 'SigV4',
    CipherSuite: 'TLS_AES_128_GCM_SHA256',
    bytesTransferredIn: 0,
    AuthenticationMethod: 'AuthHeader',
    'x-amz-id-2': `${random.code(40)}=`,
    bytesTransferredOut: random.integer(200, 4000),
  };
}

function tlsDetails(service: string, region: Region): JsonObject {
  const host = GLOBAL_SERVICES.includes(service) ? `${service}.amazonaws.com` : `${service}.${region}.amazonaws.com`;
  return { tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', clientProvidedHostHeader: host };
}

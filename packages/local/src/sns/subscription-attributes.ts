import { isJsonObject, parseJson } from '@trailbell/core/json';
import {
  DEFAULT_DELIVERY_POLICY,
  type DeliveryPolicy,
  DeliveryPolicyError,
  parseDeliveryPolicy,
} from './delivery-policy.ts';
import { type FilterPolicy, FilterPolicyError, type FilterPolicyScope, parseFilterPolicy } from './filter-policy.ts';
import { invalidParameter } from './sns-refusals.ts';

/** A subscription's settings, parsed. https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
export interface SubscriptionAttributes {
  readonly isRaw: boolean;
  readonly deliveryPolicy: DeliveryPolicy;
  readonly deadLetterQueueArn: string | undefined;
  readonly filterPolicyScope: FilterPolicyScope;
  readonly filterPolicy: FilterPolicy | undefined;
}

const NAMES = ['RawMessageDelivery', 'DeliveryPolicy', 'RedrivePolicy', 'FilterPolicyScope', 'FilterPolicy'];
const QUEUE_ARN = /^arn:aws:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}$/;

/**
 * Parses the attributes as Subscribe and SetSubscriptionAttributes get them. Throws what SNS refuses;
 * `prefix` goes before the reason, because Subscribe words it differently.
 */
export function parseSubscriptionAttributes(
  given: ReadonlyMap<string, string>,
  topicArn: string,
  prefix: '' | 'Attributes Reason: ',
): SubscriptionAttributes {
  if ([...given.keys()].some((name) => !NAMES.includes(name))) throw invalidParameter(`${prefix}AttributeName`);
  const scope = parseScope(given.get('FilterPolicyScope') ?? 'MessageAttributes', prefix);
  // A policy that is set to the empty string is removed.
  const present = (name: string) => (given.get(name) === '' ? undefined : given.get(name));
  const [filterPolicy, deliveryPolicy] = [present('FilterPolicy'), present('DeliveryPolicy')];
  try {
    return {
      isRaw: parseBoolean(given.get('RawMessageDelivery') ?? 'false', prefix),
      deliveryPolicy: deliveryPolicy === undefined ? DEFAULT_DELIVERY_POLICY : parseDeliveryPolicy(deliveryPolicy),
      deadLetterQueueArn: parseRedrivePolicy(present('RedrivePolicy'), topicArn, prefix),
      filterPolicyScope: scope,
      filterPolicy: filterPolicy === undefined ? undefined : parseFilterPolicy(filterPolicy, scope),
    };
  } catch (error) {
    if (error instanceof FilterPolicyError) throw invalidParameter(`${prefix}FilterPolicy: ${error.message}`);
    if (error instanceof DeliveryPolicyError) throw invalidParameter(`${prefix}DeliveryPolicy: ${error.message}`);
    throw error;
  }
}

function parseBoolean(value: string, prefix: string): boolean {
  if (value !== 'true' && value !== 'false')
    throw invalidParameter(`${prefix}RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
  return value === 'true';
}

function parseScope(value: string, prefix: string): FilterPolicyScope {
  if (value === 'MessageAttributes' || value === 'MessageBody') return value;
  throw invalidParameter(
    `${prefix}FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
  );
}

/** The queue must be in the topic's account and region. https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html */
function parseRedrivePolicy(text: string | undefined, topicArn: string, prefix: string): string | undefined {
  if (text === undefined) return undefined;
  const policy = parseJson(text);
  if (!isJsonObject(policy)) throw invalidParameter(`${prefix}RedrivePolicy: failed to parse JSON.`);
  const arn = policy.deadLetterTargetArn;
  if (typeof arn !== 'string' || !QUEUE_ARN.test(arn))
    throw invalidParameter(`${prefix}RedrivePolicy: deadLetterTargetArn is an invalid arn`);
  if (owner(arn) !== owner(topicArn))
    throw invalidParameter(`${prefix}RedrivePolicy: deadLetterTargetArn must be in the topic's account and region`);
  return arn;
}

function owner(arn: string): string {
  return arn.split(':').slice(3, 5).join(':');
}

import { isJsonObject, type JsonObject, parseJson } from '@trailbell/core/json';

export const BACKOFF_FUNCTIONS = ['linear', 'arithmetic', 'geometric', 'exponential'] as const;
export type BackoffFunction = (typeof BACKOFF_FUNCTIONS)[number];

/** How often and when SNS tries again. Delays in seconds, as in the policy. */
export interface RetryPolicy {
  readonly numRetries: number;
  readonly minDelayTarget: number;
  readonly maxDelayTarget: number;
  readonly numNoDelayRetries: number;
  readonly numMinDelayRetries: number;
  readonly numMaxDelayRetries: number;
  readonly backoffFunction: BackoffFunction;
}

/** A subscription's delivery policy over HTTP(S). https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
export interface DeliveryPolicy {
  readonly healthyRetryPolicy: RetryPolicy;
  readonly headerContentType: string;
}

/** Three retries, 20 seconds apart. */
export const DEFAULT_DELIVERY_POLICY: DeliveryPolicy = {
  healthyRetryPolicy: {
    numRetries: 3,
    minDelayTarget: 20,
    maxDelayTarget: 20,
    numNoDelayRetries: 0,
    numMinDelayRetries: 0,
    numMaxDelayRetries: 0,
    backoffFunction: 'linear',
  },
  headerContentType: 'text/plain; charset=UTF-8',
};

/** Thrown by {@link parseDeliveryPolicy}: what is wrong, without SNS's prefix. */
export class DeliveryPolicyError extends Error {
  override readonly name = 'DeliveryPolicyError';
}

const MAXIMUM_RETRIES = 100;
const MAXIMUM_TOTAL_SECONDS = 3600;

/** Parses a subscription's DeliveryPolicy; what it leaves out is SNS's default. Throttling is refused: it is not part of this stand-in. */
export function parseDeliveryPolicy(text: string): DeliveryPolicy {
  const parsed = parseJson(text);
  if (!isJsonObject(parsed)) throw new DeliveryPolicyError('failed to parse JSON.');
  checkKeys(parsed, ['healthyRetryPolicy', 'requestPolicy'], '');
  const request = section(parsed, 'requestPolicy');
  checkKeys(request, ['headerContentType'], 'requestPolicy.');
  const contentType = request.headerContentType ?? DEFAULT_DELIVERY_POLICY.headerContentType;
  if (typeof contentType !== 'string' || !/^[\x20-\x7e]+$/.test(contentType))
    throw new DeliveryPolicyError('requestPolicy.headerContentType must be a content type');
  return {
    healthyRetryPolicy: parseRetryPolicy(section(parsed, 'healthyRetryPolicy')),
    headerContentType: contentType,
  };
}

/** The delays before each retry, in milliseconds: at once, then the least delay, then the backoff, then the greatest delay. */
export function retryDelaysMs(policy: RetryPolicy): readonly number[] {
  const { numRetries, numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries } = policy;
  const backoffs = numRetries - numNoDelayRetries - numMinDelayRetries - numMaxDelayRetries;
  const seconds = [
    ...Array.from({ length: numNoDelayRetries }, () => 0),
    ...Array.from({ length: numMinDelayRetries }, () => policy.minDelayTarget),
    ...Array.from({ length: backoffs }, (_, at) => backoffDelay(policy, backoffs === 1 ? 0 : at / (backoffs - 1))),
    ...Array.from({ length: numMaxDelayRetries }, () => policy.maxDelayTarget),
  ];
  return seconds.map((delay) => Math.round(delay * 1000));
}

/**
 * The delay at `progress` (0 to 1) of the backoff phase. AWS shows the four functions as curves between the two targets and
 * gives no formulas; these have the ends and the order of the curves (linear highest, exponential lowest).
 */
function backoffDelay(policy: RetryPolicy, progress: number): number {
  const { minDelayTarget: min, maxDelayTarget: max } = policy;
  switch (policy.backoffFunction) {
    case 'linear':
      return min + (max - min) * progress;
    case 'arithmetic':
      return min + (max - min) * progress ** 2;
    case 'geometric':
      return min * (max / min) ** progress;
    case 'exponential':
      return min * (max / min) ** (progress ** 2);
  }
}

function parseRetryPolicy(given: JsonObject): RetryPolicy {
  const defaults = DEFAULT_DELIVERY_POLICY.healthyRetryPolicy;
  checkKeys(given, Object.keys(defaults), 'healthyRetryPolicy.');
  const whole = (name: Exclude<keyof RetryPolicy, 'backoffFunction'>, min: number, max: number): number => {
    const value = given[name] ?? defaults[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
      throw new DeliveryPolicyError(`healthyRetryPolicy.${name} must be an integer between ${min} and ${max}`);
    return value;
  };
  const policy: RetryPolicy = {
    numRetries: whole('numRetries', 0, MAXIMUM_RETRIES),
    minDelayTarget: whole('minDelayTarget', 1, MAXIMUM_TOTAL_SECONDS),
    maxDelayTarget: whole('maxDelayTarget', 1, MAXIMUM_TOTAL_SECONDS),
    numNoDelayRetries: whole('numNoDelayRetries', 0, MAXIMUM_RETRIES),
    numMinDelayRetries: whole('numMinDelayRetries', 0, MAXIMUM_RETRIES),
    numMaxDelayRetries: whole('numMaxDelayRetries', 0, MAXIMUM_RETRIES),
    backoffFunction: parseBackoffFunction(given.backoffFunction ?? defaults.backoffFunction),
  };
  if (policy.minDelayTarget > policy.maxDelayTarget)
    throw new DeliveryPolicyError('healthyRetryPolicy.maxDelayTarget must be greater than or equal to minDelayTarget');
  if (policy.numNoDelayRetries + policy.numMinDelayRetries + policy.numMaxDelayRetries > policy.numRetries)
    throw new DeliveryPolicyError(
      'healthyRetryPolicy.numRetries must be greater than or equal to the sum of its phases',
    );
  const totalMs = retryDelaysMs(policy).reduce((sum, delay) => sum + delay, 0);
  if (totalMs > MAXIMUM_TOTAL_SECONDS * 1000)
    throw new DeliveryPolicyError(
      `healthyRetryPolicy must not retry for more than ${MAXIMUM_TOTAL_SECONDS} seconds in all`,
    );
  return policy;
}

function parseBackoffFunction(value: unknown): BackoffFunction {
  const known = BACKOFF_FUNCTIONS.find((name) => name === value);
  if (known === undefined)
    throw new DeliveryPolicyError(`healthyRetryPolicy.backoffFunction must be one of ${BACKOFF_FUNCTIONS.join(', ')}`);
  return known;
}

function section(policy: JsonObject, name: string): JsonObject {
  const value = policy[name] ?? {};
  if (!isJsonObject(value)) throw new DeliveryPolicyError(`${name} must be an object`);
  return value;
}

function checkKeys(given: JsonObject, known: readonly string[], path: string): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new DeliveryPolicyError(`${path}${unknown} is not supported`);
}

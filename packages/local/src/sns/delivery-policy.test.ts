import { expect, test } from 'vitest';
import { DEFAULT_DELIVERY_POLICY, parseDeliveryPolicy, retryDelaysMs } from './delivery-policy.ts';

function delaysSeconds(healthyRetryPolicy: object): readonly number[] {
  const policy = parseDeliveryPolicy(JSON.stringify({ healthyRetryPolicy }));
  return retryDelaysMs(policy.healthyRetryPolicy).map((delayMs) => delayMs / 1000);
}

test('what a policy leaves out is the default: three retries, 20 seconds apart', () => {
  expect(parseDeliveryPolicy('{}')).toEqual(DEFAULT_DELIVERY_POLICY);
  expect(delaysSeconds({})).toEqual([20, 20, 20]);
});

test('the phases follow each other: at once, least delay, backoff, greatest delay', () => {
  const phases = { numRetries: 9, numNoDelayRetries: 2, numMinDelayRetries: 1, numMaxDelayRetries: 2 };
  expect(delaysSeconds({ ...phases, minDelayTarget: 5, maxDelayTarget: 35 })).toEqual([0, 0, 5, 5, 15, 25, 35, 35, 35]);
});

test.for([
  ['linear', [10, 40, 70, 100]],
  ['arithmetic', [10, 20, 50, 100]],
  ['geometric', [10, 21.544, 46.416, 100]],
  ['exponential', [10, 12.915, 27.826, 100]],
] as const)('a %s backoff goes from the least delay to the greatest', ([backoffFunction, expected]) => {
  expect(delaysSeconds({ numRetries: 4, minDelayTarget: 10, maxDelayTarget: 100, backoffFunction })).toEqual(expected);
});

test('a single backoff retry waits the least delay, and no retries wait nothing', () => {
  expect(delaysSeconds({ numRetries: 1, minDelayTarget: 7, maxDelayTarget: 30 })).toEqual([7]);
  expect(delaysSeconds({ numRetries: 0 })).toEqual([]);
});

test('an hour of retries is within the limit', () => {
  expect(delaysSeconds({ numRetries: 100, minDelayTarget: 36, maxDelayTarget: 36 })).toHaveLength(100);
});

test.for<[unknown, string]>([
  ['text', 'failed to parse JSON.'],
  [{ healthyRetryPolicy: { numRetries: 101 } }, 'numRetries must be an integer between 0 and 100'],
  [{ healthyRetryPolicy: { numRetries: 1.5 } }, 'numRetries must be an integer'],
  [{ healthyRetryPolicy: { minDelayTarget: 0 } }, 'minDelayTarget must be an integer between 1 and 3600'],
  [{ healthyRetryPolicy: { minDelayTarget: 30 } }, 'maxDelayTarget must be greater than or equal to minDelayTarget'],
  [{ healthyRetryPolicy: { numNoDelayRetries: 4 } }, 'sum of its phases'],
  [{ healthyRetryPolicy: { backoffFunction: 'random' } }, 'backoffFunction must be one of'],
  [{ healthyRetryPolicy: { numRetries: 100, minDelayTarget: 37, maxDelayTarget: 37 } }, 'more than 3600 seconds'],
  [{ healthyRetryPolicy: { retries: 3 } }, 'healthyRetryPolicy.retries is not supported'],
  [{ healthyRetryPolicy: [] }, 'healthyRetryPolicy must be an object'],
  [{ throttlePolicy: { maxReceivesPerSecond: 1 } }, 'throttlePolicy is not supported'],
  [{ requestPolicy: { headerContentType: 'a\nb' } }, 'must be a content type'],
])('the delivery policy %j is refused', ([policy, message]) => {
  expect(() => parseDeliveryPolicy(typeof policy === 'string' ? policy : JSON.stringify(policy))).toThrow(message);
});

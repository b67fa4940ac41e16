import { expect, test } from 'vitest';
import type { LocalLambda } from './index.ts';
import { bundleFixture, FUNCTION_NAME, START_MS, withLambda } from './test/with-lambda.ts';

bundleFixture();

/** When the handler ran, in seconds of driven time since the start. */
function runsAtSeconds(lambda: LocalLambda): readonly number[] {
  return lambda
    .logs(FUNCTION_NAME)
    .filter(({ json }) => json?.message === 'to the console')
    .map(({ json }) => (Date.parse(String(json?.timestamp)) - START_MS) / 1000);
}

test('an event that succeeds runs once, before the clock moves on', async () => {
  const { clock, lambda, records } = withLambda();
  lambda.invokeAsync(FUNCTION_NAME, {});
  await clock.settled();
  expect(runsAtSeconds(lambda)).toEqual([0]);
  await clock.advanceTo(START_MS + 3_600_000);
  expect(runsAtSeconds(lambda)).toEqual([0]);
  expect(records).toEqual([]);
});

test('an event that fails is tried again after one minute and two more, then goes to the on-failure destination', async () => {
  const { clock, lambda, records } = withLambda();
  const requestId = lambda.invokeAsync(FUNCTION_NAME, { act: 'throw' });
  await clock.advanceTo(START_MS + 179_999);
  expect(runsAtSeconds(lambda)).toEqual([0, 60]);
  expect(records).toEqual([]);
  await clock.advanceTo(START_MS + 3_600_000);
  expect(runsAtSeconds(lambda)).toEqual([0, 60, 180]);
  expect(new Set(lambda.logs(FUNCTION_NAME).map((line) => line.requestId))).toEqual(new Set([requestId]));
  expect(records).toEqual([
    {
      version: '1.0',
      timestamp: '2031-05-06T07:11:09.000Z',
      requestContext: {
        requestId,
        functionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:fixture:$LATEST',
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { act: 'throw' },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'RangeError', errorMessage: 'as asked', trace: expect.any(Array) as string[] },
    },
  ]);
});

for (const maximumRetryAttempts of [0, 1] as const) {
  test(`no more than ${maximumRetryAttempts} retries where the function says so`, async () => {
    const { clock, lambda, records } = withLambda({ maximumRetryAttempts });
    lambda.invokeAsync(FUNCTION_NAME, { act: 'exit' });
    await clock.advanceTo(START_MS + 3_600_000);
    expect(runsAtSeconds(lambda)).toHaveLength(maximumRetryAttempts + 1);
    expect(records).toHaveLength(1);
    expect(records[0]?.requestContext.approximateInvokeCount).toBe(maximumRetryAttempts + 1);
    expect(records[0]?.responsePayload?.errorType).toBe('Runtime.ExitError');
  });
}

test('an event whose process was killed at its start or in the middle succeeds at the next attempt', async () => {
  let started = 0;
  const { clock, lambda, records } = withLambda({}, ({ json }) => {
    if (!String(json?.message).startsWith('started')) return;
    started += 1;
    if (started === 1) lambda.kill(FUNCTION_NAME);
  });
  lambda.killNext(FUNCTION_NAME);
  lambda.invokeAsync(FUNCTION_NAME, { act: 'slow' });
  await clock.settled();
  expect(started).toBe(0);
  await clock.advanceTo(START_MS + 3_600_000);
  expect(started).toBe(2);
  expect(runsAtSeconds(lambda).at(-1)).toBe(180);
  expect(records).toEqual([]);
});

test('events that find every process busy run a moment later', async () => {
  const { clock, lambda, records } = withLambda({ reservedConcurrency: 1 });
  for (let number = 0; number < 3; number++) lambda.invokeAsync(FUNCTION_NAME, {});
  await clock.settled();
  expect(runsAtSeconds(lambda)).toEqual([0]);
  await clock.advanceTo(START_MS + 3_600_000);
  expect(runsAtSeconds(lambda)).toEqual([0, 1, 1]);
  expect(records).toEqual([]);
});

test('a throttled event doubles its wait from one second on, without spending a retry', async () => {
  const { clock, lambda } = withLambda({ reservedConcurrency: 0, maximumRetryAttempts: 0 });
  lambda.invokeAsync(FUNCTION_NAME, {});
  await clock.advanceTo(START_MS + 7_500);
  lambda.updateFunction(FUNCTION_NAME, { reservedConcurrency: 1 });
  await clock.advanceTo(START_MS + 3_600_000);
  expect(runsAtSeconds(lambda)).toEqual([15]);
});

test('an event that never finds a process free goes to the on-failure destination when it is too old', async () => {
  const { clock, lambda, records } = withLambda({ reservedConcurrency: 0, maximumEventAgeSeconds: 100 });
  lambda.invokeAsync(FUNCTION_NAME, {});
  await clock.advanceTo(START_MS + 99_999);
  expect(records).toEqual([]);
  await clock.advanceTo(START_MS + 100_000);
  expect(records).toEqual([
    {
      version: '1.0',
      timestamp: '2031-05-06T07:09:49.000Z',
      requestContext: expect.objectContaining({ condition: 'EventAgeExceeded', approximateInvokeCount: 0 }) as unknown,
      requestPayload: {},
    },
  ]);
});

test('an event too old for its next retry goes to the on-failure destination with its last error', async () => {
  const { clock, lambda, records } = withLambda({ maximumEventAgeSeconds: 90 });
  lambda.invokeAsync(FUNCTION_NAME, { act: 'throw' });
  await clock.advanceTo(START_MS + 3_600_000);
  expect(runsAtSeconds(lambda)).toEqual([0, 60]);
  expect(records).toHaveLength(1);
  expect(records[0]).toMatchObject({
    timestamp: '2031-05-06T07:09:39.000Z',
    requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 2 },
    responsePayload: { errorType: 'RangeError' },
  });
});

test('a throttled event keeps its retries, and waits at most five minutes each time', async () => {
  const { clock, lambda, records } = withLambda({ reservedConcurrency: 0 });
  lambda.invokeAsync(FUNCTION_NAME, { act: 'throw' });
  await clock.advanceTo(START_MS + 2 * 3_600_000);
  lambda.updateFunction(FUNCTION_NAME, { reservedConcurrency: 1 });
  await clock.advanceTo(START_MS + 3 * 3_600_000);
  const [first = 0, second = 0, third = 0] = runsAtSeconds(lambda);
  expect(first - 7_200).toBeGreaterThan(0);
  expect(first - 7_200).toBeLessThanOrEqual(300);
  expect([second - first, third - second]).toEqual([60, 120]);
  expect(records).toHaveLength(1);
});

test('a queue that delivers twice runs the same event twice', async () => {
  const { clock, lambda } = withLambda({ deliveriesPerEvent: 2 });
  const requestId = lambda.invokeAsync(FUNCTION_NAME, {});
  await clock.settled();
  expect(runsAtSeconds(lambda)).toEqual([0, 0]);
  expect(new Set(lambda.logs(FUNCTION_NAME).map((line) => line.requestId))).toEqual(new Set([requestId]));
});

test('a failure of the on-failure destination reaches whoever drives the clock', async () => {
  const { clock, lambda } = withLambda({
    maximumRetryAttempts: 0,
    onFailure: () => Promise.reject(new Error('queue is gone')),
  });
  lambda.invokeAsync(FUNCTION_NAME, { act: 'throw' });
  await expect(clock.settled()).rejects.toThrow('queue is gone');
});

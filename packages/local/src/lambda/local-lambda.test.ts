import { expect, test, vi } from 'vitest';
import { MAX_PAYLOAD_BYTES } from './index.ts';
import { bundleFixture, FUNCTION_NAME, payloadOf, START_MS, withLambda } from './test/with-lambda.ts';

bundleFixture();

test('a handler runs in a process of its own, on Node 24, under the name that Lambda gives it', async () => {
  const { lambda } = withLambda();
  const payload = payloadOf(await lambda.invoke(FUNCTION_NAME, {}));
  expect(payload).toMatchObject({
    nodeMajor: '24',
    invocations: 1,
    functionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:fixture',
  });
  expect(payload.processId).not.toBe(process.pid);
});

test('a handler sees the driven time: as of its start, standing still, with the whole timeout left', async () => {
  const { clock, lambda } = withLambda({ timeoutSeconds: 7 });
  await lambda.invoke(FUNCTION_NAME, {});
  await clock.advanceTo(START_MS + 90_500);
  const payload = payloadOf(await lambda.invoke(FUNCTION_NAME, { act: 'slow' }));
  const nowMs = START_MS + 90_500;
  expect(payload).toMatchObject({
    initMs: START_MS,
    startedMs: nowMs,
    endedMs: nowMs,
    newDate: '2031-05-06T07:09:39.500Z',
    subclassNow: nowMs,
    remainingMs: 7_000,
  });
  expect(payload.dateText).toMatch(/^Tue May 06 2031 07:09:39 GMT\+0000/);
});

test('everything else of Date is as ever', async () => {
  const { lambda } = withLambda();
  expect(payloadOf(await lambda.invoke(FUNCTION_NAME, {}))).toMatchObject({
    given: ['1970-01-01T00:00:00.000Z', '2020-02-03T00:00:00.000Z', 1_577_836_800_000, 1_577_836_800_000],
    kinds: [true, true, true, 'Date'],
  });
});

test("a process has Lambda's environment and the function's own, and nothing of ours but the path", async () => {
  vi.stubEnv('SECRET_OF_OURS', 'secret');
  const { lambda } = withLambda({ environment: { AWS_ENDPOINT_URL_SNS: 'http://127.0.0.1:1' } });
  const payload = payloadOf(await lambda.invoke(FUNCTION_NAME, {}));
  vi.unstubAllEnvs();
  const environment = payload.environment as Record<string, string>;
  expect(environment).toMatchObject({
    AWS_ENDPOINT_URL_SNS: 'http://127.0.0.1:1',
    AWS_LAMBDA_FUNCTION_NAME: FUNCTION_NAME,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/fixture',
    AWS_REGION: 'eu-central-1',
    TZ: ':UTC',
    _HANDLER: 'index.handler',
  });
  const foreign = Object.keys(environment).filter(
    (name) => !/^(?:AWS_|_|LAMBDA_TASK_ROOT$|TZ$|PATH$|SystemRoot$)/.test(name),
  );
  expect(foreign).toEqual([]);
});

test('a process is used again when it is idle, and only then', async () => {
  const { lambda } = withLambda({ reservedConcurrency: 2 });
  const invoke = () => lambda.invoke(FUNCTION_NAME, { act: 'slow' });
  const [first, second, third] = await Promise.all([invoke(), invoke(), invoke()]);
  expect(third).toMatchObject({ kind: 'throttled' });
  const processIds = [payloadOf(first).processId, payloadOf(second).processId];
  expect(new Set(processIds).size).toBe(2);
  const again = payloadOf(await invoke());
  expect(again.invocations).toBe(2);
  expect(processIds).toContain(again.processId);
});

test('an error that the handler throws is the function error, and the process lives on', async () => {
  const { lambda } = withLambda();
  expect(await lambda.invoke(FUNCTION_NAME, { act: 'throw' })).toMatchObject({
    kind: 'failed',
    error: { errorType: 'RangeError', errorMessage: 'as asked', trace: expect.any(Array) as string[] },
  });
  expect(payloadOf(await lambda.invoke(FUNCTION_NAME, {})).invocations).toBe(2);
});

test('a process that ends during an invocation is an exit error, and another takes its place', async () => {
  const { lambda } = withLambda();
  const result = await lambda.invoke(FUNCTION_NAME, { act: 'exit' });
  expect(result).toMatchObject({
    kind: 'failed',
    error: {
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${result.requestId} Error: Runtime exited with error: exit status 3`,
    },
  });
  expect(payloadOf(await lambda.invoke(FUNCTION_NAME, {})).invocations).toBe(1);
});

test('an invocation that outlasts the timeout is ended with its process', async () => {
  const { lambda } = withLambda({ timeoutSeconds: 0.4 });
  const result = await lambda.invoke(FUNCTION_NAME, { act: 'spin' });
  expect(result).toMatchObject({
    kind: 'failed',
    error: {
      errorType: 'Sandbox.Timedout',
      errorMessage: `RequestId: ${result.requestId} Error: Task timed out after 0.40 seconds`,
    },
  });
  lambda.updateFunction(FUNCTION_NAME, { timeoutSeconds: 20 });
  expect(payloadOf(await lambda.invoke(FUNCTION_NAME, {})).invocations).toBe(1);
});

const failuresToStart = [
  { why: 'the module throws', settings: { environment: { FAILS_TO_START: 'yes' } }, errorType: 'TypeError' },
  { why: 'the handler is not exported', settings: { handler: 'index.absent' }, errorType: 'Runtime.HandlerNotFound' },
  { why: 'the folder is not there', settings: { folder: '/nowhere' }, errorType: 'Runtime.InvalidEntrypoint' },
];
for (const { why, settings, errorType } of failuresToStart) {
  test(`a function that fails to start says so: ${why}`, async () => {
    const { lambda } = withLambda(settings);
    for (const payload of ['first', 'again']) {
      expect(await lambda.invoke(FUNCTION_NAME, payload)).toMatchObject({ kind: 'failed', error: { errorType } });
    }
  });
}

test('all that an invocation printed is in the log when it is over, line by line', async () => {
  const followed: string[] = [];
  const { lambda } = withLambda({}, ({ text }) => followed.push(text));
  const { requestId } = await lambda.invoke(FUNCTION_NAME, { act: 'print' });
  const lines = lambda.logs(FUNCTION_NAME);
  expect(lines.map(({ text }) => text)).toEqual(followed);
  expect(new Set(lines.map((line) => line.requestId))).toEqual(new Set([requestId]));
  expect(lines).toContainEqual({
    functionName: FUNCTION_NAME,
    requestId,
    stream: 'stderr',
    text: 'no newline at the end',
    json: undefined,
  });
  expect(lines.map(({ json }) => json)).toContainEqual({ level: 'INFO', message: `started ${requestId}` });
  expect(lines.map(({ json }) => json)).toContainEqual({
    timestamp: '2031-05-06T07:08:09.000Z',
    level: 'ERROR',
    requestId,
    message: 'to the console',
  });
  expect(lines.map(({ text }) => text)).toContain('x'.repeat(300_000));
});

test('what a handler leaves undone stands still until the next invocation', async () => {
  const { lambda } = withLambda();
  const doneLate = () => lambda.logs(FUNCTION_NAME).filter(({ json }) => json?.message === 'done late');
  await lambda.invoke(FUNCTION_NAME, { act: 'leave' });
  const other = withLambda();
  await other.lambda.invoke(FUNCTION_NAME, { act: 'slow' });
  expect(doneLate()).toEqual([]);
  const { requestId } = await lambda.invoke(FUNCTION_NAME, { act: 'slow' });
  expect(doneLate().map((line) => line.requestId)).toEqual([requestId]);
});

test('metrics are summed over invocations, processes and functions', async () => {
  const { lambda } = withLambda();
  await Promise.all([lambda.invoke(FUNCTION_NAME, {}), lambda.invoke(FUNCTION_NAME, { act: 'exit' })]);
  await lambda.invoke(FUNCTION_NAME, { act: 'throw' });
  expect(lambda.metrics(FUNCTION_NAME)).toEqual({ Invocations: 3, Samples: 15 });
  expect(lambda.metrics()).toEqual({ Invocations: 3, Samples: 15 });
  expect(lambda.metrics('other')).toEqual({});
});

test('a process can be killed in the middle of an invocation', async () => {
  const { lambda } = withLambda({}, ({ json }) => {
    if (String(json?.message).startsWith('started')) killed.push(lambda.kill(FUNCTION_NAME));
  });
  const killed: number[] = [];
  const result = await lambda.invoke(FUNCTION_NAME, { act: 'hang' });
  expect(killed).toEqual([1]);
  expect(result).toMatchObject({
    kind: 'failed',
    error: { errorMessage: `RequestId: ${result.requestId} Error: Runtime exited with error: signal: SIGKILL` },
  });
  expect(lambda.kill(FUNCTION_NAME)).toBe(0);
});

test('an update reaches every later invocation, in new processes', async () => {
  const { lambda } = withLambda({ environment: { RELEASE: '1' } });
  const slow = lambda.invoke(FUNCTION_NAME, { act: 'slow' });
  lambda.updateFunction(FUNCTION_NAME, { environment: { RELEASE: '2' } });
  const releaseOf = (payload: Readonly<Record<string, unknown>>) =>
    (payload.environment as { RELEASE: string }).RELEASE;
  expect(releaseOf(payloadOf(await slow))).toBe('1');
  const updated = payloadOf(await lambda.invoke(FUNCTION_NAME, {}));
  expect(releaseOf(updated)).toBe('2');
  expect(updated.invocations).toBe(1);
});

test('payloads over the limit, unknown functions and second functions of a name are refused', () => {
  const { lambda } = withLambda();
  const large = 'x'.repeat(MAX_PAYLOAD_BYTES.asynchronous - 1);
  expect(() => lambda.invokeAsync(FUNCTION_NAME, large)).toThrow('RequestTooLargeException: 1048577 bytes');
  expect(() => lambda.invokeAsync('absent', {})).toThrow('ResourceNotFoundException');
  expect(() => lambda.invokeAsync(FUNCTION_NAME, undefined)).toThrow('no JSON value');
  const settings = { functionName: FUNCTION_NAME, folder: '/', handler: 'index.handler', environment: {} };
  expect(() => {
    lambda.createFunction({ ...settings, timeoutSeconds: 1, reservedConcurrency: 1 });
  }).toThrow('ResourceConflictException');
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test, vi } from 'vitest';
import { bundledFolder, bundleFixture, FUNCTION_NAME, payloadOf, withLambda } from './test/with-lambda.ts';

bundleFixture();

function isThere(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

test('stopping ends idle processes, busy ones and those that are just starting, and answers who waits', async () => {
  const { lambda } = withLambda();
  const processIds = [Number(payloadOf(await lambda.invoke(FUNCTION_NAME, {})).processId)];
  const hanging = lambda.invoke(FUNCTION_NAME, { act: 'hang' });
  const starting = lambda.invoke(FUNCTION_NAME, { act: 'hang' });
  await lambda.stop();
  for (const result of await Promise.all([hanging, starting])) {
    expect(result).toMatchObject({ kind: 'failed', error: { errorType: 'Runtime.ExitError' } });
  }
  expect(processIds.filter(isThere)).toEqual([]);
  expect(() => lambda.invokeAsync(FUNCTION_NAME, {})).toThrow('has been stopped');
});

test('an event in the middle of its last attempt is dropped, not reported', async () => {
  const { clock, lambda, records } = withLambda({ maximumRetryAttempts: 0 });
  lambda.invokeAsync(FUNCTION_NAME, { act: 'hang' });
  await lambda.stop();
  await clock.settled();
  expect(records).toEqual([]);
});

test('what waits in the queue when Lambda is stopped is dropped', async () => {
  const { clock, lambda, records } = withLambda();
  lambda.invokeAsync(FUNCTION_NAME, { act: 'throw' });
  await clock.settled();
  await lambda.stop();
  await clock.advanceTo(clock.nowMs() + 3_600_000);
  expect(records).toEqual([]);
});

test('no process outlives us, even where we are killed without warning', async () => {
  const script = `
    import { Clock } from ${JSON.stringify(new URL('../clock/clock.ts', import.meta.url).href)};
    import { startLambda } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    const lambda = startLambda({ clock: new Clock(0) });
    const settings = { folder: ${JSON.stringify(bundledFolder())}, handler: 'index.handler', environment: {} };
    lambda.createFunction({ ...settings, functionName: 'f', timeoutSeconds: 600, reservedConcurrency: 2 });
    const [idle, busy] = await Promise.all([lambda.invoke('f', { act: 'slow' }), lambda.invoke('f', { act: 'slow' })]);
    void lambda.invoke('f', { act: 'spin' });
    console.log(JSON.stringify([idle.payload.processId, busy.payload.processId]));
  `;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    parent.kill('SIGKILL');
  });
  const [line] = (await once(createInterface(parent.stdout), 'line')) as [string];
  const processIds = JSON.parse(line) as readonly number[];
  expect(processIds.filter(isThere)).toHaveLength(2);
  parent.kill('SIGKILL');
  await vi.waitUntil(() => !processIds.some(isThere), { timeout: 10_000, interval: 20 });
});

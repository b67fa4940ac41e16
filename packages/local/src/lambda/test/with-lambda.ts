/** A Lambda with a fixture handler in it, gone when the test is. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { Clock } from '../../clock/clock.ts';
import { bundleHandler, startLambda } from '../index.ts';
import type { FunctionSettings, InvocationRecord, InvocationResult, LogLine } from '../index.ts';

/** A moment that no machine that runs this has. */
export const START_MS = Date.UTC(2031, 4, 6, 7, 8, 9);

export const FUNCTION_NAME = 'fixture';

let folder = '';

/** Bundles a handler of this folder before the tests of a file and removes the bundle after them. */
export function bundleFixture(handler = 'handler.ts'): void {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trailbell-fixture-'));
    await bundleHandler({ entryFile: fileURLToPath(new URL(handler, import.meta.url)), outFolder: folder });
  });
  afterAll(() => rm(folder, { recursive: true }));
}

/** Where the fixture's bundle is, while the tests of a file run. */
export function bundledFolder(): string {
  return folder;
}

/** Starts a Lambda with the fixture as its one function. `records` is its on-failure destination. */
export function withLambda(settings: Partial<FunctionSettings> = {}, onLog?: (line: LogLine) => void) {
  const clock = new Clock(START_MS);
  const lambda = startLambda(onLog === undefined ? { clock } : { clock, onLog });
  onTestFinished(() => lambda.stop());
  const records: InvocationRecord[] = [];
  lambda.createFunction({
    functionName: FUNCTION_NAME,
    folder,
    handler: 'index.handler',
    environment: {},
    timeoutSeconds: 20,
    reservedConcurrency: 5,
    onFailure: (record) => {
      records.push(record);
    },
    ...settings,
  });
  return { clock, lambda, records };
}

/** The payload of an invocation that must have succeeded. */
export function payloadOf(result: InvocationResult): Readonly<Record<string, unknown>> {
  if (result.kind !== 'succeeded') return expect.unreachable(JSON.stringify(result));
  return result.payload as Readonly<Record<string, unknown>>;
}

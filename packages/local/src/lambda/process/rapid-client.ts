/**
 * The part of aws-lambda-ric that is a native addon: its client of the Runtime API.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 *
 * Lambda freezes a process between two invocations. So does this client: whatever a handler leaves undone stays undone until the
 * next event arrives, and whoever drives the clock can rely on it.
 */
import { flushCompileCache } from 'node:module';
import type { IncomingHttpHeaders } from 'node:http';
import { setNow } from './driven-date.ts';
import { CLOCK_HEADER, endLine } from './runtime-headers.ts';
import { callRuntimeApi } from './runtime-api-link.ts';

interface NextInvocation {
  readonly bodyJson: string;
  readonly headers: IncomingHttpHeaders;
}

let requestId = 'init';

/** Waits for the next event. Before it asks, all that the process printed has left it. */
export async function next(): Promise<NextInvocation> {
  // The process will be killed, and Node would write the cache only at an orderly end.
  if (requestId === 'init') flushCompileCache();
  for (const stream of [process.stdout, process.stderr]) {
    await new Promise((resolve) => stream.write(`\n${endLine(requestId)}\n`, resolve));
  }
  const { headers, body } = callRuntimeApi({ method: 'GET', path: 'next', body: '' });
  requestId = String(headers['lambda-runtime-aws-request-id']);
  setNow(Number(headers[CLOCK_HEADER]));
  return { bodyJson: body, headers };
}

/** Reports the handler's result; `id` comes encoded. */
export function done(id: string, body: string): void {
  callRuntimeApi({ method: 'POST', path: `${id}/response`, body });
}

/** Reports what the handler threw. X-Ray's view of it, the third argument, is not kept: nobody here traces. */
export function error(id: string, body: string): void {
  callRuntimeApi({ method: 'POST', path: `${id}/error`, body });
}

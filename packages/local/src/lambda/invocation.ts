/** What an invocation is given and what comes of it, in Lambda's own terms. */

/** An event on its way to a function: its id stays the same through every retry and every duplicate of it. */
export interface Invocation {
  readonly requestId: string;
  /** The event as JSON. */
  readonly payload: string;
}

/** The payload of a failed invocation, as the runtime or Lambda writes it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/**
 * The outcome of one attempt.
 *
 * `failed` is a function error: the handler threw, the process died or failed to start, or the timeout passed. `throttled` means
 * that every execution environment was busy and the function never ran.
 */
export type InvocationResult =
  | { readonly kind: 'succeeded'; readonly requestId: string; readonly payload: unknown }
  | { readonly kind: 'failed'; readonly requestId: string; readonly error: FunctionError }
  | { readonly kind: 'throttled'; readonly requestId: string };

/**
 * What Lambda sends to the on-failure destination of an asynchronous invocation. The response is absent where the last attempt
 * never reached the function.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export interface InvocationRecord {
  readonly version: '1.0';
  readonly timestamp: string;
  readonly requestContext: {
    readonly requestId: string;
    readonly functionArn: string;
    readonly condition: 'RetriesExhausted' | 'EventAgeExceeded';
    readonly approximateInvokeCount: number;
  };
  readonly requestPayload: unknown;
  readonly responseContext?: {
    readonly statusCode: 200;
    readonly executedVersion: '$LATEST';
    readonly functionError: 'Unhandled';
  };
  readonly responsePayload?: FunctionError;
}

/** The error of a process that ended in the middle of an invocation, as Lambda words it. */
export function exitError(requestId: string, reason: string): FunctionError {
  return { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: Runtime exited ${reason}` };
}

/** The error of an invocation that outlasted its function's timeout, as Lambda words it. */
export function timeoutError(requestId: string, timeoutSeconds: number): FunctionError {
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  };
}

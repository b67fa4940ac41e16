/** The API of CloudWatch Logs on this machine, as far as writers of log events need it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOnLoopback, stopServer } from '../sns/loopback.ts';
import type { LogGroup, PutLogEvent } from './log-group.ts';

/** A log group and the streams in it that have been created; PutLogEvents creates none. */
export interface LocalLogGroup {
  readonly logGroup: Pick<LogGroup, 'putLogEvents'>;
  readonly logStreamNames: readonly string[];
}

/** CloudWatch Logs, for `AWS_ENDPOINT_URL_CLOUDWATCH_LOGS`. */
export interface LocalLogs extends AsyncDisposable {
  readonly endpoint: string;
  /** The operations that were asked for, in their order. */
  readonly operations: readonly string[];
}

/** Starts the API on a free port of 127.0.0.1, over log groups by their names. */
export async function startLogs(logGroups: Readonly<Record<string, LocalLogGroup>>): Promise<LocalLogs> {
  const operations: string[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // What goes wrong here is this stand-in's fault; the caller must not wait for it.
      response.destroy();
      throw error;
    });
  });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request).catch(() => undefined);
    // A caller that was killed while it sent its request leaves nothing to carry out.
    if (body === undefined) return;
    const operation = String(request.headers['x-amz-target']).replace(/^Logs_20140328\./, '');
    operations.push(operation);
    const { status, answer } = answerTo(operation, request.headers.authorization, body, logGroups);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(answer));
  };
  // A handler's process stands still between invocations and could not see that its connection was closed meanwhile.
  server.keepAliveTimeout = 0;
  const port = await listenOnLoopback(server);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    operations,
    [Symbol.asyncDispose]: () => stopServer(server),
  };
}

interface Answer {
  readonly status: number;
  readonly answer: object;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
function answerTo(
  operation: string,
  authorization: string | undefined,
  body: string,
  logGroups: Readonly<Record<string, LocalLogGroup>>,
): Answer {
  if (authorization === undefined) return refusal('MissingAuthenticationTokenException', 'the request is not signed');
  if (operation !== 'PutLogEvents') return refusal('UnknownOperationException', `no operation ${operation}`);
  const request = readRequest(body);
  if (request === undefined) return refusal('InvalidParameterException', 'no log group, log stream and log events');
  const { logGroupName, logStreamName, logEvents } = request;
  const found = Object.hasOwn(logGroups, logGroupName) ? logGroups[logGroupName] : undefined;
  if (found === undefined) return refusal('ResourceNotFoundException', 'The specified log group does not exist.');
  if (!found.logStreamNames.includes(logStreamName)) {
    return refusal('ResourceNotFoundException', 'The specified log stream does not exist.');
  }
  try {
    found.logGroup.putLogEvents(logStreamName, logEvents);
  } catch (error) {
    return refusal('InvalidParameterException', String(error));
  }
  return { status: 200, answer: { nextSequenceToken: '49640912345678901234567890123456789012345678901234567890' } };
}

function refusal(type: string, message: string): Answer {
  return { status: 400, answer: { __type: type, message } };
}

interface PutRequest {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly logEvents: readonly PutLogEvent[];
}

function readRequest(body: string): PutRequest | undefined {
  const parsed: unknown = JSON.parse(body);
  if (!isObject(parsed)) return undefined;
  const { logGroupName, logStreamName, logEvents } = parsed;
  if (typeof logGroupName !== 'string' || typeof logStreamName !== 'string') return undefined;
  if (!Array.isArray(logEvents) || logEvents.length === 0 || !logEvents.every(isInputLogEvent)) return undefined;
  return { logGroupName, logStreamName, logEvents };
}

function isInputLogEvent(value: unknown): value is { readonly message: string; readonly timestamp: number } {
  return isObject(value) && typeof value.message === 'string' && Number.isInteger(value.timestamp);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOnLoopback, stopServer } from '../sns/loopback.ts';
import { writeAnswer, writeRefusal } from './aws-answer.ts';
import { readAwsCall, type AwsCall, type AwsInput } from './aws-call.ts';
import { AwsRefusal } from './aws-refusal.ts';

/** What an API answers to a call: a result, or a refusal that is thrown. */
export type AwsOperation = (input: AwsInput) => object | Promise<object>;

/** Operations by their actions, as IAM names them: `logs:DescribeLogGroups`. */
export type AwsOperations = Readonly<Record<string, AwsOperation>>;

/** The APIs of one account on this machine, for AWS_ENDPOINT_URL: one server for all of them. */
export interface LocalAwsApi extends AsyncDisposable {
  readonly endpoint: string;
  /** Every call that was made, in their order, those that were refused among them. */
  readonly calls: readonly AwsCall[];
}

/**
 * Starts the APIs on a free port of 127.0.0.1, in the protocols that the SDK's clients speak. What is not among the operations is
 * refused as unknown, and recorded all the same.
 */
export async function startAwsApi(operations: AwsOperations): Promise<LocalAwsApi> {
  const calls: AwsCall[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // A caller that was killed while it sent its request leaves nothing to carry out.
      if (request.errored !== null) return;
      // What goes wrong here is this stand-in's fault; the caller must not wait for it.
      response.destroy();
      throw error;
    });
  });
  // A handler's process stands still between invocations and could not see that its connection was closed meanwhile.
  server.keepAliveTimeout = 0;

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await readAwsCall(request);
    if (call === undefined) {
      response.writeHead(404).end();
      return;
    }
    const { action, input, isSigned } = call;
    calls.push({ action, input });
    try {
      if (!isSigned) throw new AwsRefusal('MissingAuthenticationToken', 'the request is not signed', 403);
      const operation = Object.hasOwn(operations, action) ? operations[action] : undefined;
      if (operation === undefined) throw new AwsRefusal('UnknownOperationException', `no operation ${action}`);
      writeAnswer(response, call, await operation(input));
    } catch (error) {
      if (!(error instanceof AwsRefusal)) throw error;
      writeRefusal(response, call, error);
    }
  };
  return {
    endpoint: `http://127.0.0.1:${await listenOnLoopback(server)}`,
    calls,
    [Symbol.asyncDispose]: () => stopServer(server),
  };
}

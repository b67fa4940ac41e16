/** Lambda on this machine: bundled handlers in processes of their own, under AWS's runtime, in driven time. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock/clock.ts';
import { deliver } from './async-invocation.ts';
import { FunctionLog } from './function-log.ts';
import type { LogLine } from './function-log.ts';
import { functionArn } from './function-settings.ts';
import type { FunctionSettings, Location } from './function-settings.ts';
import type { Invocation, InvocationResult } from './invocation.ts';
import { LambdaFunction } from './lambda-function.ts';

/** The most that an event may measure as JSON. https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const MAX_PAYLOAD_BYTES = { synchronous: 6 * 1024 * 1024, asynchronous: 1024 * 1024 };

/** The Node that runs the handlers is the Node that runs this; Lambda's nodejs24.x runtime is what they are deployed to. */
const RUNTIME_NODE_MAJOR = 24;

/** Lambda, as the other stand-ins and the tests call it. */
export interface LocalLambda extends AsyncDisposable {
  readonly location: Location;
  createFunction(settings: FunctionSettings): void;
  /** Changes a function's code or configuration; every later invocation starts in a new process. */
  updateFunction(functionName: string, changes: Partial<Omit<FunctionSettings, 'functionName'>>): void;
  /** Invocation type RequestResponse: one attempt. */
  invoke(functionName: string, payload: unknown): Promise<InvocationResult>;
  /** Invocation type Event: queued, and retried by Lambda's rules in driven time. Returns the request id. */
  invokeAsync(functionName: string, payload: unknown): string;
  functionArn(functionName: string): string;
  /**
   * Kills the processes that are in the middle of an invocation, now; returns how many there were. Called by whoever sees a
   * request or a log line of theirs, it kills at that very point.
   */
  kill(functionName: string): number;
  /** Kills the process of the next invocation as soon as it has been given the event. */
  killNext(functionName: string): void;
  logs(functionName: string): readonly LogLine[];
  /** The total of each metric that the handlers wrote in the embedded metric format, over one function or all. */
  metrics(functionName?: string): Readonly<Record<string, number>>;
  /** Ends every process; what sleeps in a queue is dropped. */
  stop(): Promise<void>;
}

/** Starts a Lambda without functions. `onLog` is called with every line that a handler prints. */
export function startLambda(options: {
  readonly clock: Clock;
  readonly location?: Location;
  readonly onLog?: (line: LogLine) => void;
}): LocalLambda {
  if (Number(process.versions.node.split('.')[0]) < RUNTIME_NODE_MAJOR) {
    throw new Error(`handlers run on Node ${RUNTIME_NODE_MAJOR}, this is ${process.version}`);
  }
  const { clock, location = { accountId: '111122223333', region: 'eu-central-1' } } = options;
  const log = new FunctionLog(options.onLog);
  const functions = new Map<string, LambdaFunction>();
  let isStopped = false;

  const abandon = () => {
    for (const each of functions.values()) each.abandon();
  };
  process.on('exit', abandon);

  const find = (functionName: string): LambdaFunction => {
    const found = functions.get(functionName);
    if (found === undefined) throw new Error(`ResourceNotFoundException: no function ${functionName}`);
    if (isStopped) throw new Error('this Lambda has been stopped');
    return found;
  };

  const invocationOf = (payload: unknown, limitBytes: number): Invocation => {
    const json = JSON.stringify(payload) as string | undefined;
    if (json === undefined) throw new Error('the payload is no JSON value');
    const bytes = Buffer.byteLength(json);
    if (bytes > limitBytes) throw new Error(`RequestTooLargeException: ${bytes} bytes of payload, limit ${limitBytes}`);
    return { requestId: randomUUID(), payload: json };
  };

  const stop = async () => {
    isStopped = true;
    process.off('exit', abandon);
    await Promise.all([...functions.values()].map((each) => each.stop()));
  };

  return {
    location,
    createFunction(settings) {
      if (functions.has(settings.functionName)) {
        throw new Error(`ResourceConflictException: ${settings.functionName} exists`);
      }
      functions.set(settings.functionName, new LambdaFunction(clock, location, log, settings));
    },

    updateFunction(functionName, changes) {
      find(functionName).update(changes);
    },

    invoke(functionName, payload) {
      const target = find(functionName);
      const invocation = invocationOf(payload, MAX_PAYLOAD_BYTES.synchronous);
      return new Promise((resolve, reject) => {
        clock.run(() => target.attempt(invocation).then(resolve, reject));
      });
    },

    invokeAsync(functionName, payload) {
      const target = find(functionName);
      const invocation = invocationOf(payload, MAX_PAYLOAD_BYTES.asynchronous);
      const queue = {
        clock,
        functionArn: functionArn(functionName, location),
        settings: () => target.settings,
        attempt: (attempted: Invocation) => target.attempt(attempted),
        isStopped: () => isStopped,
      };
      const { deliveriesPerEvent = 1 } = target.settings;
      for (let delivery = 0; delivery < deliveriesPerEvent; delivery++) clock.run(() => deliver(queue, invocation));
      return invocation.requestId;
    },

    functionArn: (functionName) => functionArn(functionName, location),
    kill: (functionName) => find(functionName).kill(),
    killNext(functionName) {
      find(functionName).killNext();
    },
    logs: (functionName) => log.lines(functionName),
    metrics: (functionName) => log.metrics(functionName),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

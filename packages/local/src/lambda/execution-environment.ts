/** One execution environment: a process with the real runtime in it, which runs one invocation at a time. */
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Readable, Writable } from 'node:stream';
import { functionArn } from './function-settings.ts';
import type { FunctionSettings, Location } from './function-settings.ts';
import { jsonOf, LineSplitter } from './function-log.ts';
import type { LogLine } from './function-log.ts';
import { exitError, timeoutError } from './invocation.ts';
import type { FunctionError, Invocation, InvocationResult } from './invocation.ts';
import { processEnvironment } from './process-environment.ts';
import { CLOCK_HEADER, endLine } from './process/runtime-headers.ts';
import type { InvocationReport, RuntimeApi } from './runtime-api.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib */
const INIT_TIMEOUT_MS = 10_000;

const RUNTIME = createRequire(import.meta.url).resolve('aws-lambda-ric');
const PRELOAD = new URL('./process/preload.ts', import.meta.url).href;

/** The process asked for the next event, and both its streams have brought all that it printed before. */
const IDLE_SIGNALS = 3;

interface Running {
  readonly invocation: Invocation;
  readonly finish: (result: InvocationResult) => void;
  report?: InvocationReport;
  hasTimedOut: boolean;
}

/** A process of a function, from its start to its death. */
export class ExecutionEnvironment {
  #settings: FunctionSettings;
  #location: Location;
  #log: (line: LogLine) => void;
  #api: RuntimeApi;
  #child: ChildProcessByStdio<Writable, Readable, Readable>;
  #isAlive = true;
  #idleSignals = 0;
  #requestId = 'init';
  #initError: FunctionError | undefined;
  #running: Running | undefined;
  #initialized = Promise.withResolvers<FunctionError | undefined>();
  #closed = Promise.withResolvers<undefined>();

  /** Starts a process; `api` is its own, and ends with it. */
  constructor(
    settings: FunctionSettings,
    location: Location,
    nowMs: number,
    api: RuntimeApi,
    log: (line: LogLine) => void,
  ) {
    this.#settings = settings;
    this.#location = location;
    this.#log = log;
    this.#api = api;
    api.reportTo({
      onNext: () => {
        this.#signalIdle();
      },
      onReport: (report) => {
        if (this.#running?.invocation.requestId === report.requestId) this.#running.report = report;
      },
      onInitError: (body) => {
        this.#failInit(functionErrorOf(body));
      },
    });
    this.#child = spawn(process.execPath, ['--import', PRELOAD, RUNTIME], {
      cwd: settings.folder,
      env: processEnvironment(settings, location, api.address, nowMs),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child.on('close', (code, signal) => {
      this.#die(signal === null ? exitReason(code) : `with error: signal: ${signal}`);
    });
    this.#child.on('error', ({ message }) => {
      this.#failInit({ errorType: 'Runtime.InvalidEntrypoint', errorMessage: message });
    });
    this.#read('stdout');
    this.#read('stderr');
  }

  /** Waits until the process is ready for its first invocation; otherwise it is dead, for the reason returned. */
  async initialized(): Promise<FunctionError | undefined> {
    const timer = setTimeout(() => {
      this.#failInit(timeoutError('init', INIT_TIMEOUT_MS / 1000));
      this.kill();
    }, INIT_TIMEOUT_MS);
    try {
      return await this.#initialized.promise;
    } finally {
      clearTimeout(timer);
    }
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Resolves when the process and its Runtime API are gone. */
  get closed(): Promise<unknown> {
    return this.#closed.promise;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Runs one invocation as of `nowMs`; the process must be alive and idle. Resolves when it is idle again, or dead. */
  async invoke(invocation: Invocation, nowMs: number): Promise<InvocationResult> {
    const { promise, resolve } = Promise.withResolvers<InvocationResult>();
    const running: Running = { invocation, finish: resolve, hasTimedOut: false };
    this.#running = running;
    this.#requestId = invocation.requestId;
    const timeoutMs = this.#settings.timeoutSeconds * 1000;
    this.#api.handOver(
      {
        'lambda-runtime-aws-request-id': invocation.requestId,
        'lambda-runtime-deadline-ms': String(nowMs + timeoutMs),
        'lambda-runtime-invoked-function-arn': functionArn(this.#settings.functionName, this.#location),
        'lambda-runtime-trace-id': traceId(nowMs),
        [CLOCK_HEADER]: String(nowMs),
      },
      invocation.payload,
    );
    const timer = setTimeout(() => {
      running.hasTimedOut = true;
      this.kill();
    }, timeoutMs);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Ends the process at once; what it was running fails. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Ends the process and its Runtime API, and waits until both are gone. */
  async stop(): Promise<void> {
    this.kill();
    await this.#closed.promise;
  }

  #read(stream: 'stdout' | 'stderr'): void {
    const splitter = new LineSplitter();
    const readable = this.#child[stream].setEncoding('utf8');
    readable.on('data', (chunk: string) => {
      for (const line of splitter.take(chunk)) this.#takeLine(stream, line);
    });
    readable.on('end', () => {
      for (const line of splitter.rest()) this.#takeLine(stream, line);
    });
  }

  #takeLine(stream: 'stdout' | 'stderr', text: string): void {
    if (text === endLine(this.#requestId)) {
      this.#signalIdle();
      return;
    }
    const { functionName } = this.#settings;
    this.#log({ functionName, requestId: this.#requestId, stream, text, json: jsonOf(text) });
  }

  #signalIdle(): void {
    this.#idleSignals += 1;
    if (this.#idleSignals < IDLE_SIGNALS) return;
    this.#idleSignals = 0;
    this.#initialized.resolve(undefined);
    this.#finish('without reporting a result');
  }

  #failInit(error: FunctionError): void {
    this.#initError ??= error;
  }

  #die(reason: string): void {
    this.#isAlive = false;
    this.#initialized.resolve(this.#initError ?? exitError('init', reason));
    this.#finish(reason);
    void this.#api.stop().then(() => {
      this.#closed.resolve(undefined);
    });
  }

  /** Settles what was running: a result that was reported stands, whatever became of the process afterwards. */
  #finish(reason: string): void {
    const running = this.#running;
    if (running === undefined) return;
    this.#running = undefined;
    const { requestId } = running.invocation;
    if (running.report?.kind === 'response') {
      running.finish({ kind: 'succeeded', requestId, payload: JSON.parse(running.report.body) as unknown });
      return;
    }
    running.finish({ kind: 'failed', requestId, error: this.#errorOf(running, reason) });
  }

  #errorOf({ invocation: { requestId }, report, hasTimedOut }: Running, reason: string): FunctionError {
    if (report !== undefined) return functionErrorOf(report.body);
    return hasTimedOut ? timeoutError(requestId, this.#settings.timeoutSeconds) : exitError(requestId, reason);
  }
}

function exitReason(code: number | null): string {
  return code === 0 || code === null ? 'without providing a reason' : `with error: exit status ${code}`;
}

function functionErrorOf(body: string): FunctionError {
  const json = jsonOf(body) ?? {};
  return {
    errorType: typeof json.errorType === 'string' ? json.errorType : 'Unknown',
    errorMessage: typeof json.errorMessage === 'string' ? json.errorMessage : '',
    ...(Array.isArray(json.trace) ? { trace: json.trace.map(String) } : {}),
  };
}

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-traceids */
function traceId(nowMs: number): string {
  const hexSeconds = Math.floor(nowMs / 1000)
    .toString(16)
    .padStart(8, '0');
  return `Root=1-${hexSeconds}-${randomUUID().replaceAll('-', '').slice(0, 24)};Sampled=0`;
}

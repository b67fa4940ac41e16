/** One function: its settings and the pool of its execution environments. */
import type { Clock } from '../clock/clock.ts';
import { ExecutionEnvironment } from './execution-environment.ts';
import type { FunctionLog } from './function-log.ts';
import type { FunctionSettings, Location } from './function-settings.ts';
import type { Invocation, InvocationResult } from './invocation.ts';
import { RuntimeApi } from './runtime-api.ts';

/** Environments are started when an invocation finds none idle, up to the reserved concurrency, and reused. */
export class LambdaFunction {
  #clock: Clock;
  #location: Location;
  #log: FunctionLog;
  #settings: FunctionSettings;
  #environments = new Set<ExecutionEnvironment>();
  #idle: ExecutionEnvironment[] = [];
  #attempts = new Set<Promise<InvocationResult>>();
  #isStopped = false;
  #killsNext = false;

  constructor(clock: Clock, location: Location, log: FunctionLog, settings: FunctionSettings) {
    this.#clock = clock;
    this.#location = location;
    this.#log = log;
    this.#settings = settings;
  }

  get settings(): FunctionSettings {
    return this.#settings;
  }

  /** Puts new settings in force: what runs ends as it began, every later invocation starts afresh. */
  update(changes: Partial<FunctionSettings>): void {
    this.#settings = { ...this.#settings, ...changes };
    for (const environment of this.#idle.splice(0)) environment.kill();
  }

  /** One attempt; throttled where the reserved concurrency is taken. */
  async attempt(invocation: Invocation): Promise<InvocationResult> {
    if (this.#attempts.size >= this.#settings.reservedConcurrency) {
      return { kind: 'throttled', requestId: invocation.requestId };
    }
    const attempt = this.#run(invocation, this.#settings);
    this.#attempts.add(attempt);
    try {
      return await attempt;
    } finally {
      this.#attempts.delete(attempt);
    }
  }

  /** Ends every process that is in the middle of an invocation; returns how many there were. */
  kill(): number {
    const running = [...this.#environments].filter((environment) => environment.isRunning);
    for (const environment of running) environment.kill();
    return running.length;
  }

  /** Ends the process of the next invocation as soon as it has been given the event. */
  killNext(): void {
    this.#killsNext = true;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.abandon();
    await Promise.allSettled(this.#attempts);
    await Promise.all([...this.#environments].map((environment) => environment.stop()));
  }

  /** Ends all processes without waiting: for when this process is about to end itself. */
  abandon(): void {
    for (const environment of this.#environments) environment.kill();
  }

  #takeIdle(): ExecutionEnvironment | undefined {
    for (;;) {
      const environment = this.#idle.pop();
      if (environment === undefined || environment.isAlive) return environment;
    }
  }

  async #run(invocation: Invocation, settings: FunctionSettings): Promise<InvocationResult> {
    const environment = this.#takeIdle() ?? (await this.#start(settings));
    const initError = await environment.initialized();
    if (initError !== undefined) return { kind: 'failed', requestId: invocation.requestId, error: initError };
    const running = environment.invoke(invocation, this.#clock.nowMs());
    if (this.#killsNext) environment.kill();
    this.#killsNext = false;
    const result = await running;
    if (settings !== this.#settings) environment.kill();
    else if (environment.isAlive) this.#idle.push(environment);
    return result;
  }

  async #start(settings: FunctionSettings): Promise<ExecutionEnvironment> {
    const api = await RuntimeApi.start();
    const environment = new ExecutionEnvironment(settings, this.#location, this.#clock.nowMs(), api, (line) => {
      this.#log.add(line);
    });
    this.#environments.add(environment);
    void environment.closed.then(() => this.#environments.delete(environment));
    if (this.#isStopped) environment.kill();
    return environment;
  }
}

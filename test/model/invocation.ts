import { seeded } from './seeded.ts';
import type { SimulatedTime } from './simulated-time.ts';

/**
 * What becomes of one call that leaves the process.
 *
 * - `error`: refused, nothing done.
 * - `lost answer`: done, the answer is lost, and the SDK makes the call again.
 * - `lost answer, error`: done, and the caller is told that it failed.
 * - `late request`: the SDK gave the first request up and made the call again; the first arrives after all, later.
 * - `slow`: just within the timeout of a request.
 * - `dies before`, `dies after`: the process never continues; `after`, the call was made.
 */
export const CALL_FAULTS = [
  'error',
  'lost answer',
  'lost answer, error',
  'late request',
  'slow',
  'dies before',
  'dies after',
] as const;
export type CallFault = (typeof CALL_FAULTS)[number] | 'none';

/** What the pipeline sets for each request, and how long the SDK goes on with one that gets no answer. */
const REQUEST_TIMEOUT_MS = 3_000;
const GIVEN_UP_AFTER_MS = 9_000;

export interface InvocationSettings {
  /** Tells the invocations of a run apart; part of what its timing depends on. */
  readonly number: number;
  readonly seed: number;
  /** How far the clock of this execution environment is from the true time. */
  readonly clockOffsetMs: number;
  /** Of its first, second... call; all later ones are well. */
  readonly faults: readonly CallFault[];
  /** How long the process stands still once its handler has returned. */
  readonly frozenMs: number;
}

/** One invocation of a Lambda function: a clock that may be wrong, calls that may fail, and a process that may die. */
export class Invocation {
  readonly #time: SimulatedTime;
  readonly #settings: InvocationSettings;
  readonly #death = Promise.withResolvers<'died'>();
  #calls = 0;
  #isDead = false;
  #isOver = false;

  constructor(time: SimulatedTime, settings: InvocationSettings) {
    this.#time = time;
    this.#settings = settings;
  }

  get number(): number {
    return this.#settings.number;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  readonly nowMs = (): number => this.#time.nowMs + this.#settings.clockOffsetMs;

  /** Runs a handler until it is done, has failed, or its process has died. */
  async run(handler: () => Promise<unknown>): Promise<'done' | 'failed' | 'died'> {
    const work = async () => {
      try {
        await handler();
        return 'done';
      } catch (error) {
        if (isService(error)) return 'failed';
        throw error;
      } finally {
        this.#isOver = true;
      }
    };
    return Promise.race([work(), this.#death.promise]);
  }

  /** A call that leaves the process: `effect` is what happens at the other end, once, twice or not at all. */
  call<Answer>(effect: () => Promise<Answer>): Promise<Answer> {
    const call = this.#calls++;
    const fault = this.#settings.faults[call] ?? 'none';
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const answer = (afterMs: number, deliver: () => void) => {
      this.#time.in(afterMs, () => {
        if (this.#isDead) return;
        // What a handler left running when it returned stands still until the next invocation of its process.
        if (this.#isOver) this.#time.in(this.#settings.frozenMs, deliver);
        else deliver();
      });
    };
    const attempt = async (onDone: (result: Answer) => void) => {
      try {
        onDone(await effect());
      } catch (error) {
        answer(this.#latencyMs(call, 2), () => {
          reject(error);
        });
      }
    };
    const respond = (afterMs: number) => (result: Answer) => {
      answer(afterMs, () => {
        resolve(result);
      });
    };

    if (fault === 'dies before') {
      this.#die();
      return promise;
    }
    const answerMs = this.#latencyMs(call, 1);
    // A request on the wire arrives, whatever becomes of its sender meanwhile.
    this.#time.in(this.#latencyMs(call, 0), async () => {
      switch (fault) {
        case 'none':
          return attempt(respond(answerMs));
        case 'slow':
          return attempt(respond(REQUEST_TIMEOUT_MS - 100));
        case 'error':
          answer(answerMs, () => {
            reject(new ServiceError('refused'));
          });
          return undefined;
        case 'lost answer':
          return attempt(() => {
            this.#time.in(REQUEST_TIMEOUT_MS, () => attempt(respond(answerMs)));
          });
        case 'lost answer, error':
          return attempt(() => {
            answer(GIVEN_UP_AFTER_MS, () => {
              reject(new ServiceError('no answer in time'));
            });
          });
        case 'late request': {
          const lateMs = Math.floor(seeded(this.#settings.seed, this.number, call, 3) * GIVEN_UP_AFTER_MS);
          return attempt((result) => {
            respond(answerMs)(result);
            this.#time.in(lateMs, () => attempt(() => undefined));
          });
        }
        case 'dies after':
          return attempt(() => {
            this.#die();
          });
      }
    });
    return promise;
  }

  #die(): void {
    this.#isDead = true;
    this.#death.resolve('died');
  }

  /** Mostly some milliseconds, at times seconds. */
  #latencyMs(call: number, leg: number): number {
    const { seed } = this.#settings;
    const scale = seeded(seed, this.number, call, leg, 1) < 0.9 ? 50 : 1_400;
    return 1 + Math.floor(seeded(seed, this.number, call, leg, 2) * scale);
  }
}

/** What a service answers that refuses or does not answer: the only kind of failure that a run may end an invocation with. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
}

function isService(error: unknown): boolean {
  return error instanceof AggregateError ? error.errors.every(isService) : error instanceof ServiceError;
}

/** What can go wrong between a caller and DynamoDB, on demand. */
import { errorAnswer } from './dynamodb-request.ts';
import type { DynamoDbAnswer, DynamoDbRequest } from './dynamodb-request.ts';

/**
 * `throttling`: refused for capacity, nothing done. `server error`: status 500, nothing done. `lost answer`: done, and then the
 * connection breaks, so the caller cannot know. `no answer`: nothing done, and the caller waits until its own timeout.
 */
export type FaultKind = 'throttling' | 'server error' | 'lost answer' | 'no answer';

/** Which requests fail, and how. */
export interface Fault {
  readonly kind: FaultKind;
  readonly operation: string;
  /** Any table where absent. */
  readonly tableName?: string;
  /** How many requests fail; 1 unless given. */
  readonly times?: number;
  /** How many matching requests pass before the first that fails; 0 unless given. */
  readonly after?: number;
}

/** The answers of the faults that have one. */
export const FAULT_ANSWERS: Readonly<Record<'throttling' | 'server error', DynamoDbAnswer>> = {
  throttling: errorAnswer(
    400,
    'ProvisionedThroughputExceededException',
    'The level of configured provisioned throughput for the table was exceeded.',
  ),
  'server error': errorAnswer(
    500,
    'InternalServerError',
    'The request processing has failed because of an unknown error.',
  ),
};

interface Pending {
  readonly fault: Fault;
  toPass: number;
  toFail: number;
}

/** The faults still to come. */
export class Faults {
  #pending: Pending[] = [];

  add(fault: Fault): void {
    this.#pending.push({ fault, toPass: fault.after ?? 0, toFail: fault.times ?? 1 });
  }

  clear(): void {
    this.#pending = [];
  }

  /** The fault that this request meets; the request counts towards every fault that waits for its like. */
  meet({ operation, tableNames }: DynamoDbRequest): FaultKind | undefined {
    const matching = this.#pending.filter(
      ({ fault }) =>
        fault.operation === operation && (fault.tableName === undefined || tableNames.includes(fault.tableName)),
    );
    const ready = matching.find((pending) => pending.toPass === 0);
    for (const pending of matching) pending.toPass = Math.max(0, pending.toPass - 1);
    if (ready === undefined) return undefined;
    ready.toFail -= 1;
    this.#pending = this.#pending.filter((pending) => pending.toFail > 0);
    return ready.fault.kind;
  }
}

/** How often each operation was called and what it consumed. */
import { isJsonObject } from '@trailbell/core/json';
import type { DynamoDbAnswer, DynamoDbRequest } from './dynamodb-request.ts';

/** The sums of one operation. */
export interface OperationUsage {
  /** Requests that arrived, whatever became of them. */
  readonly calls: number;
  /**
   * Write units of writes, read units of reads, by the item's size. Index writes and failed conditions, which AWS also charges,
   * are not in it: dynalite does not count them.
   */
  readonly capacityUnits: number;
}

const REPORTS_CAPACITY = new Set([
  'BatchGetItem',
  'BatchWriteItem',
  'DeleteItem',
  'GetItem',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
]);

/** Asks for the consumed capacity, whether or not the caller did. */
export function askingForCapacity(request: DynamoDbRequest): DynamoDbRequest {
  if (!REPORTS_CAPACITY.has(request.operation) || wantsCapacity(request)) return request;
  return { ...request, parameters: { ...request.parameters, ReturnConsumedCapacity: 'TOTAL' } };
}

/** Takes the consumed capacity out of the answer where the caller did not ask for it. */
export function asAsked(request: DynamoDbRequest, { status, body }: DynamoDbAnswer): DynamoDbAnswer {
  if (wantsCapacity(request)) return { status, body };
  return { status, body: Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'ConsumedCapacity')) };
}

function wantsCapacity({ parameters }: DynamoDbRequest): boolean {
  return parameters.ReturnConsumedCapacity !== undefined && parameters.ReturnConsumedCapacity !== 'NONE';
}

/** Counts since the start or the last reset. */
export class Usage {
  #operations = new Map<string, OperationUsage>();

  countCall({ operation }: DynamoDbRequest): void {
    const { calls, capacityUnits } = this.of(operation);
    this.#operations.set(operation, { calls: calls + 1, capacityUnits });
  }

  countCapacity({ operation }: DynamoDbRequest, { body }: DynamoDbAnswer): void {
    const consumed: readonly unknown[] = [body.ConsumedCapacity].flat();
    const units = consumed.map((each) => (isJsonObject(each) ? Number(each.CapacityUnits) : 0));
    const { calls, capacityUnits } = this.of(operation);
    this.#operations.set(operation, { calls, capacityUnits: units.reduce((sum, each) => sum + each, capacityUnits) });
  }

  of(operation: string): OperationUsage {
    return this.#operations.get(operation) ?? { calls: 0, capacityUnits: 0 };
  }

  all(): Readonly<Record<string, OperationUsage>> {
    return Object.fromEntries(this.#operations);
  }

  reset(): void {
    this.#operations.clear();
  }
}

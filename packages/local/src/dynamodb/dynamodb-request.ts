/** A request as DynamoDB reads it, and the answer to it. */
import { isJsonObject, type JsonObject } from '@trailbell/core/json';

/** One call of the DynamoDB API. */
export interface DynamoDbRequest {
  /** Such as `UpdateItem`. */
  readonly operation: string;
  /** The tables that it names: one, or those of a batch. */
  readonly tableNames: readonly string[];
  readonly parameters: JsonObject;
}

/** Status and JSON body of DynamoDB's response. */
export interface DynamoDbAnswer {
  readonly status: number;
  readonly body: JsonObject;
}

/** A request of an operation with its parameters. */
export function requestOf(operation: string, parameters: JsonObject): DynamoDbRequest {
  const batch = isJsonObject(parameters.RequestItems) ? Object.keys(parameters.RequestItems) : [];
  const tableNames = typeof parameters.TableName === 'string' ? [parameters.TableName] : batch;
  return { operation, tableNames, parameters };
}

/** An error in DynamoDB's wire format. */
export function errorAnswer(status: number, type: string, message: string): DynamoDbAnswer {
  return { status, body: { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message } };
}

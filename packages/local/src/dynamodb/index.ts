export type { DynamoDbRequest } from './dynamodb-request.ts';
export type { Fault, FaultKind } from './faults.ts';
export { startDynamoDb } from './local-dynamodb.ts';
export type { LocalDynamoDb, RequestListener } from './local-dynamodb.ts';
export type { OperationUsage, Usage } from './usage.ts';

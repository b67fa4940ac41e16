/** Names and sizes of the DynamoDB tables, where the store and the infrastructure must agree. */
export const ALARM_TABLE = {
  /** Partition key: one alarm is one item. */
  hashKey: 'alarm',
  /** A sparse index: it holds the alarms that are due and no others, spread over shards so that none grows hot. */
  dueIndex: { name: 'due', hashKey: 'shard', rangeKey: 'due', shards: 4 },
  ttl: 'expiresAt',
} as const;

/** Powertools Idempotency's own names. */
export const IDEMPOTENCY_TABLE = { hashKey: 'id', ttl: 'expiration' } as const;

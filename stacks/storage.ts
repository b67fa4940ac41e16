import { ALARM_TABLE, IDEMPOTENCY_TABLE } from '@trailbell/core/alarm';

/** The tables: one item an alarm, and Powertools Idempotency's memory of batches. Both forget by time to live. */
export function createStorage() {
  const { hashKey, dueIndex, ttl } = ALARM_TABLE;
  const alarms = new sst.aws.Dynamo('Alarms', {
    fields: { [hashKey]: 'string', [dueIndex.hashKey]: 'number', [dueIndex.rangeKey]: 'number' },
    primaryIndex: { hashKey },
    globalIndexes: {
      [dueIndex.name]: { hashKey: dueIndex.hashKey, rangeKey: dueIndex.rangeKey, projection: 'keys-only' },
    },
    ttl,
    deletionProtection: $app.stage === 'production',
  });
  const idempotency = new sst.aws.Dynamo('Idempotency', {
    fields: { [IDEMPOTENCY_TABLE.hashKey]: 'string' },
    primaryIndex: { hashKey: IDEMPOTENCY_TABLE.hashKey },
    ttl: IDEMPOTENCY_TABLE.ttl,
  });
  return { alarms, idempotency };
}

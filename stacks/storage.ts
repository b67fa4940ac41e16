import { ALARM_TABLE, IDEMPOTENCY_TABLE } from '@trailbell/core/alarm';
import type { Deployment } from './deployment.ts';

/** The tables: one item an alarm, and Powertools Idempotency's memory of batches. Both forget by time to live. */
export function createStorage({ stage, keep }: Deployment) {
  const { hashKey, dueIndex, ttl } = ALARM_TABLE;
  const alarms = new sst.aws.Dynamo('Alarms', {
    fields: { [hashKey]: 'string', [dueIndex.hashKey]: 'number', [dueIndex.rangeKey]: 'number' },
    primaryIndex: { hashKey },
    globalIndexes: {
      [dueIndex.name]: { hashKey: dueIndex.hashKey, rangeKey: dueIndex.rangeKey, projection: 'keys-only' },
    },
    ttl,
    deletionProtection: stage.isProtected,
    transform: {
      table: (_args, options) => {
        Object.assign(options, keep);
        return undefined;
      },
    },
  });
  // What it remembers is six hours old at most, and nothing is wrong where it is lost.
  const idempotency = new sst.aws.Dynamo('Idempotency', {
    fields: { [IDEMPOTENCY_TABLE.hashKey]: 'string' },
    primaryIndex: { hashKey: IDEMPOTENCY_TABLE.hashKey },
    ttl: IDEMPOTENCY_TABLE.ttl,
    transform: {
      table: (args, options) => {
        args.pointInTimeRecovery = { enabled: false };
        options.retainOnDelete = false;
        return undefined;
      },
    },
  });
  return { alarms, idempotency };
}

export type Storage = ReturnType<typeof createStorage>;

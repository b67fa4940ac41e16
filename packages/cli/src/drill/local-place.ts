import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { DynamoDbAlarmStore } from '@trailbell/functions/adapters/dynamodb-alarm-store';
import type { LocalDeployment } from '@trailbell/local';
import type { DrillPlace } from './drill.ts';
import { passTime } from './pass-time.ts';

/** A deployment on this machine: time passes as fast as it can. */
export function localPlace(deployment: LocalDeployment): DrillPlace {
  const { clock, dynamoDbClient, alarmTableName, logGroup } = deployment;
  const store = new DynamoDbAlarmStore(DynamoDBDocumentClient.from(dynamoDbClient), alarmTableName);
  return {
    put(records) {
      logGroup.putLogEvents('trailbell-drill', records);
      return Promise.resolve();
    },
    read: (identity) => store.read(identity),
    nowMs: () => clock.nowMs(),
    sleep: (durationMs) => passTime(deployment, durationMs),
  };
}

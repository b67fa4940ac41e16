import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { distinctSamples, type Alarm } from '@trailbell/core/alarm';
import { decodeAlarm } from '@trailbell/functions/adapters/alarm-item';
import type { LocalDeployment } from '@trailbell/local';

/** Every alarm in the table of a deployment. */
export async function allAlarms({ dynamoDbClient, alarmTableName }: LocalDeployment): Promise<readonly Alarm[]> {
  const client = DynamoDBDocumentClient.from(dynamoDbClient);
  const { Items: items = [] } = await client.send(new ScanCommand({ TableName: alarmTableName }));
  return items.filter(({ rule }) => rule !== undefined).map(decodeAlarm);
}

/** How many different events each alarm has counted, by rule and group. */
export async function countsByAlarm(deployment: LocalDeployment): Promise<ReadonlyMap<string, number>> {
  const alarms = await allAlarms(deployment);
  return new Map(
    alarms
      .map(
        ({ identity, samples }) =>
          [`${identity.rule} ${identity.group.join()}`, distinctSamples(samples).length] as const,
      )
      .sort(),
  );
}

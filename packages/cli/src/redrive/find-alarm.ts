import { ScanCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Alarm } from '@trailbell/core/alarm';
import type { UndeliveredMessage } from '@trailbell/core/redrive';
import type { AlarmStore } from '@trailbell/functions/alarms/alarm-store';
import { decodeAlarm } from '@trailbell/functions/adapters/alarm-item';

export type TrailbellMessage = Extract<UndeliveredMessage, { kind: 'trailbell' }>;

/** Where alarms are found: by their group, and, where a message does not tell that exactly, by their name. */
export interface AlarmPlace {
  readonly store: AlarmStore;
  readonly table: DynamoDBDocumentClient;
  readonly tableName: string;
}

/** Ends the names of alarms whose group values cannot be shown as they are. A message has these cleaned and shortened as well. */
const HASHED_NAME = / ~[0-9a-f]{12}$/;

/**
 * The alarm that a message is of; undefined where the table has forgotten it. One of the groups past the limit is known by its name.
 * Where the name says that the group may not stand in the message as it is, only an alarm that was told under that name counts.
 */
export async function findAlarm(place: AlarmPlace, message: TrailbellMessage): Promise<Alarm | undefined> {
  const { alarmName, identities } = message;
  const [own, ...others] = await Promise.all(identities.map((identity) => place.store.read(identity)));
  const named = [own, ...others].find((alarm) => isNamed(alarm, alarmName));
  if (named !== undefined) return named;
  return HASHED_NAME.test(alarmName) ? scanForName(place, message) : own;
}

/** Whether an alarm was told, or is to be, under a name. */
export function isNamed(alarm: Alarm | undefined, alarmName: string): boolean {
  return namesOf(alarm).includes(alarmName);
}

/** The names under which an alarm was told or is to be; none where nothing was. */
export function namesOf(alarm: Alarm | undefined): readonly string[] {
  const { told, owed } = alarm?.standing ?? {};
  return [told?.notification, owed].flatMap((notification) => notification?.episode.alarmName ?? []);
}

async function scanForName(
  { table, tableName }: AlarmPlace,
  { alarmName, identities: [identity] }: TrailbellMessage,
): Promise<Alarm | undefined> {
  let start: Record<string, unknown> | undefined;
  do {
    const page = await table.send(
      new ScanCommand({
        TableName: tableName,
        ConsistentRead: true,
        FilterExpression: '#rule = :rule',
        ExpressionAttributeNames: { '#rule': 'rule' },
        ExpressionAttributeValues: { ':rule': identity?.rule },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    const found = (page.Items ?? []).map(decodeAlarm).find((alarm) => isNamed(alarm, alarmName));
    if (found !== undefined) return found;
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return undefined;
}

import { tellAgain, type Alarm, type AlarmIdentity } from '@trailbell/core/alarm';
import type { UndeliveredMessage } from '@trailbell/core/redrive';
import type { AlarmStore } from '@trailbell/functions/alarms/alarm-store';
import type { AwsClients } from '../deployed/aws-clients.ts';
import { REDRIVE_CALLS } from './redrive-calls.ts';

/** What becomes of the notifications of one alarm. Those that are `kept` stay in the queue. */
export type Retelling =
  | { readonly kind: 'told-again' | 'told-already' | 'closes' | 'nothing-to-tell' }
  | { readonly kind: 'kept'; readonly why: string };

type OfTrailbell = Extract<UndeliveredMessage, { kind: 'trailbell' }>;

/** Others writing to the same alarm make a write fail; after so many tries the messages stay for the next run. */
const MAX_WRITES = 5;

/**
 * Has one of Trailbell's own alarms told as it stands. All that is written is that the alarm owes a notification: the reconciler
 * sends it within a minute or two. An alarm that the table has forgotten has long been OK; where its OK is among what was not
 * delivered, its incident may be open, and the OK is told anew.
 *
 * @param messages of one AlarmName
 */
export async function tellAlarmAgain(
  store: AlarmStore,
  messages: readonly OfTrailbell[],
  nowMs: number,
): Promise<Retelling> {
  const [message] = messages;
  if (message === undefined) return { kind: 'nothing-to-tell' };
  const closing = messages.find(({ state }) => state === 'OK')?.closing;
  const [identity = { rule: '', group: [] }] = message.identities;
  for (let writes = 0; writes < MAX_WRITES; writes++) {
    let alarm = await findAlarm(store, message);
    const isForgotten = alarm === undefined;
    if (alarm === undefined) {
      // A rule whose OK came through, and whose ALARM did not, left nothing open.
      if (closing === undefined) return { kind: 'nothing-to-tell' };
      // No samples: an alarm that is due and has seen nothing. Should this process die here, it is settled as OK and forgotten again.
      await store.record({ identity, samples: [], examples: [], minuteCap: 1 }, nowMs, 0);
      alarm = await store.read(identity);
      if (alarm === undefined) continue;
    }
    const telling = tellAgain(alarm, nowMs, closing);
    if (telling.kind === 'owes-already') return { kind: 'told-already' };
    if (telling.kind === 'nothing-to-tell') return { kind: 'nothing-to-tell' };
    if (await store.write(alarm, telling.step, alarm.rulesVersion)) {
      return { kind: isForgotten || alarm.standing?.told === undefined ? 'closes' : 'told-again' };
    }
  }
  return { kind: 'kept', why: 'others were writing to it all the time; run redrive again' };
}

/** The alarm that a message is of. One of the groups past the limit is known by its name. */
async function findAlarm(store: AlarmStore, message: OfTrailbell): Promise<Alarm | undefined> {
  const [own, ...others] = await Promise.all(message.identities.map((identity: AlarmIdentity) => store.read(identity)));
  return [own, ...others].find((alarm) => isNamed(alarm, message.alarmName)) ?? own;
}

function isNamed(alarm: Alarm | undefined, alarmName: string): boolean {
  const { told, owed } = alarm?.standing ?? {};
  return [told?.notification, owed].some((notification) => notification?.episode.alarmName === alarmName);
}

/** Has CloudWatch tell again how one of its own alarms stands. */
export async function tellCloudWatchAlarmAgain(aws: AwsClients, alarmName: string): Promise<Retelling> {
  const { MetricAlarms = [] } = await REDRIVE_CALLS['cloudwatch:DescribeAlarms'](aws, [alarmName]);
  const alarm = MetricAlarms.find(({ AlarmName }) => AlarmName === alarmName);
  if (alarm === undefined) {
    return { kind: 'kept', why: 'CloudWatch has no such alarm; resolve its incident by hand, then delete the message' };
  }
  if ((alarm.InsufficientDataActions ?? []).length > 0) {
    return { kind: 'kept', why: 'it has actions for INSUFFICIENT_DATA, which would ring; act on it by hand' };
  }
  await REDRIVE_CALLS['cloudwatch:SetAlarmState'](aws, alarmName);
  return { kind: 'told-again' };
}

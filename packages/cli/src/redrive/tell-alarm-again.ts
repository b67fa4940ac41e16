import { tellAgain } from '@trailbell/core/alarm';
import type { AwsClients } from '../deployed/aws-clients.ts';
import { findAlarm, isNamed, namesOf, type AlarmPlace, type TrailbellMessage } from './find-alarm.ts';
import { REDRIVE_CALLS } from './redrive-calls.ts';

/** What becomes of the notifications of one alarm. Those that are `kept` stay in the queue. */
export type Retelling =
  | { readonly kind: 'told-again' | 'told-already' | 'closes' | 'nothing-to-tell' }
  | { readonly kind: 'kept'; readonly why: string };

/** Others writing to the same alarm make a write fail; after so many tries the messages stay for the next run. */
const MAX_WRITES = 5;

/** A group that is written in characters that are not seen looks like another in the message. */
const OF_ANOTHER: Retelling = {
  kind: 'kept',
  why: 'the table has forgotten it, and another alarm has the group that it shows; resolve its incident by hand, then delete the message',
};

/**
 * Has one of Trailbell's own alarms told as it stands. All that is written is that the alarm owes a notification: the reconciler
 * sends it within a minute or two. An alarm that the table has forgotten has long been OK; where its OK is among what was not
 * delivered, its incident may be open, and the OK is told anew.
 *
 * @param messages of one AlarmName
 */
export async function tellAlarmAgain(
  place: AlarmPlace,
  messages: readonly TrailbellMessage[],
  nowMs: number,
): Promise<Retelling> {
  const [message] = messages;
  if (message === undefined) return { kind: 'nothing-to-tell' };
  const { store } = place;
  const closing = messages.find(({ state }) => state === 'OK')?.closing;
  const [identity = { rule: '', group: [] }] = message.identities;
  for (let writes = 0; writes < MAX_WRITES; writes++) {
    let alarm = await findAlarm(place, message);
    const isForgotten = alarm === undefined;
    if (alarm === undefined) {
      // A rule whose OK came through, and whose ALARM did not, left nothing open.
      if (closing === undefined) return { kind: 'nothing-to-tell' };
      // No samples: an alarm that is due and has seen nothing. Should this process die here, it is settled as OK and forgotten again.
      await store.record({ identity, samples: [], examples: [], minuteCap: 1 }, nowMs, 0);
      alarm = await store.read(identity);
      if (alarm === undefined) continue;
      if (namesOf(alarm).length > 0 && !isNamed(alarm, message.alarmName)) return OF_ANOTHER;
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

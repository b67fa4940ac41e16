import type * as z from 'zod';
import { HEARTBEAT_NAME } from '../heartbeat/heartbeat-name.ts';
import { refuse } from './refuse.ts';

/** Refuses the name of the rule that Trailbell adds itself: two rules of one name would share an alarm. */
export function checkNotReserved(name: string, context: z.RefinementCtx): void {
  if (name !== HEARTBEAT_NAME) return;
  refuse(context, [], {
    code: 'reserved-rule-name',
    message: `the name ${name} is taken by Trailbell's own heartbeat`,
    hint: 'alarms are told apart by the names of their rules; give this rule another',
  });
}

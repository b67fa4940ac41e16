import type { Activity } from './activity.ts';
import { definedOnly } from './record-fields.ts';

/**
 * Activities that are kept together: where one has the actor of the first, it keeps of the actor only who it is, and not with what
 * it called. The first stays whole, and so does whoever is somebody else.
 */
export function withoutRepetition(activities: readonly Activity[]): readonly Activity[] {
  const [first] = activities;
  return activities.map((activity) =>
    first === undefined || activity === first ? activity : briefBeside(first, activity),
  );
}

function briefBeside(first: Activity, { userAgent, ...activity }: Activity): Activity {
  const { type, name, arn, principalId, accountId } = activity.actor;
  if (name !== first.actor.name || arn !== first.actor.arn) return definedOnly({ ...activity, userAgent });
  return {
    ...activity,
    actor: definedOnly({ type, name, arn, principalId: arn === undefined ? principalId : undefined, accountId }),
  };
}

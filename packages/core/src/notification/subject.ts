import { plainText, regionLongName } from '../cloudtrail/index.ts';
import type { AlarmState } from '../alarm/settings.ts';

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const MAX_SUBJECT_LENGTH = 100;
/** An alarm's name has no more; what is beyond it is beyond the subject too. */
const MAX_NAME_LENGTH = 255;

/**
 * `ALARM: "name" in US East (N. Virginia)`. As CloudWatch does, a subject that would pass 100 characters is brought to
 * exactly 100 by cutting the name, with `...` inside the quotes (99 where the 100th would split a character).
 */
export function subjectOf(state: AlarmState, alarmName: string, region: string): string {
  const name = plainText(alarmName, MAX_NAME_LENGTH);
  const start = `${state}: "`;
  const end = `" in ${plainText(regionLongName(region), 50)}`;
  const room = MAX_SUBJECT_LENGTH - start.length - end.length;
  if (name.length <= room) return start + name + end;
  const kept = name.slice(0, room - 3);
  return `${start}${kept.isWellFormed() ? kept : kept.slice(0, -1)}...${end}`;
}

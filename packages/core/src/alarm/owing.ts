import type { Interval } from './alarm-intervals.ts';
import type { AlarmRule } from './alarm-rule.ts';
import type { Alarm, OwedNotification, Standing, ToldState } from './alarm.ts';
import { echoOf } from './echo.ts';
import type { Judgement } from './judge-alarm.ts';
import { minuteOf } from './minute.ts';
import { owe, oweAgain } from './owe.ts';

/** What an alarm owes, and what it would owe if no silence were in force. */
export interface Owing {
  /** What the slot holds. */
  readonly owed?: OwedNotification | undefined;
  /** An ALARM that nobody was told of. */
  readonly withheld?: OwedNotification;
  /** True where an ALARM that was told is to be told again, and is not. */
  readonly withholdsRepeat?: true;
}

/**
 * What is owed now. A silence keeps an ALARM from coming to be owed, and no more than that: what was owed before it began is
 * sent, and so is each OK and each echo, because they belong to what was told already.
 */
export function owing(
  alarm: Alarm,
  rule: AlarmRule,
  before: Standing,
  judgement: Judgement,
  isSilenced: boolean,
  nowMs: number,
): Owing {
  const { owed } = before;
  const toldState = before.told?.notification.state ?? 'OK';
  const { state } = judgement;
  const late = spanOf(judgement.late);
  const wanted: ToldState = state === 'ALARM' || (late !== undefined && toldState === 'OK') ? 'ALARM' : 'OK';
  if (owed !== undefined && (owed.state === 'ALARM' || wanted === 'OK')) return { owed };
  if (owed !== undefined || wanted !== toldState) {
    const told = wanted === 'ALARM' && state !== 'ALARM' ? late : undefined;
    const judgedMinute = told?.toMinute ?? minuteOf(nowMs);
    const news = owe(alarm, before, rule, { wanted, judgement, late: told, judgedMinute, nowMs });
    return wanted === 'ALARM' && isSilenced ? { owed: owed ?? echoOf(before, nowMs), withheld: news } : { owed: news };
  }
  const echo = echoOf(before, nowMs);
  if (echo !== undefined) return { owed: echo };
  const again = oweAgain(alarm, before, rule, judgement, nowMs);
  if (again === undefined) return {};
  return isSilenced ? { withholdsRepeat: true } : { owed: again };
}

/** From the beginning of the first to the end of the last: one page tells them all. */
function spanOf(stretches: readonly Interval[]): Interval | undefined {
  const [first, last] = [stretches.at(0), stretches.at(-1)];
  return first === undefined || last === undefined
    ? undefined
    : { fromMinute: first.fromMinute, toMinute: last.toMinute };
}

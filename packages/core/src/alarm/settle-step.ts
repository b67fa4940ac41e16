import type { AlarmRule } from './alarm-rule.ts';
import { initialState, type Interval } from './alarm-intervals.ts';
import type { Alarm, OwedNotification, Standing, ToldState } from './alarm.ts';
import { windowMinutes, type Metric } from './datapoints.ts';
import { echoOf } from './echo.ts';
import { LATENESS_MINUTES, judgeAlarm, metricText, tripsOnSilence, type Judgement } from './judge-alarm.ts';
import { MINUTE_MS, minuteOf } from './minute.ts';
import { owe } from './owe.ts';
import { emptyStanding, stepOf, type SettleStep } from './step.ts';
import { joinIntervals } from './told-intervals.ts';

/** How long a quiet alarm is kept beyond the time in which a late sample could still touch it. */
const KEEP_QUIET_MS = 60 * MINUTE_MS;

/** An alarm that was never settled. One that silence can trip has to see a window of it first. */
export function newStanding(metric: Metric, nowMs: number): Standing {
  const initial = initialState(metric);
  return emptyStanding(initial === 'ALARM' ? 'INSUFFICIENT_DATA' : initial, nowMs);
}

/**
 * Decides what becomes of an alarm as of a moment. Pure: the same alarm at the same moment always gives the same step.
 *
 * `told` follows `state` through one slot: an owed ALARM is never replaced, an owed OK gives way to a new ALARM, and OK is
 * owed only where ALARM was told. Late samples are judged in the windows that they belong to: where those touch a stretch of
 * ALARM that was told already they join it, otherwise an ALARM is owed and, the state being OK, an OK after it. Where opposite
 * messages went out so close that SNS may deliver them in the wrong order, the last is told once more.
 */
export function settleStep(alarm: Alarm, rule: AlarmRule, clockMs: number): SettleStep {
  const { metric } = rule;
  const before = alarm.standing ?? newStanding(metric, clockMs);
  const nowMs = Math.max(clockMs, before.asOfMs);
  const judgement = judgeAlarm(alarm, metric, before, nowMs);
  const { state, toldIntervals, late, closedBeforeMinute } = judgement;
  const owed = owedNext(alarm, rule, before, judgement, nowMs);
  const tellsLate = owed?.state === 'ALARM' && owed !== before.owed && state !== 'ALARM';
  const window = windowMinutes(metric.settings);
  return stepOf(alarm, before, nowMs, {
    state,
    toldIntervals: tellsLate ? joinIntervals(toldIntervals, late, closedBeforeMinute) : toldIntervals,
    closedBeforeMinute,
    owed,
    changesAtMs: judgement.changesAtMs,
    opening: judgement.opening,
    metric: metricText(metric),
    keepsMs:
      tripsOnSilence(metric) || state === 'ALARM' ? undefined : (LATENESS_MINUTES + window) * MINUTE_MS + KEEP_QUIET_MS,
    exampleMinutes: {
      window: { fromMinute: minuteOf(nowMs) - window, toMinute: Infinity },
      late: late.map(({ fromMinute, toMinute }) => ({ fromMinute: fromMinute - window, toMinute })),
    },
  });
}

/** The notification that the slot holds now. */
function owedNext(
  alarm: Alarm,
  rule: AlarmRule,
  before: Standing,
  judgement: Judgement,
  nowMs: number,
): OwedNotification | undefined {
  const { owed } = before;
  const toldState = before.told?.notification.state ?? 'OK';
  const { state } = judgement;
  const late = spanOf(judgement.late);
  const wanted: ToldState = state === 'ALARM' || (late !== undefined && toldState === 'OK') ? 'ALARM' : 'OK';
  if (owed !== undefined && (owed.state === 'ALARM' || wanted === 'OK')) return owed;
  if (owed !== undefined || wanted !== toldState) {
    const told = wanted === 'ALARM' && state !== 'ALARM' ? late : undefined;
    const judgedMinute = told?.toMinute ?? minuteOf(nowMs);
    return owe(alarm, before, rule, { wanted, judgement, late: told, judgedMinute, nowMs });
  }
  return echoOf(before, nowMs);
}

/** From the beginning of the first to the end of the last: one page tells them all. */
function spanOf(stretches: readonly Interval[]): Interval | undefined {
  const [first, last] = [stretches.at(0), stretches.at(-1)];
  return first === undefined || last === undefined
    ? undefined
    : { fromMinute: first.fromMinute, toMinute: last.toMinute };
}

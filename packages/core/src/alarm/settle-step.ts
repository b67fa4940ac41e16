import type { SilenceInForce } from '../silence/silence-in-force.ts';
import type { AlarmRule } from './alarm-rule.ts';
import { initialState } from './alarm-intervals.ts';
import type { Alarm, OwedNotification, Standing } from './alarm.ts';
import { windowMinutes, type Metric } from './datapoints.ts';
import { LATENESS_MINUTES, judgeAlarm, metricText, tripsOnSilence } from './judge-alarm.ts';
import { MINUTE_MS, minuteOf } from './minute.ts';
import { owing, type Owing } from './owing.ts';
import { repeatDueMs, withActors } from './renotify.ts';
import { earliest, emptyStanding, stepOf, type SettleStep } from './step.ts';
import { joinIntervals } from './told-intervals.ts';

/** How long a quiet alarm is kept beyond the time in which a late sample could still touch it. */
const KEEP_QUIET_MS = 60 * MINUTE_MS;

/** An alarm whose page is held back is looked at this often at least: a deploy may have lifted the silence. */
export const SILENCE_WATCH_MS = 5 * MINUTE_MS;

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
 *
 * While a silence is in force no ALARM comes to be owed. One that is still on when the silence is over is owed then; stretches
 * that were over before are never told.
 */
export function settleStep(alarm: Alarm, rule: AlarmRule, clockMs: number): SettleStep {
  const { metric } = rule;
  const before = alarm.standing ?? newStanding(metric, clockMs);
  const nowMs = Math.max(clockMs, before.asOfMs);
  const judgement = judgeAlarm(alarm, metric, before, nowMs);
  const { state, toldIntervals, late, closedBeforeMinute } = judgement;
  const silence = rule.silenceAt(nowMs);
  const { owed, withheld, withholdsRepeat } = owing(alarm, rule, before, judgement, silence !== undefined, nowMs);
  const tellsLate = owed?.state === 'ALARM' && owed !== before.owed && state !== 'ALARM';
  const joinsLate = tellsLate || withheld !== undefined;
  const window = windowMinutes(metric.settings);
  const holdsBack = withheld !== undefined && state === 'ALARM';
  return stepOf(alarm, before, nowMs, {
    state,
    toldIntervals: joinsLate ? joinIntervals(toldIntervals, late, closedBeforeMinute) : toldIntervals,
    ...(holdsBack && { withheldSinceMs: before.withheldSinceMs ?? nowMs }),
    ...toldActorsOf(rule, before, owed),
    closedBeforeMinute,
    owed,
    withheld: newlyWithheld(withheld, silence, before, late.length > 0),
    changesAtMs: earliest(
      judgement.changesAtMs,
      holdsBack || withholdsRepeat ? looksAgainMs(silence, nowMs) : repeatsAtMs(rule, before, state),
    ),
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

/** What is held back is reported once: when it comes to be held back. */
function newlyWithheld(
  notification: Owing['withheld'],
  silence: SilenceInForce | undefined,
  { withheldSinceMs }: Standing,
  isLate: boolean,
): SettleStep['withheld'] {
  const isNew = withheldSinceMs === undefined || isLate;
  return notification !== undefined && silence !== undefined && isNew ? { notification, silence } : undefined;
}

function looksAgainMs(silence: SilenceInForce | undefined, nowMs: number): number {
  return Math.min(silence?.untilMs ?? Infinity, nowMs + SILENCE_WATCH_MS);
}

function repeatsAtMs({ renotify }: AlarmRule, before: Standing, state: Standing['state']): number | undefined {
  return renotify === undefined || state !== 'ALARM' ? undefined : repeatDueMs(renotify, before);
}

/** Whom the incident's pages name: remembered from the ALARM to the OK, by rules that ask for it. */
function toldActorsOf(
  { renotify }: AlarmRule,
  before: Standing,
  owed: OwedNotification | undefined,
): Pick<Standing, 'toldActors'> {
  const isNews = owed?.state === 'ALARM' && owed !== before.owed;
  const mayBeOpen = owed?.state === 'ALARM' || before.told?.notification.state === 'ALARM';
  if (renotify?.actorOf === undefined || !mayBeOpen) return {};
  const toldActors = isNews ? withActors(owed.episode.examples, renotify, before) : before.toldActors;
  return toldActors === undefined ? {} : { toldActors };
}

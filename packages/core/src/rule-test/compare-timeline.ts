import type { AlarmState, ToldState } from '../alarm/index.ts';
import type { RuleTimeline } from '../rule/index.ts';

/** What happened when a timeline was played; times count from its start, in milliseconds. */
export interface TimelineRun {
  /** The state that the alarm began in, and each change. Times ascend. */
  readonly states: readonly { readonly atMs: number; readonly state: AlarmState }[];
  /** What PagerDuty was told; what was only said once more because SNS keeps no order is not in it. */
  readonly notifications: readonly { readonly atMs: number; readonly state: ToldState }[];
  /** How many records the rule counted. */
  readonly counted: number;
}

export interface TimelineRow {
  readonly atMs: number;
  /** Absent where the timeline says nothing of this time. */
  readonly expected?: string;
  /** Absent where nothing happened at this time. */
  readonly actual?: string;
  readonly isAsExpected: boolean;
}

export interface TimelineComparison {
  readonly isAsExpected: boolean;
  /** What was expected and what happened, in the order of their times. */
  readonly states: readonly TimelineRow[];
  /** Empty where the timeline does not say which notifications it expects. */
  readonly notifications: readonly TimelineRow[];
}

/** Holds a timeline against what happened. A state is the one that the alarm is in when all that happens at that time has happened. */
export function compareTimeline({ expect, notifications }: RuleTimeline, run: TimelineRun): TimelineComparison {
  const states = stateRows(expect, run.states);
  const told = notifications === undefined ? [] : notificationRows(notifications, run.notifications);
  return { states, notifications: told, isAsExpected: [...states, ...told].every(({ isAsExpected }) => isAsExpected) };
}

function stateRows(expected: RuleTimeline['expect'], states: TimelineRun['states']): readonly TimelineRow[] {
  const checked = expected.map(({ atMs, state }) => {
    const actual = states.findLast((change) => change.atMs <= atMs)?.state;
    return { atMs, expected: state, ...(actual !== undefined && { actual }), isAsExpected: actual === state };
  });
  const between = states
    .filter(({ atMs }) => !expected.some((one) => one.atMs === atMs))
    .map(({ atMs, state }) => ({ atMs, actual: state, isAsExpected: true }));
  return [...checked, ...between].toSorted((a, b) => a.atMs - b.atMs);
}

/** Each expected notification goes with one that was sent at the same time and says the same; what is left over is wrong. */
function notificationRows(
  expected: TimelineRun['notifications'],
  sent: TimelineRun['notifications'],
): readonly TimelineRow[] {
  const left = [...sent];
  const rows: TimelineRow[] = expected.map(({ atMs, state }) => {
    const index = left.findIndex((one) => one.atMs === atMs && one.state === state);
    if (index === -1) return { atMs, expected: state, isAsExpected: false };
    left.splice(index, 1);
    return { atMs, expected: state, actual: state, isAsExpected: true };
  });
  const surplus = left.map(({ atMs, state }) => ({ atMs, actual: state, isAsExpected: false }));
  return [...rows, ...surplus].toSorted((a, b) => a.atMs - b.atMs);
}

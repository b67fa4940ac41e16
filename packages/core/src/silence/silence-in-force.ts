import { HEARTBEAT_NAME } from '../heartbeat/heartbeat-name.ts';
import type { Severity } from '../rule/rule.ts';
import { contains, nextChangeMs } from '../time-interval/time-interval.ts';
import { ACCOUNT_SELECTOR, type CompiledSilence, type SilenceScope } from './silence.ts';

/** What a silence depends on of an alarm. */
export interface SilencedAlarm {
  readonly rule: string;
  readonly severity: Severity;
  /** By selector. Empty for an alarm that groups share: it may be about any of them. */
  readonly groupValues: ReadonlyMap<string, string>;
}

/** That nobody is to be rung for an alarm at a moment. */
export interface SilenceInForce {
  /** The silence's name. */
  readonly name: string;
  /** Up to here the alarm stays silent at least; Infinity where no time ends it. */
  readonly untilMs: number;
}

/** The silences that are for an alarm, at whatever time they hold. None is for the heartbeat: it rings nobody, and is missed. */
export function silencesFor(alarm: SilencedAlarm, silences: readonly CompiledSilence[]): readonly CompiledSilence[] {
  return alarm.rule === HEARTBEAT_NAME ? [] : silences.filter((silence) => isFor(silence, alarm));
}

/** Of silences that hold at a moment the one that lasts longest; undefined where none does. */
export function silenceInForce(silences: readonly CompiledSilence[], atMs: number): SilenceInForce | undefined {
  let longest: SilenceInForce | undefined;
  for (const silence of silences) {
    const untilMs = endMs(silence, atMs);
    if (untilMs !== undefined && untilMs > (longest?.untilMs ?? 0)) longest = { name: silence.name, untilMs };
  }
  return longest;
}

function isFor({ rules, severities, accounts, groups = {} }: SilenceScope, alarm: SilencedAlarm): boolean {
  const { rule, severity, groupValues } = alarm;
  const named = accounts === undefined ? groups : { ...groups, [ACCOUNT_SELECTOR]: accounts };
  return (
    (rules?.includes(rule) ?? true) &&
    (severities?.includes(severity) ?? true) &&
    Object.entries(named).every(([selector, values]) => {
      const value = groupValues.get(selector);
      return value !== undefined && values.includes(value);
    })
  );
}

/** The end of the silence, or of its window, if it holds at `atMs`. */
function endMs({ fromMs, untilMs, windows }: CompiledSilence, atMs: number): number | undefined {
  if (atMs < fromMs || atMs >= untilMs) return undefined;
  if (windows === undefined) return untilMs;
  const ends = windows
    .filter((window) => contains(window, atMs))
    .map((window) => nextChangeMs(window, atMs) ?? untilMs);
  return ends.length === 0 ? undefined : Math.min(untilMs, Math.max(...ends));
}

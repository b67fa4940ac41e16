import type { Severity } from '../rule/rule.ts';
import type { TimeInterval } from '../time-interval/time-interval.ts';

/**
 * What alarms a silence is for: those that each of its lists names. Accounts and groups name alarms by what their rule is grouped
 * by, so an alarm that may also be about somebody else is never silenced for one of them.
 */
export interface SilenceScope {
  readonly rules?: readonly string[];
  readonly severities?: readonly Severity[];
  /** Twelve digits each. */
  readonly accounts?: readonly string[];
  /** By selector of the rule's `groupBy`: the values that are silenced. */
  readonly groups?: Readonly<Record<string, readonly string[]>>;
}

/** A time in which alarms ring nobody: loaded, validated. */
export interface Silence extends SilenceScope {
  /** Lower-case words joined by hyphens; unique among the loaded silences; what logs call it. */
  readonly name: string;
  readonly fromMs: number;
  /** The first moment at which it no longer holds; at most {@link MAX_SILENCE_DAYS} after `fromMs`. */
  readonly untilMs: number;
  /** Between the two it holds in these windows alone; all the time where absent. */
  readonly windows?: readonly TimeInterval[];
  readonly owner: string;
  readonly reason: string;
}

/** A silence as it is shipped with the rules: what decides whether it holds, and what logs call it. */
export type CompiledSilence = Omit<Silence, 'owner' | 'reason'>;

/** No silence is for good: somebody looks at it again after so many days at the latest. */
export const MAX_SILENCE_DAYS = 90;

/** The selector by which rules are grouped by the account that a record is about. */
export const ACCOUNT_SELECTOR = '$.recipientAccountId';

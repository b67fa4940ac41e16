import { alarmKey, type AlarmIdentity } from '@trailbell/core/alarm';
import type { SimulatedNotification } from '@trailbell/functions/simulation/alarm-simulation';
import type { BacktestIncident } from './backtest-result.ts';

/** So many incidents, of all rules together, keep their reason and their activities. */
export const MAX_TOLD_INCIDENTS = 5_000;

interface OfAlarm {
  /** All its incidents share it. */
  readonly group: readonly string[];
  /** The place of the one that is open. */
  open: number | undefined;
}

const NOTHING_TOLD: Pick<BacktestIncident, 'reason' | 'activities'> = { reason: '', activities: [] };

interface OfRule {
  readonly rule: string;
  readonly incidents: BacktestIncident[];
  /** Each incident whose place is a multiple of this keeps its activities. */
  stride: number;
  told: number;
}

/**
 * Notifications as PagerDuty would join them. However many incidents there are, what is told of a bounded number is kept: where
 * there are too many, the rule that has most loses those of every other one, so that the rest are spread evenly over the time.
 */
export class Incidents {
  readonly #alarms = new Map<string, OfAlarm>();
  readonly #rules = new Map<string, OfRule>();
  #told = 0;

  note({ atMs, identity, notification, isRepeated }: SimulatedNotification): void {
    if (isRepeated) return;
    const ofRule = this.#ofRule(identity.rule);
    const ofAlarm = this.#ofAlarm(identity);
    const { incidents, stride } = ofRule;
    const { episode, state, reason } = notification;
    const { count, isAtLeast } = episode;
    if (state === 'ALARM') {
      const isTold = incidents.length % stride === 0;
      ofAlarm.open = incidents.length;
      incidents.push({
        ...{ rule: ofRule.rule, group: ofAlarm.group, openedMs: atMs, count, isAtLeast },
        ...(isTold ? { reason, activities: episode.examples } : NOTHING_TOLD),
      });
      if (isTold) this.#tell(ofRule);
      return;
    }
    const opened = ofAlarm.open === undefined ? undefined : incidents[ofAlarm.open];
    if (ofAlarm.open === undefined || opened === undefined) return;
    incidents[ofAlarm.open] = { ...opened, resolvedMs: atMs, count, isAtLeast };
    ofAlarm.open = undefined;
  }

  /** In the order in which they opened. */
  of(rule: string): readonly BacktestIncident[] {
    return this.#rules.get(rule)?.incidents ?? [];
  }

  #ofAlarm(identity: AlarmIdentity): OfAlarm {
    const key = alarmKey(identity);
    const known = this.#alarms.get(key);
    if (known !== undefined) return known;
    const made: OfAlarm = { group: identity.group, open: undefined };
    this.#alarms.set(key, made);
    return made;
  }

  #ofRule(rule: string): OfRule {
    const known = this.#rules.get(rule);
    if (known !== undefined) return known;
    const made: OfRule = { rule, incidents: [], stride: 1, told: 0 };
    this.#rules.set(rule, made);
    return made;
  }

  #tell(ofRule: OfRule): void {
    ofRule.told += 1;
    this.#told += 1;
    if (this.#told <= MAX_TOLD_INCIDENTS) return;
    const most = [...this.#rules.values()].reduce((one, other) => (other.told > one.told ? other : one));
    most.stride *= 2;
    for (const [place, incident] of most.incidents.entries()) {
      if (incident.activities === NOTHING_TOLD.activities || place % most.stride === 0) continue;
      most.incidents[place] = { ...incident, ...NOTHING_TOLD };
      most.told -= 1;
      this.#told -= 1;
    }
  }
}

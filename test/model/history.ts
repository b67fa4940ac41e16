import type { Alarm, AlarmIdentity, OwedNotification, Sample, SettleStep } from '@trailbell/core/alarm';
import type { Incident } from '../../packages/local/src/pagerduty/incidents.ts';
import type { PagerDutyEvent } from './paging.ts';
import type { RulesVersion } from './rules-versions.ts';

interface Deed {
  /** True time, which no process knows. */
  readonly atMs: number;
  readonly invocation: number;
  readonly version: number;
  readonly identity: AlarmIdentity;
}

/** What happened at the other end of the calls of a run, in order. */
export type HappenedDeed = Deed &
  (
    | { readonly kind: 'recorded'; readonly samples: readonly Sample[] }
    | { readonly kind: 'written'; readonly step: SettleStep }
    | { readonly kind: 'told' }
    | { readonly kind: 'publishing'; readonly owed: OwedNotification }
    | { readonly kind: 'published'; readonly owed: OwedNotification }
    | { readonly kind: 'publish ended'; readonly owed: OwedNotification }
  );

/** A run from outside: what was done to the store and to SNS, what PagerDuty made of it, and what was left at the end. */
export interface History {
  readonly startMs: number;
  /** When the last thing had happened. */
  readonly endMs: number;
  readonly deeds: readonly HappenedDeed[];
  readonly pagerDuty: readonly PagerDutyEvent[];
  readonly incidents: readonly Incident[];
  readonly versions: readonly RulesVersion[];
  /** The alarms of the plan as they are in the store at the end. */
  readonly alarms: readonly { readonly identity: AlarmIdentity; readonly alarm: Alarm | undefined }[];
  /** The alarms that are due at the end, whenever that is. */
  readonly due: readonly AlarmIdentity[];
  /** The alarms that are still in the store a month later. */
  readonly kept: readonly AlarmIdentity[];
}

/** A history for people: one line for each deed, in seconds since the start. */
export function tell({ startMs, endMs, deeds, pagerDuty }: History): string {
  const lines = [
    ...deeds.map((deed) => ({
      atMs: deed.atMs,
      text: `#${deed.invocation} ${deed.identity.rule}: ${describe(deed, startMs)}`,
    })),
    ...pagerDuty.map((event) => ({
      atMs: event.atMs,
      text: `PagerDuty ${event.alarmName}: ${event.state} ${event.number}, ${event.change}`,
    })),
    { atMs: endMs, text: 'the end' },
  ];
  return lines
    .sort((a, b) => a.atMs - b.atMs)
    .map(({ atMs, text }) => `${((atMs - startMs) / 1000).toFixed(3).padStart(10)}s ${text}`)
    .join('\n');
}

function describe(deed: HappenedDeed, startMs: number): string {
  const seconds = (atMs: number) => `${Math.round((atMs - startMs) / 1000)}s`;
  switch (deed.kind) {
    case 'recorded': {
      const samples = deed.samples.map(({ id, minute }) => `${id.slice(0, 4)} of ${seconds(minute * 60_000)}`);
      return `recorded ${samples.join(', ')}`;
    }
    case 'written': {
      const { state, owed, lease, dueMs, expiresAtMs } = deed.step.standing;
      const parts = [
        state,
        ...(owed === undefined ? [] : [`owes ${owed.state} ${owed.number}`]),
        ...(lease === undefined ? [] : [`leased until ${seconds(lease.untilMs)}`]),
        ...(dueMs === undefined ? [] : [`due ${seconds(dueMs)}`]),
        ...(expiresAtMs === undefined ? [] : [`expires ${seconds(expiresAtMs)}`]),
      ];
      return `written ${parts.join(', ')}`;
    }
    case 'told':
      return 'told';
    case 'publishing':
    case 'published':
    case 'publish ended':
      return `${deed.kind} ${deed.owed.state} ${deed.owed.number}`;
  }
}

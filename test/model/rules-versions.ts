import type { AlarmIdentity, AlarmRule } from '@trailbell/core/alarm';
import type { Change, Deploy, Plan } from './plan.ts';
import { renotificationOf, silentUntilMs, type PlannedRepeat, type PlannedSilence } from './planned-silences.ts';
import { seeded } from './seeded.ts';
import { METRICS, type WatchedMetric } from './watched-metrics.ts';

/** After a deploy, environments of the old code still take invocations for so long. */
export const OVERLAP_MS = 180_000;

/** The rules of one deploy. */
export interface RulesVersion {
  /** Epoch ms of the deploy. */
  readonly version: number;
  readonly prefix: string;
  /** PagerDuty services are chosen by it: an OK of another severity does not reach the incident. */
  readonly severity: AlarmRule['severity'];
  /** The metric of each alarm; undefined where its rule was removed. */
  readonly metrics: readonly (WatchedMetric | undefined)[];
  /** Whether the rule of each alarm is staged. */
  readonly staged: readonly boolean[];
  readonly silences: readonly PlannedSilence[];
  readonly repeats: readonly PlannedRepeat[];
}

export const identityOf = (alarm: number): AlarmIdentity => ({ rule: `alarm-${alarm}`, group: [] });
export const indexOf = ({ rule }: AlarmIdentity): number => Number(rule.slice('alarm-'.length));

/** The alarms that ring when nothing comes. */
export function silentAlarms({ metrics }: RulesVersion): readonly AlarmIdentity[] {
  return metrics.flatMap((metric, alarm) => (metric?.ringsOn === 'silence' ? [identityOf(alarm)] : []));
}

/** Every version that the plan deploys, oldest first. A rollback is a deploy like any other, of the first rules. */
export function versionsOf(plan: Plan, startMs: number): readonly RulesVersion[] {
  const first: RulesVersion = {
    version: startMs - 86_400_000,
    prefix: '',
    severity: 'error',
    metrics: plan.metrics.map((metric) => METRICS[metric]),
    staged: plan.metrics.map(() => false),
    silences: plan.silences,
    repeats: plan.repeats,
  };
  let last = first;
  const deployed = inOrder(plan.deploys).map(({ atSeconds, change }, number) => {
    last = { ...changed(last, first, change), version: startMs + atSeconds * 1000 + number };
    return last;
  });
  return [first, ...deployed];
}

function changed(rules: RulesVersion, first: RulesVersion, change: Change): RulesVersion {
  const withMetric = (alarm: number, metric: WatchedMetric | undefined): RulesVersion => ({
    ...rules,
    metrics: rules.metrics.map((each, index) => (index === alarm ? metric : each)),
  });
  switch (change.kind) {
    case 'rename':
      return { ...rules, prefix: `${rules.prefix}new ` };
    case 'severity':
      return { ...rules, severity: rules.severity === 'error' ? 'critical' : 'error' };
    case 'settings':
      return withMetric(change.alarm, METRICS[change.metric]);
    case 'remove':
      return withMetric(change.alarm, undefined);
    case 'mode':
      return { ...rules, staged: rules.staged.map((each, index) => each !== (index === change.alarm)) };
    case 'lift':
      return { ...rules, silences: [] };
    case 'rollback':
      return first;
  }
}

/** The rules that an invocation runs: the newest, or those before it shortly after a deploy. */
export function versionAt(
  versions: readonly RulesVersion[],
  nowMs: number,
  seed: number,
  invocation: number,
): RulesVersion {
  const deployed = versions.filter(({ version }) => version <= nowMs);
  const [newest, previous] = [deployed.at(-1), deployed.at(-2)];
  if (newest === undefined) throw new Error('no rules were deployed yet');
  const isOld = nowMs < newest.version + OVERLAP_MS && seeded(seed, invocation, 11) < 0.5;
  return isOld && previous !== undefined ? previous : newest;
}

export function ruleOf(rules: RulesVersion, identity: AlarmIdentity, startMs: number): AlarmRule | undefined {
  const { prefix, severity, metrics, repeats } = rules;
  const metric = metrics[indexOf(identity)];
  if (metric === undefined) return undefined;
  const renotify = renotificationOf(repeats[indexOf(identity)] ?? { kind: 'never' });
  return {
    metric,
    alarmName: `${prefix}${identity.rule}`,
    title: identity.rule,
    severity,
    groupLimit: 100,
    routesOf: () => [],
    silenceAt: (atMs) => {
      const untilMs = silentUntilMs(rules, indexOf(identity), startMs, atMs);
      return untilMs === undefined ? undefined : { name: 'planned', untilMs };
    },
    ...(renotify && { renotify }),
    stateReason: ({ state }) => state,
  };
}

function inOrder(deploys: readonly Deploy[]): readonly Deploy[] {
  return deploys.toSorted((a, b) => a.atSeconds - b.atSeconds);
}

import fc from 'fast-check';
import { CALL_FAULTS, type CallFault } from './invocation.ts';
import type { PlannedRepeat, PlannedSilence } from './planned-silences.ts';
import { KEPT_METRICS, METRICS, SILENT_METRICS, WATCHED_METRICS } from './watched-metrics.ts';

/** One copy of an event as CloudTrail delivers it to the log group: its own timestamp, and when it reaches the matcher. */
export interface Arrival {
  /** The log event's timestamp, after (or before) the event's own. */
  readonly stampedLaterSeconds: number;
  /** From the log event's timestamp to the batch that holds it. */
  readonly lateSeconds: number;
}

export interface PlannedEvent {
  readonly alarm: number;
  readonly atSeconds: number;
  readonly value: number;
  readonly arrivals: readonly Arrival[];
}

/** What an attempt of SNS to reach PagerDuty comes to. After those of its path, the next one succeeds. */
export type AttemptFault = 'refused' | 'timed out' | 'timed out, but taken';

/** How SNS delivers one message that it accepted: attempts that fail, and those of a second copy where it delivers twice. */
export interface Path {
  readonly failing: readonly AttemptFault[];
  readonly again?: readonly AttemptFault[];
}

export type Change =
  | { readonly kind: 'rename' }
  | { readonly kind: 'severity' }
  | { readonly kind: 'settings'; readonly alarm: number; readonly metric: number }
  | { readonly kind: 'remove'; readonly alarm: number }
  /** The mode of an alarm's rule: from page to stage, or back. */
  | { readonly kind: 'mode'; readonly alarm: number }
  /** All silences are taken away. */
  | { readonly kind: 'lift' }
  | { readonly kind: 'rollback' };

export interface Deploy {
  readonly atSeconds: number;
  readonly change: Change;
}

export interface Outage {
  readonly service: 'DynamoDB' | 'SNS';
  readonly fromSeconds: number;
  readonly lengthSeconds: number;
}

/** All that a run depends on. Plain data: a failing plan can be printed, shrunk and run again. */
export interface Plan {
  /** Decides how long calls take, and so how actors interleave. */
  readonly seed: number;
  /** The metric of each alarm. */
  readonly metrics: readonly number[];
  readonly events: readonly PlannedEvent[];
  readonly batchSeconds: number;
  /** Batches that are delivered once more although they were handled. */
  readonly redeliveries: readonly { readonly batch: number; readonly afterSeconds: number }[];
  /** The faults of the first, second... invocation of the matcher, and of those reconcilers that find something. */
  readonly matcherFaults: readonly (readonly CallFault[])[];
  readonly reconcilerFaults: readonly (readonly CallFault[])[];
  /** How the first, second... message that SNS accepts is delivered. */
  readonly paths: readonly Path[];
  /** The longest that a delivery takes which does not fail; the shortest is {@link MIN_TRANSIT_MS}. */
  readonly maxTransitMs: number;
  /** The clocks of the execution environments, by turns. */
  readonly clockOffsetsSeconds: readonly number[];
  readonly reconcilersEachMinute: 1 | 2;
  /** How long a process stands still with what its handler left running when it returned; 0 where it runs on. */
  readonly frozenSeconds: number;
  readonly outages: readonly Outage[];
  readonly deploys: readonly Deploy[];
  readonly silences: readonly PlannedSilence[];
  /** When the ALARM of each alarm is told again. */
  readonly repeats: readonly PlannedRepeat[];
}

/** Parts of the world that can be left out, so that what is known to be wrong does not hide what is not known. */
export interface World {
  /** SNS takes its time, fails to reach PagerDuty at first, delivers some messages twice: it keeps no order. */
  readonly disorderOfSns: boolean;
  /** Clocks are up to two minutes apart. */
  readonly clocksApart: boolean;
  /** Lambda freezes a process between two invocations, and whatever it was doing. */
  readonly frozenProcesses: boolean;
  /** Calls fail, answers get lost, processes die, services are down. */
  readonly faults: boolean;
  /** Alarms that treat missing data as `ignore`. */
  readonly keptStates: boolean;
  /** Alarms that ring when nothing comes. */
  readonly silentAlarms: boolean;
  /** CloudTrail delivers some events twice, with timestamps up to an hour apart. */
  readonly copies: boolean;
  /** CloudTrail delivers copies of an event hours before its other copy's time. */
  readonly ancientCopies: boolean;
  readonly deploys: boolean;
  /** Deploys change the names and severities of alarms. */
  readonly renames: boolean;
  /** Deploys take rules away. */
  readonly removedRules: boolean;
  /** Silences hold for a time, and rules are staged. */
  readonly silences: boolean;
  /** Alarms are told again while they last. */
  readonly repeats: boolean;
}

export const WHOLE_WORLD: World = {
  disorderOfSns: true,
  clocksApart: true,
  frozenProcesses: true,
  faults: true,
  keptStates: true,
  silentAlarms: true,
  copies: true,
  ancientCopies: true,
  deploys: true,
  renames: true,
  removedRules: true,
  silences: true,
  repeats: true,
};

export const MIN_TRANSIT_MS = 20;
export const MAX_TRANSIT_MS = 2_000;

const HOUR = 3_600;

const seconds = (from: number, to: number) => fc.integer({ min: from, max: to });

const eventTime = fc.oneof(
  { weight: 6, arbitrary: seconds(0, 600) },
  { weight: 2, arbitrary: seconds(600, 3_600) },
  // After a quiet stretch so long that the alarm has expired.
  { weight: 2, arbitrary: seconds(9 * HOUR, 9 * HOUR + 600) },
);

/** On time, late, very late, and later than counts: nothing between, where it depends on the moment of settling. */
const lateness = fc.oneof(
  { weight: 12, arbitrary: seconds(1, 90) },
  { weight: 3, arbitrary: seconds(90, 2_400) },
  { weight: 2, arbitrary: seconds(HOUR, 5 * HOUR) },
  { weight: 1, arbitrary: seconds(8 * HOUR, 9 * HOUR) },
);

const copy = fc.record<Arrival>({ stampedLaterSeconds: seconds(-HOUR, HOUR), lateSeconds: seconds(1, 2 * HOUR) });
const ancientCopy = seconds(8 * HOUR, 9 * HOUR).map((back) => ({ stampedLaterSeconds: -back, lateSeconds: back + 60 }));

function arrivals(world: World): fc.Arbitrary<readonly Arrival[]> {
  const first = lateness.map((lateSeconds) => ({ stampedLaterSeconds: 0, lateSeconds }));
  const others = fc.oneof(
    { weight: 6, arbitrary: fc.constant<Arrival[]>([]) },
    ...(world.copies ? [{ weight: 2, arbitrary: copy.map((arrival) => [arrival]) }] : []),
    ...(world.ancientCopies ? [{ weight: 1, arbitrary: ancientCopy.map((arrival) => [arrival]) }] : []),
  );
  return fc.tuple(first, others).map(([one, more]) => [one, ...more]);
}

function faults(world: World): fc.Arbitrary<readonly (readonly CallFault[])[]> {
  if (!world.faults) return fc.constant([]);
  // A publish that arrives late is one more way in which SNS gets messages out of order.
  const known = CALL_FAULTS.filter((fault) => fault !== 'late request' || world.disorderOfSns);
  const fault = fc.oneof(
    { weight: 12, arbitrary: fc.constant<CallFault>('none') },
    { weight: known.length, arbitrary: fc.constantFrom<CallFault[]>(...known) },
  );
  return fc.array(fc.array(fault, { maxLength: 8 }), { maxLength: 10 });
}

const failing = fc.array(fc.constantFrom<AttemptFault[]>('refused', 'timed out', 'timed out, but taken'), {
  maxLength: 3,
});
const path = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Path>({ failing: [] }) },
  { weight: 3, arbitrary: failing.map<Path>((attempts) => ({ failing: attempts })) },
  { weight: 1, arbitrary: fc.tuple(failing, failing).map<Path>(([first, again]) => ({ failing: first, again })) },
);

const outage = fc.record<Outage>({
  service: fc.constantFrom('DynamoDB', 'SNS'),
  fromSeconds: seconds(0, 1_200),
  lengthSeconds: seconds(10, 1_200),
});

function deploy(world: World, metric: fc.Arbitrary<number>): fc.Arbitrary<Deploy> {
  const alarm = fc.nat(1);
  const change = fc.oneof(
    ...(world.renames ? [fc.constantFrom<Change[]>({ kind: 'rename' }, { kind: 'severity' })] : []),
    fc.constant<Change>({ kind: 'rollback' }),
    fc.record({ kind: fc.constant('settings' as const), alarm, metric }),
    ...(world.silences
      ? [fc.record({ kind: fc.constant('mode' as const), alarm }), fc.constant<Change>({ kind: 'lift' })]
      : []),
    ...(world.removedRules ? [fc.record({ kind: fc.constant('remove' as const), alarm })] : []),
  );
  return fc.record({ atSeconds: fc.oneof(seconds(0, 1_200), seconds(8 * HOUR, 10 * HOUR)), change });
}

const silence = fc.record<PlannedSilence>({
  alarm: fc.nat(1),
  fromSeconds: fc.oneof(seconds(-600, 900), seconds(9 * HOUR - 600, 9 * HOUR + 600)),
  lengthSeconds: fc.oneof(seconds(1, 900), seconds(900, 3 * HOUR)),
});

const repeat = fc.oneof(
  { weight: 4, arbitrary: fc.constant<PlannedRepeat>({ kind: 'never' }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 7, 30).map<PlannedRepeat>((minutes) => ({ kind: 'every', minutes })) },
  { weight: 1, arbitrary: fc.constant<PlannedRepeat>({ kind: 'new actor' }) },
);

/** Plans of a world: small ones, since what goes wrong goes wrong with two or three events. */
export function plans(world: World): fc.Arbitrary<Plan> {
  const metric = fc.constantFrom(
    ...[WATCHED_METRICS, ...(world.keptStates ? [KEPT_METRICS] : []), ...(world.silentAlarms ? [SILENT_METRICS] : [])]
      .flat()
      .map((each) => METRICS.indexOf(each)),
  );
  const none = fc.constant([]);
  return fc.record<Plan>({
    seed: fc.nat(),
    metrics: fc.array(metric, { minLength: 1, maxLength: 2 }),
    events: fc.array(
      fc.record<PlannedEvent>({
        alarm: fc.nat(1),
        atSeconds: eventTime,
        value: fc.nat(5),
        arrivals: arrivals(world),
      }),
      { minLength: 1, maxLength: 12 },
    ),
    batchSeconds: fc.constantFrom(1, 5, 20),
    redeliveries: fc.array(
      fc.record({
        batch: fc.nat(11),
        afterSeconds: fc.oneof(seconds(0, 5), seconds(0, 1_200), seconds(HOUR, 9 * HOUR)),
      }),
      { maxLength: 4 },
    ),
    matcherFaults: faults(world),
    reconcilerFaults: faults(world),
    paths: world.disorderOfSns ? fc.array(path, { maxLength: 8 }) : none,
    maxTransitMs: world.disorderOfSns ? fc.constantFrom(MIN_TRANSIT_MS, MAX_TRANSIT_MS) : fc.constant(MIN_TRANSIT_MS),
    clockOffsetsSeconds: world.clocksApart
      ? fc.oneof(fc.constant([0]), fc.array(seconds(-60, 60), { minLength: 1, maxLength: 4 }))
      : fc.constant([0]),
    reconcilersEachMinute: fc.constantFrom(1, 2),
    frozenSeconds: world.frozenProcesses ? fc.constantFrom(0, 600) : fc.constant(0),
    outages: world.faults ? fc.oneof({ weight: 3, arbitrary: none }, { weight: 1, arbitrary: fc.tuple(outage) }) : none,
    deploys: world.deploys ? fc.array(deploy(world, metric), { maxLength: 2 }) : none,
    silences: world.silences
      ? fc.oneof({ weight: 1, arbitrary: none }, { weight: 1, arbitrary: fc.array(silence, { maxLength: 3 }) })
      : none,
    repeats: world.repeats ? fc.array(repeat, { maxLength: 2 }) : none,
  });
}

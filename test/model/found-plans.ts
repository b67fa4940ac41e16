import type { Plan, PlannedEvent } from './plan.ts';
import { METRICS } from './watched-metrics.ts';

/** A plan that the code once failed. */
export interface FoundPlan {
  readonly name: string;
  readonly plan: Plan;
  /** True as long as the code still fails it. */
  readonly isOpen?: true;
}

const quiet: Plan = {
  seed: 0,
  metrics: [0],
  events: [],
  batchSeconds: 1,
  redeliveries: [],
  matcherFaults: [],
  reconcilerFaults: [],
  paths: [],
  maxTransitMs: 20,
  clockOffsetsSeconds: [0],
  reconcilersEachMinute: 1,
  frozenSeconds: 600,
  outages: [],
  deploys: [],
  silences: [],
  repeats: [],
};

const HOUR = 3_600;

/** An event of the plan's first alarm that arrives a second after it happened. */
function event(atSeconds: number, rest: Partial<PlannedEvent> = {}): PlannedEvent {
  return { alarm: 0, atSeconds, value: 0, arrivals: [{ stampedLaterSeconds: 0, lateSeconds: 1 }], ...rest };
}

function metric(name: string): number {
  const index = METRICS.findIndex((each) => each.name === name);
  if (index < 0) throw new Error(`no metric is called ${name}`);
  return index;
}

const lateAgain = (stampedLaterSeconds: number, lateSeconds: number) => ({
  arrivals: [
    { stampedLaterSeconds: 0, lateSeconds: 1 },
    { stampedLaterSeconds, lateSeconds },
  ],
});

/** Small enough to read; each runs with every test. Where one is open, its test fails as soon as the code passes it. */
export const FOUND_PLANS: readonly FoundPlan[] = [
  {
    name: 'a page names who rang it, not who was seen hours before without ringing',
    plan: {
      ...quiet,
      metrics: [metric('more than one in a minute')],
      events: [event(0), event(9 * HOUR), event(9 * HOUR)],
    },
  },
  {
    name: 'each of several pages about the same events names someone',
    plan: {
      ...quiet,
      metrics: [metric('one of three quarters of an hour')],
      events: [event(9 * HOUR), event(9 * HOUR + 60, { arrivals: [{ stampedLaterSeconds: 0, lateSeconds: 90 }] })],
    },
  },
  {
    name: 'a batch that comes again after its OK does not name its people in the next page',
    plan: { ...quiet, events: [event(0), event(2 * HOUR)], redeliveries: [{ batch: 0, afterSeconds: HOUR }] },
  },
  {
    name: 'an alarm that stays in ALARM through silence is not forgotten',
    plan: {
      ...quiet,
      metrics: [metric('one of two minutes of high values, missing data ignored')],
      events: [event(0, { value: 3 })],
    },
  },
  {
    name: 'a copy that is too late does not take its event out of the minute that counts',
    plan: { ...quiet, events: [event(0, lateAgain(-8 * HOUR, 8 * HOUR + 60))] },
  },
  {
    name: 'an event whose minute was closed does not come back in the later minute of a copy',
    plan: {
      ...quiet,
      events: [event(600, lateAgain(-1_261, 1)), event(480)],
      redeliveries: [{ batch: 1, afterSeconds: 20_800 }],
    },
  },
  {
    name: 'a process whose clock is slow does not close an alarm that another has rung',
    plan: {
      ...quiet,
      events: [event(0)],
      redeliveries: [{ batch: 0, afterSeconds: 1 }],
      clockOffsetsSeconds: [0, -3, 0],
    },
  },
  {
    name: 'an alarm that was renamed before its OK went out closes the incident that was opened',
    plan: {
      ...quiet,
      seed: 69_275_730,
      metrics: [metric('two of two minutes, missing data missing')],
      events: [event(27, { arrivals: [{ stampedLaterSeconds: 0, lateSeconds: 74 }] }), event(120)],
      batchSeconds: 20,
      reconcilerFaults: [['none', 'none', 'error']],
      deploys: [{ atSeconds: 0, change: { kind: 'rename' } }],
    },
  },
  {
    name: 'an ALARM that SNS delivers again after its OK does not stay open',
    plan: {
      ...quiet,
      events: [event(0, { arrivals: [{ stampedLaterSeconds: 0, lateSeconds: HOUR }] })],
      paths: [{ failing: [], again: ['refused'] }],
    },
  },
  {
    name: 'an ALARM that PagerDuty answers at the fourth attempt only does not stay open',
    plan: {
      ...quiet,
      events: [event(0, { arrivals: [{ stampedLaterSeconds: 0, lateSeconds: HOUR }] })],
      paths: [{ failing: ['timed out', 'timed out', 'timed out'] }],
    },
  },
  {
    name: 'an ALARM whose request arrives after its OK does not stay open',
    plan: {
      ...quiet,
      events: [event(0, { arrivals: [{ stampedLaterSeconds: 0, lateSeconds: HOUR }] })],
      matcherFaults: [['none', 'none', 'late request']],
    },
  },
  {
    name: 'a rule that is removed while its alarm is on closes the incident',
    plan: { ...quiet, events: [event(0)], deploys: [{ atSeconds: 60, change: { kind: 'remove', alarm: 0 } }] },
  },
  {
    name: 'a rule that is removed while an echo is due leaves nothing due',
    plan: {
      ...quiet,
      events: [event(0, { arrivals: [{ stampedLaterSeconds: 0, lateSeconds: 90 }] })],
      paths: [{ failing: [], again: ['timed out', 'timed out', 'timed out'] }],
      deploys: [{ atSeconds: 91, change: { kind: 'remove', alarm: 0 } }],
    },
  },
  {
    name: 'an alarm that keeps its state through silence is forgotten once it is OK',
    plan: { ...quiet, metrics: [metric('two uses, missing data ignored')], events: [event(0)] },
  },
  {
    name: 'an alarm that keeps its state through silence tells of a stretch that came late',
    plan: {
      ...quiet,
      metrics: [metric('two uses, missing data ignored')],
      events: [event(0), event(60, { arrivals: [{ stampedLaterSeconds: 0, lateSeconds: 236 }] })],
    },
  },
  {
    name: 'a copy that is too late does not take its event out of a batch',
    plan: { ...quiet, batchSeconds: 20, events: [event(0, lateAgain(-8 * HOUR, 8 * HOUR + 2))] },
  },
  {
    name: 'a reconciler that fails leaves no publish behind',
    plan: {
      ...quiet,
      seed: 337_198_661,
      events: [event(0)],
      matcherFaults: [['error']],
      reconcilerFaults: [[], [], ['none', 'error']],
      outages: [{ service: 'SNS', fromSeconds: 0, lengthSeconds: 183 }],
    },
  },
  {
    name: 'a window that slides on names those who are still in it',
    plan: {
      ...quiet,
      metrics: [metric('one of three quarters of an hour')],
      events: [event(0), event(1), event(1_020), event(1_860)],
    },
  },
  {
    name: 'an alarm that is renamed while an echo is due closes what SNS opened again under the old name',
    plan: {
      ...quiet,
      seed: 1_377_795_441,
      events: [
        event(300),
        event(0, {
          arrivals: [
            { stampedLaterSeconds: 0, lateSeconds: HOUR },
            { stampedLaterSeconds: -1, lateSeconds: 602 },
          ],
        }),
      ],
      batchSeconds: 5,
      maxTransitMs: 2_000,
      frozenSeconds: 0,
      outages: [{ service: 'SNS', fromSeconds: 0, lengthSeconds: 541 }],
      deploys: [{ atSeconds: 306, change: { kind: 'rename' } }],
    },
  },
  {
    name: 'a rule that is removed while its alarm stays in ALARM through silence closes the incident',
    plan: {
      ...quiet,
      metrics: [metric('one of two minutes of high values, missing data ignored')],
      events: [event(0, { value: 3 })],
      deploys: [{ atSeconds: 63, change: { kind: 'remove', alarm: 0 } }],
    },
  },
  {
    name: 'an alarm that stays in ALARM through silence is not closed by too few datapoints hours later',
    plan: {
      ...quiet,
      metrics: [metric('two of two minutes of high values, missing data ignored')],
      events: [event(240, { value: 3 }), event(300, { value: 3 }), event(9 * HOUR, { value: 3 })],
    },
  },
  {
    name: 'an alarm that stays in ALARM through silence is not closed when its events are closed',
    plan: {
      ...quiet,
      metrics: [metric('one of two minutes of high values, missing data ignored'), metric('one use in five minutes')],
      events: [event(600, { value: 3 }), event(600), event(9 * HOUR, { alarm: 1 })],
      clockOffsetsSeconds: [-1],
      reconcilersEachMinute: 2,
    },
  },
  {
    name: 'two reconcilers that decide the same in the same millisecond do not both send it',
    plan: { ...quiet, seed: 5_549, events: [event(0)], reconcilersEachMinute: 2 },
  },
  {
    name: 'a stretch that comes late while an earlier one is still to be closed is told',
    plan: {
      ...quiet,
      events: [
        event(0, lateAgain(-8 * HOUR, 8 * HOUR + 60)),
        event(334, { arrivals: [{ stampedLaterSeconds: 0, lateSeconds: 27 }] }),
        event(876, { arrivals: [{ stampedLaterSeconds: 0, lateSeconds: 85 }] }),
        event(0, { arrivals: [{ stampedLaterSeconds: 0, lateSeconds: HOUR }] }),
      ],
      batchSeconds: 20,
      matcherFaults: [['error'], [], ['none', 'none', 'lost answer']],
      paths: [{ failing: [] }, { failing: [] }, { failing: ['refused'] }],
      clockOffsetsSeconds: [-2],
      frozenSeconds: 0,
      outages: [{ service: 'DynamoDB', fromSeconds: 561, lengthSeconds: 581 }],
    },
  },
];

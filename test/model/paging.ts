import type { OwedNotification } from '@trailbell/core/alarm';
import { applyEvent, type Incident } from '../../packages/local/src/pagerduty/incidents.ts';
import { MAX_TRANSIT_MS, MIN_TRANSIT_MS, type AttemptFault, type Plan } from './plan.ts';
import { seeded } from './seeded.ts';
import type { SimulatedTime } from './simulated-time.ts';

/** SNS's default policy: three retries, 20 seconds apart. https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
const RETRY_DELAY_MS = 20_000;
/** How long SNS waits for an endpoint's answer. https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.prepare.html */
const ENDPOINT_TIMEOUT_MS = 15_000;

/** The longest time from the moment at which SNS accepts a message to that at which PagerDuty has its last copy. */
export const SNS_HORIZON_MS = MAX_TRANSIT_MS + 4 * ENDPOINT_TIMEOUT_MS + 3 * RETRY_DELAY_MS;

/** What became of a message at PagerDuty. */
export interface PagerDutyEvent {
  readonly atMs: number;
  readonly number: number;
  readonly state: OwedNotification['state'];
  readonly alarmName: string;
  readonly change: ReturnType<typeof applyEvent>['change']['kind'];
}

/** SNS, which delivers each message at least once and in any order within its horizon, and PagerDuty behind it. */
export class Paging {
  readonly #time: SimulatedTime;
  readonly #plan: Plan;
  readonly events: PagerDutyEvent[] = [];
  incidents: readonly Incident[] = [];
  #accepted = 0;

  constructor(time: SimulatedTime, plan: Plan) {
    this.#time = time;
    this.#plan = plan;
  }

  accept(owed: OwedNotification): void {
    const number = this.#accepted++;
    const { failing, again } = this.#plan.paths[number] ?? { failing: [] };
    this.#deliver(owed, failing, this.#transitMs(number, 0));
    if (again !== undefined) this.#deliver(owed, again, this.#transitMs(number, 1));
  }

  #deliver(owed: OwedNotification, failing: readonly AttemptFault[], inMs: number): void {
    this.#time.in(inMs, () => {
      const [fault, ...later] = failing;
      if (fault === undefined || fault === 'timed out, but taken') this.#receive(owed);
      if (fault === undefined) return;
      this.#deliver(owed, later, (fault === 'refused' ? 0 : ENDPOINT_TIMEOUT_MS) + RETRY_DELAY_MS);
    });
  }

  #receive({ state, number, episode: { alarmName, severity } }: OwedNotification): void {
    const atMs = this.#time.nowMs;
    const { incidents, change } = applyEvent(this.incidents, {
      kind: state === 'OK' ? 'resolve' : 'trigger',
      integrationKey: severity,
      dedupKey: alarmName,
      alert: { atMs, snsMessageId: String(number), title: `${state}: "${alarmName}"`, details: { number } },
    });
    this.incidents = incidents;
    this.events.push({ atMs, number, state, alarmName, change: change.kind });
  }

  #transitMs(number: number, copy: number): number {
    const { seed, maxTransitMs } = this.#plan;
    return MIN_TRANSIT_MS + Math.floor(seeded(seed, number, copy, 7) ** 4 * (maxTransitMs - MIN_TRANSIT_MS));
  }
}

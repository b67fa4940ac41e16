import { AwsRefusal } from '../aws-api/aws-refusal.ts';

/** One attempt of SNS to bring a notification to a subscriber. */
export interface DeliveryAttempt {
  readonly topicArn: string;
  readonly subscriptionArn: string;
  readonly endpoint: string;
  readonly messageId: string;
  readonly subject: string | undefined;
  readonly message: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
}

/** What goes wrong with a Publish. A dropped connection leaves the publisher without an answer, whether it took effect or not. */
export type PublishFault =
  | { readonly kind: 'refused'; readonly code: 'Throttled' | 'InternalError' | 'AuthorizationError' | 'KMSThrottling' }
  | { readonly kind: 'connection-dropped'; readonly takesEffect: boolean };

/** What goes wrong with a delivery before it leaves SNS: the endpoint never sees it. */
export type DeliveryFault =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'unreachable' };

type Applies = (attempt: DeliveryAttempt) => boolean;

const REFUSALS: Readonly<Record<Extract<PublishFault, { kind: 'refused' }>['code'], AwsRefusal>> = {
  Throttled: new AwsRefusal('Throttled', 'Rate exceeded', 429),
  InternalError: new AwsRefusal('InternalError', 'Internal error', 500),
  AuthorizationError: new AwsRefusal('AuthorizationError', 'User is not authorized to perform: SNS:Publish', 403),
  KMSThrottling: new AwsRefusal('KMSThrottling', 'Rate exceeded', 400),
};

/** Faults that a test asks for. None are active until then. */
export class Faults {
  readonly #publish = new Set<{ left: number; readonly fault: PublishFault }>();
  readonly #failing = new Set<{ applies: Applies; fault: DeliveryFault }>();
  readonly #held = new Set<{ applies: Applies; forMs: number }>();
  readonly #doubled = new Set<Applies>();

  /** The next `times` Publish or PublishBatch requests suffer this (Infinity: all), until the returned function is called. */
  failPublishes(times: number, fault: PublishFault): () => void {
    return add(this.#publish, { left: times, fault });
  }

  /** Attempts that `applies` picks fail, until the returned function is called. */
  failDeliveries(applies: Applies, fault: DeliveryFault): () => void {
    return add(this.#failing, { applies, fault });
  }

  /** Attempts that `applies` picks leave `forMs` of simulated time later, until the returned function is called. */
  holdDeliveries(applies: Applies, forMs: number): () => void {
    return add(this.#held, { applies, forMs });
  }

  /** Notifications that `applies` picks are delivered twice with the same MessageId, as a standard topic may do. */
  doubleDeliveries(applies: Applies): () => void {
    return add(this.#doubled, applies);
  }

  /** Takes the fault of the next publish request. */
  takePublishFault(): PublishFault | undefined {
    for (const planned of this.#publish) {
      if (planned.left <= 0) continue;
      planned.left -= 1;
      return planned.fault;
    }
    return undefined;
  }

  deliveryFault(attempt: DeliveryAttempt): DeliveryFault | undefined {
    return [...this.#failing].find(({ applies }) => applies(attempt))?.fault;
  }

  holdMs(attempt: DeliveryAttempt): number {
    return [...this.#held].filter(({ applies }) => applies(attempt)).reduce((sum, { forMs }) => sum + forMs, 0);
  }

  isDoubled(attempt: DeliveryAttempt): boolean {
    return [...this.#doubled].some((applies) => applies(attempt));
  }
}

/** The answer to a publish that is refused by a fault. */
export function refusal(fault: Extract<PublishFault, { kind: 'refused' }>): AwsRefusal {
  return REFUSALS[fault.code];
}

function add<T>(set: Set<T>, item: T): () => void {
  set.add(item);
  return () => set.delete(item);
}

import type { RouteScope } from '../config/route.ts';
import type { Stage } from '../config/stage.ts';

/** A rule as far as the subscription's pattern must let it through. */
export interface ExpectedRule {
  readonly name: string;
  /** Log events that the rule matches, as JSON. */
  readonly matches: readonly string[];
}

/** What the configuration and the rules say that should be there. */
export interface Expected {
  readonly stage: Stage;
  /** Begins the name of every resource: `trailbell-production`. */
  readonly prefix: string;
  readonly accountId: string;
  readonly region: string;
  readonly partition: string;
  readonly routes: readonly RouteScope[];
  readonly rules: readonly ExpectedRule[];
  /** Whether the configuration speaks of more accounts than this one. */
  readonly hasOtherAccounts: boolean;
  readonly nowMs: number;
}

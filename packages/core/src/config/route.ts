import type { Severity } from '../rule/rule.ts';

/** One way that pages take to PagerDuty: an integration, and which alarms go there. */
export interface Route {
  /**
   * Lower-case words joined by hyphens. An OK finds the way of its ALARM by this name: keep it as long as incidents that went
   * this way are open.
   */
  readonly name: string;
  /** The name of the SST secret that holds PagerDuty's integration URL. Never the URL: whoever has it can page. */
  readonly endpointSecret: string;
  /** Only alarms of these severities; all where absent. */
  readonly severities?: readonly Severity[];
  /** Only alarms about these accounts, twelve digits each; all where absent. */
  readonly accounts?: readonly string[];
  /** Only alarms of these rules; all where absent. */
  readonly rules?: readonly string[];
  /**
   * Takes, besides what its lists name, what no other route takes, and messages that name no route: CloudWatch's own alarms,
   * with which Trailbell watches itself. Exactly one route is the default.
   */
  readonly default?: true;
  /** Takes no new alarm, but still the OK of those that went this way: the first step of removing a route. */
  readonly retired?: true;
}

/** What deciding on the way of a page needs to know of a route: all but its endpoint. */
export type RouteScope = Omit<Route, 'endpointSecret'>;

/**
 * The most routes there can be. The default's filter policy names all others and the heartbeat's, one level deep, which counts
 * twice against SNS's 150 combinations; and a message that takes them all must have room for their names.
 * https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 */
export const MAX_ROUTES = 74;

/** The longest name of a route, in characters. */
export const MAX_ROUTE_NAME_LENGTH = 40;

import { HEARTBEAT_NAME } from '../heartbeat/heartbeat-name.ts';
import type { Severity } from '../rule/rule.ts';
import type { RouteScope } from './route.ts';

/** What the way of an alarm depends on. */
export interface RoutedAlarm {
  readonly rule: string;
  readonly severity: Severity;
  /** The accounts that its events are about. */
  readonly accounts: readonly string[];
}

/**
 * The names of the routes that a new alarm takes, in their order: those whose lists all name it, else the default. Never empty
 * where there is a default. The heartbeat takes a way of its own. Decided once, when the ALARM is; whatever is told of the same
 * incident later takes the same.
 */
export function routesFor(alarm: RoutedAlarm, routes: readonly RouteScope[]): readonly string[] {
  if (alarm.rule === HEARTBEAT_NAME) return [HEARTBEAT_NAME];
  const naming = routes.filter((route) => names(route, alarm));
  return (naming.length > 0 ? naming : routes.filter((route) => route.default)).map(({ name }) => name);
}

function names(route: RouteScope, { rule, severity, accounts }: RoutedAlarm): boolean {
  const { severities, rules } = route;
  if (route.retired) return false;
  // Without lists, the default is for the rest; any other route is for everything.
  if (route.default && severities === undefined && rules === undefined && route.accounts === undefined) return false;
  return (
    (severities?.includes(severity) ?? true) &&
    (rules?.includes(rule) ?? true) &&
    (route.accounts?.some((account) => accounts.includes(account)) ?? true)
  );
}

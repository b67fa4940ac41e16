export { defineConfig, type TrailbellConfig } from './config.ts';
export { formatConfigProblem, type ConfigProblem } from './config-problem.ts';
export { filterPolicyOf, type SubscriptionFilter } from './filter-policy.ts';
export { pagerDutyEndpoint, type EndpointProblem, type PagerDutyEndpoint } from './pagerduty-endpoint.ts';
export { MAX_ROUTES, type Route, type RouteScope } from './route.ts';
export { routesFor, type RoutedAlarm } from './routes-for.ts';
export { validateConfig } from './validate-config.ts';

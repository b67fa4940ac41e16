import { pagerDutyEndpoint } from './pagerduty-endpoint.ts';
import type { Route } from './route.ts';

/**
 * What is wrong with the values of the secrets that routes name, or undefined: each must be there, be a URL that PagerDuty
 * understands, and be no other's. No part of a value is told.
 */
export function secretsFault(
  routes: readonly Pick<Route, 'endpointSecret'>[],
  valueOf: (secretName: string) => string | undefined,
): string | undefined {
  const names = routes.map(({ endpointSecret }) => endpointSecret);
  for (const [index, name] of names.entries()) {
    const url = valueOf(name);
    if (url === undefined) return `the secret ${name} has no value (set it with \`npx sst secret set ${name}\`)`;
    const endpoint = pagerDutyEndpoint(url);
    if (endpoint.kind === 'problem') return `the secret ${name} ${endpoint.message} (${endpoint.hint})`;
    const same = names.slice(0, index).find((other) => valueOf(other) === url);
    if (same !== undefined) {
      return `the secrets ${same} and ${name} are the same URL: SNS keeps one subscription for an endpoint (put the lists of both routes into one)`;
    }
  }
  return undefined;
}

import type { Route } from '@trailbell/core/config';
import { expect, test } from 'vitest';
import { routesInWords } from './routes-in-words.ts';

const route = (name: string, more: Partial<Route> = {}): Route => ({ name, endpointSecret: 's', ...more });
const ON_CALL = route('on-call', { default: true });

test.each([
  ['the only route takes all', [ON_CALL], ['on-call']],
  ['a route for other severities is not named', [ON_CALL, route('low', { severities: ['info'] })], ['on-call']],
  ['a route for the rule takes it from the default', [ON_CALL, route('root', { rules: ['root-use'] })], ['root']],
  [
    'a route for accounts takes some of the alarms',
    [ON_CALL, route('pay', { accounts: ['111122223333', '444455556666'] })],
    ['pay: where it is about 111122223333, 444455556666', 'on-call: otherwise'],
  ],
  ['a retired route takes nothing', [ON_CALL, route('old', { retired: true })], ['on-call']],
] as const)('%s', (_name, routes, lines) => {
  expect(routesInWords({ name: 'root-use', severity: 'critical' }, routes)).toEqual(lines);
});

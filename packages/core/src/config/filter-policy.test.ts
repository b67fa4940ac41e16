import { expect, test } from 'vitest';
import { filterPolicyOf, heartbeatFilterPolicy } from './filter-policy.ts';
import { MAX_ROUTES, MAX_ROUTE_NAME_LENGTH } from './route.ts';

const REST = { name: 'rest', default: true } as const;
const URGENT = { name: 'urgent', severities: ['critical'] } as const;

test('a route takes the messages whose attribute names it', () => {
  expect(filterPolicyOf(URGENT, [URGENT, REST])).toEqual({
    FilterPolicyScope: 'MessageAttributes',
    FilterPolicy: '{"routes":["urgent"]}',
  });
});

test('the default takes the messages whose body names it, an unknown route, or none', () => {
  expect(filterPolicyOf(REST, [URGENT, REST])).toEqual({
    FilterPolicyScope: 'MessageBody',
    FilterPolicy: '{"Trailbell":{"routes":[{"anything-but":["urgent","trailbell-heartbeat"]},{"exists":false}]}}',
  });
});

test('a route that is alone takes everything but heartbeats', () => {
  expect(filterPolicyOf(REST, [REST])).toEqual({
    FilterPolicyScope: 'MessageBody',
    FilterPolicy: '{"Trailbell":{"routes":[{"anything-but":["trailbell-heartbeat"]},{"exists":false}]}}',
  });
});

test("the heartbeat's queue takes its OKs", () => {
  expect(heartbeatFilterPolicy()).toEqual({
    FilterPolicyScope: 'MessageAttributes',
    FilterPolicy: '{"routes":["trailbell-heartbeat"],"state":["OK"]}',
  });
});

test('what a route lists is not in its policy: changing it leaves the subscriptions alone', () => {
  const narrower = { ...URGENT, accounts: ['111122223333'] };
  expect(filterPolicyOf(narrower, [narrower, REST])).toEqual(filterPolicyOf(URGENT, [URGENT, REST]));
  expect(filterPolicyOf(REST, [narrower, REST])).toEqual(filterPolicyOf(REST, [URGENT, REST]));
});

test("with the most routes there may be, the default's policy and a message that takes them all are within SNS's limits", () => {
  const names = Array.from({ length: MAX_ROUTES }, (_, index) => String(index).padStart(MAX_ROUTE_NAME_LENGTH, 'r'));
  const routes = names.map((name, index) => (index === 0 ? { name, default: true as const } : { name }));
  const { FilterPolicy } = filterPolicyOf({ name: names[0] ?? '', default: true }, routes);
  const valuesAtDepthTwo = FilterPolicy.split(',').length;
  expect(valuesAtDepthTwo * 2).toBeLessThanOrEqual(150);
  expect(JSON.stringify(names).length).toBeLessThan(3500);
});

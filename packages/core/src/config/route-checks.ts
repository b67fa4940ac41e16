import type * as z from 'zod';
import { refuse } from '../rule/refuse.ts';
import type { Route } from './route.ts';

/** What is wrong between routes, each of which is right in itself. */
export function checkRoutes(routes: readonly Route[], context: z.RefinementCtx): void {
  checkDefault(routes, context);
  checkUnique(routes, 'name', context, 'two routes of one name are one way to two endpoints');
  // SNS has one subscription for each endpoint of a topic. https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
  checkUnique(
    routes,
    'endpointSecret',
    context,
    'SNS keeps one subscription for an endpoint: put the lists into one route',
  );
}

function checkDefault(routes: readonly Route[], context: z.RefinementCtx): void {
  const defaults = routes.map((route, index) => ({ ...route, index })).filter((route) => route.default === true);
  const [first, ...others] = defaults;
  if (first === undefined) {
    refuse(context, [], {
      code: 'no-default-route',
      message: 'no route is the default',
      hint: 'write default: true on the route that takes what no other does. The alarms with which Trailbell watches itself are CloudWatch’s own and name no route: without a default nobody would hear them',
    });
    return;
  }
  for (const { index } of others) {
    refuse(context, [index, 'default'], {
      code: 'two-default-routes',
      message: `a second default: routes[${first.index}] is one already`,
      hint: 'what no route takes goes to one place; leave default out here',
    });
  }
  if (first.retired === true) {
    refuse(context, [first.index, 'retired'], {
      code: 'takes-nothing',
      message: 'the default route cannot be retired: it takes what no other does',
      hint: 'make another route the default first',
    });
  }
}

/** Refuses the second of two routes that have the same value in a field. */
function checkUnique(
  routes: readonly Route[],
  field: 'name' | 'endpointSecret',
  context: z.RefinementCtx,
  hint: string,
): void {
  const firstIndex = new Map<string, number>();
  for (const [index, route] of routes.entries()) {
    // SST tells no two names apart by capitals alone; those of routes have none.
    const value = route[field].toLowerCase();
    const first = firstIndex.get(value);
    if (first === undefined) firstIndex.set(value, index);
    else {
      refuse(context, [index, field], {
        code: `duplicate-${field === 'name' ? 'name' : 'endpoint'}`,
        message: `the same as that of routes[${first}]`,
        hint,
      });
    }
  }
}

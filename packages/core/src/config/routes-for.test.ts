import { expect, test } from 'vitest';
import type { RouteScope } from './route.ts';
import { routesFor, type RoutedAlarm } from './routes-for.ts';

const ALARM: RoutedAlarm = { rule: 'root-account-usage', severity: 'critical', accounts: ['111122223333'] };
const REST: RouteScope = { name: 'rest', default: true };

test.for<[string, readonly RouteScope[], readonly string[]]>([
  ['the default takes what no other does', [{ name: 'info', severities: ['info'] }, REST], ['rest']],
  [
    'a route takes the severities that it lists',
    [{ name: 'urgent', severities: ['critical', 'error'] }, REST],
    ['urgent'],
  ],
  ['a route takes the rules that it lists', [{ name: 'root', rules: ['root-account-usage'] }, REST], ['root']],
  [
    'a route takes the accounts that it lists',
    [{ name: 'a', accounts: ['444455556666', '111122223333'] }, REST],
    ['a'],
  ],
  ['all lists must name it', [{ name: 'a', accounts: ['111122223333'], severities: ['info'] }, REST], ['rest']],
  ['a route without lists takes everything', [{ name: 'archive' }, REST], ['archive']],
  [
    'several routes may take it',
    [{ name: 'archive' }, { name: 'urgent', severities: ['critical'] }, REST],
    ['archive', 'urgent'],
  ],
  [
    'the default takes what its own lists name, too',
    [{ name: 'archive' }, { ...REST, severities: ['critical'] }],
    ['archive', 'rest'],
  ],
  ['the default takes the rest in spite of its lists', [{ ...REST, severities: ['info'] }], ['rest']],
  ['a retired route takes nothing', [{ name: 'old', severities: ['critical'], retired: true }, REST], ['rest']],
])('%s', ([, routes, expected]) => {
  expect(routesFor(ALARM, routes)).toEqual(expected);
});

test('an alarm about two accounts takes the routes of both', () => {
  const routes: RouteScope[] = [
    { name: 'one', accounts: ['111122223333'] },
    { name: 'two', accounts: ['444455556666'] },
    REST,
  ];
  expect(routesFor({ ...ALARM, accounts: ['111122223333', '444455556666'] }, routes)).toEqual(['one', 'two']);
  expect(routesFor({ ...ALARM, accounts: [] }, routes)).toEqual(['rest']);
});
